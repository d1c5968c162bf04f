//! How much one press of "Step forward" does.

use crate::words::lesson as words;

/// How much one press of "Step forward" does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Grain {
    /// One product of a sum; one number of an update by an optimiser that remembers.
    Term,
    /// One number of a unit or weight.
    #[default]
    Unit,
    /// One layer of one phase.
    Layer,
    /// One phase.
    Phase,
}

impl Grain {
    /// All grains, finest first.
    pub const ALL: [Self; 4] = [Self::Term, Self::Unit, Self::Layer, Self::Phase];

    /// The word for it in files and links.
    pub fn word(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Unit => "unit",
            Self::Layer => "layer",
            Self::Phase => "phase",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Term => words::term(),
            Self::Unit => words::value(),
            Self::Layer => words::layer(),
            Self::Phase => words::phase(),
        }
    }

    /// The next coarser grain; the coarsest stays.
    pub fn coarser(self) -> Self {
        match self {
            Self::Term => Self::Unit,
            Self::Unit => Self::Layer,
            Self::Layer | Self::Phase => Self::Phase,
        }
    }
}
