//! A session as text, for the browser's storage: lessons, edits, how far the run has come, and the
//! step. Everything else is computed again. Behind it stands what undo and redo bring back (`undo`).

mod earlier;
mod file;
mod model;
pub mod shared;
mod undo;

use std::borrow::Borrow;
use std::iter::once;
use std::rc::Rc;

use super::rest::Rest;
use super::{Pace, RunSettings, Session, Settings};
use crate::explanation::Speaking;
use crate::lesson::bookmark::Bookmark;
use crate::lesson::file::BookmarksFile;
use crate::lesson::notation::{Change, Changes};
use crate::lesson::{Data, Lesson, read, write};
use crate::moment::step::{Lines, Position};
use crate::moment::time::Time;
use crate::run::{LossCurve, LossPoint, Segment};
use crate::session::Score;
use crate::session::design::StartWeights;
use crate::text::document::{self, ByWord, Object};
use crate::text::fault::{Fault, Read, Within, fault};
use crate::text::format;
use crate::words::session::read as words;
use backprop::mistakes::Mistakes;
use backprop::network::Network;
use backprop::trace::Rule;
use file::{ChangesFile, DrawingFile, PointFile, ScoreFile, SegmentFile, SessionFile, SettingsFile, VERSION};

/// Numbers in all samples together beyond which a lesson is too large for a browser's storage, and
/// takes too long to write after every step.
const MAX_DATA_NUMBERS: usize = 200_000;
/// The same for the lesson's data and those that they have been edited to.
const MAX_EDITED_NUMBERS: usize = 3 * MAX_DATA_NUMBERS;
/// The most weights and biases of a session that is stored: with some 20 characters each, browsers keep
/// no more.
const MAX_NUMBERS: usize = 230_000;

/// Whether a session of this lesson is to be stored.
pub fn is_storable(lesson: &Lesson) -> bool {
    n_numbers(&lesson.data, &lesson.network) <= MAX_DATA_NUMBERS
}

/// How many numbers of data are written: none of generated ones.
fn n_numbers(data: &Data, network: &Network) -> usize {
    let n_samples = if data.generator.is_some() { 0 } else { data.train.len() + data.test.len() };
    n_samples * (network.n_units(0) + network.n_outputs())
}

/// Whether a browser's storage has room for the session, for its data and its weights: one that is too
/// large would only keep the reader waiting.
pub fn fits(session: &Session) -> bool {
    let lesson = &session.start;
    let n_params = lesson.network.n_params();
    let facts = lesson.rule.optimizer.facts();
    let moments = usize::from(facts.has_first_moment) + usize::from(facts.has_second_moment);
    // The lesson and each segment's start; the front and the shown moment with what they remember.
    let n_models = 1 + session.run.segments().len() + 2 * (1 + moments);
    let all_data = once(&lesson.data).chain(edited_data(session));
    let n_edited: usize = all_data.map(|data| n_numbers(data, &lesson.network)).sum();
    is_storable(&session.moment.lesson)
        && n_edited <= MAX_EDITED_NUMBERS
        && n_params * n_models <= MAX_NUMBERS
}

/// What the lesson's data have been edited to, each once.
fn edited_data(session: &Session) -> Vec<&Rc<Data>> {
    let mut all: Vec<&Rc<Data>> = Vec::new();
    for Segment { lesson, .. } in session.run.segments() {
        let known = once(&session.start.data).chain(all.iter().copied());
        if !known.into_iter().any(|data| Rc::ptr_eq(data, &lesson.data)) {
            all.push(&lesson.data);
        }
    }
    all
}

/// The session with what undo and redo bring back, as text that [`restore`] reads back to the same numbers,
/// to the bit. Of undo and redo as much as a megabyte holds, the last edits first; data and weights that
/// several states have stand there once.
pub fn save_with_undo(session: &Session) -> String {
    save(session) + &undo::write(session)
}

/// The part of a text of [`save_with_undo`] that is the session itself.
pub fn without_undo(text: &str) -> &str {
    text.split(undo::SEPARATOR).next().unwrap_or_default()
}

