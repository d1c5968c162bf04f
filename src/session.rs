//! The one state of the page, everything that can happen to it, and one pure update.
//!
//! `update` knows no clock, storage or randomness. An edit that is impossible leaves everything as
//! it is and says so in a notice.

pub mod accuracy;
mod action;
mod asking;
pub mod design;
mod edit;
mod guide;
mod places;
mod rest;
pub mod saved;
mod settings;

use std::collections::BTreeSet;
use std::rc::Rc;

pub use action::Action;
pub use asking::{HINTS, Score, Turn};
pub use edit::Edit;
pub use settings::{Pace, Playback, RunSettings, Settings};

use crate::explanation::n_lines;
use crate::lesson::bookmark::Bookmark;
use crate::lesson::notation::{Changes, Style};
use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, limits};
use crate::moment::Moment;
use crate::moment::step::{Grain, Lines, MAX_LABELLED, Position};
use crate::moment::time::{Diverged, Time};
use crate::moment::updates::train_loss;
use crate::run::earlier::{EarlierRun, EarlierRuns, name_of};
use crate::run::survey::Target;
use crate::run::{LossCurve, Mark, Reached, Run, Until, told};
use crate::session::design::Change;
use crate::session::rest::{Kept, Snapshot, Undoable};
use crate::text::format;
use crate::words::{paragraph, run as run_words, session as words};
use backprop::classes::{Goal, TOLERANCE};
use backprop::network::{LayerParams, Param};

/// The most edits that can be undone.
const MAX_UNDO: usize = 200;
/// The most epochs that one "run" may ask for.
pub const MAX_EPOCHS: u64 = 10_000_000;

/// The most updates that are passed at once when a part of a run is shown again.
const MAX_REPLAYED: u64 = 1_000;
/// Epochs per second of a small network unless the reader chooses: 100 epochs take five seconds.
const USUAL_PACE: u32 = 20;

/// A sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// Whether something was refused or went wrong.
    pub is_problem: bool,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct Session {
    /// Which opening of a lesson this is, and how many there have been after the first.
    opening: u64,
    n_openings: u64,
    /// The lesson as it was opened: where Reset goes.
    start: Rc<Lesson>,
    run: Rc<Run>,
    moment: Moment,
    /// Edits since the lesson was opened or reset: as many as a reader has made, each gesture once.
    n_edits: u64,
    /// Which page of the lesson's guide is open.
    guide_page: usize,
    /// The bookmarks of the lesson, with those that the reader has added.
    bookmarks: Rc<Vec<Bookmark>>,
    /// Earlier runs of this model, kept for comparison.
    earlier: EarlierRuns,
    settings: Settings,
    playback: Playback,
    score: Score,
    /// The questions of this round that have been told: they count no more.
    told_before: Rc<BTreeSet<asking::Question>>,
    turn: Turn,
    notice: Option<Notice>,
    /// Whether the last action has said it.
    is_notice_new: bool,
    /// Why the last run ended.
    outcome: Option<String>,
    undo: Vec<Undoable>,
    redo: Vec<Undoable>,
}

impl Session {
    /// A session at the start of `lesson`.
    ///
    /// # Errors
    /// If the lesson's first pass is not finite.
    pub fn new(lesson: Lesson) -> Result<Self, Notice> {
        let start = Rc::new(lesson);
        let mut run = Run::new(Rc::clone(&start)).map_err(|_| not_finite(words::lesson_not_finite()))?;
        let moment = run.moment_at(Time::default()).map_err(|_| not_finite(words::lesson_not_finite()))?;
        Ok(Self {
            opening: 0,
            n_openings: 0,
            bookmarks: Rc::clone(&start.bookmarks),
            start,
            run: Rc::new(run),
            moment,
            n_edits: 0,
            guide_page: 0,
            earlier: EarlierRuns::default(),
            settings: Settings::default(),
            playback: Playback::Paused,
            score: Score::default(),
            told_before: Rc::default(),
            turn: Turn::default(),
            notice: None,
            is_notice_new: false,
            outcome: None,
            undo: Vec::new(),
            redo: Vec::new(),
        })
    }

