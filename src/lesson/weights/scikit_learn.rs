//! `MLPClassifier` and `MLPRegressor` of scikit-learn: `coefs_` (`n_in × n_out`), `intercepts_`, `activation` and
//! `out_activation_`, as their attributes are called.

use super::activations::by_word;
use super::arrange::{self, Order};
use super::json::tensors;
use super::tree::Tree;
use super::{FoundModel, Rows};
use crate::words::weights::scikit_learn_model;

/// Reads a document with those attributes as keys.
///
/// # Errors
/// A sentence that names the place.
pub fn read(tree: &Tree) -> Result<FoundModel, String> {
    let of = |key: &str| tree.get(key).map_or(Ok(Vec::new()), |list| tensors(key, list));
    let all = [of("coefs_")?, of("intercepts_")?].concat();
    let mut model = arrange::model(scikit_learn_model(), all, Order::AsInFile, Some(Rows::Send))?;
    let word = |key: &str| tree.get(key).and_then(Tree::text);
    if let Some((output, hidden)) = model.layers.split_last_mut() {
        for layer in hidden {
            layer.activation = word("activation").map(|word| by_word(word, Some(&layer.name))).transpose()?;
        }
        output.activation =
            word("out_activation_").map(|word| by_word(word, Some(&output.name))).transpose()?;
    }
    Ok(model)
}
