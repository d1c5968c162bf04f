//! Activation functions by the words of libraries.

use super::shown;
use crate::words::lists::listed;
use crate::words::weights::tensors as words;
use backprop::activation::Activation;

/// Words beside those of lesson files: scikit-learn's, Keras's, brain.js's, PyTorch's.
const WORDS: &[(&str, Activation)] = &[
    ("linear", Activation::Identity),
    ("logistic", Activation::Sigmoid),
    ("leakyrelu", Activation::LeakyRelu),
];

/// The function that a library calls so, small or capital, with "_", "-" or nothing between words.
///
/// # Errors
/// A sentence if the layer `layer`, or without it the network, has one that is not here.
pub fn by_word(word: &str, layer: Option<&str>) -> Result<Activation, String> {
    let plain = |word: &str| word.to_lowercase().replace(['_', '-', ' '], "");
    let known = Activation::ALL.into_iter().map(|known| (known.word(), known)).chain(WORDS.iter().copied());
    let found = known.into_iter().find(|(other, _)| plain(other) == plain(word));
    found.map(|(_, activation)| activation).ok_or_else(|| {
        let known = listed(Activation::ALL.iter().map(|known| known.name().to_owned()));
        match layer {
            Some(layer) => words::other_activation(&shown(layer), &shown(word), &known),
            None => words::other_activation_of_network(&shown(word), &known),
        }
    })
}

/// `activation` if its constant, where the file says one, is that of the page: the slope of a leaky ReLU below 0,
/// the α of an ELU.
///
/// # Errors
/// A sentence if it is another.
pub fn with_constant(
    activation: Activation,
    constant: Option<f64>,
    layer: Option<&str>,
) -> Result<Activation, String> {
    let own = match activation {
        Activation::LeakyRelu => backprop::activation::LEAK,
        Activation::Elu => 1.0,
        _ => return Ok(activation),
    };
    match constant {
        // Single precision tells the same number with fewer digits.
        Some(other) if 1e-6 < (other - own).abs() => {
            let name = activation.name();
            Err(match layer {
                Some(layer) => words::other_constant(&shown(layer), &name, &other, &own),
                None => words::other_constant_of_network(&name, &other, &own),
            })
        }
        _ => Ok(activation),
    }
}
