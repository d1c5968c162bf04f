//! Everything that can happen to the page.

use std::rc::Rc;

use super::{Edit, Notice, RunSettings};
use crate::explanation::Speaking;
use crate::lesson::notation::{self, Aspect};
use crate::lesson::view::View;
use crate::lesson::{Lesson, Notation};
use crate::moment::step::{Grain, Position};
use crate::session::design::{Change, StartWeights};
use crate::session::saved::shared::Shared;

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// To the next stop, of the chosen grain or of the next coarser one.
    StepForward {
        /// One grain coarser than chosen.
        coarser: bool,
    },
    /// To the stop before.
    StepBack {
        /// One grain coarser than chosen.
        coarser: bool,
    },
    /// To the start of the run.
    ToStart,
    /// To the end of the current phase; from there to the end of the next.
    EndOfPhase,
    /// To the start of the next epoch.
    NextEpoch,
    /// To a stop of the update that is shown.
    JumpTo(Position),
    /// To the start of an epoch that the run has reached, or as far as it has.
    GoToEpoch(u64),
    /// Start stepping by itself.
    Play,
    /// Stop stepping or running.
    Pause,
    /// The clock: one step while playing.
    Tick,
    /// Start learning this many epochs from here, as [`RunSettings`] say.
    RunEpochs(u64),
    /// Start learning up to this epoch, as fast as it goes.
    RunTo(u64),
    /// Learn a part of the run that was asked for.
    RunSlice {
        /// The most samples that it may look at, weighted by what is done with them.
        work: u64,
        /// The most updates that it may make.
        updates: u64,
    },
    /// Change a number.
    Edit {
        /// What and how.
        edit: Edit,
        /// Part of a gesture that has changed it already: undone together.
        continues: bool,
    },
    /// Change the design: a new run from its start.
    Design {
        /// What and how.
        change: Change,
        /// Part of a gesture that has changed it already: undone together.
        continues: bool,
    },
    /// Choose how new weights are drawn.
    SetStartWeights(StartWeights),
    /// Take back the last edit.
    Undo,
    /// Make the last undone edit again.
    Redo,
    /// Back to the lesson as it was opened.
    Reset,
    /// Back to the weights as the lesson was opened with; learning rate, data and settings stay.
    ResetWeights,
    /// Open another lesson.
    Open(Rc<Lesson>),
    /// Open what a link carries.
    OpenLink(Rc<Shared>),
    /// Open this page of the lesson's guide, from 0.
    OpenGuidePage(usize),
    /// Go to this bookmark, from 0.
    GoToBookmark(usize),
    /// Bookmark what is shown under a name, with what is open beside it.
    AddBookmark(String, Vec<View>),
    /// Take this bookmark away, from 0.
    RemoveBookmark(usize),
    /// Take the earlier run of this number off the curve.
    RemoveEarlier(u64),
    /// Choose the grain.
    SetGrain(Grain),
    /// Choose whether steps by term stop at each line of a derivation; if not, the one that is shown is whole.
    SetByLine(bool),
    /// Choose whether each step asks for its number before it tells it.
    SetAsksFirst(bool),
    /// Answer the question of the step with this number, as it was typed.
    Answer(String),
    /// Show the next hint to the question of the step; after the last one the answer.
    Hint,
    /// Choose the number of digits.
    SetDigits(u8),
    /// Says so much of a step to who listens.
    SetSpeaking(Speaking),
    /// Writes all names in a notation; `None`: as each lesson says.
    SetNotation(Option<Notation>),
    /// Write this of the notation so, or as the notation has it.
    ChangeNotation(Aspect, Option<notation::Change>),
    /// Choose the steps per second.
    SetSpeed(f64),
    /// Choose how fast a run goes and when it stops.
    SetRun(RunSettings),
    /// Say something to the reader.
    Notify(Notice),
    /// Take the sentence away.
    DismissNotice,
}

impl Action {
    /// Tells the reader that something went wrong.
    pub fn problem(text: impl Into<String>) -> Self {
        Self::Notify(Notice { text: text.into(), is_problem: true })
    }
}
