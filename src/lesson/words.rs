//! The words of lesson files.

use super::Notation;
use crate::lesson::generator::Kind;
use crate::text::json::Word;
use backprop::activation::Activation;
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::trace::UpdateOrder;

impl Word for Activation {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Identity, "identity"),
        (Self::Sigmoid, "sigmoid"),
        (Self::Tanh, "tanh"),
        (Self::Relu, "relu"),
        (Self::LeakyRelu, "leaky_relu"),
        (Self::Softplus, "softplus"),
        (Self::Softmax, "softmax"),
    ];
}

impl Word for Scheme {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::GlorotUniform, "glorot_uniform"),
        (Self::HeNormal, "he_normal"),
        (Self::Normal, "normal"),
        (Self::Zeros, "zeros"),
    ];
}

impl Word for Loss {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::HalfSquaredError, "half_squared_error"),
        (Self::MeanSquaredError, "mean_squared_error"),
        (Self::BinaryCrossEntropy, "binary_cross_entropy"),
        (Self::CrossEntropy, "cross_entropy"),
    ];
}

impl Word for UpdateOrder {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Simultaneous, "simultaneous"), (Self::LayerByLayer, "layer_by_layer")];
}

impl Word for Notation {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Numbered, "numbered"), (Self::Indexed, "indexed")];
}

impl Word for Kind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::And, "and"),
        (Self::Or, "or"),
        (Self::Xor, "xor"),
        (Self::Parity, "parity"),
        (Self::Symmetry, "symmetry"),
        (Self::Encoder, "encoder"),
        (Self::Line, "line"),
        (Self::Sine, "sine"),
        (Self::Step, "step"),
        (Self::Bump, "bump"),
        (Self::Gaussians, "gaussians"),
        (Self::Circles, "circles"),
        (Self::Moons, "moons"),
        (Self::Spirals, "spirals"),
        (Self::Teacher, "teacher"),
    ];
}
