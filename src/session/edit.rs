//! Edits: what can be changed, and within which range.

use std::rc::Rc;

use crate::format;
use crate::lesson::{Data, Lesson, limits};
use crate::loss::Loss;
use crate::moment::Moment;
use crate::network::Param;
use crate::optimizer::Optimizer;
use crate::quantity::Quantity;
use crate::trace::{Model, Sample, UpdateOrder};

/// A number of the optimiser beside the learning rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// μ.
    Momentum,
    /// ρ.
    Decay,
    /// β₁.
    Beta1,
    /// β₂.
    Beta2,
    /// ε.
    Epsilon,
}

/// A change that the reader makes. Samples count from 0 through the training data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edit {
    /// A weight or bias.
    Param(Param, f64),
    /// An input of a sample.
    Input {
        /// Which sample.
        sample: usize,
        /// Which input.
        unit: usize,
        /// Its new value.
        value: f64,
    },
    /// A target of a sample.
    Target {
        /// Which sample.
        sample: usize,
        /// Which output.
        unit: usize,
        /// Its new value.
        value: f64,
    },
    /// η.
    LearningRate(f64),
    /// Another number of the optimiser.
    Constant(Constant, f64),
    /// When new weights come into use.
    UpdateOrder(UpdateOrder),
    /// A copy of the last sample behind it.
    AddSample,
    /// A sample less.
    RemoveSample(usize),
}

/// The model and the lesson after an edit; `None` where it changes nothing.
pub type Edited = Option<(Rc<Model>, Rc<Lesson>)>;

impl Edit {
    /// What the edit is about, by its name on the page.
    pub fn name(&self, moment: &Moment) -> String {
        let names = &moment.names;
        match self {
            Self::Param(param, _) => moment.name(Quantity::Param(*param)),
            Self::Input { unit, .. } => moment.name(Quantity::Activation { layer: 0, unit: *unit }),
            Self::Target { unit, .. } => moment.name(Quantity::Target(*unit)),
            Self::LearningRate(_) => format!("the learning rate {}", names.learning_rate()),
            Self::Constant(constant, _) => moment.name(constant.quantity()),
            Self::UpdateOrder(_) => "the update order".to_owned(),
            Self::AddSample | Self::RemoveSample(_) => "the data".to_owned(),
        }
    }

    /// Applies the edit to what holds at `moment`.
    ///
    /// # Errors
    /// A sentence that names the number and the accepted range.
    pub fn apply(&self, moment: &Moment) -> Result<Edited, String> {
        let model = moment.model();
        let lesson = &moment.lesson;
        let with_lesson = |change: &dyn Fn(&mut Lesson)| {
            let mut changed = Lesson::clone(lesson);
            change(&mut changed);
            (changed != **lesson).then(|| (Rc::clone(model), Rc::new(changed)))
        };
        let with_data = |change: &dyn Fn(&mut Data)| {
            let mut data = Data::clone(&lesson.data);
            change(&mut data);
            if data != *lesson.data {
                data.generator = None;
            }
            with_lesson(&|lesson| {
                let was_full_batch = lesson.batch_size == lesson.data.train.len();
                let n = data.train.len();
                lesson.batch_size = if was_full_batch { n } else { lesson.batch_size.min(n) };
                lesson.data = Rc::new(data.clone());
            })
        };
        Ok(match *self {
            Self::Param(param, value) => {
                self.check(moment, value, -limits::MAGNITUDE, limits::MAGNITUDE)?;
                if !model.network.has_param(param) || model.network.params.at(param) == value {
                    return Ok(None);
                }
                let mut changed = Model::clone(model);
                changed.network.params.set(param, value);
                Some((Rc::new(changed), Rc::clone(lesson)))
            }
            Self::Input { sample, unit, value } => {
                self.check(moment, value, -limits::MAGNITUDE, limits::MAGNITUDE)?;
                with_data(&|data| set(&mut data.train, sample, |s| &mut s.input, unit, value))
            }
            Self::Target { sample, unit, value } => {
                let (min, max) = match lesson.rule.loss {
                    Loss::BinaryCrossEntropy | Loss::CrossEntropy => (0.0, 1.0),
                    _ => (-limits::MAGNITUDE, limits::MAGNITUDE),
                };
                self.check(moment, value, min, max)?;
                with_data(&|data| set(&mut data.train, sample, |s| &mut s.target, unit, value))
            }
            Self::LearningRate(value) => {
                self.check(moment, value, 0.0, limits::LEARNING_RATE)?;
                with_lesson(&|lesson| {
                    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(value);
                })
            }
            Self::Constant(constant, value) => {
                let is_epsilon = constant == Constant::Epsilon;
                let fits = if is_epsilon { 0.0 < value && value <= 1.0 } else { (0.0..1.0).contains(&value) };
                if !fits {
                    let range = if is_epsilon { "above 0 and at most 1" } else { "0 or more and below 1" };
                    return Err(self.refusal(moment, value, range));
                }
                with_lesson(&|lesson| {
                    lesson.rule.optimizer = with_constant(lesson.rule.optimizer, constant, value);
                })
            }
            Self::UpdateOrder(order) => with_lesson(&|lesson| lesson.rule.update_order = order),
            Self::AddSample => {
                let n = lesson.data.train.len() + lesson.data.test.len();
                if limits::SAMPLES <= n {
                    return Err(format!("The data are full: at most {} samples.", limits::SAMPLES));
                }
                with_data(&|data| {
                    let copy = data.train.last().cloned();
                    data.train.extend(copy);
                })
            }
            Self::RemoveSample(sample) => {
                if lesson.data.train.len() == 1 {
                    return Err(
                        "The last sample stays: a network needs at least one to learn from.".to_owned()
                    );
                }
                with_data(&|data| {
                    if sample < data.train.len() {
                        data.train.remove(sample);
                    }
                })
            }
        })
    }

