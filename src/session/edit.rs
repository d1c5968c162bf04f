//! Edits: what can be changed, and within which range.

use std::rc::Rc;

use crate::lesson::named::drop_unknown;
use crate::lesson::quantity::Quantity;
use crate::lesson::{Data, Lesson, limits, mistakes};
use crate::moment::Moment;
use crate::text::format;
use crate::words::session::edit as words;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
use backprop::optimizer::Constant;
use backprop::trace::{Model, Sample, UpdateOrder};

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
    /// Something is done wrong on purpose, or no longer.
    Mistake(Mistake, bool),
    /// Nothing is done wrong any more.
    Mend,
    /// A copy of the last sample behind it.
    AddSample,
    /// A sample less.
    RemoveSample(usize),
    /// A sample more, where the plot of one input or two is touched.
    AddPoint {
        /// The two inputs; of one input, the input and the target.
        at: [f64; 2],
        /// The sample whose targets it takes.
        like: usize,
    },
    /// A sample of one input or two moved to another place of the plot.
    MovePoint {
        /// Which sample.
        sample: usize,
        /// The two inputs; of one input, the input and the target.
        at: [f64; 2],
    },
}

/// The model and the lesson after an edit; `None` where it changes nothing.
pub type Edited = Option<(Rc<Model>, Rc<Lesson>)>;

impl Edit {
    /// Why the edit is not taken where the loss would not be finite.
    pub fn not_finite(&self, moment: &Moment) -> String {
        let of = |quantity: Quantity| words::not_finite(&moment.name(quantity));
        match *self {
            Self::Param(param, _) => of(Quantity::Param(param)),
            Self::Input { unit, .. } => of(Quantity::Activation(UnitId::new(0, unit))),
            Self::Target { unit, .. } => of(Quantity::Target(unit)),
            Self::Constant(constant, _) => of(constant.into()),
            Self::LearningRate(_) => words::rate_not_finite(&moment.names.learning_rate()),
            Self::UpdateOrder(_) => words::order_not_finite().to_owned(),
            Self::Mistake(mistake, _) => words::mistake_not_finite(&mistakes::name(mistake)),
            Self::Mend => words::machine_not_finite().to_owned(),
            Self::AddSample | Self::RemoveSample(_) => words::data_not_finite().to_owned(),
            Self::AddPoint { .. } | Self::MovePoint { .. } => words::point_not_finite().to_owned(),
        }
    }

    /// Applies the edit to what holds at `moment`.
    ///
    /// # Errors
    /// A sentence that names the number and the accepted range.
    pub fn apply(&self, moment: &Moment) -> Result<Edited, String> {
        let model = moment.model();
        let lesson = &moment.lesson;
        if !self.is_of_something(moment) {
            return Ok(None);
        }
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
                check_number(moment, Quantity::Param(param), value, MAGNITUDES)?;
                if model.network.params.at(param) == value {
                    return Ok(None);
                }
                let mut changed = Model::clone(model);
                changed.network.params.set(param, value);
                Some((Rc::new(changed), Rc::clone(lesson)))
            }
            Self::Input { sample, unit, value } => {
                check_number(moment, Quantity::Activation(UnitId::new(0, unit)), value, MAGNITUDES)?;
                with_data(&|data| set(&mut data.train, sample, |s| &mut s.input, unit, value))
            }
            Self::Target { sample, unit, value } => {
                check_number(moment, Quantity::Target(unit), value, target_range(lesson.rule.loss))?;
                with_data(&|data| set(&mut data.train, sample, |s| &mut s.target, unit, value))
            }
            Self::LearningRate(value) => {
                let rate = moment.names.learning_rate();
                check(value, (0.0, limits::LEARNING_RATE), |value, least, most| {
                    words::rate_cannot_be(&rate, value, least, most)
                })?;
                with_lesson(&|lesson| {
                    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(value);
                })
            }
            Self::Constant(constant, value) => {
                if !constant.accepts(value) {
                    let (name, value) = (moment.name(constant.into()), number(value));
                    return Err(match constant {
                        Constant::Epsilon => words::small_constant_cannot_be(&name, &value),
                        _ => words::share_cannot_be(&name, &value),
                    });
                }
                with_lesson(&|lesson| {
                    lesson.rule.optimizer = lesson.rule.optimizer.with_constant(constant, value);
                })
            }
            Self::UpdateOrder(order) => with_lesson(&|lesson| lesson.rule.update_order = order),
            Self::Mistake(mistake, is_made) => {
                with_lesson(&|lesson| lesson.rule = lesson.rule.with_mistake(mistake, is_made))
            }
            Self::Mend => with_lesson(&|lesson| lesson.rule = lesson.rule.mended()),
            Self::AddSample => {
                has_room(lesson)?;
                with_data(&|data| {
                    let copy = data.train.last().cloned();
                    data.train.extend(copy);
                })
            }
            Self::AddPoint { at, like } => {
                has_room(lesson)?;
                check_point(moment, at)?;
                let like = like.min(lesson.data.train.len() - 1);
                with_data(&|data| {
                    let mut sample = data.train[like].clone();
                    place(&mut sample, at);
                    data.train.push(sample);
                })
            }
            Self::MovePoint { sample, at } => {
                check_point(moment, at)?;
                with_data(&|data| {
                    if let Some(sample) = data.train.get_mut(sample) {
                        place(sample, at);
                    }
                })
            }
            Self::RemoveSample(sample) => {
                if lesson.data.train.len() == 1 {
                    return Err(words::last_sample_stays().to_owned());
                }
                let removed = with_data(&|data| {
                    if sample < data.train.len() {
                        data.train.remove(sample);
                    }
                });
                removed.map(|(model, mut lesson)| {
                    drop_unknown(Rc::make_mut(&mut lesson));
                    (model, lesson)
                })
            }
        })
    }

    /// Whether what it is about is there.
    fn is_of_something(&self, moment: &Moment) -> bool {
        let network = moment.network();
        let has_sample = |sample: usize| sample < moment.lesson.data.train.len();
        match *self {
            Self::Param(param, _) => network.has_param(param),
            Self::Input { sample, unit, .. } => has_sample(sample) && unit < network.n_units(0),
            Self::Target { sample, unit, .. } => has_sample(sample) && unit < network.n_outputs(),
            Self::RemoveSample(sample) | Self::MovePoint { sample, .. } => has_sample(sample),
            _ => true,
        }
    }
}

