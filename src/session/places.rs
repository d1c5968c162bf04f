//! Going to a place of the run: of a guide's page, of a bookmark.

use std::rc::Rc;

use super::{MAX_EPOCHS, Playback, Session};
use crate::lesson::bookmark::{Bookmark, Place, with_name};
use crate::lesson::grain::Grain;
use crate::lesson::limits;
use crate::lesson::named::Meaning;
use crate::lesson::view::View;
use crate::moment::step::Position;
use crate::moment::time::Time;
use crate::text::format;
use crate::words::session as words;

impl Session {
    /// The bookmarks of the lesson, and those that the reader has added.
    pub fn bookmarks(&self) -> &Rc<Vec<Bookmark>> {
        &self.bookmarks
    }

    /// To where `place` has been computed in an epoch; without one, before the epoch's first step.
    pub(super) fn go_to_place(&mut self, epoch: u64, place: Option<Meaning>) {
        let (batch, sample) = place
            .and_then(|place| place.sample)
            .map_or((0, 0), |sample| self.moment.lesson.place_in_epoch(epoch, sample));
        self.go_to(Time { epoch, batch }, Position::READY);
        let plan = &self.moment.plan;
        let stop = place.and_then(|place| {
            let step = plan.find(plan.maker(place.quantity)?, sample)?;
            Some(plan.reaches(step, place.quantity))
        });
        if let Some(stop) = stop {
            self.moment = self.moment.at(stop);
        }
    }

    /// To a bookmark, from 0. What it takes long to come to is learned as a run is.
    pub(super) fn go_to_bookmark(&mut self, number: usize) {
        let bookmarks = Rc::clone(&self.bookmarks);
        let Some(bookmark) = bookmarks.get(number) else {
            return;
        };
        match bookmark.step_by {
            Some(grain) => self.settings.grain = Some(grain),
            // All formulas of a layer or phase would hide the one that it names.
            None if Grain::Unit < self.grain() => self.settings.grain = None,
            None => {}
        }
        let left = bookmark.epoch.saturating_sub(self.run.reached().epoch);
        let n_products = self.moment.network().n_products(self.moment.lesson.data.train.len());
        if limits::GUIDE_EPOCH < left || limits::GUIDE_PRODUCTS < left.saturating_mul(n_products) {
            let until = bookmark.epoch.min(self.moment.epoch.saturating_add(MAX_EPOCHS));
            self.playback = Playback::Running { until, as_set: false };
            return;
        }
        match bookmark.place {
            Place::At(_) => self.go_to_place(bookmark.epoch, bookmark.meaning(&self.moment.lesson)),
            Place::Step { batch, step } => {
                let batch = batch.min(self.moment.lesson.n_batches() - 1);
                self.go_to(Time { epoch: bookmark.epoch, batch }, Position::READY);
                if self.time().epoch == bookmark.epoch {
                    self.moment = self.moment.at(self.moment.plan.done(step));
                }
            }
        }
    }

    /// Adds a bookmark of what is shown.
    pub(super) fn add_bookmark(&mut self, name: &str, opens: Vec<View>) {
        let most = limits::BOOKMARKS;
        if most <= self.bookmarks.len() {
            return self.refuse(words::bookmarks_full(most));
        }
        let Time { epoch, batch } = self.time();
        let place = Place::Step { batch, step: self.moment.position.step };
        let step_by = self.settings.grain.filter(|grain| Grain::Unit < *grain);
        let bookmark = Bookmark { name: name.trim().to_owned(), epoch, place, step_by, opens };
        match with_name(bookmark) {
            Err(_) => {
                let most = format::count(limits::BOOKMARK_CHARS as u64);
                self.refuse(words::bookmark_name(&most));
            }
            Ok(bookmark) => {
                self.remember(&words::undo::bookmark(&bookmark.name));
                Rc::make_mut(&mut self.bookmarks).push(bookmark);
            }
        }
    }

    /// Takes a bookmark away, from 0.
    pub(super) fn remove_bookmark(&mut self, number: usize) {
        if let Some(bookmark) = self.bookmarks.get(number) {
            let name = words::undo::bookmark_less(&bookmark.name);
            self.remember(&name);
            Rc::make_mut(&mut self.bookmarks).remove(number);
        }
    }
}
