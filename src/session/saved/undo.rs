//! What undo and redo bring back, as text behind the stored session: one document for each state, the
//! nearest to the present first, with what it adds to those before it. Data, models, lessons and curves are
//! written once, however many states have them.

use std::rc::Rc;

use super::file::{CurveFile, KeptFile, PlaceFile, SegmentFile};
use super::{
    earlier, edited_lesson, model, n_numbers, read_bookmarks, read_curve, read_guide_page, read_position,
    times_fit, write_bookmarks, write_curve, write_lines, write_numbers, write_segment,
};
use crate::lesson::file::DataFile;
use crate::lesson::{Data, Lesson, read, write};
use crate::moment::time::Time;
use crate::run::{LossCurve, LossPoint, Segment};
use crate::session::rest::{Kept, Rest, Undoable};
use crate::session::{MAX_UNDO, Session};
use crate::text::document::{self, Object};
use crate::text::fault::{Fault, Read, Within, fault};
use crate::words::session::read as words;
use backprop::trace::Model;

/// Before each document: a character that stands in no JSON (the record separator of RFC 7464).
pub const SEPARATOR: char = '\u{1e}';
/// The most bytes of all documents together: of a small network all that can be undone, of the digits'
/// some ten edits of weights.
const MAX_BYTES: usize = 1_000_000;
/// Characters of the name of a change that are kept.
const MAX_NAME: usize = 200;
/// The fewest bytes that a number takes with what parts it from the next.
const NUMBER_BYTES: usize = 2;

/// What the session's undo and redo bring back, as many states as there is room for.
pub fn write(session: &Session) -> String {
    let mut text = String::new();
    let present = session.snapshot().rest();
    let mut known = Known::of(&present);
    for (is_undone, states) in [(false, &session.undo), (true, &session.redo)] {
        let mut near = present.clone();
        for Undoable { name, state } in states.iter().rev() {
            let rest = state.rest();
            let room = MAX_BYTES - text.len();
            let file = known.write(&near, &rest, is_undone, room);
            let file =
                file.map(|file| KeptFile { name: Some(name.chars().take(MAX_NAME).collect()), ..file });
            let Some(document) = file.and_then(|file| serde_json::to_string(&file).ok()) else {
                return text;
            };
            if room < SEPARATOR.len_utf8() + document.len() {
                return text;
            }
            text.push(SEPARATOR);
            text += &document;
            near = rest.into_owned();
        }
    }
    text
}

/// Gives `session` what undo and redo bring back: as many of the `documents` as can be read.
pub fn read<'a>(session: &mut Session, documents: impl Iterator<Item = &'a str>) {
    // As many openings as there may be lie before this one.
    session.opening = MAX_UNDO as u64;
    let present = session.snapshot().rest();
    let mut known = Known::of(&present);
    let mut near = [present.clone(), present];
    let mut states = [Vec::new(), Vec::new()];
    for document in documents {
        let state = document::read::<KeptFile>(document).and_then(|file| {
            let side = usize::from(file.is_undone);
            let name: String = file.name.iter().flat_map(|name| name.chars()).take(MAX_NAME).collect();
            known.read(&near[side], &file).map(|rest| (side, name, rest))
        });
        let Some((side, name, rest)) = state.ok().filter(|(side, ..)| states[*side].len() < MAX_UNDO) else {
            break;
        };
        near[side] = rest.clone();
        states[side].insert(0, Undoable { name: name.into(), state: Kept::Stored(Rc::new(rest)) });
    }
    session.n_openings = near[1].opening;
    [session.undo, session.redo] = states;
}

/// What documents may refer to: what the present has, and what those before have added.
struct Known {
    lessons: Vec<Rc<Lesson>>,
    data: Vec<Rc<Data>>,
    models: Vec<Rc<Model>>,
}

/// The number of `it`, which is added if it is not there.
fn number_of<T>(it: &Rc<T>, all: &mut Vec<Rc<T>>) -> u64 {
    let known = all.iter().position(|other| Rc::ptr_eq(other, it));
    known.unwrap_or_else(|| {
        all.push(Rc::clone(it));
        all.len() - 1
    }) as u64
}

fn numbered<T>(number: u64, all: &[Rc<T>]) -> Read<&Rc<T>> {
    let found = usize::try_from(number).ok().and_then(|number| all.get(number));
    found.ok_or_else(|| Fault::new("", words::but_there_are(&number, &all.len())))
}

impl Known {
    fn of(present: &Rest) -> Self {
        let mut known =
            Self { lessons: vec![Rc::clone(&present.start)], data: Vec::new(), models: Vec::new() };
        // Each model for itself, also where several places have one: of what was stored each place has its own.
        let models = present.segments.iter().map(|segment| &segment.model);
        known.models.extend(models.chain([&present.front.1, &present.now.1]).cloned());
        known.add(present);
        known
    }

