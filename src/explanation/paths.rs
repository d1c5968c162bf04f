//! The paths from a weight or bias to the loss: the chain rule multiplies the local derivatives along each
//! of them and adds up over all.

use super::Explainer;
use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::in_sign_of;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use backprop::network::{Param, UnitId};

/// A path, from the unit of the parameter to an output.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its units.
    pub units: Vec<UnitId>,
    /// The local derivatives along it, from the loss back to the parameter, as a product.
    pub product: Formula,
    /// The value of that product.
    pub value: f64,
    /// That value in proportion to the sizes of all paths' products together, from −1 to 1.
    pub share: f64,
}

/// The paths of a parameter that are not listed, as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherPaths {
    /// How many; `u64::MAX` stands for that many or more.
    pub n: u64,
    /// The sum of their products.
    pub value: f64,
    /// The sum of their sizes in proportion to that of all, from 0 to 1.
    pub share: f64,
}

/// The paths of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    /// The parameter.
    pub param: Param,
    /// The paths with the largest products, the largest first.
    pub listed: Vec<Path>,
    /// The others, if there are any.
    pub others: Option<OtherPaths>,
    /// ∂E/∂w of the shown sample: the sum over all paths.
    pub total: f64,
}

/// The parameter that the step of `moment` derives or updates.
pub fn param_of_step(moment: &Moment) -> Option<Param> {
    match moment.step()?.kind {
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => Some(param),
        _ => None,
    }
}

/// The paths of `param` for the shown sample, at most `most` of them listed. `None` where a number is missing.
pub fn paths(moment: &Moment, param: Param, most: usize) -> Option<Paths> {
    let unit = param.unit();
    let network = moment.network();
    let carried = match param {
        Param::Weight { layer, from, .. } => {
            moment.value(Quantity::Activation(UnitId::new(layer - 1, from)))?
        }
        Param::Bias { .. } => 1.0,
    };
    let explainer = Explainer::whole(moment);
    let behind = Behind::of(&explainer, unit.layer, most)?;
    let all_sizes = behind.sizes[unit.unit] * carried.abs();
    let share = |size: f64| if all_sizes == 0.0 { 0.0 } else { size / all_sizes };
    let listed: Vec<Path> = (0..behind.ways[0][unit.unit].len())
        .map(|k| {
            let units = behind.units(unit, k);
            let value = behind.ways[0][unit.unit][k].product * carried;
            Path { product: product(&explainer, param, &units), units, value, share: share(value) }
        })
        .collect();
    let total = moment.value(Quantity::Gradient(param))?;
    let behind_it = unit.layer + 1..=network.n_layers();
    let n_all = behind_it.map(|layer| network.n_units(layer) as u64).fold(1, u64::saturating_mul);
    let n = if n_all == u64::MAX { n_all } else { n_all - listed.len() as u64 };
    let others = (0 < n).then(|| OtherPaths {
        n,
        value: total - listed.iter().map(|path| path.value).sum::<f64>(),
        share: (1.0 - listed.iter().map(|path| path.share.abs()).sum::<f64>()).max(0.0),
    });
    Some(Paths { param, listed, others, total })
}

/// The local derivatives along a path, from the loss back.
fn product(explainer: &Explainer, param: Param, units: &[UnitId]) -> Formula {
    let moment = explainer.moment;
    let mut factors: Vec<Formula> = Vec::new();
    for (k, &unit) in units.iter().enumerate().rev() {
        match units.get(k + 1) {
            Some(next) => factors.push(moment.weight_behind(next.layer, next.unit, unit.unit).into()),
            None => factors.push(explainer.at_loss(unit).into()),
        }
        if explainer.has_slope(unit.layer) {
            factors.push(Quantity::Slope(unit).into());
        }
    }
    factors.push(match param {
        Param::Weight { layer, from, .. } => Quantity::Activation(UnitId::new(layer - 1, from)).into(),
        Param::Bias { .. } => Formula::Number(1.0),
    });
    in_sign_of(&moment.names, Formula::Product(factors))
}

/// The rest of a path behind a unit.
#[derive(Clone, Copy)]
struct Way {
    /// From the loss to what the unit receives.
    product: f64,
    /// The unit of the next layer, and which of its ways; nothing behind an output.
    next: Option<(usize, usize)>,
}

/// The largest ways behind every unit of the layers from the parameter's own on.
struct Behind {
    /// Of each layer, of each unit: its largest ways, the largest first.
    ways: Vec<Vec<Vec<Way>>>,
    /// Of each unit of the first of these layers, the sum of the sizes of all its ways.
    sizes: Vec<f64>,
}

impl Behind {
    /// Layer by layer from the outputs: a unit's largest ways go on along the largest of the next units.
    fn of(explainer: &Explainer, first: usize, most: usize) -> Option<Self> {
        let moment = explainer.moment;
        let n_layers = moment.network().n_layers();
        let slope = |id: UnitId| match explainer.has_slope(id.layer) {
            true => moment.value(Quantity::Slope(id)),
            false => Some(1.0),
        };
        let mut ways: Vec<Vec<Vec<Way>>> = Vec::new();
        let mut sizes: Vec<f64> = Vec::new();
        for layer in (first..=n_layers).rev() {
            let mut of_layer = Vec::new();
            let mut sizes_of_layer = Vec::new();
            for id in moment.network().units(layer) {
                let slope = slope(id)?;
                if layer == n_layers {
                    let product = explainer.derivative_at_loss(id)? * slope;
                    of_layer.push(vec![Way { product, next: None }]);
                    sizes_of_layer.push(product.abs());
                    continue;
                }
                let next: &[Vec<Way>] = ways.last()?;
                let mut found = Vec::new();
                let mut size = 0.0;
                for (to, on) in next.iter().enumerate() {
                    let local = moment.value(moment.weight_behind(layer + 1, to, id.unit))? * slope;
                    size += local.abs() * sizes[to];
                    let on = on.iter().enumerate();
                    found
                        .extend(on.map(|(k, way)| Way { product: way.product * local, next: Some((to, k)) }));
                }
                found.sort_by(|a, b| b.product.abs().total_cmp(&a.product.abs()));
                found.truncate(most);
                of_layer.push(found);
                sizes_of_layer.push(size);
            }
            ways.push(of_layer);
            sizes = sizes_of_layer;
        }
        ways.reverse();
        Some(Self { ways, sizes })
    }

    /// The units of way number `k` behind `unit`, which comes first.
    fn units(&self, unit: UnitId, k: usize) -> Vec<UnitId> {
        let mut units = vec![unit];
        let mut at = (unit.unit, k);
        for (depth, layer) in self.ways.iter().enumerate() {
            let Some(next) = layer[at.0][at.1].next else {
                break;
            };
            units.push(UnitId::new(unit.layer + depth + 1, next.0));
            at = next;
        }
        units
    }
}
