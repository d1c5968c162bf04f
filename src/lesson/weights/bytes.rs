//! Numbers in bytes, in the byte orders and sizes of arrays.

use super::tensor::meant;

/// How a number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// IEEE double precision.
    F64,
    /// IEEE single precision.
    F32,
    /// IEEE half precision.
    F16,
    /// The upper half of single precision.
    Bf16,
    /// A whole number of so many bytes: 1, 2, 4 or 8.
    Signed(usize),
    /// The same without a sign.
    Unsigned(usize),
}

impl Kind {
    /// Bytes of a number.
    pub fn size(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::Bf16 => 2,
            Self::Signed(size) | Self::Unsigned(size) => size,
        }
    }

    /// The numbers in `bytes`; what is left over at the end is dropped.
    pub fn numbers(self, bytes: &[u8], is_big_endian: bool) -> Vec<f64> {
        bytes.chunks_exact(self.size()).map(|chunk| self.number(chunk, is_big_endian)).collect()
    }

    /// The number in [`Self::size`] bytes.
    fn number(self, bytes: &[u8], is_big_endian: bool) -> f64 {
        let mut word = [0; 8];
        for (k, byte) in bytes.iter().take(8).enumerate() {
            word[if is_big_endian { bytes.len() - 1 - k } else { k }] = *byte;
        }
        let word = u64::from_le_bytes(word);
        match self {
            Self::F64 => f64::from_bits(word),
            Self::F32 => meant(f32::from_bits(word as u32)),
            Self::F16 => half(word as u16),
            Self::Bf16 => f64::from(f32::from_bits((word as u32) << 16)),
            Self::Unsigned(_) => word as f64,
            Self::Signed(size) => {
                let unused = 64 - 8 * size as u32;
                ((word << unused) as i64 >> unused) as f64
            }
        }
    }
}

/// A number in half precision (IEEE 754-2019, binary16), exactly.
fn half(bits: u16) -> f64 {
    /// 2⁻²⁴, the smallest above 0.
    const STEP: f64 = 1.0 / 16_777_216.0;
    let (exponent, fraction) = (bits >> 10 & 0x1f, f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * STEP,
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1_024.0 + fraction) * STEP * f64::from(1_u32 << (exponent - 1)),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_size_and_order() {
        assert_eq!(Kind::F64.numbers(&0.1_f64.to_be_bytes(), true), [0.1]);
        assert_eq!(Kind::F32.numbers(&0.1_f32.to_le_bytes(), false), [0.1]);
        assert_eq!(Kind::Signed(2).numbers(&(-2_i16).to_be_bytes(), true), [-2.0]);
        assert_eq!(Kind::Signed(8).numbers(&(-2_i64).to_le_bytes(), false), [-2.0]);
        assert_eq!(Kind::Unsigned(1).numbers(&[255, 1], false), [255.0, 1.0]);
        // Goldberg's examples of binary16: 1, the largest, the smallest normal and subnormal.
        for (bits, value) in [(0x3c00, 1.0), (0x7bff, 65_504.0), (0x0400, 6.103_515_625e-5), (0xc000, -2.0)] {
            assert_eq!(half(bits), value);
        }
        assert_eq!(half(1), 5.960_464_477_539_063e-8);
        assert_eq!(half(0xfc00), f64::NEG_INFINITY);
        assert_eq!(Kind::Bf16.numbers(&[0x80, 0x3f], false), [1.0]);
    }
}
