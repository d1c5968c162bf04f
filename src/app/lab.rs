//! The laboratory: what larger networks need, in a page of its own, so that the first page stays a
//! small download. Both are this program, with and without the feature "lab"; they share what the
//! browser has stored, so that going from one to the other loses nothing.

#[cfg(not(feature = "lab"))]
use std::rc::Rc;

use yew::prelude::*;

use super::files::BuiltIn;
use super::scene::{Panel, Scene};
#[cfg(feature = "lab")]
use super::transport::run_control;
use crate::layout::MAX_LABELLED;
#[cfg(not(feature = "lab"))]
use crate::network::Param;
use crate::session::Action;
#[cfg(not(feature = "lab"))]
use web_sys::File;

/// Whether this is the laboratory.
pub const IS_LAB: bool = cfg!(feature = "lab");

/// The lessons that it adds.
pub const LESSONS: &[BuiltIn] = if IS_LAB { LARGER } else { &[] };

const LARGER: &[BuiltIn] = &[
    BuiltIn { file: "encoder.json", title: "Encoder 8-3-8" },
    BuiltIn { file: "symmetry.json", title: "Symmetry 6-2-1" },
    BuiltIn { file: "approximate-sine.json", title: "One hidden layer learns a sine" },
    BuiltIn { file: "approximate-step.json", title: "One hidden layer learns a step" },
    BuiltIn { file: "approximate-bump.json", title: "One hidden layer learns a bump" },
    BuiltIn { file: "spirals.json", title: "Two spirals 2-16-16-1" },
    BuiltIn { file: "skalski.json", title: "Skalski’s moons 2-25-50-50-25-1" },
    BuiltIn { file: "iris.json", title: "Iris 4-8-3" },
    BuiltIn { file: "digits.json", title: "Handwritten digits 64-32-10" },
    BuiltIn { file: "deep-teacher.json", title: "Deep teacher 2-8-8-8-1" },
    BuiltIn { file: "deep-labels.json", title: "Shallow 2-44-1 on the labels" },
    BuiltIn { file: "deep-student.json", title: "Shallow 2-44-1 taught by the deep net" },
];

/// The lessons whose data can be given to any network, and what those are called.
#[cfg(feature = "lab")]
pub fn data_sets() -> impl Iterator<Item = (&'static BuiltIn, &'static str)> {
    const NAMES: [(&str, &str); 2] = [("iris.json", "Iris"), ("digits.json", "Handwritten digits")];
    let of = |lesson: &'static BuiltIn| NAMES.iter().find(|(file, _)| *file == lesson.file);
    LESSONS.iter().filter_map(move |lesson| of(lesson).map(|(_, name)| (lesson, *name)))
}

/// The files that "Import" offers.
pub const ACCEPTED_FILES: &str =
    if IS_LAB { ".json,application/json,.csv,.tsv,text/csv" } else { ".json,application/json" };

/// What "Import" says when it is pointed at.
pub const IMPORT_TITLE: &str =
    if IS_LAB { "A lesson, or a CSV file of samples" } else { "A lesson that was exported" };

/// The link to the other page.
pub fn link() -> Html {
    let (address, text, title) = if IS_LAB {
        ("../", "First steps", "Small networks, number by number")
    } else {
        ("lab/", "Lab", "Design networks and watch larger ones learn")
    };
    html! { <a class="other-page" href={address} {title}>{text}</a> }
}

#[cfg(feature = "lab")]
pub use super::ledger_order::use_ledger_order;
#[cfg(feature = "lab")]
pub use super::long_sum::use_long_sum;

/// The panel as it was up to a few frames ago while the network learns, and else as it is: nobody reads
/// sixty numbers a second, and the frames stay free.
#[cfg(feature = "lab")]
#[hook]
pub fn use_seldom(panel: &Panel) -> Panel {
    const FRAMES: usize = 3;
    let kept = use_mut_ref(|| (0, panel.clone()));
    let (n_frames, shown) = &mut *kept.borrow_mut();
    *n_frames += 1;
    if !panel.scene.session().is_running() || FRAMES <= *n_frames {
        *n_frames = 0;
        shown.clone_from(panel);
    }
    shown.clone()
}

