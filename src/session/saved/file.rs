//! A stored session as it is written.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lesson::Notation;
use crate::lesson::file::{
    BookmarksFile, DataFile, LessonFile, MistakesFile, OptimizerFile, PublishedList, said_by,
};
use crate::lesson::notation::{Aspect, Change};
use crate::moment::step::Grain;
use crate::text::document::{ByWord, List, Object};
use crate::words::document::items;
use backprop::init::Scheme;
use backprop::trace::UpdateOrder;

/// The version that is written. Version 1, which is still read, had the whole lesson in a segment instead
/// of what is another than at the start.
pub const VERSION: u64 = 2;

/// A whole session.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionFile {
    pub version: u64,
    /// The lesson as it was opened: a lesson file.
    pub start: String,
    /// Data that are not the lesson's: each once, whatever the number of segments that have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<Object<DataFile>>,
    pub segments: Vec<Object<SegmentFile>>,
    pub front: Object<ModelFile>,
    pub now: Object<ModelFile>,
    pub step: u64,
    /// How many lines of the step's derivation are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    pub terms: u64,
    /// How many of the numbers that the step makes are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<u64>,
    /// Whether the numbers of the step are asked for and not yet told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asked: bool,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_line: Option<u64>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks_first: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grain: Option<ByWord<Grain>>,
    pub digits: u64,
    /// Whose names are written; as each lesson says where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notation: Option<ByWord<Notation>>,
    /// What of it is changed, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notation_changes: Option<ChangesFile>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaks_short: Option<u64>,
    pub speed: f64,
    /// Epochs per second; 0: as fast as it goes. Left out until the reader chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_below: Option<f64>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_solved: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawing: Option<DrawingFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreFile>,
    /// How many edits the reader has made since the lesson was opened, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edits: Option<u64>,
    /// Which page of the lesson's guide is open, where that is not the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide_page: Option<u64>,
    /// The bookmarks, where they are not the lesson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<BookmarksFile>,
    pub losses: Vec<PointFile>,
    /// The first earlier run, if it has no name: as it was stored when there was but one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ghost: Option<Vec<PointFile>>,
    /// The other earlier runs.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Object<EarlierFile<Vec<PointFile>>>>,
}

/// Questions answered, of those right, of those at once; and whether the open one is among them.
pub type ScoreFile = (u32, u32, u32, bool);

/// What is changed of a notation.
pub type ChangesFile = List<ByWord<Change>, { Aspect::ALL.len() }>;

said_by! {
    ByWord<Change>: items::changes, items::list_of_changes;
}

/// What the reader has chosen.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grain: Option<ByWord<Grain>>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_line: Option<u64>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks_first: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<u64>,
    /// Whose names are written; as each lesson says where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notation: Option<ByWord<Notation>>,
    /// What of it is changed, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notation_changes: Option<ChangesFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
    /// Epochs per second; 0: as fast as it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_below: Option<f64>,
    /// 1, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_solved: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawing: Option<DrawingFile>,
}

/// What of a session a link carries.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedFile {
    /// A lesson that comes with the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// What the lesson has otherwise, as a merge patch of its file; the whole file where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Value>,
    /// Data that are not the lesson's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<Object<DataFile>>,
    /// The edits in the order of the run; with one at its start, if it was edited there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Object<EditFile>>,
    /// Epoch and batch that the run has come to, if that is beyond the one that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<(u64, u64)>,
    /// Epoch and batch that are shown.
    pub now: (u64, u64),
    /// The number of the step that is shown; 0 before the first.
    pub step: u64,
    /// How many lines of the step's derivation are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// How many terms of its sum are shown.
    pub terms: u64,
    /// How many of the numbers that the step makes are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<u64>,
    /// Whether the numbers of the step are asked for and not yet told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asked: bool,
    /// The model that is shown, unless it is to be learned again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Object<ModelFile>>,
    /// What the reader has chosen, if that is not as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<Object<SettingsFile>>,
    /// How many edits the reader has made since the lesson was opened, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_edits: Option<u64>,
    /// Which page of the lesson's guide is open, where that is not the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide_page: Option<u64>,
    /// The bookmarks, where they are not the lesson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<BookmarksFile>,
}

/// An edit: when (epoch and batch), and the weights and biases that it has set.
pub type EditFile = SegmentFile<(u64, u64, Vec<WasFile>)>;

/// An earlier run.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierFile<Curve> {
    pub number: u64,
    pub name: String,
    pub losses: Curve,
}

/// What holds from an edit on: what of the lesson is another than at the start, and the model.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentFile<Model = Object<ModelFile>> {
    /// In version 1: the whole lesson.
    #[serde(skip_serializing)]
    pub lesson: Option<String>,
    /// Which of the session's data, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub optimizer: Option<Object<OptimizerFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_order: Option<ByWord<UpdateOrder>>,
    /// What is done wrong on purpose, where that is not what the start does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mistakes: Option<MistakesFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PublishedList>,
    /// What weights had been learned where the edit has put others.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<WasFile>,
    pub model: Model,
}

/// What undo or redo brings back, by what of it is not in the state next to it, which is the present or
/// nearer to it. Data, models and lessons are counted from 0: those of the present first, then those that
/// such states have added.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFile {
    /// The change that is taken back or made again, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether redo brings it back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_undone: bool,
    /// Whether it is of another opening of a lesson.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_opened: bool,
    /// Its lesson as it was opened, if that is an added one, without its data if those are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Object<LessonFile>>,
    /// Which of the known data are the added lesson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson_data: Option<u64>,
    /// Which lesson it is, if it is not that of the state next to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// Added data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<Object<DataFile>>,
    /// Added models, with when they were met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<Object<ModelFile>>,
    /// How many segments are those of the state next to it, and those after them.
    pub same: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Object<SegmentFile<PlaceFile>>>,
    pub front: PlaceFile,
    pub now: PlaceFile,
    pub step: u64,
    /// How many lines of the step's derivation are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    pub terms: u64,
    /// How many of the numbers that the step makes are shown; all of them where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<u64>,
    /// Whether the numbers of the step are asked for and not yet told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub asked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edits: Option<u64>,
    /// Which page of the lesson's guide is open, where that is not the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide_page: Option<u64>,
    /// The bookmarks, where they are not the lesson's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<BookmarksFile>,
    pub losses: CurveFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ghost: Option<CurveFile>,
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Object<EarlierFile<CurveFile>>>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Epoch, batch, and which model.
pub type PlaceFile = (u64, u64, u64);
/// Of which curve of the neighbour's (0: its loss curve, then its earlier runs', the oldest first) how many
/// points are the first ones, and those after them.
pub type CurveFile = (u64, u64, Vec<PointFile>);

/// A time and the model then.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    pub epoch: u64,
    pub batch: u64,
    pub n_updates: u64,
    pub params: ParamsFile,
    /// Nothing where it is all zero, as plain gradient descent leaves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_moment: Option<ParamsFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_moment: Option<ParamsFile>,
}

/// Layer, receiving unit, sending unit but for a bias, and the number.
pub type WasFile = (u64, u64, Option<u64>, f64);
/// One list of numbers per layer: the weights row by row, then the biases.
pub type ParamsFile = Vec<Vec<f64>>;
/// Scheme, scale and seed.
pub type DrawingFile = (ByWord<Scheme>, f64, u64);
/// A point of a loss curve: epoch, loss, and loss over the held-out samples.
pub type PointFile = (u64, f64, Option<f64>);
