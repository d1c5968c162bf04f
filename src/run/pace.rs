//! How fast a run goes: the rate that is shown, the updates that are due at a pace, and how much is
//! computed in one go. The times come from outside, in milliseconds.

use crate::text::format;

/// A rate is measured over at least so long: digits that change more often cannot be read.
const SPAN: f64 = 500.0;
/// A run that is later than so long does not try to make up for it.
const LATE: f64 = 2_000.0;

/// How long a slice may take with everything that it causes: three quarters of a frame at 60 frames
/// per second. The rest is the reader's.
const BUDGET: f64 = 12.0;
/// What computing gets at least, however long the page takes to show it: a run must come to its end
/// on a slow machine too.
const LEAST: f64 = 6.0;
/// What a slice may take at most: where nothing is shown, and where frames come slowly. The page must
/// answer a click.
const LONGEST: f64 = 90.0;
/// The share of slow frames that a slice may take. With more than `BUDGET` of two frames, a run that
/// has once missed every other frame would go on to.
const SHARE: f64 = 1.0 / 3.0;
/// The shortest time that is believed: a browser's clock may be as coarse as that.
const SHORTEST: f64 = 1.0;
/// The work of the first slice: nothing is known about the lesson's cost yet.
const FIRST: f64 = 1.0;
/// The most work of a slice.
const MOST: f64 = 1e7;

/// Updates per second, from looks at how many have been made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rate {
    from: Option<(f64, u64)>,
    per_second: Option<f64>,
}

impl Rate {
    /// Takes down that `n_updates` have been made at the time `now`. A rate is measured from one
    /// update to another: slow ones count right too.
    pub fn note(&mut self, now: f64, n_updates: u64) {
        match self.from {
            Some((_, before)) if n_updates == before => {}
            Some((start, before)) if before < n_updates => {
                let elapsed = now - start;
                if SPAN <= elapsed {
                    self.per_second = Some((n_updates - before) as f64 * 1000.0 / elapsed);
                    self.from = Some((now, n_updates));
                }
            }
            _ => *self = Self { from: Some((now, n_updates)), per_second: None },
        }
    }

    /// Updates per second, once they have been measured.
    pub fn per_second(&self) -> Option<f64> {
        self.per_second
    }

    /// The rate in words, for epochs of `n_batches` updates.
    pub fn text(&self, n_batches: usize) -> Option<String> {
        let updates = self.per_second?;
        let epochs = updates / n_batches as f64;
        Some(format!("{} epochs/s · {} updates/s", rounded(epochs), rounded(updates)))
    }
}

/// Three digits: more would change all the time.
fn rounded(x: f64) -> String {
    if x < 999.5 {
        return format::number(x, 3);
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(x)) - 2.0);
    format::count((libm::round(x / unit) * unit) as u64)
}

/// What is due at a number of updates per second.
#[derive(Clone, Copy, Debug)]
pub struct Pacer {
    start: f64,
    n_before: u64,
}

impl Pacer {
    /// A pace that starts at the time `now`, with `n_updates` made before. The first one is due at once.
    pub fn new(now: f64, n_updates: u64) -> Self {
        Self { start: now, n_before: n_updates }
    }

    /// How many are due at `now`, when `n_updates` have been made.
    pub fn due(&mut self, per_second: u32, now: f64, n_updates: u64) -> u64 {
        let n_asked = |start: f64| 1 + ((now - start).max(0.0) * f64::from(per_second) / 1000.0) as u64;
        let n_made = n_updates.saturating_sub(self.n_before);
        let most = 1 + (LATE * f64::from(per_second) / 1000.0) as u64;
        if most < n_asked(self.start).saturating_sub(n_made) || n_updates < self.n_before {
            *self = Self::new(now, n_updates);
            return 1;
        }
        n_asked(self.start).saturating_sub(n_made)
    }
}

/// How much of a run is computed in one go, so that the page stays fluent where it can be, and the run
/// gets on where frames come slowly.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    work: f64,
    frame: Option<f64>,
    /// The last two times between frames: a single late one says nothing.
    gaps: [f64; 2],
}

