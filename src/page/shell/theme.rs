//! Light, dark or projector theme; the system's choice unless the reader makes one.

use yew::prelude::*;

use super::address;
use super::kept::use_kept_unless;
use crate::page::parts::desk::{Note, use_note};
use crate::words::page::settings as words;

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
            Self::System => words::as_the_system(),
            Self::Light => words::light(),
            Self::Dark => words::dark(),
            Self::Projector => words::projector(),
        }
    }
}

/// The chosen theme and a way to choose another.
#[hook]
pub fn use_theme() -> (Theme, Callback<Theme>) {
    let asked = address::asked().theme;
    let asked = Theme::ALL.into_iter().find(|theme| asked.as_deref() == Some(theme.key()));
    let (theme, choose) = use_kept_unless(asked, "theme", &Theme::ALL, Theme::key, Theme::System);
    use_note(Note::Theme((theme != Theme::System).then_some(theme.key())));
    (theme, choose)
}