    fn check(&self, moment: &Moment, value: f64, min: f64, max: f64) -> Result<(), String> {
        if (min..=max).contains(&value) {
            return Ok(());
        }
        let number = |x| format::number(x, format::FULL_DIGITS);
        Err(self.refusal(moment, value, &format!("between {} and {}", number(min), number(max))))
    }

    fn refusal(&self, moment: &Moment, value: f64, range: &str) -> String {
        let shown = format::number(value, format::FULL_DIGITS);
        let name = self.name(moment);
        let mut letters = name.chars();
        let name = match (name.starts_with("the "), letters.next()) {
            (true, Some(first)) => format!("{}{}", first.to_ascii_uppercase(), letters.as_str()),
            _ => name,
        };
        format!("{name} cannot be {shown}: a number {range} is accepted. The old value stays.")
    }
}

impl Constant {
    /// The quantity that it is.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::Momentum => Quantity::Momentum,
            Self::Decay => Quantity::Decay,
            Self::Beta1 => Quantity::Beta1,
            Self::Beta2 => Quantity::Beta2,
            Self::Epsilon => Quantity::Epsilon,
        }
    }

    /// The constants that `optimizer` has.
    pub fn of(optimizer: Optimizer) -> &'static [Self] {
        match optimizer {
            Optimizer::Sgd { .. } => &[],
            Optimizer::Momentum { .. } => &[Self::Momentum],
            Optimizer::Rmsprop { .. } => &[Self::Decay, Self::Epsilon],
            Optimizer::Adam { .. } => &[Self::Beta1, Self::Beta2, Self::Epsilon],
        }
    }
}

fn with_constant(mut optimizer: Optimizer, constant: Constant, value: f64) -> Optimizer {
    match (&mut optimizer, constant) {
        (Optimizer::Momentum { momentum, .. }, Constant::Momentum) => *momentum = value,
        (Optimizer::Rmsprop { decay, .. }, Constant::Decay) => *decay = value,
        (Optimizer::Adam { beta1, .. }, Constant::Beta1) => *beta1 = value,
        (Optimizer::Adam { beta2, .. }, Constant::Beta2) => *beta2 = value,
        (Optimizer::Rmsprop { epsilon, .. } | Optimizer::Adam { epsilon, .. }, Constant::Epsilon) => {
            *epsilon = value;
        }
        _ => {}
    }
    optimizer
}

fn set(
    samples: &mut [Sample],
    sample: usize,
    side: impl Fn(&mut Sample) -> &mut Vec<f64>,
    unit: usize,
    value: f64,
) {
    if let Some(number) = samples.get_mut(sample).and_then(|sample| side(sample).get_mut(unit)) {
        *number = value;
    }
}
