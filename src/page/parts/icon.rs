//! The icons of the buttons.

use yew::prelude::*;

/// An icon, 16 × 16, in the colour of the text.
#[derive(Clone, Copy, PartialEq)]
pub enum Icon {
    ToStart,
    StepBack,
    Play,
    Pause,
    StepForward,
    EndOfPhase,
    NextEpoch,
    Reset,
    ResetWeights,
    Undo,
    Redo,
    Enlarge,
    Shrink,
    Present,
    Share,
    Bookmark,
    Import,
    Export,
    Copy,
    Done,
    Slice,
    Rates,
    Grid,
    Close,
}

impl Icon {
    /// Filled shapes; those of the second kind are drawn as lines.
    fn path(self) -> (&'static str, bool) {
        match self {
            Self::ToStart => ("M3 3h2v10H3zM14 3v10L6 8z", true),
            Self::StepBack => ("M12 3v10L4 8z", true),
            Self::Play => ("M4 2.5v11l9-5.5z", true),
            Self::Pause => ("M3.5 3h3v10h-3zM9.5 3h3v10h-3z", true),
            Self::StepForward => ("M4 3v10l8-5z", true),
            Self::EndOfPhase => ("M11 3h2v10h-2zM2 3v10l8-5z", true),
            Self::NextEpoch => ("M1 3v10l7-5zM8 3v10l7-5z", true),
            Self::Reset => ("M3.2 6.2A5.2 5.2 0 1 1 2.8 8.6M3 2.4v4h4", false),
            Self::ResetWeights => {
                ("M3.2 6.2A5.2 5.2 0 1 1 2.8 8.6M3 2.4v4h4M5.6 6.2l1.2 4 1.2-3 1.2 3 1.2-4", false)
            }
            Self::Undo => ("M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M6 3.5l-3 3 3 3", false),
            Self::Enlarge => ("M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5l4.5-4.5", false),
            Self::Shrink => ("M13 7H9V3M9 7l5-5M3 9h4v4M7 9l-5 5", false),
            Self::Present => ("M1.5 2.5h13v8h-13zM8 10.5v3M5 13.5h6", false),
            Self::Bookmark => ("M4 2h8v12l-4-3.5L4 14z", false),
            Self::Share => (
                "M12.5 5.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12.5 14.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM3.5 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.3 7.1l5.4-2.7M5.3 8.9l5.4 2.7",
                false,
            ),
            Self::Import => ("M8 2v7.5M5 6.7L8 9.7l3-3M2 10v3.5h12V10", false),
            Self::Export => ("M8 9.7V2.2M5 5L8 2l3 3M2 10v3.5h12V10", false),
            Self::Copy => ("M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3", false),
            Self::Done => ("M2.5 8.5l3.5 3.5 7.5-8", false),
            Self::Slice => ("M2 3c2 12 8 12 12 2M2 11.5l11 1.5", false),
            Self::Rates => ("M2 2v12h12M4.5 4.5c1.5 9 5 8 8.5-2", false),
            Self::Grid => ("M2.5 2.5h11v11h-11zM2.5 8h11M8 2.5v11", false),
            Self::Close => ("M4 4l8 8M12 4l-8 8", false),
            Self::Redo => ("M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M10 3.5l3 3-3 3", false),
        }
    }

    pub fn html(self) -> Html {
        let (path, is_filled) = self.path();
        let class = classes!("icon", (!is_filled).then_some("is-line"));
        html! {
            <svg {class} viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} /></svg>
        }
    }
}