/// The session as text that [`restore`] reads back to the same numbers, to the bit, without undo.
pub fn save(session: &Session) -> String {
    let data = edited_data(session);
    let segment = |segment: &Segment| {
        let model = Object(model::write(segment.start, &segment.model));
        Object(write_segment(segment, &session.start, &data, model))
    };
    let (settings, chosen) = (session.settings, write_settings(session.settings));
    let (ghost, earlier) = earlier::write(&session.earlier, |curve| write_curve(curve.points()));
    let file = SessionFile {
        version: VERSION,
        start: session.start.to_compact_json(),
        segments: session.run.segments().iter().map(segment).collect(),
        data: data.iter().map(|data| Object(write::data(data))).collect(),
        front: Object(model::write(session.run.reached(), session.run.front_model())),
        now: Object(model::write(session.time(), session.moment.model())),
        step: session.moment.position.step as u64,
        lines: write_lines(session.moment.position),
        terms: session.moment.position.terms as u64,
        numbers: write_numbers(session.moment.position_to_keep()),
        asked: session.moment.is_asking(),
        by_line: chosen.by_line,
        asks_first: chosen.asks_first,
        grain: chosen.grain,
        digits: settings.digits.into(),
        notation: chosen.notation,
        notation_changes: chosen.notation_changes,
        speaks_short: (settings.speaking == Speaking::Short).then_some(1),
        speed: settings.speed,
        pace: chosen.pace,
        loss_below: chosen.loss_below,
        when_solved: chosen.when_solved,
        drawing: chosen.drawing,
        score: write_score(session.score),
        edits: Some(session.n_edits).filter(|n| 0 < *n),
        guide_page: Some(session.guide_page as u64).filter(|page| 0 < *page),
        bookmarks: write_bookmarks(&session.bookmarks, &session.start),
        losses: write_curve(session.run.losses().points()),
        ghost,
        earlier,
    };
    // Nothing that it holds can fail to be written.
    serde_json::to_string(&file).unwrap_or_default()
}

/// Reads a saved session, and what undo and redo bring back as far as that can be read.
///
/// # Errors
/// What is wrong with the session, and where.
pub fn restore(text: &str) -> Read<Session> {
    let mut documents = text.split(undo::SEPARATOR);
    let mut session = restore_present(documents.next().unwrap_or_default())?;
    undo::read(&mut session, documents);
    Ok(session)
}

fn restore_present(text: &str) -> Read<Session> {
    let file: SessionFile = document::read(text)?;
    if !(1..=VERSION).contains(&file.version) {
        return fault(words::version(&file.version, &VERSION)).of("version");
    }
    let start = read_lesson(&file.start).of("start")?;
    let segments = read_segments(&file, &start)?;
    let front = model::read(&file.front, &start.network).of("front")?;
    let now = model::read(&file.now, &start.network).of("now")?;
    times_fit(&segments, front.0, now.0)?;
    let curve = |file: &Vec<_>| LossCurve::from_points(read_curve(file));
    let earlier = earlier::read(file.ghost.as_ref(), &file.earlier, |file| Ok(curve(file)))?;
    let rest = Rest {
        opening: 0,
        start: Rc::clone(&start),
        segments,
        front,
        now,
        position: read_position(file.step, file.lines, file.terms, file.numbers),
        is_asking: file.asked,
        n_edits: file.edits.unwrap_or(0),
        guide_page: read_guide_page(file.guide_page, &start),
        bookmarks: read_bookmarks(file.bookmarks.as_ref(), &start)?,
        losses: curve(&file.losses),
        earlier,
    };
    let present = rest.wake().map_err(|_| Fault::new("", words::not_finite()))?;
    let session = Session::new(Lesson::clone(&start)).map_err(|notice| Fault::new("start", notice.text))?;
    let is_asking = present.moment.is_asking();
    let mut restored = Session {
        start,
        moment: present.moment.clone(),
        run: present.run,
        n_edits: present.n_edits,
        guide_page: present.guide_page,
        bookmarks: present.bookmarks,
        earlier: present.earlier,
        settings: read_settings(&SettingsFile {
            grain: file.grain,
            by_line: file.by_line,
            asks_first: file.asks_first,
            digits: Some(file.digits),
            notation: file.notation,
            notation_changes: file.notation_changes.clone(),
            speed: Some(file.speed),
            pace: file.pace,
            loss_below: file.loss_below,
            when_solved: file.when_solved,
            drawing: file.drawing,
        })?,
        score: read_score(file.score),
        ..session
    };
    if file.speaks_short.is_some() {
        restored.settings.speaking = Speaking::Short;
    }
    restored.arrive(present.moment, is_asking);
    Ok(restored)
}

