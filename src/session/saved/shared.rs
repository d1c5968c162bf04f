//! What of a session a link carries: the lesson, what was edited, and the instant that is shown. What was
//! learned is learned again where that is quick, to the same bits; else the weights are written down.

use std::rc::Rc;

use super::file::EditFile;
pub use super::file::SharedFile;
use super::{
    edited_data, edited_lesson, model, n_numbers, read_bookmarks, read_guide_page, read_position,
    read_settings,
};
use super::{write_bookmarks, write_lines, write_numbers, write_segment, write_settings};
use crate::lesson::bookmark::Bookmark;
use crate::lesson::{Lesson, limits, read, write};
use crate::moment::step::Position;
use crate::moment::time::{Diverged, Time};
use crate::run::earlier::EarlierRuns;
use crate::run::{Run, Segment};
use crate::session::rest::Snapshot;
use crate::session::{Notice, Session, Settings, not_finite};
use crate::text::document::Object;
use crate::text::fault::{Fault, Read, Within, fault};
use crate::text::{format, patch};
use crate::words::session::{link_not_finite, read as words, undo};
use backprop::network::Param;
use backprop::trace::Model;
use serde_json::Value;

/// The most epochs that are learned again when a link is opened.
const MAX_EPOCHS: u64 = 20_000;
/// The most products of samples and parameters that are passed through then.
const MAX_PRODUCTS: u64 = 100_000_000;
/// An update that is not the kernel's takes so many times as long.
const TRACED: u64 = 30;
/// More weights and biases than this fit no link.
const MAX_WRITTEN: usize = 400;
/// More numbers of data than this fit no link.
const MAX_DATA: usize = 4_000;

/// A lesson that comes with the page, by which another that is like it is named.
pub struct Base<'a> {
    /// Its name: that of its file, without the ending.
    pub name: &'a str,
    /// The lesson.
    pub lesson: &'a Lesson,
}

/// What a link leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// The loss curve before the instant.
    Curve,
    /// The edits before the instant: what they have come to is there.
    Edits,
    /// What the optimiser remembers.
    OptimizerState,
    /// What has been learned.
    Learned,
    /// The run beyond the instant.
    Ahead,
    /// The run before the instant: what it has learned is the start.
    Run,
    /// What the lesson says of itself: notes, guide, published numbers.
    Texts,
    /// Earlier runs.
    EarlierRuns,
}

impl LeftOut {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curve => words::curve(),
            Self::Edits => words::edits(),
            Self::OptimizerState => words::optimiser_state(),
            Self::Learned => words::learned(),
            Self::Run => words::run(),
            Self::Ahead => words::ahead(),
            Self::Texts => words::texts(),
            Self::EarlierRuns => words::earlier_runs(),
        }
    }
}

/// What a link carries, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    start: Rc<Lesson>,
    /// The start of the run, and each edit.
    edits: Vec<SharedEdit>,
    /// The model that is shown, unless it is to be learned again.
    model: Option<Rc<Model>>,
    reached: Time,
    now: Time,
    position: Position,
    is_asking: bool,
    n_edits: u64,
    guide_page: usize,
    bookmarks: Rc<Vec<Bookmark>>,
    settings: Settings,
}

/// What an edit has changed.
#[derive(Clone, Debug, PartialEq)]
struct SharedEdit {
    start: Time,
    set: Vec<(Param, f64)>,
    lesson: Rc<Lesson>,
}

impl SharedEdit {
    /// The segment of a run that has come to `learned`.
    fn segment(&self, learned: &Model) -> Segment {
        let mut model = learned.clone();
        self.set.iter().for_each(|&(param, value)| model.network.params.set(param, value));
        Segment { start: self.start, model: Rc::new(model), lesson: Rc::clone(&self.lesson), was: Vec::new() }
    }
}

