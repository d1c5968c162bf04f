//! The lesson file as it is written: `docs/lesson-format.md`. What is optional there is an `Option` here,
//! where null counts as missing.

use serde::{Deserialize, Serialize};

use super::generator::Kind;
use super::grain::Grain;
use super::view::View;
use super::{Notation, limits};
use crate::text::document::{ByWord, List, Object};
use crate::words::{counts, document::items};
use backprop::activation::Activation;
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::optimizer::Constant;
use backprop::trace::UpdateOrder;

/// The value of `format`.
pub const FORMAT: &str = "chainrule-lesson";
/// The value of `version`.
pub const VERSION: u64 = 1;

/// A whole lesson.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonFile {
    pub format: String,
    pub version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    pub network: Object<NetworkFile>,
    pub loss: ByWord<Loss>,
    pub optimizer: Object<OptimizerFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_order: Option<ByWord<UpdateOrder>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistakes: Option<MistakesFile>,
    pub data: Object<DataFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shuffle: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notation: Option<ByWord<Notation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PublishedList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<GuideFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<BookmarksFile>,
}

/// The layers and what they are called.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkFile {
    pub inputs: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_names: Option<List<String, { limits::INPUTS }>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub train_biases: Option<bool>,
    pub layers: List<Object<LayerFile>, { limits::LAYERS }>,
}

/// A layer, given by its weights or drawn.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile {
    pub activation: ByWord<Activation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<List<Row, { limits::UNITS }>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub biases: Option<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_names: Option<List<String, { limits::UNITS }>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init: Option<Object<InitFile>>,
}

/// How a layer is drawn.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitFile {
    pub scheme: ByWord<Scheme>,
    pub scale: Option<f64>,
    pub seed: Option<u64>,
    pub biases: Option<bool>,
}

/// A method with its constants: which of them, [`super::read`] knows.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptimizerFile {
    pub method: String,
    pub learning_rate: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub momentum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decay: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beta1: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beta2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epsilon: Option<f64>,
}

impl OptimizerFile {
    /// Where a constant stands.
    pub fn constant(&self, constant: Constant) -> &Option<f64> {
        match constant {
            Constant::Momentum => &self.momentum,
            Constant::Decay => &self.decay,
            Constant::Beta1 => &self.beta1,
            Constant::Beta2 => &self.beta2,
            Constant::Epsilon => &self.epsilon,
        }
    }
}

/// The samples, given by their numbers or generated.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Rows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<Rows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_inputs: Option<Rows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_targets: Option<Rows>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generator: Option<ByWord<Kind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_out: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teacher: Option<List<u64, { limits::LAYERS - 1 }>>,
}

/// A number that the source prints.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedFile {
    pub epoch: u64,
    pub quantity: String,
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A page of the guide.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuidePageFile {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimizer: Option<Object<OptimizerFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistakes: Option<MistakesFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_to: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<ViewList>,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookmarkFile {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_by: Option<ByWord<Grain>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<ViewList>,
}

/// The numbers of a unit, of a sample, or of a layer's biases.
pub type Row = List<f64, { limits::INPUTS }>;
/// One row per sample.
pub type Rows = List<Row, { limits::SAMPLES }>;
/// What is done wrong on purpose.
pub type MistakesFile = List<ByWord<Mistake>, { Mistake::ALL.len() }>;
/// All pages of the guide.
pub type GuideFile = List<Object<GuidePageFile>, { limits::GUIDE_PAGES }>;
/// All bookmarks.
pub type BookmarksFile = List<Object<BookmarkFile>, { limits::BOOKMARKS }>;
/// What a page opens.
pub type ViewList = List<ByWord<View>, { View::ALL.len() }>;
/// All numbers that the source prints.
pub type PublishedList = List<Object<PublishedFile>, { limits::PUBLISHED }>;

/// Says what lists of a type are made of: so many of them, and such a list.
macro_rules! said_by {
    ($($item:ty: $counted:path, $list:path;)*) => {
        $(impl $crate::text::document::Item for $item {
            fn counted(n: usize) -> String {
                $counted(n)
            }

            fn list() -> &'static str {
                $list()
            }
        })*
    };
}
pub(crate) use said_by;

said_by! {
    f64: items::numbers, items::list_of_numbers;
    String: items::names, items::list_of_names;
    ByWord<Mistake>: items::mistakes, items::list_of_mistakes;
    Row: counts::rows, items::list_of_rows;
    Object<LayerFile>: items::layers, items::list_of_layers;
    // Of a teacher, by their numbers of units.
    u64: items::hidden_layers, items::list_of_hidden_layers;
    Object<PublishedFile>: items::numbers, items::list_of_numbers;
    Object<GuidePageFile>: items::pages, items::list_of_pages;
    ByWord<View>: items::views, items::list_of_views;
    Object<BookmarkFile>: items::bookmarks, items::list_of_bookmarks;
}
