//! One instant of a run: the update that is shown and how far into it the learner has stepped.
//! Every view looks its numbers up here.

pub mod descent;
pub mod landmarks;
pub mod rates;
pub mod slice;
pub mod step;
pub mod time;
pub mod trainer;
pub mod updates;

use std::rc::Rc;

use crate::lesson::names::Names;
use crate::lesson::notation::{Changes, Style};
use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, Notation};
use crate::moment::descent::Descent;
use crate::moment::step::{Grain, Phase, Plan, Position, Step};
use crate::moment::time::Time;
use crate::moment::updates::{make_update, mean_loss};
use crate::text::format;
use crate::words::moment as words;
use backprop::activation::Activation;
use backprop::gradient::{Measured, measure, noise_of_outputs, nudge, rounding_of_loss};
use backprop::network::{Network, Param, UnitId};
use backprop::optimizer::Constant;
use backprop::trace::{
    Model, PendingUpdate, Sample, SampleTrace, UpdateOrder, UpdateTrace, activations, sum_of,
};

/// What stands before a number that is 0 but for the rest of rounding.
pub const ABOUT: &str = "≈ ";
/// What stands in the place of a number that is asked for.
pub const ASKED: &str = "?";
/// No rest of rounding of derivatives that cancel is looked for above this.
const FAR_FROM_ZERO: f64 = 1e-9;
/// Weights times samples beyond which none is.
const MOST_LOOKED_AT: u64 = 2_000_000;
/// How often a sample's derivative is rounded, about.
const ROUNDINGS: usize = 4;

/// What is told of a quantity whose step is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// Its number.
    Number(f64),
    /// That it is asked for: [`ASKED`] stands in its place.
    Asked,
}

/// An instant of a run. Immutable: an edit makes another.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The lesson with the edits that hold now: data, loss, optimiser.
    pub lesson: Rc<Lesson>,
    /// Number of epochs learned before.
    pub epoch: u64,
    /// Which batch of the epoch, from 0.
    pub batch: usize,
    /// The order in which the epoch takes the training samples.
    order: Rc<[usize]>,
    update: PendingUpdate,
    /// The steps of the update.
    pub plan: Rc<Plan>,
    /// How far the learner has stepped into it.
    pub position: Position,
    /// While the numbers of that step are asked for and not yet told: the stop before them.
    asked_after: Option<Position>,
    /// What everything is called.
    pub names: Rc<Names>,
}

impl Moment {
    /// The moment before the first step of an update; `plan` is taken over if it suits.
    pub fn new(
        lesson: Rc<Lesson>,
        epoch: u64,
        batch: usize,
        update: PendingUpdate,
        plan: Option<&Rc<Plan>>,
    ) -> Self {
        let order: Rc<[usize]> = lesson.order(epoch).into();
        let network = &update.model().network;
        let n_samples = lesson.batch_of(&order, batch).len();
        let plan = plan
            .filter(|plan| plan.suits(network, lesson.rule, n_samples))
            .map_or_else(|| Rc::new(Plan::new(network, lesson.rule, n_samples)), Rc::clone);
        let names = Rc::new(Names::new(&lesson, network, n_samples));
        Self {
            lesson,
            epoch,
            batch,
            order,
            update,
            plan,
            position: Position::READY,
            asked_after: None,
            names,
        }
    }

    /// The same moment with its names in `notation`, as the lesson says where that is `None`, and with `changes` of
    /// it.
    pub fn written_in(self, notation: Option<Notation>, changes: Changes) -> Self {
        let style = Style::new(notation.unwrap_or(self.lesson.notation), changes);
        if self.names.style() == style {
            return self;
        }
        let names = Names::written_in(style, &self.lesson, self.network(), self.n_samples());
        Self { names: Rc::new(names), ..self }
    }

    /// The same update at another stop.
    pub fn at(&self, position: Position) -> Self {
        Self { position: self.plan.clamp(position), asked_after: None, ..self.clone() }
    }

    /// The same stop with its numbers asked for and not yet told: there is no more than at the stop `before`.
    pub fn asking(&self, before: Position) -> Self {
        let before = self.plan.clamp(before);
        Self { asked_after: (before < self.position).then_some(before), ..self.clone() }
    }

    /// The same update at a stop that was kept, with its step's numbers asked for or told.
    pub fn kept_at(&self, position: Position, is_asking: bool) -> Self {
        let moment = self.at(position);
        let before = self.plan.previous(moment.position, Grain::Unit).filter(|_| is_asking);
        before.map(|before| moment.asking(before)).unwrap_or(moment)
    }

