//! What known mistakes are called, and what they do, in words.

use crate::lesson::names::minus;
use crate::lesson::notation::{DeltaSign, Facts};
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::network::Network;
use backprop::trace::Rule;

/// The name of its switch.
pub fn name(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::LayerByLayer => "layer-by-layer update",
        Mistake::NoSlope => "no g′",
        Mistake::SignFlipped => "sign flipped",
        Mistake::SumForMean => "sum instead of mean",
        Mistake::TwoForHalf => "2 for ½",
        Mistake::BiasNotUpdated => "bias not updated",
        Mistake::Rounded => "weights rounded to two digits",
    }
}

/// What is computed wrong, as a sentence.
pub fn sentence(mistake: Mistake, facts: &Facts) -> String {
    let Facts { rate: eta, loss, delta, function, .. } = *facts;
    let sign = minus(facts.delta_sign == DeltaSign::TargetMinusPrediction);
    match mistake {
        Mistake::LayerByLayer => {
            "The derivatives of a layer go back through the new weights of the next layer.".to_owned()
        }
        Mistake::NoSlope => format!(
            "The factor {function}′(z) is left out: {sign}{delta} of a hidden unit is ∂{loss}/∂h, of an output the slope of the loss alone."
        ),
        Mistake::SignFlipped => {
            format!("w + {eta} ∂{loss}/∂w in place of w − {eta} ∂{loss}/∂w: uphill.")
        }
        Mistake::SumForMean => {
            "The derivatives of a batch’s samples are added up and not divided by their number.".to_owned()
        }
        Mistake::TwoForHalf => format!(
            "The derivative is that of (prediction − target)², the loss {loss} has the ½: all derivatives are twice too large."
        ),
        Mistake::BiasNotUpdated => "The update leaves out the biases.".to_owned(),
        Mistake::Rounded => {
            "Each new weight is rounded to two digits after the point, and learning goes on from there."
                .to_owned()
        }
    }
}

/// Why it changes nothing of an update of `network` by `rule` with `n_samples` in a batch; `None` where it
/// does.
pub fn why_idle(mistake: Mistake, network: &Network, rule: Rule, n_samples: usize) -> Option<&'static str> {
    if mistake.acts(network, rule, n_samples) {
        return None;
    }
    Some(match mistake {
        Mistake::LayerByLayer => "Changes nothing here: there is only one layer.",
        Mistake::NoSlope if rule.loss.is_of_sums() => {
            "Changes nothing here: the hidden units are linear, with g′ = 1, and of an output g′ cancels against the slope of the loss."
        }
        Mistake::NoSlope => "Changes nothing here: every unit is linear, so g′ = 1.",
        Mistake::SumForMean => "Changes nothing here: the sum over one sample is its mean.",
        Mistake::TwoForHalf if rule.loss == Loss::MeanSquaredError => {
            "Changes nothing here: this loss has no ½, its derivative has the 2 already."
        }
        Mistake::TwoForHalf => "Changes nothing here: this loss has no ½.",
        Mistake::BiasNotUpdated if rule.train_biases => "Changes nothing here: there are no biases.",
        Mistake::BiasNotUpdated => "Changes nothing here: this lesson leaves its biases as they are.",
        // They always change something.
        Mistake::SignFlipped | Mistake::Rounded => "",
    })
}