impl Shared {
    /// Reads what a link carries. `base` is the lesson that comes with the page by the name that the link
    /// gives.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn read(file: &SharedFile, base: Option<&Lesson>) -> Read<Self> {
        let start = Rc::new(read_lesson(file, base).of("lesson")?);
        let network = &start.network;
        let data = |(k, data): (usize, &Object<_>)| {
            read::data(data, network, start.rule.loss, limits::MAGNITUDE).at(k).of("data").map(Rc::new)
        };
        let data = file.data.iter().enumerate().map(data).collect::<Read<Vec<_>>>()?;
        let mut edits =
            vec![SharedEdit { start: Time::default(), set: Vec::new(), lesson: Rc::clone(&start) }];
        for (k, Object(edit)) in file.edits.iter().enumerate() {
            let lesson = edited_lesson(edit, &start, &data).at(k).of("edits")?;
            let (epoch, batch, set) = &edit.model;
            let set = model::read_was(set, network).of("model").at(k).of("edits")?;
            let edit = SharedEdit { start: time(*epoch, *batch), set, lesson };
            match edits.last().map(|last| last.start.cmp(&edit.start)) {
                Some(std::cmp::Ordering::Less) => edits.push(edit),
                Some(std::cmp::Ordering::Equal) if edits.len() == 1 => edits[0] = edit,
                _ => return fault(words::edits_out_of_order()).at(k).of("edits"),
            }
        }
        let now = time(file.now.0, file.now.1);
        let reached = file.reached.map_or(now, |(epoch, batch)| time(epoch, batch));
        let last = edits.last().map_or(now, |last| last.start);
        if reached < last || reached < now {
            return fault(words::times_out_of_order()).of("reached");
        }
        let model = file.model.as_ref().map(|file| model::read(file, network).of("model")).transpose()?;
        let model = match model {
            Some((at, _)) if at != now || reached != now => {
                return fault(words::of_another_time()).of("model");
            }
            Some((_, model)) => Some(model),
            None => None,
        };
        let settings = file.settings.as_ref().map(|settings| read_settings(settings).of("settings"));
        let shared = Self {
            edits,
            model,
            reached,
            now,
            position: read_position(file.step, file.lines, file.terms, file.numbers),
            is_asking: file.asked,
            n_edits: file.n_edits.unwrap_or(0),
            guide_page: read_guide_page(file.guide_page, &start),
            bookmarks: read_bookmarks(file.bookmarks.as_ref(), &start)?,
            settings: settings.transpose()?.unwrap_or_default(),
            start,
        };
        match &shared.model {
            None if !is_quick(shared.segments(), reached) => {
                let most = format::count(MAX_EPOCHS);
                fault(words::too_far(&most)).of("reached")
            }
            Some(_) if 2 < shared.edits.len() => fault(words::one_edit_at_most()).of("edits"),
            Some(_) if 2 == shared.edits.len() && shared.edits[1].start != now => {
                fault(words::one_edit_at_most()).of("edits")
            }
            _ => Ok(shared),
        }
    }

    /// A lesson at its start, and nothing else.
    pub fn of_lesson(lesson: Rc<Lesson>) -> Self {
        let start = SharedEdit { start: Time::default(), set: Vec::new(), lesson: Rc::clone(&lesson) };
        Self {
            edits: vec![start],
            model: None,
            reached: Time::default(),
            now: Time::default(),
            position: Position::READY,
            is_asking: false,
            n_edits: 0,
            guide_page: 0,
            bookmarks: Rc::clone(&lesson.bookmarks),
            settings: Settings::default(),
            start: lesson,
        }
    }

    fn segments(&self) -> impl Iterator<Item = (Time, &Lesson)> {
        self.edits.iter().map(|edit| (edit.start, edit.lesson.as_ref()))
    }

    /// What it comes to.
    ///
    /// # Errors
    /// If a pass is not finite.
    fn wake(&self) -> Result<Snapshot, Diverged> {
        let first = self.edits[0].segment(&Model::start(self.start.network.as_ref().clone()));
        let (run, moment) = match &self.model {
            None => {
                let mut run = Run::from_segments(vec![first])?;
                for edit in &self.edits[1..] {
                    let learned = Rc::clone(run.moment_at(edit.start)?.model());
                    let Segment { start, model, lesson, .. } = edit.segment(&learned);
                    run = run.edited(start, model, lesson)?;
                }
                run.moment_at(self.reached)?;
                let moment = run.moment_at(self.now)?;
                (run, moment)
            }
            Some(model) => {
                let edited = self.edits[1..].iter().map(|edit| edit.segment(model));
                let mut run = Run::from_segments(std::iter::once(first).chain(edited).collect())?;
                let place = (self.now, Rc::clone(model));
                let moment = run.restore(place.clone(), place, Vec::new())?;
                (run, moment)
            }
        };
        Ok(Snapshot {
            opening: 0,
            start: Rc::clone(&self.start),
            run: Rc::new(run),
            moment: moment.kept_at(self.position, self.is_asking),
            n_edits: self.n_edits,
            guide_page: self.guide_page,
            bookmarks: Rc::clone(&self.bookmarks),
            earlier: EarlierRuns::default(),
        })
    }
}

