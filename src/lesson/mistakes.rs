//! What known mistakes are called, and what they do, in words.

use crate::lesson::names::minus;
use crate::lesson::notation::{DeltaSign, Facts};
use crate::words::mistakes as words;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::network::Network;
use backprop::trace::Rule;

/// The name of its switch.
pub fn name(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::LayerByLayer => words::layer_by_layer(),
        Mistake::NoSlope => words::no_slope(),
        Mistake::SignFlipped => words::sign_flipped(),
        Mistake::SumForMean => words::sum_for_mean(),
        Mistake::TwoForHalf => words::two_for_half(),
        Mistake::BiasNotUpdated => words::bias_not_updated(),
        Mistake::Rounded => words::rounded(),
    }
}

/// What is computed wrong, as a sentence.
pub fn sentence(mistake: Mistake, facts: &Facts) -> String {
    let Facts { rate, loss, delta, function, sum, hidden, .. } = *facts;
    let sign = minus(facts.delta_sign == DeltaSign::TargetMinusPrediction);
    match mistake {
        Mistake::LayerByLayer => words::uses_new_weights().to_owned(),
        Mistake::NoSlope => {
            words::leaves_out_slope(&function, &sum, &format!("{sign}{delta}"), &loss, &hidden)
        }
        Mistake::SignFlipped => words::goes_uphill(&rate, &loss),
        Mistake::SumForMean => words::adds_up().to_owned(),
        Mistake::TwoForHalf => words::doubles(&loss),
        Mistake::BiasNotUpdated => words::leaves_out_biases().to_owned(),
        Mistake::Rounded => words::rounds_weights().to_owned(),
    }
}

/// Why it changes nothing of an update of `network` by `rule` with `n_samples` in a batch; `None` where it
/// does.
pub fn why_idle(
    mistake: Mistake,
    network: &Network,
    rule: Rule,
    n_samples: usize,
    facts: &Facts,
) -> Option<String> {
    if mistake.acts(network, rule, n_samples) {
        return None;
    }
    let always = match mistake {
        Mistake::NoSlope if rule.loss.is_of_sums() => {
            return Some(words::hidden_units_are_linear(&facts.function));
        }
        Mistake::NoSlope => return Some(words::units_are_linear(&facts.function)),
        Mistake::LayerByLayer => words::only_one_layer(),
        Mistake::SumForMean => words::only_one_sample(),
        Mistake::TwoForHalf if rule.loss == Loss::MeanSquaredError => words::loss_has_the_two(),
        Mistake::TwoForHalf => words::loss_has_no_half(),
        Mistake::BiasNotUpdated if rule.train_biases => words::no_biases(),
        Mistake::BiasNotUpdated => words::biases_do_not_learn(),
        // They always change something.
        Mistake::SignFlipped | Mistake::Rounded => "",
    };
    Some(always.to_owned())
}
