//! The size of type that lets a text fit into a room.

/// The sizes, as shares of the usual one.
const SCALES: [f64; 9] = [1.6, 1.45, 1.3, 1.15, 1.0, 0.93, 0.87, 0.81, 0.76];
/// The usual one.
const USUAL: usize = 4;
/// A text that is to be set larger must need less than this share of the room then: its lines may break
/// elsewhere.
const ROOM: f64 = 0.9;

/// The size of type that fits, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Which of the sizes.
    index: usize,
    /// Whether the text is too long for the smallest size.
    pub scrolls: bool,
}

impl Default for Fit {
    fn default() -> Self {
        Self { index: USUAL, scrolls: false }
    }
}

impl Fit {
    /// The size, as a share of the usual one.
    pub fn scale(&self) -> f64 {
        SCALES[self.index]
    }

    /// What fits when a text in this size has turned out `needed` pixels high in a room of `height`; larger
    /// than usual only if it `may_grow`.
    pub fn after(self, needed: f64, height: f64, may_grow: bool) -> Self {
        let largest = if may_grow { 0 } else { USUAL };
        let at = |index: usize| needed * SCALES[index] / self.scale();
        let smaller = (self.index.max(largest)..SCALES.len()).find(|&index| at(index) <= height);
        let index = match smaller {
            // It fits: perhaps a larger size does, too.
            Some(index) if index == self.index => {
                (largest..self.index).find(|&index| at(index) <= ROOM * height).unwrap_or(index)
            }
            Some(index) => index,
            None => SCALES.len() - 1,
        };
        let scrolls = smaller.is_none() || index + 1 == SCALES.len() && height < at(index);
        Self { index, scrolls }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The size for a text that in the usual one is `lines` pixels high, once nothing changes any more.
    fn settled(lines: f64, height: f64) -> Fit {
        let mut fit = Fit::default();
        for _ in 0..SCALES.len() {
            fit = fit.after(lines * fit.scale(), height, false);
        }
        assert_eq!(fit.after(lines * fit.scale(), height, false), fit, "{lines} in {height}");
        fit
    }

    #[test]
    fn a_text_is_as_large_as_fits_and_scrolls_only_in_the_smallest_size() {
        for lines in 50..400 {
            let (lines, height) = (f64::from(lines), 100.0);
            let fit = settled(lines, height);
            assert_eq!(fit.scrolls, height < lines * 0.76, "{lines}");
            assert!(fit.scrolls || lines * fit.scale() <= height, "{lines}");
        }
        assert_eq!(settled(80.0, 100.0).scale(), 1.0);
    }

    #[test]
    fn a_text_grows_only_where_it_may() {
        assert_eq!(Fit::default().after(40.0, 100.0, false).scale(), 1.0);
        let large = Fit::default().after(40.0, 100.0, true);
        assert_eq!(large.scale(), 1.6);
        assert_eq!(large.after(64.0, 100.0, false).scale(), 1.0);
    }

    #[test]
    fn a_shorter_text_is_set_in_the_usual_size_again() {
        let small = settled(125.0, 100.0);
        assert!(small.scale() < 0.8);
        let fit = small.after(50.0 * small.scale(), 100.0, false);
        assert_eq!(fit.scale(), 1.0);
    }
}
