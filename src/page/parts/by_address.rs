//! Shared values as properties: equal only where they are the same object, whatever they hold.

use std::ops::Deref;
use std::rc::Rc;

use crate::lesson::Lesson;
use crate::moment::Moment;
use backprop::trace::Model;

/// A value, equal to itself only.
pub struct ByAddress<T>(pub Rc<T>);

impl<T> Clone for ByAddress<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for ByAddress<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for ByAddress<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The update that a moment shows, whichever step of it: what is made of the update alone is made anew only
/// for another one.
#[derive(Clone, PartialEq)]
pub struct ShownUpdate {
    model: ByAddress<Model>,
    lesson: ByAddress<Lesson>,
    time: (u64, usize),
}

impl ShownUpdate {
    /// That of `moment`.
    pub fn of(moment: &Moment) -> Self {
        Self {
            model: ByAddress(Rc::clone(moment.model())),
            lesson: ByAddress(Rc::clone(&moment.lesson)),
            time: (moment.epoch, moment.batch),
        }
    }
}
