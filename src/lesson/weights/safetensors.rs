//! Safetensors (Hugging Face, format of 2022): the length of a header, the header as JSON, the numbers.

use super::bytes::Kind;
use super::tensor::MAX_TENSORS;
use super::tree::Tree;
use super::{Tensor, quoted};

/// Bytes of the header's length.
const LENGTH_BYTES: usize = 8;
/// What the header says of the file as a whole.
const METADATA: &str = "__metadata__";
/// The header is padded to a multiple of so many bytes.
const ALIGNMENT: usize = 8;

/// Whether the bytes begin as such a file does.
pub fn is_one(bytes: &[u8]) -> bool {
    let header = bytes.get(LENGTH_BYTES..).unwrap_or_default();
    length(bytes).is_some_and(|n| (2..1 << 32).contains(&n)) && header.starts_with(b"{")
}

fn length(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(..LENGTH_BYTES)?.try_into().ok()?))
}

/// The tensors of a file, in the order of its header.
///
/// # Errors
/// A sentence that names the tensor and what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Vec<Tensor>, String> {
    let is_cut = || "The file breaks off: save or download it again.".to_owned();
    let n = length(bytes).and_then(|n| usize::try_from(n).ok()).ok_or_else(is_cut)?;
    let (header, content) = bytes[LENGTH_BYTES..].split_at_checked(n).ok_or_else(is_cut)?;
    let header = Tree::read(header)?;
    let tensors: Vec<_> = header.entries().iter().filter(|(name, _)| name != METADATA).collect();
    if MAX_TENSORS < tensors.len() {
        return Err(format!("The file has {} tensors, at most {MAX_TENSORS} are accepted.", tensors.len()));
    }
    let (mut read, mut n_numbers) = (Vec::new(), 0);
    for (name, about) in tensors {
        let tensor = tensor(name, about, content)?;
        n_numbers += tensor.numbers.len();
        Tensor::n_numbers("all", &[n_numbers])?;
        read.push(tensor);
    }
    Ok(read)
}

fn tensor(name: &str, about: &Tree, content: &[u8]) -> Result<Tensor, String> {
    let damaged =
        || format!("What the header says of {} cannot be: save or download the file again.", quoted(name));
    let kind = about.get("dtype").and_then(Tree::text).ok_or_else(damaged)?;
    let shape = about.get("shape").and_then(lengths).ok_or_else(damaged)?;
    let offsets = about.get("data_offsets").and_then(lengths).ok_or_else(damaged)?;
    let Some(kind) = kind_of(kind) else {
        return Err(format!(
            "{} holds numbers of the kind {}: F64, F32, F16, BF16 and whole numbers are read.",
            quoted(name),
            quoted(kind)
        ));
    };
    let n = Tensor::n_numbers(name, &shape)?;
    let own = match offsets[..] {
        [start, end] => content.get(start..end).filter(|own| own.len() == n * kind.size()),
        _ => None,
    };
    let numbers = kind.numbers(own.ok_or_else(damaged)?, false);
    Ok(Tensor { name: name.to_owned(), shape, numbers })
}

fn lengths(tree: &Tree) -> Option<Vec<usize>> {
    let is_length = |x: f64| (0.0..4e9).contains(&x) && x.fract() == 0.0;
    tree.numbers()?.iter().map(|&x| is_length(x).then_some(x as usize)).collect()
}

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "F64" => Kind::F64,
        "F32" => Kind::F32,
        "F16" => Kind::F16,
        "BF16" => Kind::Bf16,
        "I8" => Kind::Signed(1),
        "I16" => Kind::Signed(2),
        "I32" => Kind::Signed(4),
        "I64" => Kind::Signed(8),
        "U8" | "BOOL" => Kind::Unsigned(1),
        "U16" => Kind::Unsigned(2),
        "U32" => Kind::Unsigned(4),
        "U64" => Kind::Unsigned(8),
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