    /// Adds what `rest` has, but for its lesson.
    fn add(&mut self, rest: &Rest) {
        number_of(&rest.start.data, &mut self.data);
        for Segment { lesson, model, .. } in &rest.segments {
            number_of(&lesson.data, &mut self.data);
            number_of(model, &mut self.models);
        }
        for (_, model) in [&rest.front, &rest.now] {
            number_of(model, &mut self.models);
        }
    }

    /// What `rest` adds to `near`, the state next to it; `None` if there is no room for it.
    fn write(&mut self, near: &Rest, rest: &Rest, is_undone: bool, room: usize) -> Option<KeptFile> {
        let start = &rest.start;
        let (n_data, n_models, n_lessons) = (self.data.len(), self.models.len(), self.lessons.len());
        self.add(rest);
        let lesson = number_of(start, &mut self.lessons);
        let (data, models) = (&self.data[n_data..], &self.models[n_models..]);
        let is_added = n_lessons < self.lessons.len();
        let n_params = start.network.n_params();
        let n_in_data: usize = data.iter().map(|data| n_numbers(data, &start.network)).sum();
        let n = n_in_data + n_params * (models.len() + usize::from(is_added));
        if room / NUMBER_BYTES < n {
            return None;
        }
        // New data of an added lesson stand in that.
        let has_data = is_added && data.first().is_some_and(|first| Rc::ptr_eq(first, &start.data));
        let lesson_file = || {
            let data = if has_data { write::data(&start.data) } else { DataFile::default() };
            Object(write::lesson_on(start, data))
        };
        let data_of_lesson = self.data.iter().position(|data| Rc::ptr_eq(data, &start.data));
        let same = n_same(near, rest);
        let place = |(time, model): (Time, &Rc<Model>)| {
            let model = self.models.iter().position(|other| Rc::ptr_eq(other, model));
            (time.epoch, time.batch as u64, model.unwrap_or_default() as u64)
        };
        let segment = |segment: &Segment| {
            let at = place((segment.start, &segment.model));
            Object(write_segment(segment, start, &self.data, at))
        };
        let (ghost, earlier) = earlier::write(&rest.earlier, |curve| write_curve_beside(near, curve));
        Some(KeptFile {
            name: None,
            is_undone,
            is_opened: near.opening != rest.opening,
            lesson: is_added.then(lesson_file),
            lesson_data: data_of_lesson.filter(|_| is_added && !has_data).map(|k| k as u64),
            start: (!Rc::ptr_eq(&near.start, start)).then_some(lesson),
            data: data[usize::from(has_data)..].iter().map(|data| Object(write::data(data))).collect(),
            models: models.iter().map(|model| Object(model::write(Time::default(), model))).collect(),
            same: same as u64,
            segments: rest.segments[same..].iter().map(segment).collect(),
            front: place((rest.front.0, &rest.front.1)),
            now: place((rest.now.0, &rest.now.1)),
            step: rest.position.step as u64,
            lines: write_lines(rest.position),
            terms: rest.position.terms as u64,
            numbers: write_numbers(rest.position),
            asked: rest.is_asking,
            edits: Some(rest.n_edits).filter(|n| 0 < *n),
            guide_page: Some(rest.guide_page as u64).filter(|page| 0 < *page),
            bookmarks: write_bookmarks(&rest.bookmarks, start),
            losses: write_curve_beside(near, &rest.losses),
            ghost,
            earlier,
        })
    }

    fn read(&mut self, near: &Rest, file: &KeptFile) -> Read<Rest> {
        if let Some(Object(added)) = &file.lesson {
            let known = file.lesson_data.map(|number| numbered(number, &self.data)).transpose();
            let lesson = read::lesson_on(added, f64::MAX, known.of("lesson_data")?).of("lesson")?;
            number_of(&lesson.data, &mut self.data);
            self.lessons.push(Rc::new(lesson));
        }
        let start = match file.start {
            Some(number) => Rc::clone(numbered(number, &self.lessons).of("start")?),
            None => Rc::clone(&near.start),
        };
        for (k, data) in file.data.iter().enumerate() {
            let data = read::data(data, &start.network, start.rule.loss, f64::MAX);
            self.data.push(Rc::new(data.at(k).of("data")?));
        }
        for (k, model) in file.models.iter().enumerate() {
            let (_, model) = model::read(model, &start.network).at(k).of("models")?;
            self.models.push(model);
        }
        let segments = self.segments(near, &start, file)?;
        let front = self.place(file.front, &start).of("front")?;
        let now = self.place(file.now, &start).of("now")?;
        times_fit(&segments, front.0, now.0).of("now")?;
        Ok(Rest {
            opening: match (file.is_opened, file.is_undone) {
                (false, _) => near.opening,
                (true, false) => near.opening.saturating_sub(1),
                (true, true) => near.opening + 1,
            },
            segments,
            front,
            now,
            position: read_position(file.step, file.lines, file.terms, file.numbers),
            is_asking: file.asked,
            n_edits: file.edits.unwrap_or(0),
            bookmarks: read_bookmarks(file.bookmarks.as_ref(), &start)?,
            guide_page: read_guide_page(file.guide_page, &start),
            losses: read_curve_beside(near, &file.losses).of("losses")?,
            earlier: earlier::read(file.ghost.as_ref(), &file.earlier, |curve| {
                read_curve_beside(near, curve)
            })?,
            start,
        })
    }

