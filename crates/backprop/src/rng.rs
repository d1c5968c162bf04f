//! Seeded random numbers: SplitMix64 (Steele, Lea and Flood 2014), the same on every machine.

/// A stream of random numbers that is fixed by its seed.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The `k`-th stream of `seed`: as good as a stream of another seed. The seed is mixed before `k`
    /// is added, so that (seed, k) and (k, seed) have nothing in common.
    pub fn of(seed: u64, k: u64) -> Self {
        let mut mixed = Self(Self(seed).next_u64().wrapping_add(k));
        Self(mixed.next_u64())
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// The next number, uniform in [0, 1), from the upper 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The next whole number below `n`, at least 1; the bias is below 2⁻⁴⁰ for every n up to 2²⁴.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next_u64() % n as u64) as usize
    }

    /// Puts `items` into a random order, each with the same probability (Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// The next number of the standard normal distribution (Box and Muller 1958, cosine branch).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.uniform())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The reference sequence of SplitMix64 for seed 1234567 (Vigna's C code).
    #[test]
    fn agrees_with_the_reference_sequence() {
        let mut rng = Rng::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    /// SplitMix64 from mix(mix(seed) + k), computed in Python.
    #[test]
    fn streams_of_a_seed_agree_with_an_independent_program() {
        for (seed, k, first) in [
            (0, 0, 2_558_736_989_570_252_433),
            (3, 3, 3_007_011_926_038_837_932),
            (7, 7, 14_717_080_720_092_016_119),
            (1, 5, 17_845_917_765_308_678_581),
            (5, 1, 11_896_831_165_054_609_744),
            (2, u64::MAX, 9_010_123_811_642_659_373),
        ] {
            assert_eq!(Rng::of(seed, k).next_u64(), first, "stream {k} of {seed}");
        }
    }

    #[test]
    fn no_two_streams_of_small_seeds_are_the_same() {
        let numbers = (0..64).chain([u64::MAX]);
        let streams = numbers.clone().flat_map(|seed| numbers.clone().map(move |k| Rng::of(seed, k)));
        let firsts: HashSet<u64> = streams.map(|mut rng| rng.next_u64()).collect();
        assert_eq!(firsts.len(), 65 * 65);
    }
}
