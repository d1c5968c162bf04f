//! The words of lesson files.

use super::Notation;
use crate::activation::Activation;
use crate::init::Scheme;
use crate::json::Word;
use crate::loss::Loss;
use crate::trace::UpdateOrder;

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