    /// Which opening of a lesson this is: each has a number of its own, which undo brings back. What is
    /// remembered of one (a cursor, a selection, a drawing) says nothing about another.
    pub fn opening(&self) -> u64 {
        self.opening
    }

    /// The lesson as it was opened.
    pub fn start(&self) -> &Rc<Lesson> {
        &self.start
    }

    /// The lesson as it stands now, edits and learned weights included: what export writes.
    pub fn current_lesson(&self) -> Lesson {
        Lesson {
            network: Rc::new(self.moment.network().clone()),
            bookmarks: Rc::clone(&self.bookmarks),
            ..self.moment.lesson.as_ref().clone()
        }
    }

    /// The lesson as export writes it: [`Self::current_lesson`], which import reads back.
    ///
    /// # Errors
    /// A sentence if a weight has grown beyond what a lesson file may hold.
    pub fn exported(&self) -> Result<Lesson, String> {
        let lesson = self.current_lesson();
        let most = limits::MAGNITUDE;
        let is_held = |layer: &LayerParams| layer.numbers().all(|x| x.abs() <= most);
        if lesson.network.params.0.iter().all(is_held) {
            return Ok(lesson);
        }
        let most = format::count(most as u64);
        Err(words::weight_too_large(&most))
    }

    /// The instant that is shown.
    pub fn moment(&self) -> &Moment {
        &self.moment
    }

    /// When that is.
    pub fn time(&self) -> Time {
        Time { epoch: self.moment.epoch, batch: self.moment.batch }
    }

    /// The loss at the start of each epoch so far.
    pub fn losses(&self) -> &LossCurve {
        self.run.losses()
    }

    /// What was edited after the start of the run, in its order.
    pub fn marks(&self) -> &[Mark] {
        self.run.marks()
    }

    /// The values of two parameters of the network along the run, up to the shown instant.
    pub fn way(&self, params: [Param; 2]) -> Vec<[f64; 2]> {
        let models = self.run.models_to(self.time()).chain([self.moment.model()]);
        models.map(|model| params.map(|param| model.network.params.at(param))).collect()
    }

    /// What a survey of the run is measured at: what is shown, and what the run has kept.
    pub fn survey_targets(&self) -> (Target, Vec<Target>) {
        (Target::of(&self.moment), Target::all(&self.run))
    }

    /// Earlier runs of this model, the oldest first.
    pub fn earlier(&self) -> &[Rc<EarlierRun>] {
        self.earlier.all()
    }

    /// The mean loss over the training samples at the start of the shown epoch.
    pub fn loss(&self) -> f64 {
        let Moment { epoch, batch, lesson, .. } = &self.moment;
        let kept = self.run.losses().at(*epoch);
        // The shown update may be the one that the epoch starts with.
        let shown = || (*batch == 0).then(|| train_loss(lesson, self.moment.pending(), *epoch));
        let found = kept.or_else(shown).or_else(|| self.run.loss_at(*epoch));
        found.unwrap_or_else(|| self.moment.update().pass.loss)
    }

    /// Whether that is told: while steps ask first, not before the pass has come to it.
    pub fn tells_loss(&self) -> bool {
        !self.settings.asks_first || self.is_running() || self.moment.is_reached(Quantity::BatchLoss)
    }

    /// Whether nothing of the update is held back: steps do not ask first, all of them have told their numbers, or
    /// the network learns.
    pub fn tells_all(&self) -> bool {
        !self.settings.asks_first || self.is_running() || self.moment.told() == self.moment.plan.end()
    }

    /// What the reader chose.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// How much one step does: what the reader chose, else a weight, and a layer where there are too
    /// many weights to have a label each.
    pub fn grain(&self) -> Grain {
        let n_params = self.moment.network().n_params();
        let usual = if MAX_LABELLED < n_params { Grain::Layer } else { Grain::Unit };
        self.settings.grain.unwrap_or(usual)
    }

