//! Which sentence is said of a usual mistake, with the symbols of the lesson.

use super::{Question, UsualMistake};
use crate::lesson::mistakes;
use crate::lesson::names::minus;
use crate::lesson::quantity::Quantity;
use crate::words::answer as words;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::optimizer::Constant;

impl UsualMistake {
    /// What the number is instead, as a sentence.
    pub(super) fn sentence(self, question: &Question) -> String {
        let Question { moment, asked } = *question;
        let name = |quantity| question.name(quantity);
        let it = name(asked);
        let loss = match asked {
            Quantity::MeanGradient(_) => name(Quantity::BatchLoss),
            _ => name(Quantity::Loss),
        };
        let (rate, param) = (name(Quantity::LearningRate), asked.param());
        let w = param.map_or_else(String::new, |param| name(Quantity::Param(param)));
        let mean_derivative = param.map_or_else(String::new, |param| name(Quantity::MeanGradient(param)));
        let of_sample = |k| param.map_or_else(String::new, |param| name(Quantity::SampleGradient(k, param)));
        let n_layers = moment.network().n_layers();
        let id =
            asked.unit(n_layers).or(param.map(Param::unit)).unwrap_or(UnitId { layer: n_layers, unit: 0 });
        let of_unit = |quantity: fn(UnitId) -> Quantity| name(quantity(id));
        let in_sign = |quantity| format!("{}{}", minus(moment.names.negates_delta()), of_unit(quantity));
        let derivative_by_sum = || in_sign(Quantity::Delta);
        let upstream = || in_sign(Quantity::ActivationGradient);
        let delta = moment.names.delta();
        let unit_name = |layer, unit| moment.names.activation(UnitId { layer, unit }).plain();
        let sender = |unit| unit_name(id.layer.saturating_sub(1), unit);
        let is_bias = param.is_some_and(Param::is_bias);
        let is_output = question.is_output(id.layer);
        let is_new = matches!(asked, Quantity::New(_));
        match self {
            Self::Mended => {
                let made = moment.lesson.rule.mistakes_made().map(|made| mistakes::name(made).to_owned());
                let made = made.reduce(|made, next| words::common::mistakes_and(&made, &next));
                words::common::mended(&made.unwrap_or_default())
            }
            Self::Sign => match asked {
                Quantity::New(_) => words::common::sign_of_step().to_owned(),
                Quantity::FirstMoment(_) => words::common::sign_of_derivative(&mean_derivative),
                Quantity::Activation(_) if !question.is_sum() => {
                    words::common::sign_of_sum(&of_unit(Quantity::Sum))
                }
                Quantity::Delta(_) | Quantity::Gradient(_) if is_output => {
                    match moment.names.negates_delta() {
                        true => words::common::sign_of_negative_gap(&it),
                        false => words::common::sign_of_gap(&it),
                    }
                }
                _ => words::common::sign(&it),
            },
            Self::TwoTooMany => match (asked, moment.lesson.rule.loss) {
                (Quantity::Loss, Loss::HalfSquaredError) => words::common::twice_half_missing(&it),
                (Quantity::Loss, _) => words::common::twice_of_derivative(&it),
                (_, Loss::HalfSquaredError) => words::common::twice_cancelled(&it, &loss),
                (_, Loss::MeanSquaredError) => words::common::twice_of_square(&it),
                _ => words::common::twice_without_square(&it),
            },
            Self::HalfTooMany => match (asked, moment.lesson.rule.loss) {
                (Quantity::Loss, Loss::HalfSquaredError) => words::common::half_of_half(&it),
                (Quantity::Loss, _) => words::common::half_without_half(&it, &loss),
                (_, Loss::HalfSquaredError) => words::common::half_cancelled(&it),
                (_, Loss::MeanSquaredError) => words::common::half_of_square(&it),
                _ => words::common::half_without_half(&it, &loss),
            },
            Self::SumForMean => match asked {
                Quantity::Loss | Quantity::Delta(_) => words::common::sum_over_outputs(&loss),
                Quantity::MeanGradient(_) => words::common::sum_over_samples().to_owned(),
                _ => words::common::step_of_sum_over_samples().to_owned(),
            },
            Self::MeanForSum => match asked {
                Quantity::Loss | Quantity::Delta(_) if is_output => words::common::mean_over_outputs(&loss),
                Quantity::FirstMoment(_) => words::common::running_mean().to_owned(),
                _ => words::common::mean_over_paths().to_owned(),
            },
            Self::ProductAdded => match asked {
                Quantity::New(_) => words::common::added_in_step(&rate),
                Quantity::Sum(_) | Quantity::Activation(_) => words::common::added_in_sum().to_owned(),
                _ => words::common::added_in_chain().to_owned(),
            },
            Self::ForgottenTerm(k) => match asked {
                Quantity::Loss => words::common::without_output(&loss, &unit_name(n_layers, k)),
                Quantity::MeanGradient(_) => words::common::without_sample(&of_sample(k)),
                _ if question.is_sum() => words::common::without_value(&sender(k)),
                _ => words::common::without_path(&unit_name(id.layer + 1, k)),
            },
            Self::ForgottenBias => {
                let bias = Param::Bias { layer: id.layer, to: id.unit };
                words::forward::without_bias(&name(Quantity::Param(bias)))
            }
            Self::WeightsOf(unit) => {
                let other = moment.names.unit_in_words(UnitId { layer: id.layer, unit });
                words::forward::weights_of(&other)
            }
            Self::Transposed => words::forward::transposed().to_owned(),
            Self::NoActivation => words::forward::no_activation(&of_unit(Quantity::Sum)),
            Self::SlopeForActivation => words::forward::slope_for_activation(&of_unit(Quantity::Slope)),
            Self::NotNormalised => words::forward::not_normalised().to_owned(),
            Self::NotSquared if asked.is_moment() => words::update::derivative_not_squared(&mean_derivative),
            Self::NotSquared => words::forward::not_squared().to_owned(),
            Self::MissForgotten => words::forward::miss_forgotten().to_owned(),
            Self::DecimalLog => words::forward::decimal_log().to_owned(),
            Self::NoSlope => match asked {
                Quantity::Delta(_) => words::backward::no_slope(&upstream()),
                Quantity::ActivationGradient(_) => words::backward::no_slope_behind(&delta),
                _ => words::backward::no_slope_of_unit(&of_unit(Quantity::Slope)),
            },
            Self::SlopeTooMany => words::backward::slope_too_many(&it, &of_unit(Quantity::Slope)),
            Self::ActivationForSlope => {
                words::backward::in_place_of_slope(&of_unit(Quantity::Activation), &of_unit(Quantity::Slope))
            }
            Self::SumForSlope => {
                words::backward::in_place_of_slope(&of_unit(Quantity::Sum), &of_unit(Quantity::Slope))
            }
            Self::SlopeOfActivation => {
                words::backward::slope_of_activation(&of_unit(Quantity::Activation), &of_unit(Quantity::Sum))
            }
            Self::SlopeAlone => words::backward::slope_alone(&of_unit(Quantity::Slope), &upstream()),
            Self::NoWeight => words::backward::no_weight(&delta),
            Self::NoDelta => match asked {
                Quantity::Gradient(_) => words::backward::value_alone(&w, &derivative_by_sum()),
                _ => words::backward::weights_alone(&delta),
            },
            Self::NewWeights => words::backward::new_weights().to_owned(),
            Self::WeightForInput if is_bias => words::backward::bias_for_one(&derivative_by_sum(), &w),
            Self::WeightForInput => words::backward::weight_for_value(&derivative_by_sum(), &w),
            Self::ParamItself => words::backward::parameter_itself(&w),
            Self::NoInput => words::backward::no_value(&derivative_by_sum(), &w),
            Self::InputOf(unit) => words::backward::value_of(&sender(unit), &w),
            Self::OtherEnd if is_bias => {
                words::backward::bias_carries_one(&derivative_by_sum(), &of_unit(Quantity::Activation))
            }
            Self::OtherEnd => words::backward::other_end(&of_unit(Quantity::Activation), &w),
            Self::OneSample(sample) => words::backward::of_one_sample(&of_sample(sample)),
            Self::NoRate => words::update::no_rate(&rate),
            Self::RateTwice => words::update::rate_twice(&rate),
            Self::ParamForDerivative => words::update::parameter_for_derivative(&w, &mean_derivative),
            Self::ChangeAlone => words::update::change_alone(&w),
            Self::DerivativeItself if is_new => words::update::derivative_for_new(&mean_derivative, &w),
            Self::DerivativeItself => words::update::derivative_itself(&mean_derivative),
            Self::NotChanged => words::update::not_changed(&w),
            Self::PlainStep => words::update::plain_step().to_owned(),
            Self::NoLookAhead => words::update::no_look_ahead().to_owned(),
            Self::NoRoot => words::update::no_root().to_owned(),
            Self::NoCorrection if is_new => words::update::step_without_correction().to_owned(),
            Self::NoCorrection => words::update::no_correction(&question.uncorrected()),
            Self::CorrectionTimes => words::update::correction_times(&question.uncorrected()),
            Self::OtherCorrection => words::update::other_correction(&question.uncorrected()),
            Self::FirstPower => {
                let beta = match asked {
                    Quantity::CorrectedFirstMoment(_) => Quantity::Beta1,
                    _ => Quantity::Beta2,
                };
                words::update::first_power(&question.uncorrected(), &name(beta))
            }
            Self::SharesSwapped => words::update::shares_exchanged(&question.share()),
            Self::NoShares => words::update::no_shares(&question.share()),
            Self::OldForgotten => words::update::old_forgotten().to_owned(),
            Self::RestForgotten => words::update::rest_forgotten(&question.share()),
        }
    }
}

impl Question<'_> {
    /// m or v, of whose corrected one is asked.
    fn uncorrected(&self) -> String {
        let moment = match self.asked {
            Quantity::CorrectedFirstMoment(param) => Quantity::FirstMoment(param),
            Quantity::CorrectedSecondMoment(param) => Quantity::SecondMoment(param),
            other => other,
        };
        self.name(moment)
    }

    /// The letter of the share that the old m, or v, has in the new one.
    fn share(&self) -> String {
        let optimizer = self.moment.lesson.rule.optimizer;
        let wanted = match self.asked {
            Quantity::SecondMoment(_) => [Constant::Decay, Constant::Beta2],
            _ => [Constant::Momentum, Constant::Beta1],
        };
        let share = wanted.into_iter().find(|&share| optimizer.constant(share).is_some());
        share.map_or_else(String::new, |share| self.name(share.into()))
    }
}