/// Its small networks leave all frames free.
#[cfg(not(feature = "lab"))]
#[hook]
pub fn use_seldom(panel: &Panel) -> Panel {
    panel.clone()
}

/// Whether the network learns and is too large to be written out meanwhile.
pub fn waits(scene: &Scene) -> bool {
    IS_LAB && scene.session().is_running() && MAX_LABELLED < scene.moment().network().n_params()
}

/// The tab that plots units.
#[cfg(feature = "lab")]
pub fn plot(panel: Panel) -> Html {
    html! { <super::plot_tab::PlotTab {panel} /> }
}

/// The tab that sets runs side by side.
#[cfg(feature = "lab")]
pub use super::compare_tab::{compare, use_compared};

/// The first page has no such tab.
#[cfg(not(feature = "lab"))]
pub fn compare(_: Panel, _: &NoRuns) -> Html {
    Html::default()
}

/// Nor what it shows.
#[cfg(not(feature = "lab"))]
pub struct NoRuns;

/// None.
#[cfg(not(feature = "lab"))]
#[hook]
pub fn use_compared() -> NoRuns {
    NoRuns
}

/// The tab that draws weights.
#[cfg(feature = "lab")]
pub fn weights(panel: Panel) -> Html {
    html! { <super::weights_tab::WeightsTab {panel} /> }
}

/// The tab that changes the design.
#[cfg(feature = "lab")]
pub fn design(panel: Panel) -> Html {
    html! { <super::design_tab::DesignTab {panel} /> }
}

/// What opens a file of samples, and the dialog for it.
#[cfg(feature = "lab")]
pub use super::csv_import::use_csv_import as use_table_import;

/// Whether a file holds samples.
#[cfg(feature = "lab")]
pub use super::csv_import::takes as is_table;

/// The first page opens lessons only.
#[cfg(not(feature = "lab"))]
#[hook]
pub fn use_table_import(_dispatch: Callback<Action>) -> (Callback<File>, Html) {
    (Callback::noop(), Html::default())
}

/// The first page opens lessons only.
#[cfg(not(feature = "lab"))]
pub fn is_table(_: &File) -> bool {
    false
}

/// The first page has no such tab.
#[cfg(not(feature = "lab"))]
pub fn plot(_: Panel) -> Html {
    Html::default()
}

/// The first page has no such tab.
#[cfg(not(feature = "lab"))]
pub fn design(_: Panel) -> Html {
    Html::default()
}

/// How a run goes, in the place of the scrubber.
#[cfg(feature = "lab")]
pub fn run_state(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    html! { <run_control::RunState scene={scene.clone()} dispatch={dispatch.clone()} /> }
}

#[cfg(feature = "lab")]
pub use super::transport::run_control::{button as run_settings_button, dialog as run_settings, pace};

/// The first page has no such settings.
#[cfg(not(feature = "lab"))]
mod without {
    use super::{Action, Callback, Html, Scene};
    use crate::session::RunSettings;

    pub fn run_state(_: &Scene, _: &Callback<Action>) -> Html {
        Html::default()
    }

    pub fn run_settings_button() -> Html {
        Html::default()
    }

    pub fn run_settings(_: &Scene, _: &Callback<Action>) -> Html {
        Html::default()
    }

    pub fn pace(_: RunSettings, _: &Callback<Action>) -> Html {
        Html::default()
    }
}
#[cfg(not(feature = "lab"))]
pub use without::{pace, run_settings, run_settings_button, run_state};

/// The first page has no such tab.
#[cfg(not(feature = "lab"))]
pub fn weights(_: Panel) -> Html {
    Html::default()
}

/// Its ledger keeps the network's order.
#[cfg(not(feature = "lab"))]
#[hook]
pub fn use_ledger_order(_panel: &Panel, params: &Rc<Vec<Param>>) -> (Rc<Vec<Param>>, Html) {
    (Rc::clone(params), Html::default())
}

/// Its sums are short.
#[cfg(not(feature = "lab"))]
#[hook]
pub fn use_long_sum(_panel: &Panel, _most: usize) -> Html {
    Html::default()
}