fn time(epoch: u64, batch: u64) -> Time {
    Time { epoch, batch: usize::try_from(batch).unwrap_or(usize::MAX) }
}

/// Whether a run of these segments comes to `reached` while a reader waits.
fn is_quick<'a>(segments: impl Iterator<Item = (Time, &'a Lesson)>, reached: Time) -> bool {
    let of_epoch = |(_, lesson): (Time, &Lesson)| {
        let n = lesson.network.n_products(lesson.data.train.len() + lesson.data.test.len());
        if lesson.rule == lesson.rule.mended() { n } else { n.saturating_mul(TRACED) }
    };
    let most = segments.map(of_epoch).max().unwrap_or(0);
    reached.epoch <= MAX_EPOCHS && most.saturating_mul(reached.epoch + 1) <= MAX_PRODUCTS
}

fn read_lesson(file: &SharedFile, base: Option<&Lesson>) -> Read<Lesson> {
    let text = match (base, &file.changes) {
        (Some(base), None) => return Ok(base.clone()),
        (None, None) => return fault(words::missing()),
        (Some(base), Some(changes)) => patch::applied(value(base), changes.clone()).to_string(),
        (None, Some(whole)) => whole.to_string(),
    };
    Lesson::from_link(&text).or_else(|within| fault(within.to_string()))
}

/// The lesson's file as a value.
fn value(lesson: &Lesson) -> Value {
    // What is written as JSON can be read as JSON.
    serde_json::from_str(&lesson.to_compact_json()).unwrap_or_default()
}

/// The session as links may carry it, the fullest first, each with what it leaves out; none of a lesson that
/// is too large. `base` is the lesson that comes with the page and is most like this one.
pub fn write<'a>(
    session: &'a Session,
    base: Option<&'a Base>,
) -> impl Iterator<Item = (SharedFile, Vec<LeftOut>)> + 'a {
    let Lesson { notes, guide, published, .. } = &*session.start;
    let has_texts = !notes.is_empty() || !guide.is_empty() || !published.is_empty();
    // Of a lesson of one's own its texts are the first to go; of one that comes with the page they take no room.
    let goes_first = has_texts && base.is_none_or(|base| *base.lesson != *session.start);
    let full = levels(session).take(if goes_first { 1 } else { usize::MAX });
    let full = full.map(|level| (level, false));
    let short = levels(session).take(if goes_first { usize::MAX } else { 0 });
    full.chain(short.map(|level| (level, true))).filter_map(move |((of, file, left_out), is_short)| {
        let of = of.as_ref().unwrap_or(session);
        let changes = match base {
            Some(base) if *base.lesson == *of.start => None,
            _ if !has_room(of) => return None,
            _ => Some(changes(&of.start, base, is_short)),
        };
        let texts = is_short.then_some(LeftOut::Texts);
        let earlier = (!session.earlier().is_empty()).then_some(LeftOut::EarlierRuns);
        let lesson = base.map(|base| base.name.to_owned());
        let left_out = left_out.into_iter().chain(texts).chain(earlier).collect();
        Some((SharedFile { lesson, changes, ..file }, left_out))
    })
}

