//! The size of type that lets a text fit into a room.

/// The sizes, as shares of the usual one.
const SCALES: [f64; 9] = [1.6, 1.45, 1.3, 1.15, 1.0, 0.93, 0.87, 0.81, 0.76];
/// The usual one.
const USUAL: usize = 4;
/// Kinds of texts that are remembered.
const MOST_KINDS: usize = 64;
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
    /// Where it was last set larger from.
    grown_from: Option<MeasuredText>,
}

/// A text as it has turned out.
#[derive(Clone, Copy, Debug, PartialEq)]
struct MeasuredText {
    /// Which of the sizes.
    index: usize,
    /// The height that it needed, in pixels.
    needed: f64,
    /// The height of the room.
    height: f64,
}

/// Which sizes a text may be set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Whether it may be larger than usual.
    pub may_grow: bool,
    /// Whether it keeps at least the usual size, and scrolls where that is too large.
    pub is_long: bool,
}

impl Default for Fit {
    fn default() -> Self {
        Self { index: USUAL, scrolls: false, grown_from: None }
    }
}

impl Fit {
    /// The size, as a share of the usual one.
    pub fn scale(&self) -> f64 {
        SCALES[self.index]
    }

    /// What of `sizes` fits when a text in this size has turned out `needed` pixels high in a room of
    /// `height`. Ends after a few rounds, also where a larger size that should fit
    /// does not since lines break elsewhere in it: from the same place it is not tried again.
    pub fn after(self, needed: f64, height: f64, sizes: Sizes) -> Self {
        let largest = if sizes.may_grow { 0 } else { USUAL };
        let smallest = if sizes.is_long { USUAL } else { SCALES.len() - 1 };
        let at = |index: usize| needed * SCALES[index] / self.scale();
        let start = self.index.clamp(largest, smallest);
        let Some(index) = (start..=smallest).find(|&index| at(index) <= height) else {
            return Self { index: smallest, scrolls: true, ..self };
        };
        let here = MeasuredText { index, needed, height };
        let may_be_larger = index == self.index && self.grown_from != Some(here);
        let larger = (largest..index).find(|&index| may_be_larger && at(index) <= ROOM * height);
        Self {
            index: larger.unwrap_or(index),
            scrolls: false,
            grown_from: larger.map(|_| here).or(self.grown_from),
        }
    }
}

/// The sizes that the kinds of texts have come to. There the next text of a kind starts: it has most likely the
/// same size, and need not be set twice to find it.
#[derive(Clone, Debug)]
pub struct Fits<K>(Vec<Found<K>>);

/// What the last text of a kind has come to.
#[derive(Clone, Debug)]
struct Found<K> {
    kind: K,
    fit: Fit,
    /// The height that it had, and the sizes that were allowed.
    room: (f64, Sizes),
}

impl<K> Default for Fits<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq> Fits<K> {
    /// What the last text of this kind has come to, if it is remembered.
    pub fn of(&self, kind: &K) -> Option<Fit> {
        self.0.iter().find(|found| found.kind == *kind).map(|found| found.fit)
    }

    /// Remembers that a text of this kind has come to `fit` in a room of `height`. Where the last one of the kind had
    /// another room, the page has changed: nothing else stays.
    pub fn note(&mut self, kind: K, fit: Fit, height: f64, sizes: Sizes) {
        let room = (height, sizes);
        let before = self.0.iter().position(|found| found.kind == kind).map(|k| self.0.remove(k));
        if before.is_some_and(|before| before.room != room) {
            self.0.clear();
        }
        self.0.truncate(MOST_KINDS - 1);
        self.0.insert(0, Found { kind, fit, room });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL_OR_LESS: Sizes = Sizes { may_grow: false, is_long: false };
    const ANY: Sizes = Sizes { may_grow: true, is_long: false };

    /// The size for a text that in the usual one is `lines` pixels high, once nothing changes any more.
    fn settled(lines: f64, height: f64) -> Fit {
        let mut fit = Fit::default();
        for _ in 0..SCALES.len() {
            fit = fit.after(lines * fit.scale(), height, USUAL_OR_LESS);
        }
        assert_eq!(fit.after(lines * fit.scale(), height, USUAL_OR_LESS), fit, "{lines} in {height}");
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
        assert_eq!(Fit::default().after(40.0, 100.0, USUAL_OR_LESS).scale(), 1.0);
        let large = Fit::default().after(40.0, 100.0, ANY);
        assert_eq!(large.scale(), 1.6);
        assert_eq!(large.after(64.0, 100.0, USUAL_OR_LESS).scale(), 1.0);
    }

    /// A formula whose line breaks in two where it is set larger than usual: it needs twice the height then.
    #[test]
    fn a_size_that_turned_out_too_large_is_not_tried_again() {
        for usual in 1..100 {
            let needed =
                |fit: &Fit| f64::from(usual) * fit.scale() * if 1.0 < fit.scale() { 2.0 } else { 1.0 };
            let mut fit = Fit::default();
            for _ in 0..20 {
                fit = fit.after(needed(&fit), 100.0, ANY);
            }
            assert_eq!(fit.after(needed(&fit), 100.0, ANY), fit, "{usual}");
            assert!(needed(&fit) <= 100.0, "{usual}");
        }
    }

    #[test]
    fn a_shorter_text_is_set_in_the_usual_size_again() {
        let small = settled(125.0, 100.0);
        assert!(small.scale() < 0.8);
        let fit = small.after(50.0 * small.scale(), 100.0, USUAL_OR_LESS);
        assert_eq!(fit.scale(), 1.0);
    }

    #[test]
    fn a_long_text_scrolls_in_the_usual_size() {
        let long = Sizes { is_long: true, ..USUAL_OR_LESS };
        let fit = Fit::default().after(300.0, 100.0, long);
        assert_eq!((fit.scale(), fit.scrolls), (1.0, true));
        let small = settled(125.0, 100.0);
        assert_eq!(small.after(125.0 * small.scale(), 100.0, long).scale(), 1.0);
    }

    #[test]
    fn a_kind_of_texts_starts_where_its_last_one_came_to() {
        let mut fits = Fits::default();
        assert_eq!(fits.of(&"long"), None);
        let (long, short) = (settled(125.0, 100.0), settled(50.0, 100.0));
        fits.note("long", long, 100.0, USUAL_OR_LESS);
        fits.note("short", short, 100.0, USUAL_OR_LESS);
        assert_eq!((fits.of(&"long"), fits.of(&"short")), (Some(long), Some(short)));
        // The text fits at once: there is no second size to be tried.
        assert_eq!(long.after(125.0 * long.scale(), 100.0, USUAL_OR_LESS), long);
        fits.note("long", short, 100.0, USUAL_OR_LESS);
        assert_eq!(fits.of(&"long"), Some(short));
        // A third kind may have less room, below a longer heading; the same kind has it in another window.
        fits.note("headed", long, 80.0, USUAL_OR_LESS);
        assert_eq!(fits.of(&"short"), Some(short));
        fits.note("short", short, 200.0, USUAL_OR_LESS);
        assert_eq!((fits.of(&"long"), fits.of(&"short")), (None, Some(short)));
    }

    #[test]
    fn no_more_than_some_kinds_are_remembered() {
        let mut fits = Fits::default();
        for kind in 0..2 * MOST_KINDS {
            fits.note(kind, Fit::default(), 100.0, ANY);
        }
        assert_eq!(fits.0.len(), MOST_KINDS);
        assert_eq!(fits.of(&(2 * MOST_KINDS - 1)), Some(Fit::default()));
        assert_eq!(fits.of(&0), None);
    }
}
