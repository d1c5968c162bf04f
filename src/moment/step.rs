//! Everything that a learner may stop at, in order, as data.
//!
//! A [`Plan`] lists the steps of one update: for each sample forward, loss and backward; then the
//! mean over the samples, if there are several; then the update. With the layer-by-layer order the
//! update of a layer comes before the backward steps of the layer before it.

pub use crate::lesson::grain::Grain;
use crate::lesson::quantity::Quantity;
use crate::words::moment as words;
use backprop::activation::Activation;
use backprop::network::{Network, Param, UnitId};
use backprop::optimizer::OptimizerFacts;
use backprop::trace::{Rule, UpdateOrder};

/// The most weights and biases that are all written out, each with a label and steps of its own; larger
/// networks show some, and are stepped layer by layer.
pub const MAX_LABELLED: usize = 30;

/// The part of an update that a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// From the inputs to the prediction.
    Forward,
    /// How wrong the prediction is.
    Loss,
    /// From the loss back to every derivative.
    Backward,
    /// The mean of the samples' derivatives.
    Average,
    /// New weights.
    Update,
}

impl Phase {
    /// Whether it is about all samples of the update together.
    pub fn is_of_all(self) -> bool {
        matches!(self, Self::Average | Self::Update)
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forward => words::forward(),
            Self::Loss => words::error(),
            Self::Backward => words::backward(),
            Self::Average => words::average(),
            Self::Update => words::update(),
        }
    }
}

/// What one step computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// z of a unit; where g is the identity, also its a.
    WeightedSum(UnitId),
    /// a = g(z) of a unit.
    Activation(UnitId),
    /// E of the sample.
    Loss,
    /// ∂E/∂a of a hidden unit; where g is the identity, also its δ.
    ActivationGradient(UnitId),
    /// δ of a unit.
    Delta(UnitId),
    /// ∂E/∂w of the sample.
    Gradient(Param),
    /// The mean of the samples' ∂E/∂w.
    MeanGradient(Param),
    /// w ← w + step, and what the optimiser remembers anew.
    Update(Param),
}

impl StepKind {
    /// Whether it computes a derivative, which can be worked out line by line.
    pub fn derives(self) -> bool {
        matches!(
            self,
            Self::ActivationGradient(_) | Self::Delta(_) | Self::Gradient(_) | Self::MeanGradient(_)
        )
    }
}

/// A step of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its phase.
    pub phase: Phase,
    /// The sample of the batch that it is about; the last one in the phases that are about all.
    pub sample: usize,
    /// What it computes.
    pub kind: StepKind,
}

/// A stop within an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// 0 before the first step, else the number of the step that is shown, from 1.
    pub step: usize,
    /// How many lines of that step's derivation are shown.
    pub lines: Lines,
    /// How many terms of that step's sum are shown, from 1; 0 before the first step.
    pub terms: usize,
    /// How many of the numbers that the step makes are shown, from 1; 0 before the first step. More than one
    /// are those of an update by an optimiser that remembers ([`Quantity::made_of`]).
    pub numbers: usize,
}

impl Position {
    /// Before the first step.
    pub const READY: Self = Self { step: 0, lines: Lines::All, terms: 0, numbers: 0 };

    /// While only some lines of the step's derivation are shown: how many.
    pub fn n_lines(self) -> Option<usize> {
        match self.lines {
            Lines::First(n) => Some(n),
            Lines::All => None,
        }
    }
}

/// How many lines of a step's derivation are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lines {
    /// So many, from 1, and not yet the numbers that end it.
    First(usize),
    /// All of them, or the step is not being worked out line by line.
    #[default]
    All,
}

/// Steps of one phase, one layer and one sample that follow each other.
#[derive(Clone, Copy, Debug)]
struct StepBlock {
    phase: Phase,
    sample: usize,
    list: usize,
    /// Number of its first step, from 1.
    first: usize,
}

/// A run of blocks of one phase: a segment of the scrubber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseSegment {
    /// Its phase.
    pub phase: Phase,
    /// Its sample (the last one in the phases that are about all).
    pub sample: usize,
    /// Number of its first step, from 1.
    pub first: usize,
    /// Number of its last step.
    pub last: usize,
}

/// A layer of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The phase.
    pub phase: Phase,
    /// The layer, from 1; none of the loss.
    pub layer: Option<usize>,
    /// Its sample (the last one in the phases that are about all).
    pub sample: usize,
    /// Number of its first step, from 1.
    pub first: usize,
}

