//! What is said of a usual mistake, with the symbols of the lesson.

use super::{Question, UsualMistake};
use crate::lesson::mistakes;
use crate::lesson::names::minus;
use crate::lesson::quantity::Quantity;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::optimizer::Constant;

impl UsualMistake {
    /// What the number is instead, to follow "That is".
    pub(super) fn clause(self, question: &Question) -> String {
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
        let n_layers = moment.network().n_layers();
        let id =
            asked.unit(n_layers).or(param.map(Param::unit)).unwrap_or(UnitId { layer: n_layers, unit: 0 });
        let of_unit = |quantity: fn(UnitId) -> Quantity| name(quantity(id));
        let sign = minus(moment.names.negates_delta());
        let derivative_by_sum = || format!("{sign}{}", of_unit(Quantity::Delta));
        let unit_name = |layer, unit| moment.names.activation(UnitId { layer, unit }).plain();
        let sender = |unit| unit_name(id.layer.saturating_sub(1), unit);
        let is_moment = asked.is_moment();
        let is_new = matches!(asked, Quantity::New(_));
        match self {
            Self::Mended => {
                let made: Vec<&str> = moment.lesson.rule.mistakes_made().map(mistakes::name).collect();
                format!("what would be right, but this machine is broken on purpose: {}", made.join(", "))
            }
            Self::Sign => match asked {
                Quantity::New(_) => "a step in the other direction: the sign of the change is the other way round".to_owned(),
                Quantity::FirstMoment(_) => {
                    format!("what −{mean_derivative} leads to: the sign of the derivative is the other way round")
                }
                Quantity::Activation(_) if !question.is_sum() => {
                    format!("what −{} leads to: the sign is the other way round", of_unit(Quantity::Sum))
                }
                Quantity::Delta(_) | Quantity::Gradient(_) if question.is_output(id.layer) => {
                    let (taken, right) = ("target − prediction", "prediction − target");
                    let (taken, right) =
                        if moment.names.negates_delta() { (right, taken) } else { (taken, right) };
                    format!("−{it}: the sign is the other way round, as with {taken} for {right}")
                },
                _ => format!("−{it}: the sign is the other way round"),
            },
            Self::TwoTooMany => match (asked, moment.lesson.rule.loss) {
                (Quantity::Loss, Loss::HalfSquaredError) => format!("twice {it}: the ½ is missing"),
                (Quantity::Loss, _) => format!("twice {it}: the 2 belongs to its derivative alone"),
                (_, Loss::HalfSquaredError) => {
                    format!("twice {it}: the ½ of {loss} takes the 2 of the square away")
                }
                (_, Loss::MeanSquaredError) => format!("twice {it}: the square brings one 2 and no more"),
                _ => format!("twice {it}: there is no square here that would bring a 2"),
            },
            Self::HalfTooMany => match (asked, moment.lesson.rule.loss) {
                (Quantity::Loss, Loss::HalfSquaredError) => format!("half of {it}: the ½ is there twice"),
                (Quantity::Loss, _) => format!("half of {it}: there is no ½ in this {loss}"),
                (_, Loss::HalfSquaredError) => {
                    format!("half of {it}: the 2 of the square has taken the ½ away")
                }
                (_, Loss::MeanSquaredError) => format!("half of {it}: the 2 that the square brings is missing"),
                _ => format!("half of {it}: there is no ½ in this {loss}"),
            },
            Self::SumForMean => match asked {
                Quantity::Loss | Quantity::Delta(_) => {
                    format!("the sum over the outputs: {loss} is their mean, so it is divided by their number")
                }
                Quantity::MeanGradient(_) => {
                    "the sum over the samples: their mean is asked, which is divided by their number".to_owned()
                }
                _ => "what the sum over the samples leads to: the derivative is their mean".to_owned(),
            },
            Self::MeanForSum => match asked {
                Quantity::Loss | Quantity::Delta(_) if question.is_output(id.layer) => {
                    format!("the mean over the outputs: {loss} is their sum and not divided by their number")
                }
                Quantity::FirstMoment(_) => {
                    "a running mean: here the derivative counts whole and not 1 − μ of it".to_owned()
                }
                _ => "the mean over the paths: their shares add up".to_owned(),
            },
            Self::ProductAdded => match asked {
                Quantity::New(_) => {
                    format!("what adding leads to: {rate} is multiplied by what the step follows")
                }
                Quantity::Sum(_) | Quantity::Activation(_) => {
                    "what adding leads to: value and weight are multiplied".to_owned()
                }
                _ => "what adding leads to: the factors of the chain rule are multiplied".to_owned(),
            },
            Self::ForgottenTerm(k) => match asked {
                Quantity::Loss => format!("{loss} without {}: every output counts", unit_name(n_layers, k)),
                Quantity::MeanGradient(_) => format!(
                    "the mean without {}: every sample counts",
                    param.map_or_else(String::new, |param| name(Quantity::SampleGradient(k, param)))
                ),
                _ if question.is_sum() => {
                    format!("the sum without what arrives from {}", sender(k))
                }
                _ => {
                    let behind = unit_name(id.layer + 1, k);
                    format!("what is left without the path through {behind}: the paths add up")
                }
            },
            Self::ForgottenBias => {
                let bias = Param::Bias { layer: id.layer, to: id.unit };
                format!("the sum without the bias {}", name(Quantity::Param(bias)))
            }
            Self::WeightsOf(unit) => {
                let other = moment.names.unit_in_words(UnitId { layer: id.layer, unit });
                format!("what the weights of {other} lead to, another unit of the layer")
            }
            Self::Transposed => "what a row of W leads to where a column belongs, or a column for a row: a row of W is a unit that receives".to_owned(),
            Self::NoActivation => {
                format!("{} itself: the activation function is still missing", of_unit(Quantity::Sum))
            }
            Self::SlopeForActivation => {
                format!("{}, the slope, and not the activation", of_unit(Quantity::Slope))
            }
            Self::NotNormalised => "e to the power of this sum alone: softmax divides it by the sum over all outputs".to_owned(),
            Self::NotSquared if is_moment => {
                format!("what {mean_derivative} leads to: its square counts")
            }
            Self::NotSquared => "the gap without its square".to_owned(),
            Self::MissForgotten => "the part of the target alone: that of 1 − target counts as well".to_owned(),
            Self::DecimalLog => "what the logarithm to base ten leads to: ln has the base e".to_owned(),
            Self::NoSlope => match asked {
                Quantity::Delta(_) => format!(
                    "{sign}{}: the slope g′ of the activation function is missing",
                    of_unit(Quantity::ActivationGradient)
                ),
                Quantity::ActivationGradient(_) => format!(
                    "what comes back without g′ of the next layer’s units: {} has it as a factor",
                    moment.names.delta()
                ),
                _ => format!("what comes out without {}: the slope of the unit is a factor", of_unit(Quantity::Slope)),
            },
            Self::SlopeTooMany => format!(
                "{it} times {}: that slope has cancelled against the slope of the loss",
                of_unit(Quantity::Slope)
            ),
            Self::ActivationForSlope => format!(
                "what {} leads to in place of the slope {}",
                of_unit(Quantity::Activation),
                of_unit(Quantity::Slope)
            ),
            Self::SumForSlope => {
                format!("what {} leads to in place of the slope {}", of_unit(Quantity::Sum), of_unit(Quantity::Slope))
            }
            Self::SlopeOfActivation => format!(
                "what g′({}) leads to: the slope is taken at {}",
                of_unit(Quantity::Activation),
                of_unit(Quantity::Sum)
            ),
            Self::SlopeAlone => format!(
                "the slope {} alone: {sign}{} is the other factor",
                of_unit(Quantity::Slope),
                of_unit(Quantity::ActivationGradient)
            ),
            Self::NoWeight => format!("the sum of what comes back without the weights: each {} is multiplied by the weight of its path", moment.names.delta()),
            Self::NoDelta => match asked {
                Quantity::Gradient(_) => {
                    format!("the value that {w} carries, alone: {} is the other factor", derivative_by_sum())
                }
                _ => format!("the weights alone: each is multiplied by the {} that it brings back", moment.names.delta()),
            },
            Self::NewWeights => {
                "what the new weights lead to: the derivative belongs to the old ones, and all change at once".to_owned()
            }
            Self::WeightForInput => match param {
                Some(Param::Bias { .. }) => format!(
                    "{} times {w}: a bias is multiplied by 1 on the way forwards, so 1 is the other factor",
                    derivative_by_sum()
                ),
                _ => format!(
                    "{} times {w} itself: what changes with {w} is multiplied by the value that it carries",
                    derivative_by_sum()
                ),
            },
            Self::ParamItself => format!("{w} itself, and not the derivative by it"),
            Self::NoInput => format!(
                "{} alone: the value that {w} carries is the other factor",
                derivative_by_sum()
            ),
            Self::InputOf(unit) => {
                format!("what {} leads to: {w} starts at another unit", sender(unit))
            }
            Self::OtherEnd => match param {
                Some(Param::Bias { .. }) => format!(
                    "{} times {}: a bias carries 1",
                    derivative_by_sum(),
                    of_unit(Quantity::Activation)
                ),
                _ => format!(
                    "what {} leads to, which stands at the end of {w}: the value at its start is the factor",
                    of_unit(Quantity::Activation)
                ),
            },
            Self::OneSample(sample) => format!(
                "{}, of one sample: the mean over all is asked",
                param.map_or_else(String::new, |param| name(Quantity::SampleGradient(sample, param)))
            ),
            Self::NoRate => format!("a step without the learning rate {rate}"),
            Self::RateTwice => format!("a step with the learning rate {rate} twice"),
            Self::ParamForDerivative => {
                format!("what {w} leads to in place of the derivative {mean_derivative}")
            }
            Self::ChangeAlone => format!("the change alone, with its sign or the other: {w} is where it starts"),
            Self::DerivativeItself if is_new => format!("{mean_derivative}, and not what it makes of {w}"),
            Self::DerivativeItself => format!("{mean_derivative}, the derivative itself"),
            Self::NotChanged => format!("the old {w}: the change is still missing"),
            Self::PlainStep => "the step of plain gradient descent: this optimiser makes another of the derivative".to_owned(),
            Self::NoLookAhead => "the step of momentum alone: Nesterov momentum follows the derivative and μ·m".to_owned(),
            Self::NoRoot => "a step divided by v itself: its root belongs there".to_owned(),
            Self::NoCorrection if is_new => "a step with m and v as they are: the corrected ones belong there".to_owned(),
            Self::NoCorrection => format!("{} before it is corrected", question.uncorrected()),
            Self::CorrectionTimes => format!("{} times the correction: it is divided by it", question.uncorrected()),
            Self::OtherCorrection => {
                format!("{} divided by the correction of the other mean", question.uncorrected())
            }
            Self::FirstPower => {
                let beta = match asked {
                    Quantity::CorrectedFirstMoment(_) => Quantity::Beta1,
                    _ => Quantity::Beta2,
                };
                let beta = name(beta);
                format!("{} divided by 1 − {beta}: t is the number of the update, and {beta}ᵗ belongs there", question.uncorrected())
            }
            Self::SharesSwapped => {
                let share = question.share();
                format!("what comes out with the shares exchanged: {share} is that of the old one")
            }
            Self::NoShares => format!("old and new added up: the share {} is missing", question.share()),
            Self::OldForgotten => "the share of the new one alone: what is left of the old one is missing".to_owned(),
            Self::RestForgotten => {
                format!("what comes out where the new one counts whole: its share is 1 − {}", question.share())
            }
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
