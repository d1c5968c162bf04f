//! The loss of a moment's batch as a function of one parameter or of two, all else as it is before the update.

use std::rc::Rc;

use crate::lesson::Lesson;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::updates::mean_loss;
use backprop::network::{Network, Param};
use backprop::trace::{Model, Sample};

/// The most weights times samples that one slice passes through, and the least number of points along each
/// of its directions, however large the network.
const MAX_PRODUCTS: u64 = 12_000_000;
const FEWEST_POINTS: u64 = 9;
/// The most points of a curve, and along each side of a map.
const MAX_POINTS: u64 = 161;
const MAX_CELLS: u64 = 41;

/// E of the moment's batch by other weights and biases.
pub struct BatchLoss {
    lesson: Rc<Lesson>,
    network: Network,
    samples: Vec<Sample>,
}

impl BatchLoss {
    /// That of the batch of `moment`, with the network as it is before the update.
    pub fn of(moment: &Moment) -> Self {
        Self::of_samples(moment, moment.batch_samples().cloned().collect())
    }

    /// That of the shown sample alone.
    pub fn of_shown_sample(moment: &Moment) -> Self {
        Self::of_samples(moment, moment.batch_samples().skip(moment.sample()).take(1).cloned().collect())
    }

    fn of_samples(moment: &Moment, samples: Vec<Sample>) -> Self {
        Self { lesson: Rc::clone(&moment.lesson), network: moment.network().clone(), samples }
    }

    /// E with these parameters at these values. It may be beyond the finite numbers.
    pub fn with(&self, values: &[(Param, f64)]) -> f64 {
        let mut network = self.network.clone();
        values.iter().for_each(|&(param, value)| network.params.set(param, value));
        self.of_network(network)
    }

    /// E with another network of the same shape.
    pub fn of_network(&self, network: Network) -> f64 {
        mean_loss(&self.lesson, &Rc::new(Model::start(network)), &self.samples)
    }

    /// How many weights times samples one evaluation passes through.
    pub fn n_products(&self) -> u64 {
        self.network.n_products(self.samples.len())
    }

    /// How many points can be evaluated, of `most` at most.
    fn n_points(&self, most: u64) -> u64 {
        let fit = MAX_PRODUCTS / self.n_products().max(1);
        fit.clamp(FEWEST_POINTS, most)
    }
}

/// One direction of a slice: a parameter and what the update does with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direction {
    /// The parameter.
    pub param: Param,
    /// Its value before the update.
    pub old: f64,
    /// Its value after it.
    pub new: f64,
    /// ∂E/∂w of the batch as the update takes it.
    pub slope: f64,
}

impl Direction {
    /// That of `param`; `None` where the moment's network has no such parameter.
    pub fn of(moment: &Moment, param: Param) -> Option<Self> {
        let value = |quantity| moment.value(quantity);
        Some(Self {
            param,
            old: value(Quantity::Param(param))?,
            new: value(Quantity::New(param))?,
            slope: value(Quantity::MeanGradient(param))?,
        })
    }

    /// What the update adds to it.
    pub fn step(&self) -> f64 {
        self.new - self.old
    }
}

/// E along one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The parameter.
    pub along: Direction,
    /// How far the slice goes up and down from the old value.
    pub reach: f64,
    /// E before the update.
    pub before: f64,
    /// E with the new value of this parameter alone.
    pub after: f64,
    /// E with all new values: after the whole update.
    pub after_all: f64,
    /// Values of the parameter, ascending, and E there. The old and the new value are among them, unless the
    /// new one is out of reach.
    pub points: Vec<(f64, f64)>,
}

impl Slice {
    /// That along a parameter, as far as `reach` from its old value; what cannot be seen of it is left out.
    pub fn new(moment: &Moment, along: Direction, reach: f64) -> Self {
        let loss = BatchLoss::of(moment);
        let n = loss.n_points(MAX_POINTS);
        let mut places: Vec<f64> = grid(along.old, reach, n).collect();
        let is_within = (along.old - reach..=along.old + reach).contains(&along.new);
        places.extend(is_within.then_some(along.new));
        places.push(along.old);
        places.sort_by(f64::total_cmp);
        places.dedup();
        let at = |w: f64| loss.with(&[(along.param, w)]);
        Self {
            along,
            reach,
            before: at(along.old),
            after: at(along.new),
            after_all: loss.of_network(moment.update().after.network.clone()),
            points: places.into_iter().map(|w| (w, at(w))).collect(),
        }
    }

    /// E on the tangent at the old value: first order.
    pub fn tangent(&self, w: f64) -> f64 {
        self.before + self.along.slope * (w - self.along.old)
    }

    /// What the tangent promises at the new value.
    pub fn predicted(&self) -> f64 {
        self.tangent(self.along.new)
    }
}

/// E over two parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// To the right, and upwards.
    pub along: [Direction; 2],
    /// How far the map goes from the old values.
    pub reach: [f64; 2],
    /// Number of cells along each side.
    pub n: usize,
    /// E in the middle of each cell, row by row from below; it may be beyond the finite numbers.
    pub losses: Vec<f64>,
    /// E before the update.
    pub before: f64,
    /// E with the new values of these two alone.
    pub after: f64,
}

impl Map {
    /// That over two parameters, as far as `reach` from their old values.
    pub fn new(moment: &Moment, along: [Direction; 2], reach: [f64; 2]) -> Self {
        let loss = BatchLoss::of(moment);
        let n = (FEWEST_POINTS..=MAX_CELLS)
            .rev()
            .find(|n| n * n <= loss.n_points(MAX_CELLS * MAX_CELLS))
            .unwrap_or(FEWEST_POINTS) as usize;
        let middle = |k: usize, axis: usize| {
            let share = (k as f64 + 0.5) / n as f64;
            along[axis].old + (2.0 * share - 1.0) * reach[axis]
        };
        let at = |x: f64, y: f64| loss.with(&[(along[0].param, x), (along[1].param, y)]);
        Self {
            along,
            reach,
            n,
            losses: (0..n * n).map(|k| at(middle(k % n, 0), middle(k / n, 1))).collect(),
            before: at(along[0].old, along[1].old),
            after: at(along[0].new, along[1].new),
        }
    }
}

/// `n` values at equal distances, `middle` in their middle.
fn grid(middle: f64, reach: f64, n: u64) -> impl Iterator<Item = f64> {
    let last = (n - 1).max(1) as f64;
    (0..n).map(move |k| middle + reach * (2.0 * k as f64 / last - 1.0))
}
