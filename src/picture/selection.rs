//! The unit of a large network that the reader looks at, and which of the weights into it: where a
//! key of the diagram leads.

use backprop::network::{Network, Param, UnitId};

/// A unit, and perhaps one of the weights into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The unit.
    pub unit: UnitId,
    /// Which weight into it: the sending unit, or their number for the bias.
    pub input: Option<usize>,
}

/// Number of weights into a unit of `layer`, its bias included.
fn n_inputs(network: &Network, layer: usize) -> usize {
    if layer == 0 {
        return 0;
    }
    network.n_units(layer - 1) + usize::from(network.has_biases(layer))
}

impl Selection {
    /// A unit and none of its weights.
    pub fn unit(unit: UnitId) -> Self {
        Self { unit, input: None }
    }

    /// The receiving unit of a weight or bias, and that.
    pub fn param(param: Param, network: &Network) -> Self {
        let input = match param {
            Param::Weight { from, .. } => from,
            Param::Bias { .. } => network.n_units(param.layer() - 1),
        };
        Self { unit: param.unit(), input: Some(input) }
    }

    /// What of it `network` has.
    pub fn within(self, network: &Network) -> Option<Self> {
        network.has_unit(self.unit).then(|| Self {
            input: self.input.filter(|&input| input < n_inputs(network, self.unit.layer)),
            ..self
        })
    }

    /// The selected weight or bias.
    pub fn selected_param(self, network: &Network) -> Option<Param> {
        let Self { unit: UnitId { layer, unit: to }, input } = self;
        let from = input.filter(|&input| input < n_inputs(network, layer))?;
        let is_bias = from == network.n_units(layer - 1);
        Some(if is_bias { Param::Bias { layer, to } } else { Param::Weight { layer, to, from } })
    }

    /// The units that have to be drawn: itself, and the sending unit of the selected weight.
    pub fn required(self, network: &Network) -> Vec<UnitId> {
        let mut units = vec![self.unit];
        if let Some(Param::Weight { layer, from, .. }) = self.selected_param(network) {
            units.push(UnitId::new(layer - 1, from));
        }
        units
    }

    /// Where a key leads from here, held with Shift or not; `None` where it leads nowhere. Arrow keys,
    /// Home and End go to other units of the layers 1…L; with Shift, to the weights into this one.
    pub fn after_key(self, key: &str, shift: bool, network: &Network) -> Option<Self> {
        if shift {
            return self.after_shifted(key, network);
        }
        let UnitId { layer, unit } = self.unit;
        let last = network.n_units(layer) - 1;
        let beside = |layer: usize| Self::unit(UnitId::new(layer, unit.min(network.n_units(layer) - 1)));
        Some(match key {
            "ArrowUp" => Self::unit(UnitId::new(layer, unit.saturating_sub(1))),
            "ArrowDown" => Self::unit(UnitId::new(layer, (unit + 1).min(last))),
            "ArrowLeft" => beside(layer.saturating_sub(1).max(1)),
            "ArrowRight" => beside((layer + 1).min(network.n_layers())),
            "Home" => Self::unit(UnitId::new(layer, 0)),
            "End" => Self::unit(UnitId::new(layer, last)),
            _ => return None,
        })
    }

    fn after_shifted(self, key: &str, network: &Network) -> Option<Self> {
        let last = n_inputs(network, self.unit.layer).checked_sub(1)?;
        let input = match (key, self.input) {
            ("ArrowUp" | "ArrowDown", None) | ("Home", _) => 0,
            ("ArrowUp", Some(input)) => input.saturating_sub(1),
            ("ArrowDown", Some(input)) => (input + 1).min(last),
            ("End", _) => last,
            _ => return None,
        };
        Some(Self { input: Some(input), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lesson;

    fn network() -> Network {
        let lesson = Lesson::from_json(include_str!("../../static/lessons/skalski.json")).unwrap();
        Network::clone(&lesson.network)
    }

    /// From any unit to any other, and to each of its weights, by keys alone.
    #[test]
    fn every_unit_and_weight_is_reached_by_keys() {
        let network = network();
        let mut at = Selection::unit(UnitId::new(1, 0));
        let mut n_params = 0;
        for layer in 1..=network.n_layers() {
            at = at.after_key("Home", false, &network).unwrap();
            for unit in network.units(layer) {
                assert_eq!(at.unit, unit);
                let mut into = at.after_key("Home", true, &network).unwrap();
                loop {
                    let param = into.selected_param(&network).unwrap();
                    assert!(network.has_param(param) && param.unit() == unit);
                    assert_eq!(Selection::param(param, &network), into);
                    n_params += 1;
                    let next = into.after_key("ArrowDown", true, &network).unwrap();
                    if next == into {
                        break;
                    }
                    into = next;
                }
                at = at.after_key("ArrowDown", false, &network).unwrap();
            }
            at = at.after_key("ArrowRight", false, &network).unwrap();
        }
        assert_eq!(n_params, network.n_params());
    }

    #[test]
    fn what_a_changed_network_has_stays_selected() {
        let network = network();
        let weight = Selection { unit: UnitId::new(2, 49), input: Some(25) };
        assert_eq!(weight.within(&network), Some(weight));
        assert_eq!(weight.selected_param(&network), Some(Param::Bias { layer: 2, to: 49 }));
        assert_eq!(Selection { unit: UnitId::new(2, 50), ..weight }.within(&network), None);
        assert_eq!(
            Selection { input: Some(26), ..weight }.within(&network),
            Some(Selection::unit(UnitId::new(2, 49)))
        );
        assert_eq!(Selection { unit: UnitId::new(6, 49), ..weight }.within(&network), None);
        assert_eq!(Selection::unit(UnitId::new(0, 1)).after_key("ArrowDown", true, &network), None);
    }
}