/// # Errors
/// A sentence if a number of this name is out of its range.
fn check_number(moment: &Moment, quantity: Quantity, value: f64, range: (f64, f64)) -> Result<(), String> {
    check(value, range, |value, least, most| words::cannot_be(&moment.name(quantity), value, least, most))
}

/// A point's second number is a target where there is one input only.
fn check_point(moment: &Moment, [across, up]: [f64; 2]) -> Result<(), String> {
    let has_one_input = moment.network().n_units(0) == 1;
    let range = if has_one_input { target_range(moment.lesson.rule.loss) } else { MAGNITUDES };
    let refusal = |value: &String, least: &String, most: &String| words::point_cannot_be(value, least, most);
    check(across, MAGNITUDES, refusal)?;
    check(up, range, refusal)
}

/// # Errors
/// What `refusal` says of the value, the least and the most, if it is not between them.
fn check(
    value: f64,
    (least, most): (f64, f64),
    refusal: impl Fn(&String, &String, &String) -> String,
) -> Result<(), String> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(refusal(&number(value), &number(least), &number(most)))
}

fn number(x: f64) -> String {
    format::number(x, format::FULL_DIGITS)
}

/// What any number of a lesson may be.
const MAGNITUDES: (f64, f64) = (-limits::MAGNITUDE, limits::MAGNITUDE);

/// What the targets of a loss may be.
fn target_range(loss: Loss) -> (f64, f64) {
    if loss.takes_shares() { (0.0, 1.0) } else { MAGNITUDES }
}

/// # Errors
/// A sentence if there may be no sample more.
fn has_room(lesson: &Lesson) -> Result<(), String> {
    let n = lesson.data.train.len() + lesson.data.test.len();
    let n_units = lesson.network.n_units(0) + lesson.network.n_outputs();
    if limits::DATA_NUMBERS < (n + 1) * n_units {
        let most = format::count(limits::DATA_NUMBERS as u64);
        return Err(words::numbers_full(&most));
    }
    if limits::SAMPLES <= n {
        return Err(words::samples_full(&limits::SAMPLES));
    }
    Lesson::check_products(n + 1, &lesson.network).map_err(|problem| words::too_much(&problem))
}

/// Puts a sample of one input or two where the plot is touched.
fn place(sample: &mut Sample, [across, up]: [f64; 2]) {
    match (&mut sample.input[..], &mut sample.target[..]) {
        ([x], [y, ..]) => (*x, *y) = (across, up),
        ([x, y], _) => (*x, *y) = (across, up),
        _ => {}
    }
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
