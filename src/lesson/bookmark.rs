//! A bookmark: a moment of a lesson under a name, such as "the average" or "after the first update".

use std::rc::Rc;

use crate::lesson::grain::Grain;
use crate::lesson::named::{Meaning, meanings};
use crate::lesson::view::View;
use crate::lesson::{Lesson, limits};
use crate::text::fault::{Read, Within, fault};
use crate::words::{guide as words, names};

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
    match unknown(lesson).first() {
        Some((k, name)) => fault(names::means_nothing(name)).of("at").at(*k).of("bookmarks"),
        None => Ok(()),
    }
}

/// Takes away the bookmarks that name what the lesson has no longer.
pub fn drop_unknown(lesson: &mut Lesson) {
    let unknown: Vec<usize> = unknown(lesson).into_iter().map(|(k, _)| k).collect();
    if !unknown.is_empty() {
        let known = lesson.bookmarks.iter().enumerate().filter(|(k, _)| !unknown.contains(k));
        lesson.bookmarks = Rc::new(known.map(|(_, bookmark)| bookmark.clone()).collect());
    }
}

/// Which bookmarks name what the lesson has not, and that name.
fn unknown(lesson: &Lesson) -> Vec<(usize, &str)> {
    let named: Vec<(usize, &str)> = lesson
        .bookmarks
        .iter()
        .enumerate()
        .filter_map(|(k, bookmark)| match &bookmark.place {
            Place::At(name) => Some((k, name.as_str())),
            Place::Step { .. } => None,
        })
        .collect();
    let names: Vec<&str> = named.iter().map(|(_, name)| *name).collect();
    let known = meanings(lesson, &names);
    named.into_iter().zip(known).filter(|(_, meaning)| meaning.is_none()).map(|(named, _)| named).collect()
}

/// The bookmark, if it has a name that a list can show.
///
/// # Errors
/// If it has none, or one that is too long.
pub fn with_name(bookmark: Bookmark) -> Read<Bookmark> {
    let most = limits::BOOKMARK_CHARS;
    match bookmark.name.chars().count() {
        _ if bookmark.name.trim().is_empty() => fault(words::empty()).of("name"),
        n if most < n => fault(words::too_long(n, &most)).of("name"),
        _ => Ok(bookmark),
    }
}
