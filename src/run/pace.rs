//! How fast a run goes: the rate that is shown, the updates that are due at a pace, and how much is
//! computed in one go. The times come from outside, in milliseconds.

use crate::text::format;
use crate::words::run as words;

/// A rate is measured over at least so long: digits that change more often cannot be read.
const SPAN: f64 = 500.0;
/// A run that is later than so long does not try to make up for it.
const LATE: f64 = 2_000.0;

/// How long a slice may take with everything that it causes: three quarters of a frame at 60 frames
/// per second. The rest is the reader's, and the browser's to bring it onto the screen.
const BUDGET: f64 = 12.0;
/// The same where nothing of it is shown: there is nothing to bring onto the screen.
const UNSHOWN: f64 = 14.5;
/// How much of the time that could go into learning showing takes of a run that goes as fast as it can.
const SHOWING: f64 = 0.08;
/// Such a run is shown at least so often, whatever that costs, in milliseconds.
const LONGEST_UNSHOWN: f64 = 250.0;
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
        Some(words::pace(&rounded(epochs), &rounded(updates)))
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
/// gets on where frames come slowly; and which frames show what has been computed, so that most of the time
/// goes into learning.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// Work done in a millisecond.
    speed: f64,
    frame: Option<f64>,
    /// The last two times between frames: a single late one says nothing.
    gaps: [f64; 2],
    /// What followed from the last two slices that were shown, in milliseconds, and when that began.
    showing: [f64; 2],
    shown: Option<f64>,
    /// What followed from the last slice that was not shown, in milliseconds.
    hiding: f64,
}

impl Default for Slice {
    fn default() -> Self {
        let speed = FIRST / BUDGET;
        Self { speed, frame: None, gaps: [0.0; 2], showing: [0.0; 2], shown: None, hiding: 0.0 }
    }
}

impl Slice {
    /// Takes down that a frame begins at the time `now`.
    pub fn begin_frame(&mut self, now: f64) {
        if let Some(before) = self.frame.replace(now) {
            self.gaps = [self.gaps[1], now - before];
        }
    }

    /// Whether a run at full speed is to be shown in the frame that has begun at the time `now`.
    pub fn is_shown(&self, now: f64) -> bool {
        let taken = self.cost_of_showing() + UNSHOWN - BUDGET;
        let rest = (taken / SHOWING).min(LONGEST_UNSHOWN);
        self.shown.is_none_or(|before| before + rest <= now)
    }

    /// The work of the next slice, which is shown or not.
    pub fn work(&self, is_shown: bool, is_hidden: bool) -> u64 {
        let late = SHARE * self.gaps[0].min(self.gaps[1]);
        let (budget, rest) = if is_shown { (BUDGET, self.cost_of_showing()) } else { (UNSHOWN, self.hiding) };
        let budget = if is_hidden { LONGEST } else { late.clamp(budget, LONGEST) };
        (self.speed * (budget - rest).max(LEAST)).clamp(FIRST, MOST) as u64
    }

    /// Takes down that the slice of a frame did `work` in `computed` milliseconds and, with all that followed
    /// from it, took `total`.
    pub fn note(&mut self, work: u64, computed: f64, total: f64, is_shown: bool) {
        self.speed = work as f64 / computed.max(SHORTEST);
        if is_shown {
            self.showing = [self.showing[1], total - computed];
            self.shown = self.frame;
        } else {
            self.hiding = total - computed;
        }
    }

    fn cost_of_showing(&self) -> f64 {
        self.showing[0].min(self.showing[1])
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
            let work = slice.work(true, false);
            let computed = work as f64 / speed;
            let total = computed + rendering;
            slice.note(work, computed, total, true);
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
        let before = slice.work(true, false);
        slice.begin_frame(3_000.0);
        slice.note(before, 9.0, 12.0, true);
        let after = slice.work(true, false);
        assert!(after.abs_diff(before) <= 1, "{after} {before}");
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
        slice.note(1, 0.0, 0.0, true);
        assert!(slice.work(true, false) <= 12);
    }

    #[test]
    fn a_hidden_page_computes_longer() {
        let mut slice = Slice::default();
        for _ in 0..6 {
            let work = slice.work(true, true);
            slice.note(work, work as f64, work as f64, true);
        }
        assert_eq!(slice.work(true, true), 90);
    }

    /// A run at full speed on a page that takes `rendering` milliseconds to show it: the share of the time
    /// that is computed, the times from one frame to the next, and from one that is shown to the next.
    fn at_full_speed(rendering: f64) -> (f64, f64, f64) {
        let refresh = 1000.0 / 60.0;
        let mut slice = Slice::default();
        let (mut now, mut computed, mut n_shown) = (0.0, 0.0, 0);
        let (n_frames, n_before) = (700, 100);
        let mut start = 0.0;
        for frame in 0..n_frames {
            if frame == n_before {
                (start, computed, n_shown) = (now, 0.0, 0);
            }
            slice.begin_frame(now);
            let is_shown = slice.is_shown(now);
            let work = slice.work(is_shown, false);
            let time = work as f64 / 1_000.0;
            let total = time + if is_shown { rendering } else { 0.3 };
            slice.note(work, time, total, is_shown);
            computed += time;
            n_shown += i32::from(is_shown);
            now = refresh * libm::ceil((now + total + if is_shown { 2.0 } else { 0.0 }) / refresh - 1e-9);
        }
        let elapsed = now - start;
        (computed / elapsed, elapsed / f64::from(n_frames - n_before), elapsed / f64::from(n_shown))
    }

    #[test]
    fn most_of_the_time_of_a_run_at_full_speed_is_computed() {
        for rendering in [0.5, 1.0, 2.0, 4.0, 8.0] {
            let (share, frame, shown) = at_full_speed(rendering);
            assert!(0.77 <= share, "{rendering}: {share}");
            assert!(frame < 16.7, "{rendering}: {frame}");
            assert!(shown <= 150.0, "{rendering}: {shown}");
        }
        // A slow page is shown some times a second all the same, and gets on.
        let (share, _, shown) = at_full_speed(100.0);
        assert!(shown < 300.0, "{shown}");
        assert!(0.4 <= share, "{share}");
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