/// The page of the lesson's guide that was open; the last one where there are fewer.
fn read_guide_page(number: Option<u64>, lesson: &Lesson) -> usize {
    let last = lesson.guide.len().saturating_sub(1);
    usize::try_from(number.unwrap_or(0)).unwrap_or(usize::MAX).min(last)
}

/// The bookmarks, where they are not the lesson's.
fn write_bookmarks(bookmarks: &Rc<Vec<Bookmark>>, lesson: &Lesson) -> Option<BookmarksFile> {
    (*bookmarks != lesson.bookmarks).then(|| write::bookmarks(bookmarks))
}

fn read_bookmarks(file: Option<&BookmarksFile>, lesson: &Lesson) -> Read<Rc<Vec<Bookmark>>> {
    let Some(file) = file else {
        return Ok(Rc::clone(&lesson.bookmarks));
    };
    let bookmarks = read::bookmarks(file).of("bookmarks")?;
    Ok(Rc::new(bookmarks))
}

/// How many lines of a step's derivation are shown, where not all are.
fn write_lines(position: Position) -> Option<u64> {
    position.n_lines().map(|n| n as u64)
}

/// How many of a step's numbers are shown, where not all are.
fn write_numbers(position: Position) -> Option<u64> {
    (position.numbers != usize::MAX).then_some(position.numbers as u64)
}

/// A position, which the moment takes to its last step where it lies beyond.
fn read_position(step: u64, lines: Option<u64>, terms: u64, numbers: Option<u64>) -> Position {
    let index = |number| usize::try_from(number).unwrap_or(usize::MAX);
    Position {
        step: index(step),
        lines: lines.map_or(Lines::All, |n| Lines::First(index(n))),
        terms: index(terms),
        numbers: numbers.map_or(usize::MAX, index),
    }
}

/// # Errors
/// Unless the segments are in order of their starts, and the run has reached the last one's start and what
/// is shown.
fn times_fit(segments: &[Segment], front: Time, now: Time) -> Read<()> {
    match segments.first() {
        None => return fault(words::empty()).of("segments"),
        Some(first) if first.start != Time::default() => {
            return fault(words::start_is_missing()).of("segments");
        }
        Some(_) => {}
    }
    if let Some(k) = segments.windows(2).position(|pair| pair[1].start <= pair[0].start) {
        return fault(words::edits_out_of_order()).at(k + 1).of("segments");
    }
    let last_edit = segments.last().map_or(Time::default(), |last| last.start);
    if front < last_edit || front < now {
        return fault(words::times_out_of_order()).of("now");
    }
    Ok(())
}

fn read_lesson(text: &str) -> Read<Rc<Lesson>> {
    Lesson::from_stored(text).map(Rc::new).or_else(|within| fault(within.to_string()))
}

fn read_segments(file: &SessionFile, start: &Rc<Lesson>) -> Read<Vec<Segment>> {
    let loss = start.rule.loss;
    let data = |(k, data): (usize, &Object<_>)| {
        read::data(data, &start.network, loss, f64::MAX).at(k).of("data").map(Rc::new)
    };
    let data = file.data.iter().enumerate().map(data).collect::<Read<Vec<_>>>()?;
    let mut segments: Vec<Segment> = Vec::new();
    for (k, file) in file.segments.iter().enumerate() {
        let lesson = match &file.lesson {
            Some(text) => whole_lesson(text, start, &segments).of("lesson"),
            None => edited_lesson(file, start, &data),
        };
        let segment = lesson.and_then(|lesson| read_segment(file, lesson)).at(k).of("segments")?;
        segments.push(segment);
    }
    Ok(segments)
}

