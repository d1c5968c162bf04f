//! What each symbol and term of the page means, in one sentence each: the one place that says so.

use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::words::glossary::{quantities as words, terms};
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

/// A term and what it means.
pub struct Term {
    /// As the page writes it.
    pub name: fn() -> &'static str,
    /// One sentence.
    pub meaning: fn() -> &'static str,
}

/// The terms, in the order in which a first lecture meets them.
pub const TERMS: [Term; 22] = [
    Term { name: terms::weight, meaning: terms::weight_means },
    Term { name: terms::bias, meaning: terms::bias_means },
    Term { name: terms::weighted_sum, meaning: terms::weighted_sum_means },
    Term { name: terms::activation_function, meaning: terms::activation_function_means },
    Term { name: terms::forward_pass, meaning: terms::forward_pass_means },
    Term { name: terms::loss, meaning: terms::loss_means },
    Term { name: terms::partial, meaning: terms::partial_means },
    Term { name: terms::gradient, meaning: terms::gradient_means },
    Term { name: terms::chain_rule, meaning: terms::chain_rule_means },
    Term { name: terms::paths, meaning: terms::paths_means },
    Term { name: terms::delta, meaning: terms::delta_means },
    Term { name: terms::backward_pass, meaning: terms::backward_pass_means },
    Term { name: terms::minus, meaning: terms::minus_means },
    Term { name: terms::learning_rate, meaning: terms::learning_rate_means },
    Term { name: terms::good_rate, meaning: terms::good_rate_means },
    Term { name: terms::update, meaning: terms::update_means },
    Term { name: terms::batch, meaning: terms::batch_means },
    Term { name: terms::epoch, meaning: terms::epoch_means },
    Term { name: terms::training_set, meaning: terms::training_set_means },
    Term { name: terms::test_set, meaning: terms::test_set_means },
    Term { name: terms::accuracy, meaning: terms::accuracy_means },
    Term { name: terms::momentum, meaning: terms::momentum_means },
];

/// What `quantity` is, in one sentence that begins with its name.
pub fn meaning(moment: &Moment, quantity: Quantity) -> String {
    let name = |quantity: Quantity| moment.name(quantity);
    let own = name(quantity);
    let loss = moment.names.loss();
    let unit = |id: UnitId| name(Quantity::Activation(id));
    let of_param = |param: Param| name(Quantity::Param(param));
    let is_linear = |id: UnitId| moment.network().activation(id.layer) == Activation::Identity;
    match quantity {
        Quantity::Activation(id) | Quantity::SampleActivation(_, id) => match id.layer {
            0 => words::input(&own),
            layer if layer == moment.network().n_layers() => words::prediction(&own, &loss),
            _ if is_linear(id) => words::linear_activation(&own),
            _ => words::activation(&own, &name(Quantity::Sum(id))),
        },
        Quantity::Sum(_) => words::weighted_sum(&own),
        Quantity::Target(_) => words::target(&own),
        Quantity::LossTerm(_) => words::loss_term(&own, &loss),
        Quantity::Loss | Quantity::SampleLoss(_) => words::loss(&own),
        Quantity::BatchLoss => words::batch_loss(&own),
        Quantity::Slope(id) | Quantity::SampleSlope(_, id) => {
            words::slope(&own, &unit(id), &name(Quantity::Sum(id)))
        }
        Quantity::ActivationGradient(id) => words::derivative(&own, &loss, &unit(id)),
        Quantity::GradientShare { of, .. } => words::share_of_path(&own, &loss, &unit(of)),
        Quantity::Delta(id) | Quantity::SampleDelta(_, id) => {
            let variable = if is_linear(id) { unit(id) } else { name(Quantity::Sum(id)) };
            match moment.names.negates_delta() {
                true => words::negative_delta(&own, &loss, &variable),
                false => words::delta(&own, &loss, &variable),
            }
        }
        Quantity::Param(Param::Weight { layer, to, from }) => {
            words::weight(&own, &unit(UnitId::new(layer - 1, from)), &unit(UnitId::new(layer, to)))
        }
        Quantity::Param(param) => words::bias(&own, &unit(param.unit())),
        Quantity::Gradient(param) | Quantity::SampleGradient(_, param) => {
            words::derivative(&own, &loss, &of_param(param))
        }
        Quantity::GradientSum(param) => words::sum_of_derivatives(&own, &of_param(param)),
        Quantity::MeanGradient(param) => match moment.n_samples() {
            1 => words::derivative(&own, &loss, &of_param(param)),
            _ => words::mean_derivative(&own, &loss, &of_param(param)),
        },
        Quantity::ScaledGradient(_) => words::scaled_derivative(&own),
        Quantity::Step(param) => words::step(&own, &of_param(param)),
        Quantity::New(param) => words::new(&own, &of_param(param)),
        Quantity::OldFirstMoment(_) => words::old_first_moment(&own),
        Quantity::FirstMoment(_) => words::first_moment(&own),
        Quantity::OldSecondMoment(_) => words::old_second_moment(&own),
        Quantity::SecondMoment(_) => words::second_moment(&own),
        Quantity::CorrectedFirstMoment(_) => words::corrected_first_moment(&own),
        Quantity::CorrectedSecondMoment(_) => words::corrected_second_moment(&own),
        Quantity::LearningRate => words::learning_rate(&own),
        Quantity::Momentum => words::momentum(&own),
        Quantity::Decay => words::decay(&own),
        Quantity::Beta1 => words::beta_1(&own),
        Quantity::Beta2 => words::beta_2(&own),
        Quantity::Epsilon => words::epsilon(&own),
        Quantity::BiasCorrection1 | Quantity::BiasCorrection2 => words::bias_correction(&own),
    }
}
