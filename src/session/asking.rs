//! Asking first: each step asks for its numbers before it tells them.

use super::Session;
use crate::explanation::answer::Verdict;
use crate::explanation::asked_quantity;
use crate::moment::Moment;
use crate::moment::step::{Grain, Lines, Position};

/// The hints before the answer: the formula, and with its numbers put in.
pub const HINTS: u8 = 2;

/// How the answers of a round have turned out. A round begins when the page begins to ask first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Questions that were answered, right or wrong.
    pub answered: u32,
    /// Those of them that were answered right in the end.
    pub right: u32,
    /// Those that were right at once, without a hint.
    pub at_once: u32,
}

/// What has been done about the question that is open, or has just been answered right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// How many hints are shown, at most [`HINTS`].
    pub hints: u8,
    /// The last answer: as it was typed, and what it is worth, or why it is no number.
    pub answer: Option<(String, Result<Verdict, String>)>,
    /// Whether an answer has been counted.
    is_counted: bool,
}

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
            self.tell();
        }
    }

    /// Judges an answer. A right one is told.
    pub(super) fn answer(&mut self, typed: &str) {
        let Some(asked) = asked_quantity(&self.moment).filter(|_| self.moment.is_asking()) else {
            return;
        };
        let verdict = Verdict::of(&self.moment, asked, typed);
        let (is_first, has_no_hint) = (!self.turn.is_counted, self.turn.hints == 0);
        if let Ok(verdict) = &verdict
            && *verdict != Verdict::TooShort
        {
            let is_right = *verdict == Verdict::Right;
            self.turn.is_counted = true;
            self.score.answered += u32::from(is_first);
            self.score.right += u32::from(is_right);
            self.score.at_once += u32::from(is_right && is_first && has_no_hint);
            if is_right {
                self.tell();
            }
        }
        self.turn.answer = Some((typed.trim().to_owned(), verdict));
    }

    /// Begins or ends to ask first; begun, with a new round.
    pub(super) fn set_asks_first(&mut self, asks_first: bool) {
        self.settings.asks_first = asks_first;
        self.score = Score::default();
        self.tell();
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
        self.moment = self.fitted(moment);
        self.tell();
        if is_asking {
            self.ask();
        }
    }

    /// Tells what is asked for.
    pub(super) fn tell(&mut self) {
        self.moment = self.moment.at(self.moment.position);
    }

    /// Whether the stop that is shown is the first that tells of its numbers: before it stands their question.
    pub(super) fn follows_question(&self) -> bool {
        let moment = &self.moment;
        let is_asked_for = self.settings.asks_first && !moment.is_asking() && 0 < moment.position.step;
        is_asked_for
            && (self.grain() != Grain::Term || moment.position.terms == 1 && self.line_before().is_none())
    }
}