/// The steps of one update in order. Depends on the network's shape, the number of samples and the
/// rule, not on any weight.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Each distinct list of steps; blocks of different samples share theirs.
    lists: Vec<Vec<StepKind>>,
    blocks: Vec<StepBlock>,
    /// The first step of each list's blocks: one per sample, or a single one.
    firsts: Vec<Vec<usize>>,
    segments: Vec<PhaseSegment>,
    n_steps: usize,
    /// Where each step stands: its list and its index there. In the order of the steps' own `Ord`.
    places: Vec<(StepKind, (usize, usize))>,
    shape: Vec<(usize, bool, Activation)>,
    n_samples: usize,
    rule_order: UpdateOrder,
    trains_biases: bool,
    method: OptimizerFacts,
}

/// Units, biases and activation function of each layer 0…L.
fn shape(network: &Network) -> impl Iterator<Item = (usize, bool, Activation)> + '_ {
    (0..=network.n_layers()).map(|layer| match layer {
        0 => (network.n_units(0), false, Activation::Identity),
        _ => (network.n_units(layer), network.has_biases(layer), network.activation(layer)),
    })
}

impl Plan {
    /// Whether this is the plan of such an update: it need not be made again.
    pub fn suits(&self, network: &Network, rule: Rule, n_samples: usize) -> bool {
        self.n_samples == n_samples
            && self.rule_order == rule.update_order
            && self.trains_biases == rule.learns_biases()
            && self.method == rule.optimizer.facts()
            && self.shape.iter().copied().eq(shape(network))
    }

    /// The plan of an update of `network` by `rule` with a batch of `n_samples` samples (at least 1).
    pub fn new(network: &Network, rule: Rule, n_samples: usize) -> Self {
        let n_layers = network.n_layers();
        let learns = |param: &Param| rule.learns_biases() || !param.is_bias();
        let params: Vec<Vec<Param>> =
            (1..=n_layers).map(|layer| layer_params(network, layer).filter(learns).collect()).collect();
        // Lists: forward 0…L−1, loss L, backward L+1…2L, average 2L+1…3L, update 3L+1…4L.
        let mut lists: Vec<Vec<StepKind>> = Vec::new();
        lists.extend((1..=n_layers).map(|layer| forward_steps(network, layer)));
        lists.push(vec![StepKind::Loss]);
        lists.extend((1..=n_layers).map(|layer| backward_steps(network, layer, &params[layer - 1])));
        let of_each = |kind: fn(Param) -> StepKind| {
            params.iter().map(move |list| list.iter().copied().map(kind).collect::<Vec<_>>())
        };
        lists.extend(of_each(StepKind::MeanGradient));
        lists.extend(of_each(StepKind::Update));
        let forward = |layer: usize| layer - 1;
        let loss = n_layers;
        let backward = |layer: usize| n_layers + layer;
        let average = |layer: usize| 2 * n_layers + layer;
        let update = |layer: usize| 3 * n_layers + layer;

        let mut places: Vec<(StepKind, (usize, usize))> = lists
            .iter()
            .enumerate()
            .flat_map(|(list, steps)| steps.iter().enumerate().map(move |(k, kind)| (*kind, (list, k))))
            .collect();
        places.sort_unstable();
        let mut plan = Self {
            places,
            firsts: vec![Vec::new(); lists.len()],
            lists,
            blocks: Vec::new(),
            segments: Vec::new(),
            n_steps: 0,
            shape: shape(network).collect(),
            n_samples,
            rule_order: rule.update_order,
            trains_biases: rule.learns_biases(),
            method: rule.optimizer.facts(),
        };
        let last = n_samples - 1;
        let back_to_front = (1..=n_layers).rev();
        let forward_and_loss = |plan: &mut Self, sample| {
            for layer in 1..=n_layers {
                plan.push(Phase::Forward, sample, forward(layer));
            }
            plan.push(Phase::Loss, sample, loss);
        };
        match rule.update_order {
            UpdateOrder::Simultaneous => {
                for sample in 0..n_samples {
                    forward_and_loss(&mut plan, sample);
                    for layer in back_to_front.clone() {
                        plan.push(Phase::Backward, sample, backward(layer));
                    }
                }
                if 1 < n_samples {
                    for layer in back_to_front {
                        plan.push(Phase::Average, last, average(layer));
                    }
                }
                for layer in 1..=n_layers {
                    plan.push(Phase::Update, last, update(layer));
                }
            }
            UpdateOrder::LayerByLayer => {
                for sample in 0..n_samples {
                    forward_and_loss(&mut plan, sample);
                }
                for layer in back_to_front {
                    for sample in 0..n_samples {
                        plan.push(Phase::Backward, sample, backward(layer));
                    }
                    if 1 < n_samples {
                        plan.push(Phase::Average, last, average(layer));
                    }
                    plan.push(Phase::Update, last, update(layer));
                }
            }
        }
        plan
    }

