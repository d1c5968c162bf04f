//! What the reader chose about the page; not part of undo.

use crate::explanation::Speaking;
use crate::lesson::Notation;
use crate::lesson::notation::Changes;
use crate::moment::step::Grain;
use crate::session::design::StartWeights;

/// How it steps, runs and writes numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How much one step does; `None` until the reader chooses: [`super::Session::grain`] says what holds.
    pub grain: Option<Grain>,
    /// Whether a step by term stops at each line of a derivation: while the page shows them.
    pub by_line: bool,
    /// Whether each step asks for its number before it tells it.
    pub asks_first: bool,
    /// Significant digits shown.
    pub digits: u8,
    /// Whose names are written; `None`: as each lesson says.
    pub notation: Option<Notation>,
    /// What of it the reader has changed.
    pub notation_changes: Changes,
    /// How much of a step is said to who listens. It is the reader's own: no link carries it.
    pub speaking: Speaking,
    /// Steps per second while playing.
    pub speed: f64,
    /// How fast a run goes and when it stops.
    pub run: RunSettings,
    /// How new weights are drawn.
    pub start_weights: StartWeights,
}

/// How fast a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So many epochs per second.
    Epochs(u32),
    /// As fast as it goes.
    Full,
}

/// How fast a run goes, and when it stops before its last epoch.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct RunSettings {
    /// Its pace; `None` until the reader chooses: [`super::Session::pace`] says what holds.
    pub pace: Option<Pace>,
    /// Stop when the mean loss over the training samples is below this, a positive number.
    pub loss_below: Option<f64>,
    /// Stop when the task is solved: see [`backprop::classes::Goal`].
    pub when_solved: bool,
}

impl RunSettings {
    /// What can be chosen.
    pub const PACES: [Pace; 6] = [
        Pace::Epochs(1),
        Pace::Epochs(5),
        Pace::Epochs(20),
        Pace::Epochs(100),
        Pace::Epochs(500),
        Pace::Full,
    ];

    /// Whether each of them is one that can be chosen.
    pub(super) fn is_valid(self) -> bool {
        self.pace.is_none_or(|pace| Self::PACES.contains(&pace))
            && self.loss_below.is_none_or(|loss| 0.0 < loss && loss.is_finite())
    }
}

impl Settings {
    /// Steps per second that can be chosen.
    pub const SPEEDS: [f64; 5] = [0.5, 1.0, 2.0, 5.0, 20.0];
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            grain: None,
            by_line: false,
            asks_first: false,
            digits: 5,
            notation: None,
            notation_changes: Changes::default(),
            speaking: Speaking::default(),
            speed: 1.0,
            run: RunSettings::default(),
            start_weights: StartWeights::default(),
        }
    }
}

/// What the page does by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Playback {
    /// Nothing.
    #[default]
    Paused,
    /// A step per tick.
    Playing,
    /// Learning epochs up to this one.
    Running {
        /// Where to stop.
        until: u64,
        /// Whether [`RunSettings`] hold; else as fast as it goes, and nowhere before.
        as_set: bool,
    },
}
