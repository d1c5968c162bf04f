//! Numbers that a lesson's source prints, held against ours.

use std::rc::Rc;

use crate::lesson::named::{LAYER_BY_LAYER, Meaning, meanings};
use crate::lesson::printed::parse_printed;
use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, Published};
use crate::moment::Moment;
use crate::moment::trainer::{enter, trainer};
use backprop::trace::{Model, UpdateOrder, UpdateTrace};

/// What the note of a number that its source got wrong starts with.
const ERRATUM: &str = "Erratum";

/// How a published number compares with ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not computed yet.
    Pending,
    /// Ours, rounded to the printed digits, is the printed number.
    Agrees,
    /// It differs, and the note says why the source is mistaken.
    Erratum,
    /// It differs and nothing explains it.
    Differs,
    /// The network has no quantity of that name.
    Unknown,
    /// The run has no finite number there.
    Diverged,
}

/// A published number and ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What the source prints.
    pub published: Published,
    /// Ours at full precision, once computed.
    pub ours: Option<f64>,
    /// The verdict.
    pub verdict: Verdict,
    /// Which quantity it is; `None` where the network has none of that name.
    pub quantity: Option<Quantity>,
    /// Where the epoch computes it: in which batch, and for which of its samples.
    pub place: (usize, usize),
}

/// Compares a lesson's published numbers with its runs from the start, a few epochs at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Checker {
    comparisons: Vec<Comparison>,
    walks: Vec<Walk>,
}

/// A run from the start that stops at the epochs that are asked for.
#[derive(Clone, Debug, PartialEq)]
struct Walk {
    lesson: Rc<Lesson>,
    epoch: u64,
    model: Rc<Model>,
    /// A batch of the epoch and the model before it.
    within: (usize, Rc<Model>),
    /// Indices of the comparisons still open, the nearest last.
    open: Vec<usize>,
}

impl Checker {
    /// All numbers of `lesson` that are to be compared.
    pub fn new(lesson: &Rc<Lesson>) -> Self {
        let names: Vec<&str> = lesson.published.iter().map(|published| published.quantity.as_str()).collect();
        let comparison = |(published, meaning): (&Published, Option<Meaning>)| Comparison {
            published: published.clone(),
            ours: None,
            verdict: Verdict::Pending,
            quantity: meaning.map(|meaning| meaning.quantity),
            place: meaning
                .and_then(|meaning| meaning.sample)
                .map_or((0, 0), |sample| lesson.place_in_epoch(published.epoch, sample)),
        };
        let comparisons: Vec<Comparison> =
            lesson.published.iter().zip(meanings(lesson, &names)).map(comparison).collect();
        let is_other = |k: &usize| comparisons[*k].published.quantity.ends_with(LAYER_BY_LAYER);
        let (other, own): (Vec<usize>, Vec<usize>) = (0..comparisons.len()).partition(is_other);
        let mut other_lesson = Lesson::clone(lesson);
        other_lesson.rule.update_order = UpdateOrder::LayerByLayer;
        let walks = [(Rc::clone(lesson), own), (Rc::new(other_lesson), other)]
            .into_iter()
            .filter(|(_, open)| !open.is_empty())
            .map(|(lesson, mut open)| {
                let when = |k: usize| (comparisons[k].published.epoch, comparisons[k].place.0);
                open.sort_by_key(|&k| std::cmp::Reverse(when(k)));
                let model = Rc::new(Model::start(lesson.network.as_ref().clone()));
                Walk { lesson, epoch: 0, within: (0, Rc::clone(&model)), model, open }
            })
            .collect();
        Self { comparisons, walks }
    }

    /// The comparisons in the order of the lesson, as far as they are made.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Whether all comparisons are made.
    pub fn is_done(&self) -> bool {
        self.walks.iter().all(|walk| walk.open.is_empty())
    }

    /// Goes on for at most `n_epochs` epochs of training.
    pub fn advance(&mut self, n_epochs: u64) {
        let mut left = n_epochs;
        for walk in &mut self.walks {
            walk.advance(&mut left, &mut self.comparisons);
        }
    }
}

impl Walk {
    fn advance(&mut self, left: &mut u64, comparisons: &mut [Comparison]) {
        while let Some(&next) = self.open.last() {
            if comparisons[next].published.epoch == self.epoch {
                self.open.pop();
                self.compare(&mut comparisons[next]);
                continue;
            }
            if *left == 0 {
                return;
            }
            let n = (comparisons[next].published.epoch - self.epoch).min(*left);
            *left -= n;
            self.train(n);
            if !self.model.network.params.is_finite() {
                for k in self.open.drain(..) {
                    comparisons[k].verdict = Verdict::Diverged;
                }
            }
        }
    }

    fn train(&mut self, n_epochs: u64) {
        let end = self.epoch + n_epochs;
        let mut trainer = trainer(&self.lesson, &self.model, self.epoch);
        for epoch in self.epoch..end {
            enter(&mut trainer, &self.lesson, epoch);
            trainer.epoch();
        }
        self.model = trainer.model();
        self.epoch = end;
        self.within = (0, Rc::clone(&self.model));
    }

    /// The first instant of batch `batch` of the epoch; no earlier one than at the last call.
    fn moment(&mut self, batch: usize) -> Moment {
        let (lesson, epoch) = (&self.lesson, self.epoch);
        let (at, model) = &mut self.within;
        loop {
            let update = UpdateTrace::new(model, lesson.rule, lesson.batch(epoch, *at).into_iter());
            if batch <= *at {
                return Moment::new(Rc::clone(lesson), epoch, *at, Rc::new(update).into(), None);
            }
            (*at, *model) = (*at + 1, update.after);
        }
    }

    fn compare(&mut self, comparison: &mut Comparison) {
        let (batch, sample) = comparison.place;
        let Some(quantity) = comparison.quantity else {
            comparison.verdict = Verdict::Unknown;
            return;
        };
        comparison.ours = self.moment(batch).value_of(quantity, sample).filter(|ours| ours.is_finite());
        let agrees = match (comparison.ours, parse_printed(comparison.published.value.trim())) {
            (Some(ours), Some(printed)) => printed.agrees(ours),
            (None, _) => {
                comparison.verdict = Verdict::Diverged;
                return;
            }
            (_, None) => {
                comparison.verdict = Verdict::Unknown;
                return;
            }
        };
        let is_erratum = comparison.published.note.starts_with(ERRATUM);
        comparison.verdict = match (agrees, is_erratum) {
            (true, _) => Verdict::Agrees,
            (false, true) => Verdict::Erratum,
            (false, false) => Verdict::Differs,
        };
    }
}
