//! What was edited in the middle of a run: a mark on its loss curve for each edit.

use std::rc::Rc;

use super::Segment;
use crate::lesson::names::Names;
use crate::lesson::quantity::Quantity;
use crate::lesson::{Data, Lesson, mistakes};
use crate::moment::time::Time;
use crate::text::format;
use crate::words::{lists, run::marks as words};
use backprop::mistakes::Mistake;
use backprop::network::{Param, Params, UnitId};
use backprop::trace::UpdateOrder;

/// The most changes of one mark that are told; the others are counted.
const MAX_TOLD: usize = 3;

/// One thing that has become another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A number.
    Number {
        /// Which.
        quantity: Quantity,
        /// Whose it is where there are several samples, from 0.
        sample: Option<usize>,
        /// What it was.
        before: f64,
        /// What it is.
        after: f64,
    },
    /// How a gradient becomes a step: the name of the method.
    Method(&'static str),
    /// When new weights come into use: what it is.
    UpdateOrder(UpdateOrder),
    /// Whether something is done wrong on purpose.
    Mistake(Mistake, bool),
    /// The number of training samples.
    Samples {
        /// What it was.
        before: usize,
        /// What it is.
        after: usize,
    },
}

impl Change {
    /// "w₅ 0.14 → 2".
    pub fn text(&self, names: &Names, digits: u8) -> String {
        let number = |x| format::number(x, digits);
        match *self {
            Self::Number { quantity, sample, before, after } => {
                let (name, before, after) = (names.plain(quantity, 0), number(before), number(after));
                match sample {
                    None => words::number(&name, &before, &after),
                    Some(sample) => words::number_of_sample(&(sample + 1), &name, &before, &after),
                }
            }
            Self::Method(name) => name.to_owned(),
            Self::UpdateOrder(UpdateOrder::Simultaneous) => words::simultaneous().to_owned(),
            Self::UpdateOrder(UpdateOrder::LayerByLayer) => words::layer_by_layer().to_owned(),
            Self::Mistake(mistake, true) => words::broken(&mistakes::name(mistake)),
            Self::Mistake(mistake, false) => words::mended(&mistakes::name(mistake)),
            Self::Samples { before, after } => words::samples(&count(before), &count(after)),
        }
    }

    /// Whether it is about this number.
    pub(super) fn is_of(&self, quantity: Quantity) -> bool {
        matches!(self, Self::Number { quantity: other, .. } if *other == quantity)
    }

    /// What it is now, "w₅ 2".
    pub(super) fn text_after(&self, names: &Names, digits: u8) -> String {
        match *self {
            Self::Number { quantity, sample, after, .. } => {
                let (name, after) = (names.plain(quantity, 0), format::number(after, digits));
                match sample {
                    None => words::number_now(&name, &after),
                    Some(sample) => words::number_of_sample_now(&(sample + 1), &name, &after),
                }
            }
            Self::UpdateOrder(UpdateOrder::Simultaneous) => words::simultaneous_now().to_owned(),
            Self::UpdateOrder(UpdateOrder::LayerByLayer) => words::layer_by_layer_now().to_owned(),
            Self::Samples { after, .. } => words::samples_now(&count(after)),
            Self::Method(_) | Self::Mistake(..) => self.text(names, digits),
        }
    }
}

fn count(n: usize) -> String {
    format::count(n as u64)
}

/// What edits have changed at one time of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub time: Time,
    /// The first of the changes.
    told: Vec<Change>,
    /// How many there are beside.
    n_more: usize,
}

impl Mark {
    /// The changes in words: "a 0.05 → 0.6, w₅ 0.14 → 2".
    pub fn text(&self, names: &Names, digits: u8) -> String {
        let told = lists::listed(self.told.iter().map(|change| change.text(names, digits)));
        match self.n_more {
            0 => told,
            n => words::and_more(n, &told),
        }
    }

    /// What is other in `segment` than in the one `before`, if anything is.
    pub(super) fn between(before: &Segment, segment: &Segment) -> Option<Self> {
        let params = &segment.model.network.params;
        let weights = segment.was.iter().map(|&(param, before)| number(param, before, params.at(param)));
        let lesson = of_lesson(&before.lesson, &segment.lesson);
        let (told, n_more) = listed(weights.chain(lesson), |change| *change);
        (!told.is_empty()).then_some(Self { time: segment.start, told, n_more })
    }
}

