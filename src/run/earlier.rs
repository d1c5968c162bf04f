//! Earlier runs, kept as curves to compare the run with.

use std::rc::Rc;

use super::marks::{self, listed};
use super::{LossCurve, Run};
use crate::lesson::Lesson;
use crate::lesson::names::Names;
use crate::lesson::quantity::Quantity;
use crate::text::format;
use crate::words::{lists, run as words};

/// The most earlier runs that are kept: as many as can be told apart by their strokes.
pub const MAX_EARLIER: usize = 4;
/// The most letters of a name.
const MAX_NAME: usize = 120;
/// The largest number of an earlier run, far beyond what a reader makes.
const MAX_NUMBER: u64 = 1_000_000_000;

/// A run that has been left for another.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierRun {
    /// Which it is; later ones have larger numbers.
    pub number: u64,
    /// What it was learned with; nothing where that was not stored.
    pub name: String,
    /// Its losses.
    pub losses: LossCurve,
}

impl EarlierRun {
    /// A run with a name of at most `MAX_NAME` letters.
    pub fn new(number: u64, name: &str, losses: LossCurve) -> Self {
        Self { number, name: name.chars().take(MAX_NAME).collect(), losses }
    }

    /// "run 2".
    pub fn short_name(&self) -> String {
        words::earlier(&format::count(self.number))
    }

    /// "run 2: a 0.05".
    pub fn full_name(&self) -> String {
        match self.name.as_str() {
            "" => self.short_name(),
            name => words::earlier_with(&format::count(self.number), &name),
        }
    }

    /// Which stroke it is drawn in, from 0: of those that are kept each has its own.
    pub fn stroke(&self) -> usize {
        (self.number % MAX_EARLIER as u64) as usize
    }

    /// Whether it goes on where `losses` end, or ends with them.
    fn begins_with(&self, losses: &LossCurve) -> bool {
        self.losses.points().starts_with(losses.points())
    }
}

/// The earlier runs, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EarlierRuns(Vec<Rc<EarlierRun>>);

impl EarlierRuns {
    /// These, if they can be: not too many, in order, each with a stroke of its own.
    pub fn new(runs: Vec<EarlierRun>) -> Option<Self> {
        let is_in_order = runs.windows(2).all(|two| two[0].number < two[1].number);
        let is_single = |(k, run): (usize, &EarlierRun)| runs[..k].iter().all(|o| o.stroke() != run.stroke());
        let can_be = is_in_order
            && runs.iter().all(|run| (1..=MAX_NUMBER).contains(&run.number))
            && runs.iter().enumerate().all(is_single);
        can_be.then(|| Self(runs.into_iter().map(Rc::new).collect()))
    }

    /// The runs.
    pub fn all(&self) -> &[Rc<EarlierRun>] {
        &self.0
    }

    /// With one more, if it shows what none of them does; without the oldest where there are too many, and
    /// without what is but its beginning.
    pub fn with(&self, name: &str, losses: &LossCurve) -> Self {
        if self.0.iter().any(|run| run.begins_with(losses)) {
            return self.clone();
        }
        let this = |number| EarlierRun::new(number, name, losses.clone());
        let others = self.0.iter().filter(|run| !this(0).begins_with(&run.losses));
        let mut runs: Vec<Rc<EarlierRun>> = others.cloned().collect();
        if MAX_EARLIER <= runs.len() {
            runs.remove(0);
        }
        let next = runs.last().map_or(0, |last| last.number) + 1;
        let is_free = |number: &u64| {
            let stroke = this(*number).stroke();
            runs.iter().all(|run| run.stroke() != stroke)
        };
        let number = (next..).find(is_free).unwrap_or(next);
        runs.push(Rc::new(this(number)));
        Self(runs)
    }

    /// Without the run of this number.
    pub fn without(&self, number: u64) -> Self {
        Self(self.0.iter().filter(|run| run.number != number).cloned().collect())
    }
}

/// What `run` is called by: its learning rate, what else was other at its start than in `lesson`, and what
/// was edited later: "a 0.05, w₅ 2, a 0.05 → 0.6 at epoch 40".
pub fn name_of(run: &Run, lesson: &Rc<Lesson>, names: &Names, digits: u8) -> String {
    let Some(first) = run.segments().first() else {
        return String::new();
    };
    let rate = first.lesson.rule.optimizer.learning_rate();
    let rate = words::marks::number_now(&names.learning_rate(), &format::number(rate, digits));
    let (was, is) = (&lesson.network.params, &first.model.network.params);
    let weights = marks::of_params(was, is, lesson.network.param_list());
    let others = marks::of_lesson(lesson, &first.lesson);
    let others = others.into_iter().filter(|change| !change.is_of(Quantity::LearningRate));
    let (others, n_more) = listed(weights.chain(others), |change| change.text_after(names, digits));
    let n_more = (0 < n_more).then(|| words::marks::more(n_more));
    let edits = match run.marks() {
        [] => None,
        [mark] => Some(words::edited_at(&mark.text(names, digits), &format::count(mark.time.epoch))),
        marks => Some(words::edits(marks.len())),
    };
    lists::listed(std::iter::once(rate).chain(others).chain(n_more).chain(edits))
}