/// What `lesson` has otherwise than `base`, or the whole of it.
fn changes(lesson: &Lesson, base: Option<&Base>, is_short: bool) -> Value {
    let mut whole = value(lesson);
    if let (true, Value::Object(file)) = (is_short, &mut whole) {
        for key in ["notes", "guide", "published"] {
            file.remove(key);
        }
    }
    match base {
        Some(base) => patch::between(&value(base.lesson), &whole),
        None => whole,
    }
}

/// A session that starts with what this one has come to.
fn begun_here(session: &Session) -> Option<Session> {
    let begun = has_room(session).then(|| Session::new(session.current_lesson()).ok()).flatten()?;
    let is_same = begun.moment.plan.n_steps() == session.moment.plan.n_steps();
    let position = if is_same { session.moment.position_to_keep() } else { Position::READY };
    let moment = begun.moment.kept_at(position, session.moment.is_asking());
    Some(Session { moment, settings: session.settings, ..begun })
}

/// Whether the data are so few that they may fit a link.
fn has_room(session: &Session) -> bool {
    let all = std::iter::once(&session.start.data).chain(edited_data(session));
    let n: usize = all.map(|data| n_numbers(data, &session.start.network)).sum();
    n <= MAX_DATA && session.start.network.n_params() <= MAX_WRITTEN
}

/// What is written of a session, or of another that starts with what it has come to, and what that leaves out.
type Level = (Option<Session>, SharedFile, Vec<LeftOut>);

fn levels(session: &Session) -> impl Iterator<Item = Level> + '_ {
    let (segments, now, reached) = (session.run.segments(), session.time(), session.run.reached());
    let quick = |to: Time| {
        let lessons = segments.iter().map(|segment| (segment.start, segment.lesson.as_ref()));
        is_quick(lessons, to).then(|| learned_again(session, to))
    };
    let learned = quick(reached).map(|file| (file, Vec::new()));
    let learned = learned.or_else(|| quick(now).map(|file| (file, vec![LeftOut::Ahead])));
    let is_small = session.start.network.n_params() <= MAX_WRITTEN;
    let is_edited = 1 < segments.len();
    let written = move |without_state: bool| {
        let parts = [
            (true, LeftOut::Curve),
            (now < reached, LeftOut::Ahead),
            (is_edited, LeftOut::Edits),
            (without_state, LeftOut::OptimizerState),
        ];
        let left_out = parts.into_iter().filter_map(|(is_out, part)| is_out.then_some(part)).collect();
        (written_down(session, without_state), left_out)
    };
    let facts = session.start.rule.optimizer.facts();
    let has_state = facts.has_first_moment || facts.has_second_moment;
    let whole = is_small.then(move || written(false));
    let without = (is_small && has_state).then(move || written(true));
    let these = learned.into_iter().chain(whole).chain(without);
    let these = these.map(|(file, left_out)| (None, file, left_out));
    // Between what has been learned and nothing of it: a run that starts with it.
    let begun = std::iter::once_with(|| begun_here(session)).flatten().map(|begun| {
        let file = file(&begun, begun.run.segments(), (begun.time(), begun.time()), begun.moment.position);
        (Some(begun), file, vec![LeftOut::Run])
    });
    let start = std::iter::once_with(move || {
        let first = &session.run.segments()[..1];
        let file = file(session, first, (Time::default(), Time::default()), Position::READY);
        (None, file, vec![LeftOut::Learned])
    });
    these.chain(begun).chain(start)
}

fn learned_again(session: &Session, reached: Time) -> SharedFile {
    let segments = session.run.segments();
    let n = segments.partition_point(|segment| segment.start <= reached);
    file(session, &segments[..n], (reached, session.time()), session.moment.position_to_keep())
}

fn written_down(session: &Session, without_state: bool) -> SharedFile {
    let (now, moment) = (session.time(), &session.moment);
    let first = &session.run.segments()[0];
    let mut model = Model::clone(moment.model());
    if without_state {
        let zero = model.network.params.zeros_like();
        model.optimizer_state.first_moment = zero.clone();
        model.optimizer_state.second_moment = zero;
    }
    let edited = Segment {
        start: now,
        model: Rc::new(model),
        lesson: Rc::clone(&moment.lesson),
        // All of its numbers stand in the model.
        was: Vec::new(),
    };
    let stored = Object(model::write(now, &edited.model));
    let segments = match session.run.segments() {
        [_] => vec![first.clone()],
        _ if now == Time::default() => vec![edited],
        _ => vec![first.clone(), edited],
    };
    let file = file(session, &segments, (now, now), moment.position_to_keep());
    SharedFile { model: Some(stored), ..file }
}

