//! The pages of a lesson's guide: each opens with the state that it is about.

use std::rc::Rc;

use super::{Playback, Session};
use crate::lesson::Lesson;
use crate::lesson::guide::GuidePage;
use crate::words::session::undo;

impl Session {
    /// The pages of the lesson's guide; none where it has none.
    pub fn guide(&self) -> &[GuidePage] {
        &self.start.guide
    }

    /// Which of them is open, from 0.
    pub fn guide_page(&self) -> usize {
        self.guide_page
    }

    /// Opens a page: whatever has been done since, the lesson is as the page says. What was there can be
    /// brought back.
    pub(super) fn open_guide_page(&mut self, number: usize) {
        let start = Rc::clone(&self.start);
        let Some(page) = start.guide.get(number) else {
            return;
        };
        let lesson = page.lesson(&start);
        let name = undo::guide_page(&(number + 1));
        if self.is_run_of(&lesson) {
            self.remember(&name);
        } else if !self.begin(Rc::clone(&lesson), Some(&name)) {
            return;
        }
        self.guide_page = number;
        self.go_to_place(page.epoch, page.place(&lesson));
        if let (Some(until), None) = (page.run_to, &self.notice) {
            self.playback = Playback::Running { until, as_set: true };
        }
    }

    /// Whether the run is one of `lesson` as it stands, without an edit.
    fn is_run_of(&self, lesson: &Rc<Lesson>) -> bool {
        match self.run.segments() {
            [only] => only.lesson == *lesson && only.model.network.params == lesson.network.params,
            _ => false,
        }
    }
}
