//! Asking first: each step asks for its numbers before it tells them.

use std::rc::Rc;

use super::Session;
use crate::explanation::answer::Verdict;
use crate::explanation::asked_quantity;
use crate::moment::Moment;
use crate::moment::step::{Grain, Lines, Position};
use crate::moment::time::Time;

/// The hints before the answer: the formula, and with its numbers put in.
pub const HINTS: u8 = 2;

/// As many questions of a round are known to have been told, those of the last epochs.
const MOST_TOLD: usize = 1_000;

/// How the answers of a round have turned out. A round begins when the page begins to ask first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Questions that were answered, right or wrong.
    pub answered: u32,
    /// Those of them that were answered right in the end.
    pub right: u32,
    /// Those that were right at once, without a hint.
    pub at_once: u32,
    /// Whether the open question is among those that were answered.
    pub is_tried: bool,
}

/// What has been done about the question that is open, or has just been answered right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// How many hints are shown, at most [`HINTS`].
    pub hints: u8,
    /// The last answer: as it was typed, and what it is worth, or why it is no number.
    pub answer: Option<(String, Result<Verdict, String>)>,
}

/// A question: its time, its step, and which of its numbers.
pub(super) type Question = (Time, usize, usize);

impl Session {
    /// How the answers of this round have turned out.
    pub fn score(&self) -> Score {
        self.score
    }

    /// What has been done about the question.
    pub fn turn(&self) -> &Turn {
        &self.turn
    }

    /// Shows the next hint; after the last one the answer.
    pub(super) fn hint(&mut self) {
        if self.turn.hints < HINTS {
            self.turn.hints += 1;
        } else {
            self.tell_whole();
        }
    }

    /// Judges an answer. A right one is told.
    pub(super) fn answer(&mut self, typed: &str) {
        let Some(asked) = asked_quantity(&self.moment).filter(|_| self.moment.is_asking()) else {
            return;
        };
        let verdict = Verdict::of(&self.moment, asked, typed);
        if let Ok(verdict) = &verdict
            && *verdict != Verdict::TooShort
        {
            let is_right = *verdict == Verdict::Right;
            self.count(is_right);
            if is_right {
                self.tell_whole();
            }
        }
        self.turn.answer = Some((typed.trim().to_owned(), verdict));
    }

    /// Counts an answer: each question once, and none whose number has been told before.
    fn count(&mut self, is_right: bool) {
        if self.told_before.contains(&self.question()) {
            return;
        }
        let is_first = !self.score.is_tried;
        self.score.is_tried = true;
        self.score.answered += u32::from(is_first);
        self.score.right += u32::from(is_right);
        self.score.at_once += u32::from(is_right && is_first && self.turn.hints == 0);
    }

    /// The question of the stop that is shown.
    pub(super) fn question(&self) -> Question {
        let Position { step, numbers, .. } = self.moment.position;
        (self.time(), step, numbers)
    }

    /// Begins or ends to ask first; begun, with a new round.
    pub(super) fn set_asks_first(&mut self, asks_first: bool) {
        self.settings.asks_first = asks_first;
        self.score = Score::default();
        self.tell();
        self.told_before = Rc::default();
    }

    /// Asks for what the stop that is shown makes, if steps ask first. By term a number is asked for before
    /// its first term.
    pub(super) fn ask(&mut self) {
        if !self.settings.asks_first {
            return;
        }
        if self.grain() == Grain::Term {
            let Position { step, numbers, .. } = self.moment.position;
            let lines = if self.settings.by_line { Lines::First(1) } else { Lines::All };
            self.moment = self.fitted(self.moment.at(Position { step, lines, terms: 1, numbers }));
        }
        let before = self.moment.plan.previous(self.moment.position, self.grain());
        if let Some(before) = before {
            self.moment = self.moment.asking(before);
        }
    }

    /// Shows `moment`, with its numbers asked for if they were.
    pub(super) fn arrive(&mut self, moment: Moment, is_asking: bool) {
        self.moment = self.fitted(self.written(moment));
        self.moment = self.moment.at(self.moment.position);
        if is_asking {
            self.ask();
        }
    }

    /// Tells what is asked for.
    pub(super) fn tell(&mut self) {
        if self.moment.is_asking() {
            let question = self.question();
            let told_before = Rc::make_mut(&mut self.told_before);
            told_before.insert(question);
            if MOST_TOLD < told_before.len() {
                told_before.pop_first();
            }
        }
        self.moment = self.moment.at(self.moment.position);
    }

    /// The same with all terms and lines that lead to it.
    fn tell_whole(&mut self) {
        let Position { step, numbers, .. } = self.moment.position;
        let whole = Position { numbers, ..self.moment.plan.done(step) };
        self.tell();
        self.moment = self.moment.at(whole);
    }

    /// Whether the stop that is shown is the first that tells of its numbers: before it stands their question.
    pub(super) fn follows_question(&self) -> bool {
        let moment = &self.moment;
        let is_asked_for = self.settings.asks_first && !moment.is_asking() && 0 < moment.position.step;
        is_asked_for
            && (self.grain() != Grain::Term || moment.position.terms == 1 && self.line_before().is_none())
    }
}
