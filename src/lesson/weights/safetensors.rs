//! Safetensors (Hugging Face, format of 2022): the length of a header, the header as JSON, the numbers. The format's own
//! crate reads them.

use safetensors::{Dtype, SafeTensorError, SafeTensors};

use super::bytes::Kind;
use super::tensor::MAX_TENSORS;
use super::{Tensor, shown};
use crate::words::weights::files as words;
use crate::words::weights::tensors::all;

/// Bytes of the header's length, with which a file begins.
const LENGTH_BYTES: usize = 8;
/// The header is padded to a multiple of so many bytes.
const ALIGNMENT: usize = 8;

/// Whether the bytes begin as such a file does.
pub fn is_one(bytes: &[u8]) -> bool {
    let Some((length, header)) = bytes.split_first_chunk::<LENGTH_BYTES>() else {
        return false;
    };
    (2..1 << 32).contains(&u64::from_le_bytes(*length)) && header.starts_with(b"{")
}

/// The tensors of a file, by their names.
///
/// # Errors
/// A sentence that names the tensor and what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Vec<Tensor>, String> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| fault(&error))?;
    if MAX_TENSORS < file.len() {
        return Err(words::too_many_tensors(&file.len(), &MAX_TENSORS));
    }
    let mut views = file.tensors();
    views.sort_by(|a, b| a.0.cmp(&b.0));
    let (mut read, mut n_numbers) = (Vec::new(), 0);
    for (name, view) in views {
        n_numbers += Tensor::n_numbers(&name, view.shape())?;
        Tensor::n_numbers(all(), &[n_numbers])?;
        let kind = kind_of(view.dtype()).ok_or_else(|| words::other_kind(&shown(&name), &view.dtype()))?;
        read.push(Tensor { name, shape: view.shape().to_vec(), numbers: kind.numbers(view.data(), false) });
    }
    Ok(read)
}

fn fault(error: &SafeTensorError) -> String {
    match error {
        SafeTensorError::HeaderTooSmall
        | SafeTensorError::HeaderTooLarge
        | SafeTensorError::InvalidHeaderLength
        | SafeTensorError::MetadataIncompleteBuffer => words::file_breaks_off().to_owned(),
        SafeTensorError::InvalidOffset(name) => words::header_cannot_be(&shown(name)),
        _ => words::headers_cannot_be().to_owned(),
    }
}

fn kind_of(dtype: Dtype) -> Option<Kind> {
    Some(match dtype {
        Dtype::F64 => Kind::F64,
        Dtype::F32 => Kind::F32,
        Dtype::F16 => Kind::F16,
        Dtype::BF16 => Kind::Bf16,
        Dtype::I8 => Kind::Signed(1),
        Dtype::I16 => Kind::Signed(2),
        Dtype::I32 => Kind::Signed(4),
        Dtype::I64 => Kind::Signed(8),
        Dtype::U8 | Dtype::BOOL => Kind::Unsigned(1),
        Dtype::U16 => Kind::Unsigned(2),
        Dtype::U32 => Kind::Unsigned(4),
        Dtype::U64 => Kind::Unsigned(8),
        _ => return None,
    })
}

/// A file of these tensors, in double precision.
pub fn write(tensors: &[Tensor]) -> Vec<u8> {
    let (mut about, mut content) = (Vec::new(), Vec::new());
    for tensor in tensors {
        let start = content.len();
        tensor.numbers.iter().for_each(|x| content.extend(x.to_le_bytes()));
        let Tensor { name, shape, .. } = tensor;
        let lengths: Vec<String> = shape.iter().map(usize::to_string).collect();
        let lengths = lengths.join(",");
        about.push(format!(
            "\"{name}\":{{\"dtype\":\"F64\",\"shape\":[{lengths}],\"data_offsets\":[{start},{}]}}",
            content.len()
        ));
    }
    let mut header = format!("{{{}}}", about.join(","));
    let padding = header.len().next_multiple_of(ALIGNMENT) - header.len();
    header.extend(std::iter::repeat_n(' ', padding));
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &content].concat()
}
