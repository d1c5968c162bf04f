//! Text packed into the characters that stand in an address as they are: compressed (RFC 1950), then as
//! base64url (RFC 4648, section 5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::fault::{Fault, Problem, Read};

/// As small as it gets: texts of links are short.
const LEVEL: u8 = 10;
/// Bytes that an unpacked text may have.
const MAX_BYTES: usize = 1_000_000;

/// `text` in letters, digits, - and _.
pub fn pack(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(text.as_bytes(), LEVEL))
}

/// The text that [`pack`] has packed.
///
/// # Errors
/// If it is anything else: it holds a check sum.
pub fn unpack(packed: &str) -> Read<String> {
    let damaged = || Fault::new("", Problem::Damaged);
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| damaged())?;
    let text = decompress_to_vec_zlib_with_limit(&bytes, MAX_BYTES).map_err(|_| damaged())?;
    String::from_utf8(text).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back() {
        for text in ["", "a", "∂E/∂w₅ = 0.191 · 2", &"x".repeat(MAX_BYTES)] {
            let packed = pack(text);
            assert!(packed.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
            assert_eq!(unpack(&packed).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_damaged_text_is_told_from_a_whole_one() {
        let packed = pack("{\"lesson\": \"hmkcode\", \"step\": 12}");
        for k in 0..packed.len() {
            let rest = packed[k + 1..].to_owned();
            assert!(unpack(&packed[..k]).is_err(), "cut at {k}");
            for other in ["A", "-", "%", "é"] {
                let changed = format!("{}{other}{rest}", &packed[..k]);
                assert!(changed == packed || unpack(&changed).is_err(), "{changed}");
            }
        }
    }

    #[test]
    fn a_text_that_would_fill_the_memory_is_none() {
        assert!(unpack(&pack(&"x".repeat(MAX_BYTES + 1))).is_err());
    }
}
