//! A bookmark: a moment of a lesson under a name, such as "the average" or "after the first update".

use std::rc::Rc;

use crate::lesson::grain::Grain;
use crate::lesson::named::{Meaning, meanings};
use crate::lesson::view::View;
use crate::lesson::{Lesson, limits};
use crate::text::fault::{Read, Within, fault};

/// A moment of a lesson under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// Plain text.
    pub name: String,
    /// Number of epochs learned before.
    pub epoch: u64,
    /// Where in the epoch.
    pub place: Place,
    /// How it is stepped from there, if that is to be another way than the reader's.
    pub step_by: Option<Grain>,
    /// What is open beside it.
    pub opens: Vec<View>,
}

/// A place in an epoch.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Where the quantity of this name has been computed.
    At(String),
    /// After so many steps of an update: 0 is before the first.
    Step {
        /// Which update of the epoch, from 0.
        batch: usize,
        /// How many steps.
        step: usize,
    },
}

impl Bookmark {
    /// The quantity that its place names.
    pub fn meaning(&self, lesson: &Lesson) -> Option<Meaning> {
        match &self.place {
            Place::At(name) => meanings(lesson, &[name])[0],
            Place::Step { .. } => None,
        }
    }
}

/// # Errors
/// The first bookmark of the lesson that names what there is not.
pub fn check(lesson: &Lesson) -> Read<()> {
    for (k, bookmark) in lesson.bookmarks.iter().enumerate() {
        if let (Place::At(name), None) = (&bookmark.place, bookmark.meaning(lesson)) {
            return fault(format!("\"{name}\" means nothing here")).of("at").at(k).of("bookmarks");
        }
    }
    Ok(())
}

/// Takes away the bookmarks that name what the lesson has no longer.
pub fn drop_unknown(lesson: &mut Lesson) {
    if check(lesson).is_err() {
        let is_known = |bookmark: &&Bookmark| {
            !matches!(bookmark.place, Place::At(_)) || bookmark.meaning(lesson).is_some()
        };
        lesson.bookmarks = Rc::new(lesson.bookmarks.iter().filter(is_known).cloned().collect());
    }
}

/// The bookmark, if it has a name that a list can show.
///
/// # Errors
/// If it has none, or one that is too long.
pub fn with_name(bookmark: Bookmark) -> Read<Bookmark> {
    let most = limits::BOOKMARK_CHARS;
    match bookmark.name.chars().count() {
        _ if bookmark.name.trim().is_empty() => fault("empty").of("name"),
        n if most < n => fault(format!("{n} characters, at most {most}")).of("name"),
        _ => Ok(bookmark),
    }
}
