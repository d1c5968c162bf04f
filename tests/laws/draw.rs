//! Bytes as choices: the same bytes always make the same lesson and the same actions, and a fuzzer that
//! changes a byte changes a choice.

/// Numbers at which something may turn: zeros, ends of ranges, ends of f64.
const ODD: [f64; 22] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    5e-324,
    1e-300,
    1e-9,
    0.9,
    999.0,
    1_000.0,
    1_000.5,
    1e6,
    -1e6,
    1_000_000.5,
    1e28,
    -1e28,
    1e154,
    1e300,
    f64::MAX,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

/// Choices that are drawn from bytes; once those are used up each is the first.
pub struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    pub fn bits(&mut self) -> u64 {
        (0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte()))
    }

    /// A number from 0 to `n` − 1; `n` is at least 1.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = if n <= 256 { 0 } else { usize::from(self.byte()) << 8 };
        (wide + usize::from(self.byte())) % n
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// True in `n` of 256 cases.
    pub fn chance(&mut self, n: u8) -> bool {
        255 - self.byte() < n
    }

    pub fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// A usual number more often than not.
    pub fn number(&mut self) -> f64 {
        match self.byte() % 16 {
            0..9 => f64::from(self.byte() as i8) / 100.0,
            9..12 => f64::from(self.byte() as i8),
            12 => self.pick(&ODD),
            13 => f64::from_bits(self.bits()),
            _ => {
                let exponent = i32::from(self.byte() as i8 % 12);
                f64::from(self.byte() as i8) * libm::pow(10.0, f64::from(exponent))
            }
        }
    }

    /// A whole number, small more often than not.
    pub fn count(&mut self) -> u64 {
        match self.byte() % 8 {
            0..6 => u64::from(self.byte() % 8),
            6 => u64::from(self.byte()),
            _ => self.pick(&[0, 1, 1_000, u64::from(u32::MAX), u64::MAX - 1, u64::MAX]),
        }
    }
}