    /// Whether the numbers of the step are asked for and not yet told.
    pub fn is_asking(&self) -> bool {
        self.asked_after.is_some()
    }

    /// The stop up to which numbers are told.
    pub fn told(&self) -> Position {
        self.asked_after.unwrap_or(self.position)
    }

    /// The update: its pass, its steps, the models before and after. Made when it is first asked for.
    pub fn update(&self) -> &Rc<UpdateTrace> {
        let time = Time { epoch: self.epoch, batch: self.batch };
        self.update.get(|model| make_update(&self.lesson, model, time))
    }

    /// The update, made or not.
    pub fn pending(&self) -> &PendingUpdate {
        &self.update
    }

    /// The model before the update.
    pub fn model(&self) -> &Rc<Model> {
        self.update.model()
    }

    /// The network before the update.
    pub fn network(&self) -> &Network {
        &self.model().network
    }

    /// The step that is shown; `None` before the first.
    pub fn step(&self) -> Option<Step> {
        self.plan.step(self.position.step)
    }

    /// Of a step that makes several numbers one after the other, while not all are shown: which one is, from 0.
    pub fn newest_number(&self) -> Option<usize> {
        let Position { step, numbers, .. } = self.position;
        (numbers < self.plan.n_numbers(step)).then(|| numbers.saturating_sub(1))
    }

    /// The stop that is shown, to be taken up elsewhere: a step that is whole here is whole by any optimiser
    /// ([`Plan::clamp`]).
    pub fn position_to_keep(&self) -> Position {
        match self.newest_number() {
            Some(_) => self.position,
            None => Position { numbers: usize::MAX, ..self.position },
        }
    }

    /// The phase that is shown; `None` before the first step.
    pub fn phase(&self) -> Option<Phase> {
        self.step().map(|step| step.phase)
    }

    /// Which sample of the batch is shown, from 0.
    pub fn sample(&self) -> usize {
        self.step().map_or(0, |step| step.sample)
    }

    /// Number of samples in the batch.
    pub fn n_samples(&self) -> usize {
        self.batch_in_data().len()
    }

    /// The number of the shown sample among all training samples, from 0.
    pub fn sample_in_data(&self) -> usize {
        self.batch_in_data()[self.sample()]
    }

    /// Which sample of the batch `sample` is: by its number among all training samples and, where it has another
    /// one in the batch, by that too: "sample 2 of 4", "sample 109 of 120, 1st of 20 in the batch".
    pub fn sample_in_words(&self, sample: usize) -> String {
        let (all, n) = (self.lesson.data.train.len(), self.n_samples());
        let number = self.batch_in_data()[sample];
        if (number, n) == (sample, all) {
            return words::sample(&(number + 1), &all);
        }
        words::sample_of_batch(number + 1, all, sample + 1, n)
    }

    /// The numbers of the batch's samples among all training samples, from 0.
    fn batch_in_data(&self) -> &[usize] {
        self.lesson.batch_of(&self.order, self.batch)
    }

    /// The batch's samples.
    pub fn batch_samples(&self) -> impl Iterator<Item = &Sample> + Clone {
        self.batch_in_data().iter().map(|&sample| &self.lesson.data.train[sample])
    }

    /// Where the epoch takes training sample `sample`: in which batch, and its number there.
    pub fn place_in_epoch(&self, sample: usize) -> (usize, usize) {
        self.lesson.place_in(&self.order, sample)
    }

    /// Whose loss the batch's is, a clause: "E is the mean over all 4 samples".
    pub fn batch_loss_in_words(&self) -> String {
        let (n, n_batches, loss) = (self.n_samples(), self.lesson.n_batches(), self.names.loss());
        match n_batches {
            1 => words::loss_is_over_all(n, &loss),
            _ => words::loss_is_over_batch(n, &loss, &(self.batch + 1), &n_batches),
        }
    }

    /// The trace of sample `sample` of the batch. Where updates are simultaneous it takes no pass over
    /// the others.
    pub fn trace(&self, sample: usize) -> Option<&SampleTrace> {
        let rule = self.lesson.rule;
        match rule.update_order {
            UpdateOrder::LayerByLayer => self.update().pass.samples.get(sample),
            UpdateOrder::Simultaneous => {
                let given = self.lesson.data.train.get(*self.batch_in_data().get(sample)?)?;
                self.update.sample(rule, (sample, self.n_samples()), given)
            }
        }
    }