/// The first of `changes` as `told`, and how many there are beside.
pub(super) fn listed<T>(
    mut changes: impl Iterator<Item = Change>,
    told: impl Fn(&Change) -> T,
) -> (Vec<T>, usize) {
    let first = changes.by_ref().take(MAX_TOLD).map(|change| told(&change)).collect();
    (first, changes.count())
}

/// What an edit has changed, in words: "w₅ 0.14 → 0.2".
pub fn told(
    before: (&Params, &Rc<Lesson>),
    after: (&Params, &Rc<Lesson>),
    all: impl IntoIterator<Item = Param>,
    names: &Names,
    digits: u8,
) -> String {
    let changes = of_params(before.0, after.0, all).chain(of_lesson(before.1, after.1));
    let (told, n_more) = listed(changes, |change| change.text(names, digits));
    let n_more = (0 < n_more).then(|| words::more(n_more));
    lists::listed(told.into_iter().chain(n_more))
}

fn number(param: Param, before: f64, after: f64) -> Change {
    Change::Number { quantity: Quantity::Param(param), sample: None, before, after }
}

/// The weights of `params` that are other in `after`.
pub(super) fn of_params<'a>(
    before: &'a Params,
    after: &'a Params,
    all: impl IntoIterator<Item = Param> + 'a,
) -> impl Iterator<Item = Change> + 'a {
    let changed = all.into_iter().filter(|&param| before.at(param) != after.at(param));
    changed.map(|param| number(param, before.at(param), after.at(param)))
}

/// What is other in the lesson `after` than in `before`, of what an edit can change.
pub(super) fn of_lesson(before: &Rc<Lesson>, after: &Rc<Lesson>) -> Vec<Change> {
    if Rc::ptr_eq(before, after) {
        return Vec::new();
    }
    let (old, new) = (before.rule.optimizer, after.rule.optimizer);
    let method = (old.word() != new.word()).then(|| Change::Method(new.name()));
    let rates = once_if_other(Quantity::LearningRate, old.learning_rate(), new.learning_rate());
    let constants = old.constants().into_iter().zip(new.constants()).filter(|(old, new)| old.0 == new.0);
    let constants = constants.flat_map(|(old, new)| once_if_other(old.0.into(), old.1, new.1));
    let order = after.rule.update_order;
    let order = (before.rule.update_order != order).then_some(Change::UpdateOrder(order));
    let mistakes = Mistake::ALL.into_iter().filter_map(|mistake| {
        let is_made = after.rule.mistakes.has(mistake);
        (before.rule.mistakes.has(mistake) != is_made).then_some(Change::Mistake(mistake, is_made))
    });
    let data = of_data(&before.data, &after.data);
    method.into_iter().chain(rates).chain(constants).chain(order).chain(mistakes).chain(data).collect()
}

fn once_if_other(quantity: Quantity, before: f64, after: f64) -> Option<Change> {
    (before != after).then_some(Change::Number { quantity, sample: None, before, after })
}

/// What is other in the training data: their number, or single numbers.
fn of_data(before: &Rc<Data>, after: &Rc<Data>) -> Vec<Change> {
    let (n_before, n_after) = (before.train.len(), after.train.len());
    if Rc::ptr_eq(before, after) {
        return Vec::new();
    }
    if n_before != n_after {
        return vec![Change::Samples { before: n_before, after: n_after }];
    }
    let mut found = Vec::new();
    for (k, (old, new)) in before.train.iter().zip(&after.train).enumerate() {
        let sample = (1 < n_after).then_some(k);
        let mut see = |quantity, before: f64, after: f64| {
            if before != after {
                found.push(Change::Number { quantity, sample, before, after });
            }
        };
        for (unit, (old, new)) in old.input.iter().zip(&new.input).enumerate() {
            see(Quantity::Activation(UnitId::new(0, unit)), *old, *new);
        }
        for (unit, (old, new)) in old.target.iter().zip(&new.target).enumerate() {
            see(Quantity::Target(unit), *old, *new);
        }
    }
    found
}