/// What `segment` has that `start` has not, with its model in a form of the caller's.
fn write_segment<M>(
    segment: &Segment,
    start: &Rc<Lesson>,
    data: &[impl Borrow<Rc<Data>>],
    model: M,
) -> SegmentFile<M> {
    let Segment { lesson, .. } = segment;
    let is_edited = !Rc::ptr_eq(lesson, start);
    let has_data = !Rc::ptr_eq(&lesson.data, &start.data);
    let number = data.iter().position(|data| Rc::ptr_eq(data.borrow(), &lesson.data));
    SegmentFile {
        lesson: None,
        data: number.filter(|_| has_data).map(|k| k as u64),
        batch_size: is_edited.then_some(lesson.batch_size as u64),
        optimizer: is_edited.then(|| Object(write::optimizer(lesson.rule.optimizer))),
        update_order: is_edited.then_some(ByWord(lesson.rule.update_order)),
        mistakes: (lesson.rule.mistakes != start.rule.mistakes)
            .then(|| write::mistakes(lesson.rule).unwrap_or_else(|| [].into_iter().collect())),
        published: (lesson.published != start.published).then(|| write::published(&lesson.published)),
        was: segment.was.iter().map(|&(param, before)| model::write_was(param, before)).collect(),
        model,
    }
}

fn read_segment(file: &SegmentFile, lesson: Rc<Lesson>) -> Read<Segment> {
    let (start, model) = model::read(&file.model, &lesson.network).of("model")?;
    if lesson.n_batches() <= start.batch {
        return fault(words::lesson_does_not_fit());
    }
    let was = model::read_was(&file.was, &model.network).of("was")?;
    Ok(Segment { start, model, lesson, was })
}

/// The lesson of a segment: of the start's what an edit can change.
fn edited_lesson<M>(file: &SegmentFile<M>, start: &Rc<Lesson>, data: &[Rc<Data>]) -> Read<Rc<Lesson>> {
    let SegmentFile { data: number, batch_size, optimizer, update_order, mistakes, published, .. } = file;
    if number.is_none()
        && batch_size.is_none()
        && optimizer.is_none()
        && update_order.is_none()
        && mistakes.is_none()
        && published.is_none()
    {
        return Ok(Rc::clone(start));
    }
    let mut lesson = Lesson::clone(start);
    if let Some(number) = number {
        let data = usize::try_from(*number).ok().and_then(|number| data.get(number));
        lesson.data =
            data.map_or_else(|| fault(words::no_such_data()), |data| Ok(Rc::clone(data))).of("data")?;
    }
    let n = batch_size.unwrap_or(start.batch_size as u64);
    lesson.batch_size = read::batch_size(Some(n), lesson.data.train.len()).of("batch_size")?;
    if let Some(optimizer) = optimizer {
        lesson.rule.optimizer = read::optimizer(optimizer).of("optimizer")?;
    }
    if let Some(order) = update_order {
        lesson.rule.update_order = order.0;
    }
    if let Some(mistakes) = mistakes {
        let rule = Rule { mistakes: Mistakes::NONE, ..lesson.rule };
        lesson.rule = read::with_mistakes(rule, Some(mistakes)).of("mistakes")?;
    }
    if let Some(published) = published {
        lesson.published = Rc::new(read::published(published).of("published")?);
    }
    Ok(Rc::new(lesson))
}

/// The same from a whole lesson, of version 1. Data that an earlier segment has are shared with it.
fn whole_lesson(text: &str, start: &Rc<Lesson>, earlier: &[Segment]) -> Read<Rc<Lesson>> {
    let lesson = read_lesson(text)?;
    // An edit changes numbers, data and constants, never the network's layers or the loss.
    if !lesson.network.has_shape_of(&start.network) || lesson.rule.loss != start.rule.loss {
        return fault(words::lesson_does_not_fit());
    }
    let mut known = once(&start.data).chain(earlier.iter().map(|segment| &segment.lesson.data));
    let Rule { optimizer, update_order, mistakes, .. } = lesson.rule;
    Ok(Rc::new(Lesson {
        data: Rc::clone(known.find(|data| **data == lesson.data).unwrap_or(&lesson.data)),
        batch_size: lesson.batch_size,
        rule: Rule { optimizer, update_order, mistakes, ..start.rule },
        published: Rc::clone(&lesson.published),
        ..Lesson::clone(start)
    }))
}

