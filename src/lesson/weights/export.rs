//! The weights of a network as files that NumPy, PyTorch and safetensors read.

use super::{Tensor, npy, safetensors, zip};
use crate::text::format;
use backprop::network::{LayerParams, Network};

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Nested lists under names.
    Json,
    /// An archive of NumPy arrays.
    Npz,
    /// Safetensors.
    Safetensors,
}

impl Format {
    /// All.
    pub const ALL: [Self; 3] = [Self::Json, Self::Npz, Self::Safetensors];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => ".json",
            Self::Npz => ".npz",
            Self::Safetensors => ".safetensors",
        }
    }

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Npz => "NumPy (.npz)",
            Self::Safetensors => ".safetensors",
        }
    }
}

/// The weights as a file, under the names that PyTorch gives them in an `nn.Sequential` of `Linear` layers with an
/// activation behind each: `0.weight` (`n_out × n_in`), `0.bias`, `2.weight` … In double precision, to the bit.
pub fn exported(network: &Network, format: Format) -> Vec<u8> {
    let tensors: Vec<Tensor> =
        network.params.0.iter().enumerate().flat_map(|(k, layer)| tensors(2 * k, layer)).collect();
    match format {
        Format::Json => json(&tensors).into_bytes(),
        Format::Npz => {
            let file = |tensor: &Tensor| (format!("{}.npy", tensor.name), npy::write(tensor));
            zip::write(&tensors.iter().map(file).collect::<Vec<_>>())
        }
        Format::Safetensors => safetensors::write(&tensors),
    }
}

fn tensors(number: usize, LayerParams { weights, biases }: &LayerParams) -> Vec<Tensor> {
    let weights = Tensor {
        name: format!("{number}.weight"),
        shape: vec![weights.n_rows(), weights.n_cols()],
        numbers: weights.numbers().to_vec(),
    };
    let biases = biases.iter().map(|biases| Tensor {
        name: format!("{number}.bias"),
        shape: vec![biases.len()],
        numbers: biases.clone(),
    });
    [weights].into_iter().chain(biases).collect()
}

/// Nested lists under names, a line each.
fn json(tensors: &[Tensor]) -> String {
    let list = |numbers: &[f64]| {
        let numbers: Vec<String> = numbers.iter().map(|&x| format::exact(x)).collect();
        format!("[{}]", numbers.join(", "))
    };
    let lines = tensors.iter().map(|Tensor { name, shape, numbers }| match shape[..] {
        [_, n_cols] => {
            let rows: Vec<String> = numbers.chunks(n_cols.max(1)).map(list).collect();
            format!("  \"{name}\": [{}]", rows.join(", "))
        }
        _ => format!("  \"{name}\": {}", list(numbers)),
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}
