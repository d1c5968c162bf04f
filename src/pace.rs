//! How fast a run goes: the rate that is shown, and the updates that are due at a pace. The times come
//! from outside, in milliseconds.

use crate::format;

/// A rate is measured over at least so long: digits that change more often cannot be read.
const SPAN: f64 = 500.0;
/// A run that is later than so long does not try to make up for it.
const LATE: f64 = 2_000.0;

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

#[cfg(test)]
mod tests {
    use super::*;

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
