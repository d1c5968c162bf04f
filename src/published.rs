//! Numbers that a lesson's source prints, held against ours.

use std::collections::HashMap;
use std::rc::Rc;

use crate::format::plain_digits;
use crate::kernel::{HAS_KERNEL, Trainer};
use crate::lesson::{Lesson, Published};
use crate::moment::Moment;
use crate::network::Param;
use crate::quantity::Quantity;
use crate::trace::{Model, UpdateOrder, UpdateTrace};

/// What a published quantity ends with when it belongs to the other update order.
pub const LAYER_BY_LAYER: &str = ", layer by layer";
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
}

/// A decimal as printed: reads "−.85" as −0.85 with two decimals.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    decimals: usize,
    text: String,
}

/// Reads a printed decimal; `None` for anything else.
pub fn parse_printed(text: &str) -> Option<Printed> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) || whole.len() + decimals.len() == 0 {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if decimals.is_empty() { "" } else { "." };
    Some(Printed { decimals: decimals.len(), text: format!("{sign}{whole}{point}{decimals}") })
}

impl Printed {
    /// Whether `ours` rounds to the printed digits.
    pub fn agrees(&self, ours: f64) -> bool {
        format!("{ours:.*}", self.decimals) == self.text
    }
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
    names: Rc<HashMap<String, Quantity>>,
    epoch: u64,
    model: Rc<Model>,
    /// Indices of the comparisons still open, the nearest epoch last.
    open: Vec<usize>,
}

impl Checker {
    /// All numbers of `lesson` that are to be compared.
    pub fn new(lesson: &Rc<Lesson>) -> Self {
        let comparisons: Vec<Comparison> = lesson
            .published
            .iter()
            .map(|published| Comparison {
                published: published.clone(),
                ours: None,
                verdict: Verdict::Pending,
                quantity: None,
            })
            .collect();
        let is_other = |k: &usize| comparisons[*k].published.quantity.ends_with(LAYER_BY_LAYER);
        let (other, own): (Vec<usize>, Vec<usize>) = (0..comparisons.len()).partition(is_other);
        let mut other_lesson = Lesson::clone(lesson);
        other_lesson.rule.update_order = UpdateOrder::LayerByLayer;
        let walks = [(Rc::clone(lesson), own), (Rc::new(other_lesson), other)]
            .into_iter()
            .filter(|(_, open)| !open.is_empty())
            .map(|(lesson, mut open)| {
                open.sort_by_key(|&k| std::cmp::Reverse(comparisons[k].published.epoch));
                let model = Rc::new(Model::start(lesson.network.as_ref().clone()));
                let names = Rc::new(quantity_names(&first_moment(&lesson, 0, &model)));
                Walk { lesson, names, epoch: 0, model, open }
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
        if HAS_KERNEL {
            let mut trainer = Trainer::of(&self.lesson, &self.model, self.epoch);
            for epoch in self.epoch..end {
                trainer.enter(&self.lesson, epoch);
                trainer.epoch();
            }
            self.model = trainer.model();
        } else {
            for epoch in self.epoch..end {
                for batch in 0..self.lesson.n_batches() {
                    let samples = self.lesson.batch(epoch, batch).into_iter();
                    self.model = UpdateTrace::new(&self.model, self.lesson.rule, samples).after;
                }
            }
        }
        self.epoch = end;
    }

    fn compare(&self, comparison: &mut Comparison) {
        let name = comparison.published.quantity.trim_end_matches(LAYER_BY_LAYER);
        let moment = first_moment(&self.lesson, self.epoch, &self.model);
        comparison.quantity = self.names.get(&normal(name)).copied();
        comparison.ours = comparison.quantity.and_then(|quantity| moment.value(quantity));
        let agrees = match (comparison.ours, parse_printed(comparison.published.value.trim())) {
            (Some(ours), Some(printed)) => printed.agrees(ours),
            _ => {
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

fn first_moment(lesson: &Rc<Lesson>, epoch: u64, model: &Rc<Model>) -> Moment {
    let update = Rc::new(UpdateTrace::new(model, lesson.rule, lesson.batch(epoch, 0).into_iter()));
    Moment::new(Rc::clone(lesson), epoch, 0, update.into(), None)
}

/// A name with its differences of spelling taken out: "w_5", "w 5" and "w₅" are the same.
fn normal(name: &str) -> String {
    plain_digits(name)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .map(|c| match c {
            '-' => '−',
            '\'' => '′',
            '*' => '·',
            other => other,
        })
        .collect()
}

/// The name of every quantity of the first sample.
fn quantity_names(moment: &Moment) -> HashMap<String, Quantity> {
    let network = moment.network();
    let n_layers = network.n_layers();
    let mut all = vec![Quantity::LearningRate, Quantity::Loss, Quantity::BatchLoss];
    for layer in 0..=n_layers {
        for unit in 0..network.n_units(layer) {
            all.push(Quantity::Activation { layer, unit });
            if layer == 0 {
                continue;
            }
            all.extend([
                Quantity::Sum { layer, unit },
                Quantity::Slope { layer, unit },
                Quantity::ActivationGradient { layer, unit },
                Quantity::Delta { layer, unit },
            ]);
            if layer == n_layers {
                all.extend([Quantity::Target(unit), Quantity::LossTerm(unit)]);
            } else {
                let next = 0..network.n_units(layer + 1);
                all.extend(next.map(|to| Quantity::GradientShare { layer, unit, to }));
            }
        }
    }
    let about = |param: Param| {
        [
            Quantity::Param(param),
            Quantity::MeanGradient(param),
            Quantity::ScaledGradient(param),
            Quantity::Step(param),
            Quantity::New(param),
        ]
    };
    all.extend(network.param_list().into_iter().flat_map(about));
    let mut names = HashMap::new();
    for quantity in all {
        // Where two share a name (a single output's Δ and ∂E/∂out differ, E and E₁ may not), the
        // first stays.
        names.entry(normal(&moment.name(quantity))).or_insert(quantity);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_digits_decide() {
        for (printed, ours, expected) in [
            ("0.191", 0.191, true),
            (".85", 0.85, true),
            (".85", 0.923_619, false),
            ("-0.034", -0.034_382_5, true),
            ("−0.034", -0.034_382_5, true),
            ("0.0000351085", 3.510_854_8e-5, true),
            ("0.10", 0.098_202_5, true),
            ("2", 2.0, true),
        ] {
            let found = parse_printed(printed).map(|p| p.agrees(ours));
            assert_eq!(found, Some(expected), "{printed} and {ours}");
        }
        for text in ["", ".", "-", "1e3", "a", "1.2.3", "--1"] {
            assert_eq!(parse_printed(text), None, "{text}");
        }
    }
}
