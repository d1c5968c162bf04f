//! What undo and redo bring back, and what of it is stored: all that the rest is computed from.

use std::borrow::Cow;
use std::rc::Rc;

use crate::lesson::Lesson;
use crate::lesson::bookmark::Bookmark;
use crate::moment::Moment;
use crate::moment::step::Position;
use crate::moment::time::{Diverged, Time};
use crate::run::earlier::EarlierRuns;
use crate::run::{LossCurve, Run, Segment};
use backprop::trace::Model;

/// A past or undone state of the session.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub opening: u64,
    pub start: Rc<Lesson>,
    pub run: Rc<Run>,
    pub moment: Moment,
    /// Edits since the lesson's start.
    pub n_edits: u64,
    pub guide_page: usize,
    pub bookmarks: Rc<Vec<Bookmark>>,
    pub earlier: EarlierRuns,
}

/// The same without what can be computed again.
#[derive(Clone, Debug)]
pub struct Rest {
    pub opening: u64,
    pub start: Rc<Lesson>,
    pub segments: Vec<Segment>,
    /// How far the run has been computed, and the model there.
    pub front: (Time, Rc<Model>),
    /// What is shown.
    pub now: (Time, Rc<Model>),
    pub position: Position,
    /// Whether the numbers of its step are asked for and not yet told.
    pub is_asking: bool,
    pub n_edits: u64,
    pub guide_page: usize,
    pub bookmarks: Rc<Vec<Bookmark>>,
    pub losses: LossCurve,
    pub earlier: EarlierRuns,
}

/// A change that undo takes back or redo makes again: its name, and the state that this brings.
#[derive(Clone, Debug)]
pub struct Undoable {
    pub name: Rc<str>,
    pub state: Kept,
}

/// What undo or redo brings back: as it was left, or as it was stored. What was stored is computed again
/// when it is asked for: at a start that would take long, and few of it may ever be.
#[derive(Clone, Debug)]
pub enum Kept {
    Snapshot(Box<Snapshot>),
    Stored(Rc<Rest>),
}

impl Kept {
    /// What it brings back.
    ///
    /// # Errors
    /// If a pass is not finite: nothing that was shown is such.
    pub fn snapshot(&self) -> Result<Cow<'_, Snapshot>, Diverged> {
        match self {
            Self::Snapshot(snapshot) => Ok(Cow::Borrowed(snapshot)),
            Self::Stored(rest) => rest.wake().map(Cow::Owned),
        }
    }

    /// What of it is stored.
    pub fn rest(&self) -> Cow<'_, Rest> {
        match self {
            Self::Snapshot(snapshot) => Cow::Owned(snapshot.rest()),
            Self::Stored(rest) => Cow::Borrowed(rest),
        }
    }
}

impl Snapshot {
    /// What of it is stored.
    pub fn rest(&self) -> Rest {
        let Self { opening, start, run, moment, n_edits, guide_page, bookmarks, earlier } = self;
        Rest {
            opening: *opening,
            start: Rc::clone(start),
            segments: run.segments().to_vec(),
            front: (run.reached(), Rc::clone(run.front_model())),
            now: (Time { epoch: moment.epoch, batch: moment.batch }, Rc::clone(moment.model())),
            position: moment.position_to_keep(),
            is_asking: moment.is_asking(),
            n_edits: *n_edits,
            guide_page: *guide_page,
            bookmarks: Rc::clone(bookmarks),
            losses: run.losses().clone(),
            earlier: earlier.clone(),
        }
    }
}

impl Rest {
    /// Computes it again.
    ///
    /// # Errors
    /// If a pass is not finite.
    pub fn wake(&self) -> Result<Snapshot, Diverged> {
        let Self { opening, start, segments, front, now, position, n_edits, guide_page, .. } = self;
        let Self { is_asking, bookmarks, losses, earlier, .. } = self;
        let mut run = Run::from_segments(segments.clone())?;
        let moment = run.restore(front.clone(), now.clone(), losses.points().to_vec())?;
        Ok(Snapshot {
            opening: *opening,
            start: Rc::clone(start),
            run: Rc::new(run),
            moment: moment.kept_at(*position, *is_asking),
            n_edits: *n_edits,
            guide_page: *guide_page,
            bookmarks: Rc::clone(bookmarks),
            earlier: earlier.clone(),
        })
    }
}