    /// How fast a run goes: as the reader has chosen, else so that a hall can follow a small network, and
    /// as fast as it goes with a large one.
    pub fn pace(&self) -> Pace {
        let n_params = self.moment.network().n_params();
        let usual = if MAX_LABELLED < n_params { Pace::Full } else { Pace::Epochs(USUAL_PACE) };
        self.settings.run.pace.unwrap_or(usual)
    }

    /// What the page does by itself.
    pub fn playback(&self) -> Playback {
        self.playback
    }

    /// Whether the network learns by itself.
    pub fn is_running(&self) -> bool {
        matches!(self.playback, Playback::Running { .. })
    }

    /// The sentence for the reader.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Number of updates before the shown instant.
    pub fn n_updates(&self) -> u64 {
        self.moment.model().optimizer_state.n_updates
    }

    /// How far a run has come, 0 to 1.
    pub fn progress(&self) -> Option<f64> {
        match self.playback {
            Playback::Running { until, .. } => Some(self.moment.epoch as f64 / until.max(1) as f64),
            _ => None,
        }
    }

    /// What it means that the task is solved.
    pub fn goal(&self) -> Goal {
        self.moment.lesson.goal()
    }

    /// The same in words: a clause.
    pub fn goal_in_words(&self) -> String {
        match self.goal() {
            Goal::Classes => run_words::classes_are_right().to_owned(),
            Goal::Values => run_words::outputs_are_near(&TOLERANCE),
        }
    }