    /// y of the shown sample.
    pub fn shown_target(&self) -> &[f64] {
        &self.lesson.data.train[self.sample_in_data()].target
    }

    /// 1 − a of an output of the shown sample: all digits of it where a is so near 1 that it holds none.
    pub fn rest(&self, unit: usize) -> Option<f64> {
        let (layer, trace) = (self.network().n_layers(), self.trace(self.sample())?);
        let (z, a) = (trace.forward.sums(layer), trace.forward.activations(layer));
        self.network().activation(layer).rests(z, a).get(unit).copied()
    }

    /// The number of `quantity`, whether or not its step has been reached. `None` where it has none
    /// (a bias of a layer without, a moment that the optimiser does not keep).
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        self.value_of(quantity, self.sample())
    }

    /// The number of `quantity` as it is for sample `sample` of the batch.
    pub fn value_of(&self, quantity: Quantity, sample: usize) -> Option<f64> {
        // What is there without a pass needs none.
        let given = self.lesson.data.train.get(*self.batch_in_data().get(sample)?)?;
        match quantity {
            Quantity::Activation(UnitId { layer: 0, unit }) => return given.input.get(unit).copied(),
            Quantity::Target(unit) => return given.target.get(unit).copied(),
            // Found without a trace of all samples, which may take long.
            Quantity::BatchLoss if !self.update.is_made() => return Some(self.loss_of(self.model(), None)),
            Quantity::LearningRate => return Some(self.lesson.rule.optimizer.learning_rate()),
            _ => {}
        }
        if let Some(constant) =
            Constant::ALL.into_iter().find(|&constant| Quantity::from(constant) == quantity)
            && let Some(value) = self.lesson.rule.optimizer.constant(constant)
        {
            return Some(value);
        }
        let network = self.network();
        let n_layers = network.n_layers();
        if quantity.param().is_some_and(|param| !network.has_param(param)) {
            return None;
        }
        if let Quantity::Param(param) = quantity {
            return Some(network.params.at(param));
        }
        let trace = || self.trace(sample);
        let (update, state) = (|| self.update(), || &self.update().after.optimizer_state);
        let hidden_or_output = |layer: usize| (1..=n_layers).contains(&layer);
        let old_state = &self.model().optimizer_state;
        let optimizer = self.lesson.rule.optimizer;
        let t = old_state.n_updates + 1;
        Some(match quantity {
            Quantity::Sum(UnitId { layer, unit }) if hidden_or_output(layer) => {
                *trace()?.forward.sums(layer).get(unit)?
            }
            Quantity::Activation(UnitId { layer, unit }) if layer <= n_layers => {
                *trace()?.forward.activations(layer).get(unit)?
            }
            Quantity::LossTerm(unit) => *trace()?.forward.loss_terms().get(unit)?,
            Quantity::Loss => trace()?.forward.loss(),
            Quantity::SampleLoss(sample) => self.trace(sample)?.forward.loss(),
            Quantity::BatchLoss => update().pass.loss,
            Quantity::Slope(UnitId { layer, unit }) if hidden_or_output(layer) => {
                let trace = trace()?;
                let (z, a) =
                    (trace.forward.sums(layer).get(unit)?, trace.forward.activations(layer).get(unit)?);
                network.activation(layer).slope(*z, *a)
            }
            Quantity::ActivationGradient(UnitId { layer, unit }) if hidden_or_output(layer) => {
                *trace()?.backward.upstream(layer).get(unit)?
            }
            Quantity::GradientShare { of: UnitId { layer, unit }, to } if hidden_or_output(layer + 1) => {
                let weight = self.weight_behind(layer + 1, to, unit);
                self.value_of(weight, sample)? * trace()?.backward.deltas(layer + 1).get(to)?
            }
            Quantity::Delta(UnitId { layer, unit }) if hidden_or_output(layer) => {
                self.names.delta_sign() * trace()?.backward.deltas(layer).get(unit)?
            }
            Quantity::SampleDelta(sample, id) => self.value_of(Quantity::Delta(id), sample)?,
            Quantity::SampleActivation(sample, id) => self.value_of(Quantity::Activation(id), sample)?,
            Quantity::SampleSlope(sample, id) => self.value_of(Quantity::Slope(id), sample)?,
            Quantity::Gradient(param) => trace()?.gradient(param),
            Quantity::SampleGradient(sample, param) => self.trace(sample)?.gradient(param),
            Quantity::GradientSum(param) => {
                let traces = (0..self.n_samples()).map(|sample| self.trace(sample));
                let gradients = traces.map(|trace| trace.map(|trace| trace.gradient(param)));
                sum_of(gradients.collect::<Option<Vec<f64>>>()?.into_iter())
            }
            Quantity::MeanGradient(param) => update().pass.gradients.at(param),
            Quantity::ScaledGradient(param) => optimizer.learning_rate() * update().pass.gradients.at(param),
            Quantity::OldFirstMoment(param) => old_state.first_moment.at(param),
            Quantity::OldSecondMoment(param) => old_state.second_moment.at(param),
            Quantity::FirstMoment(param) => state().first_moment.at(param),
            Quantity::SecondMoment(param) => state().second_moment.at(param),
            Quantity::Step(param) => update().steps.at(param),
            Quantity::New(param) => update().after.network.params.at(param),
            Quantity::CorrectedFirstMoment(param) => {
                state().first_moment.at(param) / self.value_of(Quantity::BiasCorrection1, sample)?
            }
            Quantity::CorrectedSecondMoment(param) => {
                state().second_moment.at(param) / self.value_of(Quantity::BiasCorrection2, sample)?
            }
            Quantity::BiasCorrection1 if optimizer.facts().corrects => optimizer.corrections(t)[0],
            Quantity::BiasCorrection2 if optimizer.facts().corrects => optimizer.corrections(t)[1],
            _ => return None,
        })
    }

    /// Whether `quantity` of sample `sample` of the batch is 0 on paper, and here what rounding has left: a
    /// weighted sum, or what a unit passes on of one; the mean of derivatives that cancel, or what the update
    /// makes of it.
    pub fn is_zero_on_paper(&self, quantity: Quantity, sample: usize) -> bool {
        if let Some(is_zero) = self.makes_nothing(quantity) {
            return is_zero;
        }
        let (id, is_sum) = match quantity {
            Quantity::Sum(id) => (id, true),
            Quantity::Activation(id) => (id, false),
            Quantity::SampleActivation(sample, id) => {
                return self.is_zero_on_paper(Quantity::Activation(id), sample);
            }
            _ => return false,
        };
        let network = self.network();
        let is_there = (1..=network.n_layers()).contains(&id.layer)
            && (is_sum
                || network.activation(id.layer).keeps_zero() && self.value_of(quantity, sample) != Some(0.0));
        is_there && self.trace(sample).is_some_and(|trace| trace.forward.is_zero_on_paper(network, id))
    }

    /// Whether `quantity` is made of samples' derivatives that cancel alone; `None` where it is made of others.
    fn makes_nothing(&self, quantity: Quantity) -> Option<bool> {
        if quantity.param().is_some_and(|param| !self.network().has_param(param)) {
            return Some(false);
        }
        let optimizer = self.lesson.rule.optimizer;
        // Nothing of what the optimiser remembers is carried on.
        let is_new = |old: Quantity, shares: [Constant; 2]| {
            let share = shares.into_iter().find_map(|share| optimizer.constant(share));
            share == Some(0.0) || self.value(old).is_none_or(|old| old == 0.0)
        };
        let is_first_new =
            |param| is_new(Quantity::OldFirstMoment(param), [Constant::Momentum, Constant::Beta1]);
        let (param, is_new) = match quantity {
            Quantity::MeanGradient(param)
            | Quantity::GradientSum(param)
            | Quantity::ScaledGradient(param) => (param, true),
            Quantity::FirstMoment(param) | Quantity::CorrectedFirstMoment(param) | Quantity::Step(param) => {
                (param, is_first_new(param))
            }
            // What is 0 and not moved stays so.
            Quantity::New(param) if self.network().params.at(param) == 0.0 => (param, is_first_new(param)),
            Quantity::SecondMoment(param) | Quantity::CorrectedSecondMoment(param) => {
                (param, is_new(Quantity::OldSecondMoment(param), [Constant::Decay, Constant::Beta2]))
            }
            _ => return None,
        };
        Some(is_new && self.cancels(param))
    }

    /// Whether the samples' derivatives by `param` cancel but for a rest of rounding: of n terms each is rounded
    /// a few times itself, and their sum n − 1 times.
    fn cancels(&self, param: Param) -> bool {
        let n = self.n_samples();
        let is_seen = |mean: f64| mean == 0.0 || FAR_FROM_ZERO < mean.abs();
        if n < 2
            || MOST_LOOKED_AT < self.network().n_products(n)
            || self.value(Quantity::MeanGradient(param)).is_none_or(is_seen)
        {
            return false;
        }
        let traces = (0..n).map(|sample| self.trace(sample));
        let Some(gradients) = traces.map(|trace| Some(trace?.gradient(param))).collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let size: f64 = gradients.iter().map(|gradient| gradient.abs()).sum();
        sum_of(gradients.into_iter()).abs() <= (n + ROUNDINGS) as f64 * 0.5 * f64::EPSILON * size
    }

    /// The number of `quantity` of sample `sample` of the batch as text: "≈ 0" where it is 0 but for the
    /// rest of rounding.
    pub fn text_of(&self, quantity: Quantity, sample: usize, digits: u8) -> Option<String> {
        let value = self.value_of(quantity, sample)?;
        let is_zero = self.is_zero_on_paper(quantity, sample);
        Some(if is_zero { format!("{ABOUT}0") } else { format::number(value, digits) })
    }

    /// The number of `quantity` of the shown sample as text.
    pub fn text(&self, quantity: Quantity, digits: u8) -> Option<String> {
        self.text_of(quantity, self.sample(), digits)
    }

    /// The weight that a hidden derivative goes back through: the old one, or the new one where
    /// the update order is layer by layer.
    pub fn weight_behind(&self, layer: usize, to: usize, from: usize) -> Quantity {
        let param = Param::Weight { layer, to, from };
        if self.plan.is_layer_by_layer() { Quantity::New(param) } else { Quantity::Param(param) }
    }

    /// The stop at which `quantity` is computed; `None` if it is there from the start.
    pub fn stop_of(&self, quantity: Quantity) -> Option<Position> {
        let sample = match quantity {
            Quantity::SampleLoss(sample)
            | Quantity::SampleGradient(sample, _)
            | Quantity::SampleDelta(sample, _)
            | Quantity::SampleActivation(sample, _)
            | Quantity::SampleSlope(sample, _) => sample,
            Quantity::BatchLoss => self.n_samples() - 1,
            _ => self.sample(),
        };
        let step = self.plan.find(self.plan.maker(quantity)?, sample)?;
        Some(self.plan.reaches(step, quantity))
    }

    /// Whether the learner has seen `quantity` computed (or it was there from the start).
    pub fn is_reached(&self, quantity: Quantity) -> bool {
        self.stop_of(quantity).is_none_or(|stop| stop <= self.told())
    }

    /// Whether `quantity` is asked for: the step makes it, and it is not yet told.
    pub fn is_asked(&self, quantity: Quantity) -> bool {
        // By term it is asked for before the first line or term of it is shown.
        let Position { step, numbers, .. } = self.position;
        let whole = Position { numbers, ..self.plan.done(step) };
        let is_made = |stop| self.told() < stop && stop <= whole;
        self.is_asking() && self.stop_of(quantity).is_some_and(is_made)
    }

    /// Of two names for the same number the one that marks compare: with one sample the batch's
    /// derivative is the sample's, and a linear unit's ∂E/∂a is its δ.
    pub fn canonical(&self, quantity: Quantity) -> Quantity {
        let is_linear = |layer: usize| {
            0 < layer
                && layer <= self.network().n_layers()
                && self.network().activation(layer) == Activation::Identity
        };
        match quantity {
            Quantity::MeanGradient(param) if self.n_samples() == 1 => Quantity::Gradient(param),
            Quantity::ActivationGradient(id) if is_linear(id.layer) => Quantity::Delta(id),
            Quantity::Sum(id) if is_linear(id.layer) => Quantity::Activation(id),
            other => other,
        }
    }

    /// Whether the network and the batch have what `quantity` names: a quantity may have been pointed at
    /// before another lesson was opened.
    pub fn has(&self, quantity: Quantity) -> bool {
        let network = self.network();
        let n_layers = network.n_layers();
        let (sample, receiver) = match quantity {
            Quantity::SampleLoss(sample)
            | Quantity::SampleGradient(sample, _)
            | Quantity::SampleDelta(sample, _)
            | Quantity::SampleActivation(sample, _)
            | Quantity::SampleSlope(sample, _) => (sample, None),
            Quantity::GradientShare { of, to } => (0, Some(UnitId::new(of.layer + 1, to))),
            Quantity::Target(unit) => (0, Some(UnitId { layer: n_layers, unit })),
            _ => (0, None),
        };
        sample < self.n_samples()
            && quantity.param().is_none_or(|param| network.has_param(param))
            && quantity.unit(n_layers).is_none_or(|unit| network.has_unit(unit))
            && receiver.is_none_or(|unit| network.has_unit(unit))
    }

    /// Whether `param` learns: biases may be fixed.
    pub fn learns(&self, param: Param) -> bool {
        self.lesson.rule.learns_biases() || !param.is_bias()
    }

    /// The number of `quantity` once its step has been reached.
    pub fn shown(&self, quantity: Quantity) -> Option<f64> {
        self.is_reached(quantity).then(|| self.value(quantity)).flatten()
    }

    /// What is told of `quantity`; `None` before its step has been reached.
    pub fn told_of(&self, quantity: Quantity) -> Option<Told> {
        if self.is_asked(quantity) { Some(Told::Asked) } else { self.shown(quantity).map(Told::Number) }
    }

    /// The number of `quantity` as text once its step has been reached, [`ASKED`] while it is asked for.
    pub fn shown_text(&self, quantity: Quantity, digits: u8) -> Option<String> {
        if self.is_asked(quantity) {
            return Some(ASKED.to_owned());
        }
        self.is_reached(quantity).then(|| self.text(quantity, digits)).flatten()
    }

    /// Whether the derivatives that tables show are the batch's and not the shown sample's.
    pub fn shows_means(&self) -> bool {
        1 < self.n_samples() && matches!(self.phase(), Some(Phase::Average | Phase::Update))
    }

    /// ∂E/∂w of `param` as tables show it: of the batch in the phases that are about it, else of the
    /// shown sample.
    pub fn shown_gradient(&self, param: Param) -> Quantity {
        if self.shows_means() { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) }
    }

    /// The name of `quantity` as a line of text.
    pub fn name(&self, quantity: Quantity) -> String {
        self.names.plain(quantity, self.sample())
    }

    /// What the update was to do to the batch's loss, and what it does. `None` where the derivatives are not
    /// those of the loss, as layer by layer.
    pub fn descent(&self) -> Option<Descent> {
        let update = self.update();
        let is_derivative = self.lesson.rule.derives(self.network(), self.n_samples());
        is_derivative.then(|| Descent::new(update, self.loss_of(&update.after, None)))
    }

    /// The derivative of the shown sample's loss (or, for `of_batch`, of the batch's) by `param`,
    /// measured by moving `param` a little.
    pub fn measured_derivative(&self, param: Param, of_batch: bool) -> Measured {
        let (network, loss) = (self.network(), self.lesson.rule.loss);
        let sample = (!of_batch).then(|| self.sample());
        // The samples of a batch are rounded alike: one stands for all.
        let trace = self.trace(self.sample());
        let noise = trace.map_or(0.0, |trace| noise_of_outputs(network, loss, &trace.forward));
        let rounding = |e: f64| rounding_of_loss(loss, network.n_outputs(), noise, e);
        measure(network, param, rounding, |network| self.loss_of(&Rc::new(Model::start(network)), sample))
    }

    /// Whether that measurement takes a unit across the kink of its activation function, where the slope
    /// jumps and there is no derivative.
    pub fn crosses_kink(&self, param: Param, of_batch: bool) -> bool {
        self.crosses_kink_within(param, nudge(self.network().params.at(param)), of_batch)
    }

    /// Whether moving `param` by `h`, up and down, takes a unit across such a kink.
    pub fn crosses_kink_within(&self, param: Param, h: f64, of_batch: bool) -> bool {
        let at = self.network().params.at(param);
        let moved = |by: f64| {
            let mut network = self.network().clone();
            network.params.set(param, at + by);
            network
        };
        let (up, down) = (moved(h), moved(-h));
        let network = self.network();
        let has_kink = |layer: &usize| network.activation(*layer).has_kink();
        let kinked: Vec<usize> = (param.layer()..=network.n_layers()).filter(has_kink).collect();
        let is_across = |sample: &Sample| {
            kinked.iter().any(|&layer| {
                let above = |network| activations(network, &sample.input, layer).into_iter().map(|a| 0.0 < a);
                above(&up).ne(above(&down))
            })
        };
        match of_batch {
            true => self.batch_samples().any(is_across),
            false => is_across(&self.lesson.data.train[self.sample_in_data()]),
        }
    }

    /// E of one sample of the batch or, for `None`, of the batch, by another model.
    fn loss_of(&self, model: &Rc<Model>, sample: Option<usize>) -> f64 {
        let (skipped, taken) = sample.map_or((0, usize::MAX), |sample| (sample, 1));
        let samples: Vec<Sample> = self.batch_samples().skip(skipped).take(taken).cloned().collect();
        mean_loss(&self.lesson, model, &samples)
    }
}