    fn push(&mut self, phase: Phase, sample: usize, list: usize) {
        let n = self.lists[list].len();
        // In a browser four thousand million steps can be counted; those of the largest network over
        // twenty thousand samples at once end there, its epochs do not.
        let Some(n_steps) = self.n_steps.checked_add(n).filter(|_| 0 < n) else {
            return;
        };
        let first = self.n_steps + 1;
        self.n_steps = n_steps;
        self.blocks.push(StepBlock { phase, sample, list, first });
        self.firsts[list].push(first);
        match self.segments.last_mut() {
            Some(open) if open.phase == phase && open.sample == sample => open.last = self.n_steps,
            _ => self.segments.push(PhaseSegment { phase, sample, first, last: self.n_steps }),
        }
    }

    /// Number of steps.
    pub fn n_steps(&self) -> usize {
        self.n_steps
    }

    /// Number of samples in the batch.
    pub fn n_samples(&self) -> usize {
        self.n_samples
    }

    /// The phases in order, split by sample.
    pub fn segments(&self) -> &[PhaseSegment] {
        &self.segments
    }

    /// Step number `step`, 1…n_steps; `None` for 0 and beyond the end.
    pub fn step(&self, step: usize) -> Option<Step> {
        let block = self.block(step)?;
        let kind = *self.lists[block.list].get(step - block.first)?;
        Some(Step { phase: block.phase, sample: block.sample, kind })
    }