    /// Why the last run ended where it did, as long as nothing else has happened.
    pub fn outcome(&self) -> Option<&str> {
        self.outcome.as_deref()
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is an undone change to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// What undo takes back, in words: "w₅ 0.14 → 0.2".
    pub fn undo_name(&self) -> Option<&str> {
        self.undo.last().map(|last| &*last.name)
    }

    /// What redo makes again, in words.
    pub fn redo_name(&self) -> Option<&str> {
        self.redo.last().map(|last| &*last.name)
    }

    /// Whether the shown instant is the start of the run, before the first step.
    pub fn is_at_start(&self) -> bool {
        self.time() == Time::default() && self.moment.position == Position::READY
    }

    /// The session after `action`.
    pub fn update(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.apply(action);
        next.is_notice_new = next.notice != self.notice;
        if next.question() != self.question() {
            next.score.is_tried = false;
        }
        next
    }

    fn apply(&mut self, action: Action) {
        let keeps_playback = matches!(
            action,
            Action::Tick
                | Action::RunSlice { .. }
                | Action::SetGrain(_)
                | Action::SetByLine(_)
                | Action::SetAsksFirst(_)
                | Action::SetDigits(_)
                | Action::SetNotation(_)
                | Action::ChangeNotation(..)
                | Action::SetSpeaking(_)
                | Action::SetSpeed(_)
                | Action::SetRun(_)
                | Action::SetStartWeights(_)
                | Action::Notify(_)
                | Action::DismissNotice
                | Action::Edit { .. }
                | Action::RemoveEarlier(_)
        );
        let (playback, was_asking) = (self.playback, self.moment.is_asking());
        let keeps_turn = matches!(
            action,
            Action::Answer(_)
                | Action::Hint
                | Action::SetDigits(_)
                | Action::SetNotation(_)
                | Action::ChangeNotation(..)
                | Action::SetSpeaking(_)
                | Action::SetSpeed(_)
                | Action::Notify(_)
                | Action::DismissNotice
        );
        if !keeps_turn {
            self.turn = Turn::default();
        }
        if !keeps_playback {
            self.playback = Playback::Paused;
            self.outcome = None;
            // The key that steps also ends the typing of a number: why that was refused is still to be read.
            let is_step = matches!(action, Action::StepForward { .. } | Action::StepBack { .. });
            let is_problem = self.notice.as_ref().is_some_and(|notice| notice.is_problem);
            if !(is_step && is_problem && self.is_notice_new) {
                self.notice = None;
            }
        }
        match action {
            Action::StepForward { coarser } => self.step_forward(self.grain_of_step(coarser)),
            Action::StepBack { coarser } => self.step_back(self.grain_of_step(coarser)),
            Action::ToStart => self.go_to(Time::default(), Position::READY),
            Action::EndOfPhase => self.step_forward(Grain::Phase),
            Action::NextEpoch => self.enter(Time::epoch(self.moment.epoch + 1)),
            Action::JumpTo(position) => {
                self.moment = self.fitted(self.moment.at(position));
                self.ask();
            }
            Action::GoToEpoch(epoch) => {
                let epoch = epoch.min(self.run.reached().epoch);
                self.go_to(Time::epoch(epoch), Position::READY);
            }
            Action::Play => self.playback = Playback::Playing,
            Action::Pause => {}
            Action::Tick => {
                if self.playback == Playback::Playing {
                    self.step_forward(self.grain());
                }
            }
            Action::RunEpochs(n) => {
                let until = self.moment.epoch + n.clamp(1, MAX_EPOCHS);
                self.playback = Playback::Running { until, as_set: true };
            }
            Action::RunTo(epoch) => {
                let until = epoch.clamp(self.moment.epoch, self.moment.epoch + MAX_EPOCHS);
                self.playback = Playback::Running { until, as_set: false };
            }
            Action::RunSlice { work, updates } => self.run_slice(work, updates),
            Action::Edit { edit, continues } => self.edit(&edit, continues),
            Action::Design { change, continues } => {
                // A network that learns goes on learning as the changed one.
                if self.design(&change, continues) && matches!(playback, Playback::Running { .. }) {
                    self.playback = playback;
                }
            }
            Action::SetStartWeights(start_weights) => {
                if start_weights.is_valid() {
                    self.settings.start_weights = start_weights;
                }
            }
            Action::Undo => {
                if let Some(Undoable { name, state }) = self.undo.pop() {
                    match self.swap(&state) {
                        Some(state) => self.redo.push(Undoable { name, state }),
                        None => self.undo.clear(),
                    }
                }
            }
            Action::Redo => {
                if let Some(Undoable { name, state }) = self.redo.pop() {
                    match self.swap(&state) {
                        Some(state) => self.undo.push(Undoable { name, state }),
                        None => self.redo.clear(),
                    }
                }
            }
            Action::Reset => {
                let (lost, bookmarks) = (self.lost_by_reset(), Rc::clone(&self.bookmarks));
                if self.open(Rc::clone(&self.start), Some(words::undo::reset())) {
                    self.bookmarks = bookmarks;
                    self.notice = lost.map(|text| Notice { text, is_problem: false });
                }
            }
            Action::ResetWeights => self.reset_weights(),
            Action::Open(lesson) => {
                let is_same = self.start == lesson;
                let name = words::undo::open(&lesson.title);
                if self.open(lesson, Some(&name)) {
                    self.n_openings += 1;
                    self.opening = self.n_openings;
                    if !is_same {
                        self.earlier = EarlierRuns::default();
                    }
                    self.tell_too_large();
                }
            }
            Action::OpenLink(shared) => self.open_link(&shared),
            Action::OpenGuidePage(number) => self.open_guide_page(number),
            Action::GoToBookmark(number) => {
                self.go_to_bookmark(number);
                self.ask();
            }
            Action::AddBookmark(name, opens) => self.add_bookmark(&name, opens),
            Action::RemoveBookmark(number) => self.remove_bookmark(number),
            Action::RemoveEarlier(number) => {
                let left = self.earlier.without(number);
                if left != self.earlier {
                    self.remember(words::undo::earlier_run_less());
                    self.earlier = left;
                }
            }
            Action::SetGrain(grain) => {
                self.settings.grain = Some(grain);
                self.arrive(self.moment.clone(), was_asking);
            }
            Action::SetByLine(by_line) => {
                self.settings.by_line = by_line;
                self.arrive(self.moment.clone(), was_asking);
            }
            Action::SetAsksFirst(asks_first) => self.set_asks_first(asks_first),
            Action::Answer(typed) => self.answer(&typed),
            Action::Hint => self.hint(),
            Action::SetDigits(digits) => {
                self.settings.digits = digits.clamp(*format::DIGITS.start(), *format::DIGITS.end());
            }
            Action::SetSpeaking(speaking) => self.settings.speaking = speaking,
            Action::SetNotation(notation) => {
                self.settings.notation = notation;
                self.write_as(self.settings.notation_changes);
                self.arrive(self.moment.clone(), was_asking);
            }
            Action::ChangeNotation(aspect, change) => {
                self.write_as(self.settings.notation_changes.with(aspect, change));
                self.arrive(self.moment.clone(), was_asking);
            }
            Action::SetSpeed(speed) => {
                if Settings::SPEEDS.contains(&speed) {
                    self.settings.speed = speed;
                }
            }
            Action::SetRun(run) => {
                if run.is_valid() {
                    self.settings.run = run;
                }
            }
            Action::Notify(notice) => self.notice = Some(notice),
            Action::DismissNotice => self.notice = None,
        }
    }

    fn grain_of_step(&self, coarser: bool) -> Grain {
        if coarser { self.grain().coarser() } else { self.grain() }
    }

    fn step_forward(&mut self, grain: Grain) {
        if self.moment.is_asking() && self.moment.plan.ends(self.moment.position, grain) {
            return self.tell();
        }
        let (plan, position) = (&self.moment.plan, self.moment.position);
        let next_line = || plan.next_line(position, |step| n_lines(&self.moment.at(plan.done(step))));
        let line = self.stops_at_lines(grain).then(next_line).flatten();
        match line.or_else(|| plan.next(position, grain)) {
            Some(next) => {
                self.moment = self.moment.at(next);
                if (next.step, next.numbers) != (position.step, position.numbers) {
                    self.ask();
                }
            }
            None => self.enter(self.run.time_after(self.time())),
        }
    }

    /// To the start of an update that follows. An epoch that takes long is run as many are: the page
    /// answers meanwhile.
    fn enter(&mut self, time: Time) {
        if self.playback == Playback::Paused && time.batch == 0 && self.run.takes_long(time) {
            self.playback = Playback::Running { until: time.epoch, as_set: false };
        } else {
            self.go_to(time, Position::READY);
        }
    }

    fn step_back(&mut self, grain: Grain) {
        if grain == self.grain() && self.follows_question() {
            return self.ask();
        }
        let line = if grain == Grain::Term { self.line_before() } else { None };
        match line.or_else(|| self.moment.plan.previous(self.moment.position, grain)) {
            Some(position) => self.moment = self.moment.at(position),
            None => {
                if let Some(time) = self.run.time_before(self.time()) {
                    // Beyond the end of any plan: clamped to its last stop.
                    self.go_to(time, Position { step: usize::MAX, ..Position::READY });
                }
            }
        }
    }

    /// Where steps stop at the lines of a derivation: the line before what is shown.
    fn line_before(&self) -> Option<Position> {
        let moment = &self.moment;
        let previous_line = || moment.plan.previous_line(moment.position, |_| n_lines(moment));
        self.settings.by_line.then(previous_line).flatten()
    }

    fn stops_at_lines(&self, grain: Grain) -> bool {
        grain == Grain::Term && self.settings.by_line
    }

    /// `moment` with no more lines of a derivation than it has, and whole where lines are not stopped at.
    fn fitted(&self, moment: Moment) -> Moment {
        let Lines::First(n) = moment.position.lines else {
            return moment;
        };
        match n_lines(&moment) {
            n_all if self.settings.by_line && 0 < n_all => {
                moment.at(Position { lines: Lines::First(n.min(n_all)), ..moment.position })
            }
            _ => moment.at(moment.plan.done(moment.position.step)),
        }
    }

    fn go_to(&mut self, time: Time, position: Position) {
        match Rc::make_mut(&mut self.run).moment_from(time, Some(&self.moment)) {
            Ok(moment) => self.moment = self.written(moment.at(position)),
            Err(diverged) => self.stop_diverged(diverged),
        }
    }

    /// `moment` in the names that the reader has chosen: as every moment is that the session shows.
    fn written(&self, moment: Moment) -> Moment {
        moment.written_in(self.settings.notation, self.settings.notation_changes)
    }

    /// Takes over what the reader has changed of a notation, but for letters that stand for something else already.
    fn write_as(&mut self, mut changes: Changes) {
        let notation = self.settings.notation.unwrap_or(self.moment.lesson.notation);
        while let Some((change, why)) = Style::new(notation, changes).refusal() {
            changes = changes.with(change.aspect(), None);
            self.notice = Some(Notice { text: why, is_problem: true });
        }
        self.settings.notation_changes = changes;
    }

    fn stop_diverged(&mut self, diverged: Diverged) {
        self.playback = Playback::Paused;
        let Diverged { epoch } = diverged;
        let eta = self.moment.lesson.rule.optimizer.learning_rate();
        let names = &self.moment.names;
        let rate = names.learning_rate();
        let advice = match self.run.divergence() {
            Some(divergence) => {
                let number = |x| format::number(x, 4);
                let (ratio, curvature) = (number(divergence.ratio), number(divergence.curvature));
                words::take_rate_below(&ratio, &curvature, &rate, &number(divergence.bound()))
            }
            None => words::take_half(&rate, &format::number(eta / 2.0, format::FULL_DIGITS)),
        };
        let what = words::diverged(&epoch, &names.loss());
        let visited = words::can_be_visited(&epoch.saturating_sub(1));
        self.notice = Some(Notice { text: paragraph([&*what, &visited, &advice]), is_problem: true });
    }

    fn run_slice(&mut self, work: u64, updates: u64) {
        let Playback::Running { until, as_set } = self.playback else {
            return;
        };
        let settings = if as_set { self.settings.run } else { RunSettings::default() };
        let is_paced = as_set && self.pace() != Pace::Full;
        let (here, front) = (self.time(), self.run.reached());
        let end = Time::epoch(until);
        // What the run has passed already is shown again at a pace, and skipped at full speed.
        if here < front && (is_paced || end <= front) {
            let mut time = if is_paced { here } else { end };
            for _ in 0..updates.min(MAX_REPLAYED) {
                if time < front.min(end) {
                    time = self.run.time_after(time);
                }
            }
            self.go_to(time, Position::READY);
            if end <= time {
                self.end_run(Reached::Time, settings);
            }
            return;
        }
        let until = Until {
            time: end,
            updates,
            loss_below: settings.loss_below,
            solved: settings.when_solved.then(|| self.goal()),
        };
        let reached = Rc::make_mut(&mut self.run).go_on(&until, &mut { work });
        let arrived = self.run.reached();
        if arrived != here || self.moment.position != Position::READY {
            self.go_to(arrived, Position::READY);
        }
        match reached {
            Err(diverged) => self.stop_diverged(diverged),
            Ok(Some(reached)) => self.end_run(reached, settings),
            Ok(None) => {}
        }
    }

    fn end_run(&mut self, reached: Reached, settings: RunSettings) {
        self.playback = Playback::Paused;
        let epoch = format::count(self.moment.epoch);
        self.outcome = Some(match reached {
            Reached::Time => words::stopped_as_asked(&epoch),
            Reached::Loss => {
                let (symbol, least) = (self.moment.names.loss(), settings.loss_below.unwrap_or(0.0));
                let least = format::number(least, format::FULL_DIGITS);
                words::stopped_below(&epoch, &symbol, &least)
            }
            Reached::Goal => words::solved(&epoch, &self.goal_in_words()),
        });
    }

    fn edit(&mut self, edit: &Edit, continues: bool) {
        self.notice = None;
        let refuse = |text: String| Some(Notice { text, is_problem: true });
        let edited = match edit.apply(&self.moment) {
            Ok(edited) => edited,
            Err(text) => {
                self.notice = refuse(text);
                return;
            }
        };
        let Some((model, lesson)) = edited else {
            return;
        };
        // Data rows may come or go: the batches of the epoch start again.
        let n_changed = lesson.data.train.len() != self.moment.lesson.data.train.len();
        let time = if n_changed { Time::epoch(self.moment.epoch) } else { self.time() };
        let run = self.run.edited(time, model, lesson);
        let arrived = run.and_then(|mut run| run.moment_at(time).map(|moment| (run, moment)));
        let Ok((run, moment)) = arrived else {
            self.notice = refuse(edit.not_finite(&self.moment));
            return;
        };
        let moment = self.written(moment);
        let position = self.same_step_in(&moment);
        let told = |before: &Moment| {
            let (old, new) = (&before.network().params, &moment.network().params);
            let all = moment.network().param_list();
            told((old, &before.lesson), (new, &moment.lesson), all, &moment.names, self.settings.digits)
        };
        if continues {
            // All of the gesture has one name.
            let name = self.undo.last().and_then(|last| match &last.state {
                // Of another lesson it is not: that has numbers of its own.
                Kept::Snapshot(before) if Rc::ptr_eq(&before.start, &self.start) => {
                    Some(told(&before.moment))
                }
                _ => None,
            });
            if let (Some(last), Some(name)) = (self.undo.last_mut(), name) {
                last.name = name.into();
            }
        } else {
            let name = told(&self.moment);
            self.remember(&name);
            // Otherwise the run shows all of what it was.
            if time.epoch < self.run.reached().epoch {
                self.keep_run();
            }
        }
        let was_asking = self.moment.is_asking();
        self.run = Rc::new(run);
        self.arrive(moment.at(position), was_asking);
        self.n_edits += u64::from(!continues);
    }

    /// Keeps the curve of the run that is left.
    fn keep_run(&mut self) {
        let name = name_of(&self.run, &self.start, &self.moment.names, self.settings.digits);
        self.earlier = self.earlier.with(&name, self.run.losses());
    }

    /// Where the shown step stands in another moment's plan.
    fn same_step_in(&self, other: &Moment) -> Position {
        let position = self.moment.position_to_keep();
        let Some(step) = self.moment.step() else {
            return position;
        };
        let sample = step.sample.min(other.n_samples() - 1);
        other.plan.find(step.kind, sample).map_or(position, |found| Position { step: found, ..position })
    }

    /// Back to the weights that the lesson starts with, and whatever else has been changed stays so.
    fn reset_weights(&mut self) {
        let n_epochs = self.run.reached().epoch;
        let has_other_weights = self.moment.network().params != self.moment.lesson.network.params;
        let is_changed = 0 < n_epochs || !self.is_at_start() || has_other_weights;
        // Edits of weights are the run's: the lesson itself holds those of its start.
        let lesson = Rc::clone(&self.moment.lesson);
        let n_edits = if lesson == self.start { 0 } else { self.n_edits };
        if self.begin(lesson, Some(words::undo::reset_of_weights())) {
            // Reset takes these away as well.
            self.n_edits = n_edits;
            let text = match n_epochs {
                0 => paragraph([words::weights_reset(), words::undo_goes_back()]),
                n => words::weights_reset_from_epochs(counted(n)),
            };
            self.notice = is_changed.then_some(Notice { text, is_problem: false });
        }
    }

    /// What Reset takes away and how it comes back; nothing at the untouched start.
    fn lost_by_reset(&self) -> Option<String> {
        let n_epochs = self.run.reached().epoch;
        if n_epochs + self.n_edits == 0 && self.is_at_start() {
            return None;
        }
        Some(match (counted(n_epochs), counted(self.n_edits)) {
            (0, 0) => paragraph([words::lesson_reset(), words::undo_goes_back()]),
            (epochs, 0) => words::lesson_reset_from_epochs(epochs),
            (0, edits) => words::lesson_reset_from_edits(edits),
            (epochs, edits) => words::lesson_reset_from_both(&words::epochs(epochs), &words::edits(edits)),
        })
    }

    /// Opens `lesson`, and whether it could; what was there can be brought back under the `name` of the
    /// change, but for what a gesture had made of it, which has none.
    fn open(&mut self, lesson: Rc<Lesson>, name: Option<&str>) -> bool {
        let is_open = self.begin(Rc::clone(&lesson), name);
        if is_open {
            self.bookmarks = Rc::clone(&lesson.bookmarks);
            self.start = lesson;
            self.guide_page = 0;
        }
        is_open
    }

    /// Begins a run of `lesson`, and whether it could; `name` as of [`Self::open`].
    fn begin(&mut self, lesson: Rc<Lesson>, name: Option<&str>) -> bool {
        let opened = Run::new(lesson);
        let opened = opened.and_then(|mut run| run.moment_at(Time::default()).map(|moment| (run, moment)));
        let Ok((run, moment)) = opened else {
            self.notice = Some(not_finite(words::lesson_not_finite()));
            return false;
        };
        if let Some(name) = name {
            self.remember(name);
            if 1 < self.run.losses().points().len() {
                self.keep_run();
            }
        }
        let (old, new) = (&self.moment.lesson, &moment.lesson);
        if !new.network.has_shape_of(&old.network) || new.rule.loss != old.rule.loss {
            // Their losses are not those of this model.
            self.earlier = EarlierRuns::default();
        }
        self.run = Rc::new(run);
        self.moment = self.written(moment);
        self.n_edits = 0;
        true
    }

    /// Says that a reload does not come back to the lesson, unless something else is to be said.
    fn tell_too_large(&mut self) {
        if self.notice.is_none() && !saved::fits(self) {
            let text = words::lesson_too_large().to_owned();
            self.notice = Some(Notice { text, is_problem: false });
        }
    }

    /// Changes the design, and whether it could be changed.
    fn design(&mut self, change: &Change, continues: bool) -> bool {
        let had_room = saved::fits(self);
        match design::apply(&self.current_lesson(), change, &self.settings.start_weights) {
            Err(text) => self.notice = Some(Notice { text, is_problem: true }),
            Ok((lesson, message)) => {
                let name = change.name();
                if continues && let Some(last) = self.undo.last_mut() {
                    last.name = name.as_str().into();
                }
                self.open(Rc::new(lesson), (!continues).then_some(name.as_str()));
                if let (Some(text), None) = (message, &self.notice) {
                    self.notice = Some(Notice { text, is_problem: false });
                }
                if had_room {
                    self.tell_too_large();
                }
            }
        }
        self.notice.as_ref().is_none_or(|notice| !notice.is_problem)
    }

    /// Says why something is not done.
    fn refuse(&mut self, text: String) {
        self.notice = Some(Notice { text, is_problem: true });
    }

    /// Keeps what is there, to be brought back once the change of this name is undone.
    fn remember(&mut self, name: &str) {
        if self.undo.len() == MAX_UNDO {
            self.undo.remove(0);
        }
        let state = Kept::Snapshot(Box::new(self.snapshot()));
        self.undo.push(Undoable { name: name.into(), state });
        self.redo.clear();
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            opening: self.opening,
            start: Rc::clone(&self.start),
            run: Rc::new(self.run.at_rest()),
            moment: self.moment.clone(),
            n_edits: self.n_edits,
            guide_page: self.guide_page,
            bookmarks: Rc::clone(&self.bookmarks),
            earlier: self.earlier.clone(),
        }
    }

    /// Brings back what was kept and returns what was there; or says that it cannot be brought back, as of
    /// damaged storage.
    fn swap(&mut self, kept: &Kept) -> Option<Kept> {
        let Ok(snapshot) = kept.snapshot() else {
            self.notice = Some(not_finite(words::undone_not_finite()));
            return None;
        };
        let snapshot = snapshot.into_owned();
        let old = self.snapshot();
        self.opening = snapshot.opening;
        self.start = snapshot.start;
        self.run = snapshot.run;
        let is_asking = snapshot.moment.is_asking();
        self.arrive(snapshot.moment, is_asking);
        self.n_edits = snapshot.n_edits;
        self.guide_page = snapshot.guide_page;
        self.bookmarks = snapshot.bookmarks;
        self.earlier = snapshot.earlier;
        Some(Kept::Snapshot(Box::new(old)))
    }
}

/// As a sentence counts it.
fn counted(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn not_finite(text: &str) -> Notice {
    Notice { text: text.to_owned(), is_problem: true }
}
