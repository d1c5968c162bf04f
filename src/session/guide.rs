//! The pages of a lesson's guide: each opens with the state that it is about.

use std::rc::Rc;

use super::{Playback, Session};
use crate::lesson::Lesson;
use crate::lesson::guide::GuidePage;
use crate::moment::step::Position;
use crate::moment::time::Time;

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
        if self.is_run_of(&lesson) {
            self.remember();
        } else if !self.begin(Rc::clone(&lesson), false) {
            return;
        }
        self.guide_page = number;
        let place = page.place(&lesson);
        let (batch, sample) = place
            .and_then(|place| place.sample)
            .map_or((0, 0), |sample| lesson.place_in_epoch(page.epoch, sample));
        self.go_to(Time { epoch: page.epoch, batch }, Position::READY);
        let plan = &self.moment.plan;
        let stop = place.and_then(|place| {
            let step = plan.find(plan.maker(place.quantity)?, sample)?;
            Some(plan.reaches(step, place.quantity))
        });
        if let Some(stop) = stop {
            self.moment = self.moment.at(stop);
        }
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
