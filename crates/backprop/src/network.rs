//! A fully connected network: layers of weights, biases and an activation function.

use crate::activation::Activation;
use crate::matrix::Matrix;

/// A unit. Layers count from 0, the inputs; the units of a layer from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    /// Layer, 0…L.
    pub layer: usize,
    /// Which unit of the layer.
    pub unit: usize,
}

impl UnitId {
    /// Unit `unit` of layer `layer`.
    pub const fn new(layer: usize, unit: usize) -> Self {
        Self { layer, unit }
    }

    /// The units of layer `layer`, of which there are `n`.
    pub fn all(
        layer: usize,
        n: usize,
    ) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone + use<> {
        (0..n).map(move |unit| Self { layer, unit })
    }
}

/// One weight or bias. Layers count from 1 (the first hidden layer) to L (the output); units from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Param {
    /// The weight from unit `from` of layer `layer − 1` to unit `to` of layer `layer`.
    Weight {
        /// Receiving layer, 1…L.
        layer: usize,
        /// Receiving unit.
        to: usize,
        /// Sending unit.
        from: usize,
    },
    /// The bias of unit `to` of layer `layer`.
    Bias {
        /// Layer, 1…L.
        layer: usize,
        /// Unit.
        to: usize,
    },
}

impl Param {
    /// The layer that the parameter belongs to, 1…L.
    pub fn layer(self) -> usize {
        match self {
            Self::Weight { layer, .. } | Self::Bias { layer, .. } => layer,
        }
    }

    /// The receiving unit.
    pub fn to(self) -> usize {
        match self {
            Self::Weight { to, .. } | Self::Bias { to, .. } => to,
        }
    }

    /// The receiving unit and its layer.
    pub fn unit(self) -> UnitId {
        UnitId { layer: self.layer(), unit: self.to() }
    }

    /// Whether this is a bias.
    pub fn is_bias(self) -> bool {
        matches!(self, Self::Bias { .. })
    }
}

/// The weights (`n_out × n_in`) and biases (`n_out`, or none) of one layer, or anything of the same
/// shape: a gradient, a step, a moment of the optimiser.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerParams {
    /// `n_out × n_in`, row = receiving unit.
    pub weights: Matrix,
    /// One number per unit, or `None`: the layer has no biases.
    pub biases: Option<Vec<f64>>,
}

impl LayerParams {
    /// Zeros of the same shape.
    pub fn zeros_like(&self) -> Self {
        Self {
            weights: Matrix::zeros(self.weights.n_rows(), self.weights.n_cols()),
            biases: self.biases.as_ref().map(|b| vec![0.0; b.len()]),
        }
    }

    /// All numbers: the weights row by row, then the biases.
    pub fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.weights.numbers().iter().chain(self.biases.iter().flatten()).copied()
    }
}

/// One number per parameter of a network, layer by layer: gradients, steps, moments.
#[derive(Clone, Debug, PartialEq)]
pub struct Params(pub Vec<LayerParams>);

impl Params {
    /// The number of one parameter. `param` belongs to the network that this was made for.
    pub fn at(&self, param: Param) -> f64 {
        let layer = &self.0[param.layer() - 1];
        match param {
            Param::Weight { to, from, .. } => layer.weights.at(to, from),
            Param::Bias { to, .. } => layer.biases.as_ref().map_or(0.0, |b| b[to]),
        }
    }

    /// Replaces the number of one parameter.
    pub fn set(&mut self, param: Param, value: f64) {
        let layer = &mut self.0[param.layer() - 1];
        match param {
            Param::Weight { to, from, .. } => layer.weights.set(to, from, value),
            Param::Bias { to, .. } => {
                if let Some(biases) = &mut layer.biases {
                    biases[to] = value;
                }
            }
        }
    }

    /// Zeros of the same shape.
    pub fn zeros_like(&self) -> Self {
        Self(self.0.iter().map(LayerParams::zeros_like).collect())
    }

    /// Whether every number is finite.
    pub fn is_finite(&self) -> bool {
        self.0.iter().all(|layer| layer.numbers().all(f64::is_finite))
    }
}