/// The file of a run of `segments` that has reached a time and shows one.
fn file(
    session: &Session,
    segments: &[Segment],
    (reached, now): (Time, Time),
    position: Position,
) -> SharedFile {
    let start = &session.start;
    let data = edited_data(session);
    let edit = |(k, segment): (usize, &Segment)| {
        let params = &segment.model.network.params;
        let set: Vec<_> = match k {
            0 => {
                let differs = |param: &Param| params.at(*param) != start.network.params.at(*param);
                start.network.param_list().into_iter().filter(differs).collect()
            }
            _ => segment.was.iter().map(|(param, _)| *param).collect(),
        };
        let set: Vec<_> = set.into_iter().map(|param| model::write_was(param, params.at(param))).collect();
        let is_plain = k == 0 && set.is_empty() && Rc::ptr_eq(&segment.lesson, start);
        let place = (segment.start.epoch, segment.start.batch as u64, set);
        let file = EditFile { was: Vec::new(), ..write_segment(segment, start, &data, place) };
        (!is_plain).then_some(Object(file))
    };
    let is_chosen = session.settings != Settings::default();
    SharedFile {
        lesson: None,
        changes: None,
        data: data.iter().map(|data| Object(write::data(data))).collect(),
        edits: segments.iter().enumerate().filter_map(edit).collect(),
        reached: (reached != now).then_some((reached.epoch, reached.batch as u64)),
        now: (now.epoch, now.batch as u64),
        step: position.step as u64,
        lines: write_lines(position),
        terms: position.terms as u64,
        numbers: write_numbers(position),
        asked: session.moment.is_asking() && 0 < position.step,
        model: None,
        settings: is_chosen.then(|| Object(write_settings(session.settings))),
        n_edits: Some(session.n_edits).filter(|n| 0 < *n),
        guide_page: Some(session.guide_page as u64).filter(|page| 0 < *page),
        bookmarks: write_bookmarks(&session.bookmarks, start),
    }
}

impl Session {
    /// The session of what a link carries.
    ///
    /// # Errors
    /// A sentence if the loss is beyond what a number can hold.
    pub fn of_link(shared: &Shared) -> Result<Self, Notice> {
        let lesson = Lesson::clone(&shared.start);
        let snapshot = shared.wake().map_err(|_| not_finite(link_not_finite()))?;
        let mut session = Self::new(lesson)?;
        session.take(snapshot, shared.settings);
        Ok(session)
    }

    /// Opens what a link carries; what was there can be brought back.
    pub(in crate::session) fn open_link(&mut self, shared: &Shared) {
        let Ok(snapshot) = shared.wake() else {
            self.notice = Some(not_finite(link_not_finite()));
            return;
        };
        self.remember(undo::open_link());
        self.take(snapshot, Settings { speaking: self.settings.speaking, ..shared.settings });
        self.n_openings += 1;
        self.opening = self.n_openings;
    }

    fn take(&mut self, snapshot: Snapshot, settings: Settings) {
        let is_asking = snapshot.moment.is_asking();
        let Snapshot { opening, start, run, moment, n_edits, guide_page, bookmarks, earlier } = snapshot;
        *self = Self {
            opening,
            start,
            run,
            moment,
            n_edits,
            guide_page,
            bookmarks,
            earlier,
            settings,
            ..self.clone()
        };
        self.arrive(self.moment.clone(), is_asking);
    }
}

/// The sentence that a link cannot be opened, and why.
pub fn not_read(fault: &Fault) -> String {
    let why = if fault.place() == Fault::WHOLE { fault.problem.clone() } else { fault.to_string() };
    words::link_cannot_be_opened(&why)
}
