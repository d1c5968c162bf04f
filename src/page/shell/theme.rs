//! Light, dark or projector theme; the system's choice unless the reader makes one.

use yew::prelude::*;

use super::storage::local;
use crate::page::parts::browser;

const KEY: &str = "chainrule-theme";

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

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// The chosen theme and a way to choose another; the root element carries it.
#[hook]
pub fn use_theme() -> (Theme, Callback<Theme>) {
    let theme = use_state_eq(|| {
        let stored = local().and_then(|storage| storage.get_item(KEY).ok().flatten());
        stored.and_then(|key| Theme::from_key(&key)).unwrap_or(Theme::System)
    });
    use_effect_with(*theme, |theme| {
        let root = browser::document().and_then(|document| document.document_element());
        if let Some(root) = root {
            // Setting an attribute of an element that exists cannot fail.
            let _ = root.set_attribute("data-theme", theme.key());
        }
        if let Some(storage) = local() {
            let _ = storage.set_item(KEY, theme.key());
        }
    });
    let setter = theme.setter();
    (*theme, Callback::from(move |theme| setter.set(theme)))
}