    fn segments(&self, near: &Rest, start: &Rc<Lesson>, file: &KeptFile) -> Read<Vec<Segment>> {
        let same = usize::try_from(file.same).unwrap_or(usize::MAX);
        let most = if Rc::ptr_eq(start, &near.start) { near.segments.len() } else { 0 };
        if most < same {
            return fault(words::at_most(&same, &most)).of("same");
        }
        let mut segments = near.segments[..same].to_vec();
        for (k, Object(file)) in file.segments.iter().enumerate() {
            let segment = self.segment(start, file).at(k).of("segments")?;
            segments.push(segment);
        }
        Ok(segments)
    }

    fn segment(&self, start: &Rc<Lesson>, file: &SegmentFile<PlaceFile>) -> Read<Segment> {
        let lesson = edited_lesson(file, start, &self.data)?;
        read::suits(&lesson.data, &start.network, start.rule.loss).of("data")?;
        let (time, model) = self.place(file.model, start).of("model")?;
        if lesson.n_batches() <= time.batch {
            return fault(words::lesson_does_not_fit());
        }
        let was = model::read_was(&file.was, &model.network).of("was")?;
        Ok(Segment { start: time, model, lesson, was })
    }

    /// A time and the model then, one of a network that has the shape of the lesson's.
    fn place(&self, (epoch, batch, number): PlaceFile, start: &Lesson) -> Read<(Time, Rc<Model>)> {
        let model = numbered(number, &self.models)?;
        if !model.network.has_shape_of(&start.network) {
            return fault(words::model_of_another_network());
        }
        model::had_time_for(model, epoch)?;
        Ok((Time { epoch, batch: usize::try_from(batch).unwrap_or(usize::MAX) }, Rc::clone(model)))
    }
}

/// How many of the first segments two states share.
fn n_same(one: &Rest, other: &Rest) -> usize {
    if !Rc::ptr_eq(&one.start, &other.start) {
        return 0;
    }
    let is_same = |(one, other): &(&Segment, &Segment)| {
        one.start == other.start
            && Rc::ptr_eq(&one.model, &other.model)
            && Rc::ptr_eq(&one.lesson, &other.lesson)
            && one.was == other.was
    };
    one.segments.iter().zip(&other.segments).take_while(is_same).count()
}

/// The curves of which others are the continuation: an edit makes the run's into an earlier one's.
fn curves(near: &Rest) -> impl Iterator<Item = &[LossPoint]> {
    let earlier = near.earlier.all().iter().map(|run| run.losses.points());
    std::iter::once(near.losses.points()).chain(earlier)
}

fn write_curve_beside(near: &Rest, curve: &LossCurve) -> CurveFile {
    let bits = |point: &LossPoint| (point.epoch, point.loss.to_bits(), point.test_loss.map(f64::to_bits));
    let n_same = |known: &[LossPoint]| {
        let pairs = known.iter().zip(curve.points());
        pairs.take_while(|(one, other)| bits(one) == bits(other)).count()
    };
    // Of several that share as much the first.
    let (of, same) = curves(near)
        .map(n_same)
        .enumerate()
        .fold((0, 0), |best, (of, same)| if best.1 < same { (of, same) } else { best });
    (of as u64, same as u64, write_curve(&curve.points()[same..]))
}

fn read_curve_beside(near: &Rest, (of, same, rest): &CurveFile) -> Read<LossCurve> {
    let known = usize::try_from(*of).ok().and_then(|of| curves(near).nth(of));
    let same = usize::try_from(*same).ok().and_then(|same| known?.get(..same));
    let Some(same) = same else {
        return fault(words::no_such_points());
    };
    Ok(LossCurve::from_points([same, &read_curve(rest)].concat()))
}
