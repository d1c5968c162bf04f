//! Light, dark or projector theme; the system's choice unless the reader makes one.

use yew::prelude::*;

use super::kept::use_kept;

/// A theme that the reader can choose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Light or dark as the system says.
    System,
    /// Dark on white.
    Light,
    /// Light on dark.
    Dark,
    /// White, strong, large.
    Projector,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Projector];

    /// The value of `data-theme` on the root element, and what is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Projector => "projector",
        }
    }

    /// As the page writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Projector => "Projector",
        }
    }
}

/// The chosen theme and a way to choose another.
#[hook]
pub fn use_theme() -> (Theme, Callback<Theme>) {
    use_kept("theme", &Theme::ALL, Theme::key, Theme::System)
}