    /// The parts of the update in order: each a layer of a phase, of a sample where it is about one.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let n_layers = self.shape.len() - 1;
        self.blocks.iter().map(move |block| Part {
            phase: block.phase,
            layer: match block.list {
                list if list < n_layers => Some(list + 1),
                list if list == n_layers => None,
                list => Some((list - 1) % n_layers + 1),
            },
            sample: block.sample,
            first: block.first,
        })
    }

    /// The segment that holds step number `step`.
    pub fn segment(&self, step: usize) -> Option<PhaseSegment> {
        let after = self.segments.partition_point(|segment| segment.first <= step);
        self.segments.get(after.checked_sub(1)?).copied().filter(|segment| step <= segment.last)
    }

    fn block(&self, step: usize) -> Option<StepBlock> {
        if step < 1 || self.n_steps < step {
            return None;
        }
        let after = self.blocks.partition_point(|block| block.first <= step);
        self.blocks.get(after.checked_sub(1)?).copied()
    }

    /// Number of terms that step number `step` adds up: 1 for all but sums; 0 for no step.
    pub fn n_terms(&self, step: usize) -> usize {
        self.step(step).map_or(0, |step| match step.kind {
            StepKind::WeightedSum(UnitId { layer, .. }) => {
                self.shape[layer - 1].0 + usize::from(self.shape[layer].1)
            }
            StepKind::ActivationGradient(UnitId { layer, .. }) => self.shape[layer + 1].0,
            StepKind::Loss => self.shape[self.shape.len() - 1].0,
            StepKind::MeanGradient(_) => self.n_samples,
            _ => 1,
        })
    }

    /// How many numbers step number `step` makes one after the other: 1 for all but updates by an optimiser
    /// that remembers; 0 for no step.
    pub fn n_numbers(&self, step: usize) -> usize {
        self.step(step).map_or(0, |step| match step.kind {
            StepKind::Update(param) => Quantity::made_of(param, self.method).count(),
            _ => 1,
        })
    }

    /// The stop at which step number `step` is done (0: before the first step). Beyond the last
    /// step it is the last.
    pub fn done(&self, step: usize) -> Position {
        let step = step.min(self.n_steps);
        Position { step, lines: Lines::All, terms: self.n_terms(step), numbers: self.n_numbers(step) }
    }

    /// The first stop of step number `step` with so much of its derivation.
    fn first_stop(step: usize, lines: Lines) -> Position {
        Position { step, lines, terms: 1, numbers: 1 }
    }

    /// The stop at which step number `step`, which computes `quantity`, has it.
    pub fn reaches(&self, step: usize, quantity: Quantity) -> Position {
        let done = self.done(step);
        let made = quantity
            .param()
            .and_then(|param| Quantity::made_of(param, self.method).position(|made| made == quantity));
        Position { numbers: made.map_or(done.numbers, |before| before + 1), ..done }
    }

    /// The last stop.
    pub fn end(&self) -> Position {
        self.done(self.n_steps)
    }

    /// Whether the step of `position` is shown whole.
    pub fn is_done(&self, position: Position) -> bool {
        position == self.done(position.step)
    }

    /// `position` made to fit this plan.
    pub fn clamp(&self, position: Position) -> Position {
        if self.n_steps < position.step {
            return self.end();
        }
        if let (Lines::First(n), true) = (position.lines, self.derives(position.step)) {
            return Self::first_stop(position.step, Lines::First(n.max(1)));
        }
        let within = |x: usize, most: usize| x.clamp(most.min(1), most);
        Position {
            step: position.step,
            lines: Lines::All,
            terms: within(position.terms, self.n_terms(position.step)),
            numbers: within(position.numbers, self.n_numbers(position.step)),
        }
    }

    /// The next stop of this grain after `position`, `None` at the end of the update.
    pub fn next(&self, position: Position, grain: Grain) -> Option<Position> {
        let is_done = self.is_done(position);
        if is_done && position.step == self.n_steps {
            return None;
        }
        if grain == Grain::Term {
            return Some(if is_done {
                Self::first_stop(position.step + 1, Lines::All)
            } else if position.lines != Lines::All {
                Self::first_stop(position.step, Lines::All)
            } else if position.terms < self.n_terms(position.step) {
                Position { terms: position.terms + 1, ..position }
            } else {
                Position { numbers: position.numbers + 1, ..position }
            });
        }
        let upcoming = if is_done { position.step + 1 } else { position.step };
        let (_, last) = self.span(upcoming, grain);
        Some(self.done(last))
    }

    /// The last stop of this grain before `position`, `None` before the first step.
    pub fn previous(&self, position: Position, grain: Grain) -> Option<Position> {
        if position.step == 0 {
            return None;
        }
        if grain == Grain::Term && 1 < position.numbers {
            return Some(Position { numbers: position.numbers - 1, ..position });
        }
        if grain == Grain::Term && 1 < position.terms {
            return Some(Position { terms: position.terms - 1, ..position });
        }
        let (first, _) = self.span(position.step, grain);
        Some(self.done(first - 1))
    }

    /// The next line of a derivation after `position`: of its step or, where that is done, of the next one.
    /// `None` where no line follows. `n_lines` gives how many lines the derivation of a step has.
    pub fn next_line(&self, position: Position, n_lines: impl Fn(usize) -> usize) -> Option<Position> {
        let (step, n_shown) = match position.lines {
            Lines::First(n) => (position.step, n),
            Lines::All if self.is_done(position) => (position.step + 1, 0),
            Lines::All => return None,
        };
        (n_shown < n_lines(step)).then(|| Self::first_stop(step, Lines::First(n_shown + 1)))
    }

    /// The last line of its step's derivation before `position`; `None` where no line stands right before it.
    pub fn previous_line(&self, position: Position, n_lines: impl Fn(usize) -> usize) -> Option<Position> {
        let n_before = match position.lines {
            Lines::First(n) => n.min(n_lines(position.step)).saturating_sub(1),
            Lines::All if position == Self::first_stop(position.step, Lines::All) => n_lines(position.step),
            Lines::All => 0,
        };
        (0 < n_before).then(|| Self::first_stop(position.step, Lines::First(n_before)))
    }

    /// Whether step number `step` computes a derivative.
    fn derives(&self, step: usize) -> bool {
        self.step(step).is_some_and(|step| step.kind.derives())
    }

    /// Whether a step of this grain ends with the step of `position`.
    pub fn ends(&self, position: Position, grain: Grain) -> bool {
        self.span(position.step, grain).1 == position.step
    }

    /// First and last step of what one step of this grain has brought to `position`; `None` where that is no
    /// more than the step itself.
    pub fn stretch(&self, position: Position, grain: Grain) -> Option<(usize, usize)> {
        let (first, last) = self.span(position.step, grain);
        (first < last && position == self.done(last)).then_some((first, last))
    }

    /// First and last step of the stretch of this grain that holds `step`.
    fn span(&self, step: usize, grain: Grain) -> (usize, usize) {
        match grain {
            Grain::Term | Grain::Unit => (step, step),
            Grain::Layer => self
                .block(step)
                .map_or((step, step), |block| (block.first, block.first + self.lists[block.list].len() - 1)),
            Grain::Phase => self.segment(step).map_or((step, step), |s| (s.first, s.last)),
        }
    }

    /// Number of the step `kind` of `sample` of the batch; `None` where the plan skips it.
    pub fn find(&self, kind: StepKind, sample: usize) -> Option<usize> {
        let at = self.places.binary_search_by_key(&kind, |(kind, _)| *kind).ok()?;
        let (list, index) = self.places[at].1;
        let about_all = matches!(kind, StepKind::MeanGradient(_) | StepKind::Update(_));
        let first = self.firsts[list].get(if about_all { 0 } else { sample })?;
        Some(first + index)
    }

    /// What computes `quantity`; `None` if it is there from the start (or never computed).
    pub fn maker(&self, quantity: Quantity) -> Option<StepKind> {
        let is_linear = |layer: usize| self.shape[layer].2 == Activation::Identity;
        let n_layers = self.shape.len() - 1;
        let quantity = match quantity {
            Quantity::SampleDelta(_, id) => Quantity::Delta(id),
            Quantity::SampleActivation(_, id) => Quantity::Activation(id),
            Quantity::SampleSlope(_, id) => Quantity::Slope(id),
            other => other,
        };
        Some(match quantity {
            Quantity::Activation(UnitId { layer: 0, .. }) => return None,
            Quantity::Sum(id) => StepKind::WeightedSum(id),
            Quantity::Activation(id) if is_linear(id.layer) => StepKind::WeightedSum(id),
            Quantity::Activation(id) => StepKind::Activation(id),
            Quantity::LossTerm(_) | Quantity::Loss | Quantity::SampleLoss(_) | Quantity::BatchLoss => {
                StepKind::Loss
            }
            Quantity::ActivationGradient(id) | Quantity::GradientShare { of: id, .. }
                if id.layer < n_layers =>
            {
                StepKind::ActivationGradient(id)
            }
            Quantity::Delta(id) if id.layer < n_layers && is_linear(id.layer) => {
                StepKind::ActivationGradient(id)
            }
            Quantity::Delta(id)
            | Quantity::ActivationGradient(id)
            | Quantity::GradientShare { of: id, .. }
            | Quantity::Slope(id) => StepKind::Delta(id),
            Quantity::Gradient(param) | Quantity::SampleGradient(_, param) => StepKind::Gradient(param),
            Quantity::MeanGradient(param) if self.n_samples == 1 => StepKind::Gradient(param),
            Quantity::GradientSum(param) | Quantity::MeanGradient(param) => StepKind::MeanGradient(param),
            Quantity::ScaledGradient(param)
            | Quantity::FirstMoment(param)
            | Quantity::SecondMoment(param)
            | Quantity::CorrectedFirstMoment(param)
            | Quantity::CorrectedSecondMoment(param)
            | Quantity::Step(param)
            | Quantity::New(param) => StepKind::Update(param),
            _ => return None,
        })
    }

    /// Whether hidden derivatives use the new weights of the layer behind.
    pub fn is_layer_by_layer(&self) -> bool {
        self.rule_order == UpdateOrder::LayerByLayer
    }
}

