//! From a lesson to its file.

use super::bookmark::{Bookmark, Place};
use super::file::{
    BookmarkFile, BookmarksFile, DataFile, FORMAT, GuidePageFile, LayerFile, LessonFile, MistakesFile,
    NetworkFile, OptimizerFile, PublishedFile, PublishedList, Rows, VERSION, ViewList,
};
use super::generator::{Generator, Kind};
use super::guide::GuidePage;
use super::view::View;
use super::{Data, Lesson, Published};
use crate::text::document::{ByWord, Object};
use backprop::mistakes::Mistake;
use backprop::optimizer::{Constant, Optimizer};
use backprop::trace::{Rule, Sample};

/// The lesson's file, with its weights as numbers, drawn or given.
pub fn lesson(lesson: &Lesson) -> LessonFile {
    lesson_on(lesson, data(&lesson.data))
}

/// The same with other data, or with none.
pub fn lesson_on(lesson: &Lesson, data: DataFile) -> LessonFile {
    let is_whole_batch = lesson.batch_size == lesson.data.train.len();
    LessonFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        title: Some(lesson.title.clone()),
        source: Some(lesson.source.clone()),
        notes: Some(lesson.notes.clone()),
        network: Object(network(lesson)),
        loss: ByWord(lesson.rule.loss),
        optimizer: Object(optimizer(lesson.rule.optimizer)),
        update_order: Some(ByWord(lesson.rule.update_order)),
        mistakes: mistakes(lesson.rule),
        data: Object(data),
        batch_size: (!is_whole_batch).then_some(lesson.batch_size as u64),
        shuffle: lesson.shuffle,
        notation: Some(ByWord(lesson.notation)),
        published: Some(published(&lesson.published)),
        guide: (!lesson.guide.is_empty()).then(|| lesson.guide.iter().map(guide_page).collect()),
        bookmarks: (!lesson.bookmarks.is_empty()).then(|| bookmarks(&lesson.bookmarks)),
    }
}

/// The bookmarks' part of the file.
pub fn bookmarks(all: &[Bookmark]) -> BookmarksFile {
    let bookmark = |bookmark: &Bookmark| {
        let (at, batch, step) = match &bookmark.place {
            Place::At(name) => (Some(name.clone()), 0, 0),
            Place::Step { batch, step } => (None, *batch as u64, *step as u64),
        };
        Object(BookmarkFile {
            name: bookmark.name.clone(),
            epoch: Some(bookmark.epoch).filter(|epoch| 0 < *epoch),
            at,
            batch: Some(batch).filter(|batch| 0 < *batch),
            step: Some(step).filter(|step| 0 < *step),
            step_by: bookmark.step_by.map(ByWord),
            opens: views(&bookmark.opens),
        })
    };
    all.iter().map(bookmark).collect()
}

/// What is opened, if anything is.
fn views(all: &[View]) -> Option<ViewList> {
    (!all.is_empty()).then(|| all.iter().copied().map(ByWord).collect())
}

fn guide_page(page: &GuidePage) -> Object<GuidePageFile> {
    let words = |mistakes: &Vec<Mistake>| mistakes.iter().copied().map(ByWord).collect();
    Object(GuidePageFile {
        text: page.text.clone(),
        epoch: Some(page.epoch).filter(|epoch| 0 < *epoch),
        at: page.at.clone(),
        optimizer: page.optimizer.map(|method| Object(optimizer(method))),
        learning_rate: page.learning_rate,
        mistakes: page.mistakes.as_ref().map(words),
        run_to: page.run_to,
        opens: views(&page.opens),
    })
}

fn network(lesson: &Lesson) -> NetworkFile {
    let network = &lesson.network;
    let names = |names: &Option<Vec<String>>| names.as_ref().map(|names| names.iter().cloned().collect());
    let layer = |layer: usize| {
        let params = network.layer(layer);
        Object(LayerFile {
            activation: ByWord(network.activation(layer)),
            weights: Some(params.weights.rows().map(|row| row.iter().copied().collect()).collect()),
            biases: params.biases.as_ref().map(|biases| biases.iter().copied().collect()),
            unit_names: lesson.unit_names[layer - 1].as_ref().map(|names| names.iter().cloned().collect()),
            units: None,
            init: None,
        })
    };
    NetworkFile {
        inputs: network.n_units(0) as u64,
        input_names: names(&lesson.input_names),
        train_biases: Some(lesson.rule.train_biases),
        layers: (1..=network.n_layers()).map(layer).collect(),
    }
}

/// What `rule` does wrong on purpose, if anything; the update order stands by itself.
pub fn mistakes(rule: Rule) -> Option<MistakesFile> {
    let beside = rule.mistakes_made().filter(|&mistake| mistake != Mistake::LayerByLayer);
    let mut beside = beside.map(ByWord).peekable();
    beside.peek().is_some().then(|| beside.collect())
}

/// An optimiser's part of the file.
pub fn optimizer(optimizer: Optimizer) -> OptimizerFile {
    OptimizerFile {
        method: optimizer.word().to_owned(),
        learning_rate: optimizer.learning_rate(),
        momentum: optimizer.constant(Constant::Momentum),
        decay: optimizer.constant(Constant::Decay),
        beta1: optimizer.constant(Constant::Beta1),
        beta2: optimizer.constant(Constant::Beta2),
        epsilon: optimizer.constant(Constant::Epsilon),
    }
}

/// The samples' part of the file.
pub fn data(data: &Data) -> DataFile {
    if let Some(generator) = &data.generator {
        return generated(generator);
    }
    let rows = |samples: &[Sample], side: fn(&Sample) -> &[f64]| -> Option<Rows> {
        let row = |sample| side(sample).iter().copied().collect();
        (!samples.is_empty()).then(|| samples.iter().map(row).collect())
    };
    DataFile {
        inputs: rows(&data.train, |sample| &sample.input),
        targets: rows(&data.train, |sample| &sample.target),
        test_inputs: rows(&data.test, |sample| &sample.input),
        test_targets: rows(&data.test, |sample| &sample.target),
        ..DataFile::default()
    }
}

fn generated(generator: &Generator) -> DataFile {
    let widths = || generator.teacher.iter().map(|n| *n as u64).collect();
    DataFile {
        generator: Some(ByWord(generator.kind)),
        samples: Some(generator.n_samples as u64),
        noise: Some(generator.noise),
        seed: Some(generator.seed),
        held_out: Some(generator.held_out),
        teacher: (generator.kind == Kind::Teacher).then(widths),
        ..DataFile::default()
    }
}

/// The part of the file that the source prints.
pub fn published(published: &[Published]) -> PublishedList {
    let entry = |entry: &Published| {
        Object(PublishedFile {
            epoch: entry.epoch,
            quantity: entry.quantity.clone(),
            value: entry.value.clone(),
            note: Some(entry.note.clone()),
        })
    };
    published.iter().map(entry).collect()
}
