//! What the network predicts as one expression of its weights, written out unit by unit.

use std::collections::BTreeSet;

use super::{Detail, Explainer};
use crate::explanation::formula::{Formula, Function};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::text::format::FULL_DIGITS;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

/// Terms that an expression may have before the rest of a sum is put together.
pub const MOST_TERMS: usize = 30;

/// The expression of an output.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The output.
    pub output: UnitId,
    /// What it is, in weights, inputs and the units that are not written out.
    pub expression: Formula,
    /// The hidden units in it, from the last layer to the first: whether each is written out.
    pub units: Vec<(UnitId, bool)>,
}

/// `output` with the hidden units of `written_out` written out where they stand in its expression. For more
/// than [`MOST_TERMS`] terms of a sum the rest is put together.
pub fn prediction(moment: &Moment, output: UnitId, written_out: &BTreeSet<UnitId>) -> Prediction {
    let explainer = Explainer { moment, detail: Detail { digits: FULL_DIGITS, max_terms: MOST_TERMS } };
    let mut writer = Writer { explainer, written_out, seen: BTreeSet::new(), room: MOST_TERMS };
    let expression = writer.unit(output);
    let seen = writer.seen.into_iter().rev();
    let units = seen.map(|unit| (unit, written_out.contains(&unit))).collect();
    Prediction { output, expression, units }
}

/// Every hidden unit that `output` depends on, if all are written out within [`MOST_TERMS`] terms.
pub fn all_written_out(moment: &Moment) -> Option<BTreeSet<UnitId>> {
    let network = moment.network();
    let n_layers = network.n_layers();
    let n_terms = (1..=n_layers)
        .rev()
        .map(|layer| network.n_units(layer - 1) + usize::from(network.has_biases(layer)))
        .fold(1_usize, usize::saturating_mul);
    (n_terms <= MOST_TERMS).then(|| (1..n_layers).flat_map(|layer| network.units(layer)).collect())
}

struct Writer<'a> {
    explainer: Explainer<'a>,
    written_out: &'a BTreeSet<UnitId>,
    /// The hidden units that the expression has.
    seen: BTreeSet<UnitId>,
    /// Terms that may still be written.
    room: usize,
}

impl Writer<'_> {
    /// g of the weighted sum of a unit.
    fn unit(&mut self, id: UnitId) -> Formula {
        let sum = self.sum(id);
        let moment = self.explainer.moment;
        match moment.network().activation(id.layer) {
            Activation::Identity => sum,
            Activation::Softmax => {
                let exp = |x| Formula::Exp(Box::new(x));
                let all = moment.network().units(id.layer).map(|unit| exp(Quantity::Sum(unit).into()));
                let all = Formula::Sum(all.collect()).shortened(self.explainer.most_below());
                exp(sum).over(all)
            }
            g => Formula::Call(Function::Activation(g), vec![sum]),
        }
    }

    /// The weighted sum of a unit; what does not fit as one term at the end.
    fn sum(&mut self, id: UnitId) -> Formula {
        let n_terms = self.explainer.n_sum_terms(id.layer);
        let n_written = n_terms.min(self.room.max(2));
        self.room = self.room.saturating_sub(n_written);
        let mut terms: Vec<Formula> = (0..n_written).map(|k| self.term(id, k)).collect();
        if n_written < n_terms {
            let value = (n_written..n_terms).map(|k| self.term_value(id, k)).sum();
            terms.push(Formula::Rest { n: n_terms - n_written, value });
        }
        Formula::Sum(terms)
    }

    fn term_value(&self, id: UnitId, k: usize) -> f64 {
        let quantities = self.explainer.sum_term(id, k).quantities();
        // Every quantity of a term has a number.
        quantities
            .into_iter()
            .map(|quantity| self.explainer.moment.value(quantity).unwrap_or(f64::NAN))
            .product()
    }

    fn term(&mut self, id: UnitId, k: usize) -> Formula {
        let UnitId { layer, unit: to } = id;
        if k == self.explainer.moment.network().n_units(layer - 1) {
            return Quantity::Param(Param::Bias { layer, to }).into();
        }
        let sender = UnitId::new(layer - 1, k);
        let activation = if sender.layer == 0 {
            Quantity::Activation(sender).into()
        } else {
            self.seen.insert(sender);
            match self.written_out.contains(&sender) {
                true => self.unit(sender),
                false => Quantity::Activation(sender).into(),
            }
        };
        Formula::Product(vec![activation, Quantity::Param(Param::Weight { layer, to, from: k }).into()])
    }
}