/// A fully connected network: z(l) = W(l) a(l−1) + b(l), a(l) = g(z(l)).
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Weights and biases of the layers 1…L.
    pub params: Params,
    /// Activation function of each layer 1…L.
    pub activations: Vec<Activation>,
}

impl Network {
    /// A network with these weights (`n_out × n_in` for each layer, at least one layer, each with as many
    /// columns as the one before has rows), no biases, and one activation function in all layers.
    pub fn of_weights(weights: impl IntoIterator<Item = Matrix>, activation: Activation) -> Self {
        let layers = weights.into_iter().map(|weights| LayerParams { weights, biases: None });
        let params = Params(layers.collect());
        Self { activations: vec![activation; params.0.len()], params }
    }

    /// L, the number of layers without the inputs.
    pub fn n_layers(&self) -> usize {
        self.activations.len()
    }

    /// Number of units of layer `layer`, 0…L; layer 0 is the inputs.
    pub fn n_units(&self, layer: usize) -> usize {
        match layer {
            0 => self.params.0[0].weights.n_cols(),
            _ => self.params.0[layer - 1].weights.n_rows(),
        }
    }

    /// Whether the network has this unit.
    pub fn has_unit(&self, unit: UnitId) -> bool {
        unit.layer <= self.n_layers() && unit.unit < self.n_units(unit.layer)
    }

    /// The units of layer `layer`, 0…L.
    pub fn units(
        &self,
        layer: usize,
    ) -> impl DoubleEndedIterator<Item = UnitId> + ExactSizeIterator + Clone + use<> {
        UnitId::all(layer, self.n_units(layer))
    }

    /// Number of outputs.
    pub fn n_outputs(&self) -> usize {
        self.n_units(self.n_layers())
    }

    /// Weights and biases of layer `layer`, 1…L.
    pub fn layer(&self, layer: usize) -> &LayerParams {
        &self.params.0[layer - 1]
    }

    /// Activation function of layer `layer`, 1…L.
    pub fn activation(&self, layer: usize) -> Activation {
        self.activations[layer - 1]
    }

    /// Whether layer `layer` has biases.
    pub fn has_biases(&self, layer: usize) -> bool {
        self.layer(layer).biases.is_some()
    }

    /// The numbers of units, inputs first: "2-8-1".
    pub fn shape(&self) -> String {
        let sizes: Vec<String> = (0..=self.n_layers()).map(|layer| self.n_units(layer).to_string()).collect();
        sizes.join("-")
    }

    /// Whether it differs from `other` by the numbers of its weights and biases only.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        let shape =
            |layer: &LayerParams| (layer.weights.n_rows(), layer.weights.n_cols(), layer.biases.is_some());
        self.activations == other.activations
            && self.params.0.iter().map(shape).eq(other.params.0.iter().map(shape))
    }

    /// Samples times parameters: what a pass over `n_samples` takes. More than a browser's `usize` may hold.
    pub fn n_products(&self, n_samples: usize) -> u64 {
        n_samples as u64 * self.n_params() as u64
    }

    /// Number of weights and biases.
    pub fn n_params(&self) -> usize {
        self.params.0.iter().map(|layer| layer.numbers().count()).sum()
    }

    /// Every weight, row by row through the layers, then every bias.
    pub fn param_list(&self) -> Vec<Param> {
        let layers = 1..=self.n_layers();
        let weights = layers.clone().flat_map(|layer| {
            let n_in = self.n_units(layer - 1);
            (0..self.n_units(layer))
                .flat_map(move |to| (0..n_in).map(move |from| Param::Weight { layer, to, from }))
        });
        let biases = layers
            .filter(|&layer| self.has_biases(layer))
            .flat_map(|layer| (0..self.n_units(layer)).map(move |to| Param::Bias { layer, to }));
        weights.chain(biases).collect()
    }

    /// Whether the network has this parameter.
    pub fn has_param(&self, param: Param) -> bool {
        let layer = param.layer();
        1 <= layer
            && layer <= self.n_layers()
            && param.to() < self.n_units(layer)
            && match param {
                Param::Weight { from, .. } => from < self.n_units(layer - 1),
                Param::Bias { .. } => self.has_biases(layer),
            }
    }
}