impl Default for Slice {
    fn default() -> Self {
        Self { work: FIRST, frame: None, gaps: [0.0; 2] }
    }
}

impl Slice {
    /// Takes down that a frame begins at the time `now`.
    pub fn begin_frame(&mut self, now: f64) {
        if let Some(before) = self.frame.replace(now) {
            self.gaps = [self.gaps[1], now - before];
        }
    }

    /// The work of the next slice.
    pub fn work(&self) -> u64 {
        self.work as u64
    }

    /// Makes the next slice fit, after one of this work has been computed in `computed` and, with all
    /// that followed from it, took `total`. Where nothing is shown (`is_hidden`), it may take longer.
    pub fn adapt(&mut self, computed: f64, total: f64, is_hidden: bool) {
        let budget = match is_hidden {
            true => LONGEST,
            false => (SHARE * self.gaps[0].min(self.gaps[1])).clamp(BUDGET, LONGEST),
        };
        let allowed = (budget - (total - computed)).max(LEAST);
        self.work = (self.work * allowed / computed.max(SHORTEST)).clamp(FIRST, MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A browser that runs a lesson: the work that it does in a millisecond, the milliseconds that it
    /// then lays out and renders, and those that pass before the next frame can begin, which begins at
    /// a multiple of `refresh`.
    #[derive(Clone, Copy)]
    struct Browser {
        speed: f64,
        rendering: f64,
        waiting: f64,
        refresh: f64,
    }

    const FLUENT: Browser = Browser { speed: 1_000.0, rendering: 3.0, waiting: 3.0, refresh: 1000.0 / 60.0 };

    /// The times between frames and the times computed in each, frame by frame.
    fn frames(slice: &mut Slice, from: f64, n: usize, browser: Browser) -> Vec<(f64, f64)> {
        let Browser { speed, rendering, waiting, refresh } = browser;
        let mut now = from;
        let frame = |_| {
            slice.begin_frame(now);
            let computed = slice.work() as f64 / speed;
            let total = computed + rendering;
            slice.adapt(computed, total, false);
            let next = refresh * libm::ceil((now + total + waiting) / refresh - 1e-9);
            let gap = next - now;
            now = next;
            (gap, computed)
        };
        (0..n).map(frame).collect()
    }

    #[test]
    fn a_fluent_page_stays_fluent_and_computes_most_of_the_time() {
        let all = frames(&mut Slice::default(), 0.0, 60, FLUENT);
        assert!(all.iter().all(|&(gap, _)| gap < 17.0), "{all:?}");
        // 12 ms less the rendering, after a few frames.
        assert!(all.iter().skip(5).all(|&(_, computed)| (8.9..=9.0).contains(&computed)), "{all:?}");
    }

    #[test]
    fn a_page_that_was_held_up_becomes_fluent_again() {
        for slow in [34.0, 50.0, 100.0, 500.0] {
            let mut slice = Slice::default();
            frames(&mut slice, 0.0, 20, Browser { waiting: slow, ..FLUENT });
            let all = frames(&mut slice, 1e6, 60, FLUENT);
            assert!(all.iter().skip(10).all(|&(gap, _)| gap < 17.0), "{slow}: {all:?}");
        }
    }

    #[test]
    fn one_late_frame_changes_nothing() {
        let mut slice = Slice::default();
        frames(&mut slice, 0.0, 60, FLUENT);
        let before = slice.work();
        slice.begin_frame(3_000.0);
        slice.adapt(9.0, 12.0, false);
        assert!(slice.work().abs_diff(before) <= 1, "{} {before}", slice.work());
    }

    #[test]
    fn slow_frames_do_not_make_a_run_crawl() {
        // A page whose frames come half a second apart, whatever is computed.
        let slow = Browser { speed: 1.0, rendering: 1.0, waiting: 500.0, refresh: 1.0 };
        let all = frames(&mut Slice::default(), 0.0, 8, slow);
        assert!(all.iter().skip(4).all(|&(_, computed)| (85.0..=89.0).contains(&computed)), "{all:?}");
        // Ten frames a second: a third of the time, and no more.
        let all = frames(&mut Slice::default(), 0.0, 60, Browser { waiting: 66.0, ..slow });
        let (gaps, computed): (Vec<f64>, Vec<f64>) = all.into_iter().skip(20).unzip();
        let share = computed.iter().sum::<f64>() / gaps.iter().sum::<f64>();
        assert!((0.28..=0.34).contains(&share), "{share}");
    }

    #[test]
    fn a_page_that_is_slow_to_show_still_computes() {
        let all = frames(&mut Slice::default(), 0.0, 60, Browser { rendering: 40.0, ..FLUENT });
        assert!(all.iter().skip(5).all(|&(_, computed)| (5.9..=6.0).contains(&computed)), "{all:?}");
    }

    #[test]
    fn a_coarse_clock_is_not_believed() {
        // 0.99 ms, of which a clock with steps of one shows nothing.
        let mut slice = Slice::default();
        slice.adapt(0.0, 0.0, false);
        assert!(slice.work() <= 12);
    }

    #[test]
    fn a_hidden_page_computes_longer() {
        let mut slice = Slice::default();
        for _ in 0..6 {
            slice.adapt(slice.work() as f64, slice.work() as f64, true);
        }
        assert_eq!(slice.work(), 90);
    }

    #[test]
    fn a_rate_is_measured_between_updates_and_read_twice_a_second() {
        let mut rate = Rate::default();
        // 60 frames a second, 100 updates each.
        for frame in 0..31_u32 {
            rate.note(f64::from(frame) * 1000.0 / 60.0, 100 * u64::from(frame));
        }
        let per_second = rate.per_second().unwrap_or(0.0);
        assert!((per_second - 6000.0).abs() < 1e-6, "{per_second}");
        assert_eq!(rate.text(50).as_deref(), Some("120 epochs/s · 6,000 updates/s"));
        rate.note(600.0, 1_000_000);
        assert_eq!(rate.per_second(), Some(per_second), "not yet");

        // One update in two seconds, looked at in each frame.
        let mut slow = Rate::default();
        for frame in 0..600_u32 {
            let now = f64::from(frame) * 1000.0 / 60.0;
            slow.note(now, u64::from(frame / 120));
        }
        assert_eq!(slow.text(1).as_deref(), Some("0.5 epochs/s · 0.5 updates/s"));
        // Another run starts over.
        slow.note(20_000.0, 0);
        assert_eq!(slow.per_second(), None);
    }

    #[test]
    fn rates_have_three_digits() {
        for (x, text) in [(0.123_4, "0.123"), (12.34, "12.3"), (999.4, "999"), (12_345.0, "12,300")] {
            assert_eq!(rounded(x), text);
        }
        assert_eq!(rounded(4_561_234.0), "4,560,000");
    }

    #[test]
    fn as_many_updates_are_due_as_the_pace_asks_for() {
        for per_second in [1, 5, 20, 100, 500] {
            let mut pacer = Pacer::new(1_000.0, 7);
            let mut made = 7;
            for frame in 0..=600_u32 {
                made += pacer.due(per_second, 1_000.0 + f64::from(frame) * 1000.0 / 60.0, made);
            }
            assert_eq!(made, 7 + 1 + 10 * u64::from(per_second));
        }
    }

    #[test]
    fn a_late_run_does_not_rush() {
        let mut pacer = Pacer::new(0.0, 0);
        assert_eq!(pacer.due(5, 0.0, 0), 1);
        // A second late, as timers of a hidden page are: it keeps its pace.
        assert_eq!(pacer.due(5, 1_000.0, 1), 5);
        // An hour late, as after the machine has slept.
        assert_eq!(pacer.due(5, 3_600_000.0, 6), 1);
        assert_eq!(pacer.due(5, 3_600_200.0, 7), 1);
    }
}