fn read_settings(file: &SettingsFile) -> Read<Settings> {
    let usual = Settings::default();
    let digits = file.digits.map_or(usual.digits, |digits| u8::try_from(digits).unwrap_or(u8::MAX));
    if !format::DIGITS.contains(&digits) {
        return fault(words::digits_out_of_range()).of("digits");
    }
    let speed = file.speed.unwrap_or(usual.speed);
    if !Settings::SPEEDS.contains(&speed) {
        return fault(words::no_such_speed()).of("speed");
    }
    let run = RunSettings {
        pace: file.pace.map(read_pace),
        loss_below: file.loss_below,
        when_solved: file.when_solved.is_some(),
    };
    if !run.is_valid() {
        return fault(words::run_out_of_range());
    }
    Ok(Settings {
        grain: file.grain.map(|grain| grain.0),
        by_line: file.by_line.is_some(),
        asks_first: file.asks_first.is_some(),
        digits,
        notation: file.notation.map(|notation| notation.0),
        notation_changes: read_changes(file.notation_changes.as_ref()).of("notation_changes")?,
        speaking: usual.speaking,
        speed,
        run,
        start_weights: read_drawing(file.drawing).of("drawing")?,
    })
}

/// What the reader has chosen; nothing of what is as usual.
fn write_settings(settings: Settings) -> SettingsFile {
    let usual = Settings::default();
    SettingsFile {
        grain: settings.grain.map(ByWord),
        by_line: settings.by_line.then_some(1),
        asks_first: settings.asks_first.then_some(1),
        digits: (settings.digits != usual.digits).then_some(settings.digits.into()),
        notation: settings.notation.map(ByWord),
        notation_changes: write_changes(settings.notation_changes),
        speed: (settings.speed != usual.speed).then_some(settings.speed),
        pace: settings.run.pace.map(stored_pace),
        loss_below: settings.run.loss_below,
        when_solved: settings.run.when_solved.then_some(1),
        drawing: write_drawing(settings.start_weights),
    }
}

fn write_changes(changes: Changes) -> Option<ChangesFile> {
    let words: Vec<ByWord<Change>> = changes.iter().map(ByWord).collect();
    (!words.is_empty()).then(|| words.into_iter().collect())
}

fn read_changes(file: Option<&ChangesFile>) -> Read<Changes> {
    let Some(file) = file else {
        return Ok(Changes::default());
    };
    Ok(file.all()?.iter().map(|ByWord(change)| *change).collect())
}

/// The counts of a round in which something was answered.
fn write_score(score: Score) -> Option<ScoreFile> {
    let Score { answered, right, at_once, is_tried } = score;
    (score != Score::default()).then_some((answered, right, at_once, is_tried))
}

/// The same, none more often than it can be.
fn read_score(file: Option<ScoreFile>) -> Score {
    let (answered, right, at_once, is_tried) = file.unwrap_or_default();
    let right = right.min(answered);
    Score { answered, right, at_once: at_once.min(right), is_tried }
}

/// The scheme, scale and seed, where they are not the usual ones.
fn write_drawing(drawing: StartWeights) -> Option<DrawingFile> {
    let StartWeights { scheme, scale, seed } = drawing;
    (drawing != StartWeights::default()).then_some((ByWord(scheme), scale, seed))
}

fn read_drawing(file: Option<DrawingFile>) -> Read<StartWeights> {
    let Some((ByWord(scheme), scale, seed)) = file else {
        return Ok(StartWeights::default());
    };
    let drawing = StartWeights { scheme, scale, seed };
    if drawing.is_valid() { Ok(drawing) } else { fault(words::scale_out_of_range()) }
}

fn write_curve(points: &[LossPoint]) -> Vec<PointFile> {
    points.iter().map(|point| (point.epoch, point.loss, point.test_loss)).collect()
}

fn read_curve(file: &[PointFile]) -> Vec<LossPoint> {
    file.iter().map(|&(epoch, loss, test_loss)| LossPoint { epoch, loss, test_loss }).collect()
}

/// The pace as it is stored: epochs per second, or 0 for as fast as it goes.
fn stored_pace(pace: Pace) -> u64 {
    match pace {
        Pace::Epochs(epochs) => u64::from(epochs),
        Pace::Full => 0,
    }
}

fn read_pace(pace: u64) -> Pace {
    if pace == 0 { Pace::Full } else { Pace::Epochs(u32::try_from(pace).unwrap_or(u32::MAX)) }
}