/// The parameters of one layer in the order of the steps: unit by unit, weights before the bias.
fn layer_params(network: &Network, layer: usize) -> impl Iterator<Item = Param> + '_ {
    (0..network.n_units(layer)).flat_map(move |to| {
        let weights = (0..network.n_units(layer - 1)).map(move |from| Param::Weight { layer, to, from });
        weights.chain(network.has_biases(layer).then_some(Param::Bias { layer, to }))
    })
}

fn forward_steps(network: &Network, layer: usize) -> Vec<StepKind> {
    let units = network.units(layer);
    let sums = units.clone().map(StepKind::WeightedSum);
    match network.activation(layer) {
        Activation::Identity => sums.collect(),
        // Softmax needs every sum of the layer before its first activation.
        Activation::Softmax => sums.chain(units.map(StepKind::Activation)).collect(),
        _ => units.flat_map(|unit| [StepKind::WeightedSum(unit), StepKind::Activation(unit)]).collect(),
    }
}

fn backward_steps(network: &Network, layer: usize, params: &[Param]) -> Vec<StepKind> {
    let mut steps = Vec::new();
    for unit in network.units(layer) {
        let is_output = layer == network.n_layers();
        if !is_output {
            steps.push(StepKind::ActivationGradient(unit));
        }
        if is_output || network.activation(layer) != Activation::Identity {
            steps.push(StepKind::Delta(unit));
        }
    }
    steps.extend(params.iter().copied().map(StepKind::Gradient));
    steps
}
