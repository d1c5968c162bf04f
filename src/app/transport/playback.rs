//! What the page does by itself: a tick per step while playing, a slice per frame while running.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use gloo_timers::callback::{Interval, Timeout};
use yew::prelude::*;

use crate::app::browser::now;
use crate::app::scene::Scene;
use crate::session::{Action, Playback};

/// How long a slice may take with everything that it causes, in milliseconds: three quarters of a
/// frame at 60 frames per second. The rest is the reader's.
const BUDGET: f64 = 12.0;
/// What computing gets at least, however long the page takes to show it: a run must come to its end
/// on a slow machine too.
const LEAST: f64 = 6.0;
/// Epochs of the first slice: nothing is known about the lesson's cost yet.
const FIRST: f64 = 1.0;
/// The most epochs of a slice.
const MOST: f64 = 50_000.0;
/// The shortest time that is believed: clocks are coarse.
const SHORTEST: f64 = 0.05;

/// What drives the page.
#[derive(Clone, Copy, PartialEq)]
enum Drive {
    Nothing,
    /// A tick each so many milliseconds.
    Ticks(u32),
    /// A slice in each frame.
    Frames,
}

/// Dispatches ticks while playing and slices while running.
#[hook]
pub fn use_playback(scene: &Scene, dispatch: Callback<Action>) {
    let session = scene.session();
    let drive = match session.playback() {
        Playback::Paused => Drive::Nothing,
        Playback::Playing => Drive::Ticks((1000.0 / session.settings().speed).round() as u32),
        Playback::Running { .. } => Drive::Frames,
    };
    use_effect_with(drive, move |drive| {
        let driver: Option<Box<dyn Any>> = match *drive {
            Drive::Nothing => None,
            Drive::Ticks(milliseconds) => {
                Some(Box::new(Interval::new(milliseconds, move || dispatch.emit(Action::Tick))))
            }
            Drive::Frames => Some(Box::new(Slices::start(dispatch))),
        };
        move || drop(driver)
    });
}

/// Slices of a run, one per frame, of a size that keeps the page fluent. Ends when dropped.
struct Slices {
    dispatch: Callback<Action>,
    /// Epochs of the next slice.
    size: Cell<f64>,
    next: RefCell<Option<AnimationFrame>>,
    measured: RefCell<Option<Timeout>>,
}

impl Slices {
    fn start(dispatch: Callback<Action>) -> Rc<Self> {
        let slices = Rc::new(Self {
            dispatch,
            size: Cell::new(FIRST),
            next: RefCell::default(),
            measured: RefCell::default(),
        });
        slices.request();
        slices
    }

    fn request(self: &Rc<Self>) {
        let slices = Rc::downgrade(self);
        *self.next.borrow_mut() = Some(request_animation_frame(move |_| {
            if let Some(slices) = slices.upgrade() {
                slices.request();
                slices.run();
            }
        }));
    }

    fn run(self: &Rc<Self>) {
        let start = now();
        self.dispatch.emit(Action::RunSlice(self.size.get() as u64));
        let computed = now() - start;
        // The page is rendered right after this callback, laid out and painted right after that:
        // a timer comes last.
        let slices = Rc::downgrade(self);
        *self.measured.borrow_mut() = Some(Timeout::new(0, move || {
            if let Some(slices) = slices.upgrade() {
                slices.adapt(computed, now() - start);
            }
        }));
    }

    /// Makes the next slice fit the budget, at most twice as large.
    fn adapt(&self, computed: f64, total: f64) {
        let allowed = (BUDGET - (total - computed)).max(LEAST);
        let factor = (allowed / computed.max(SHORTEST)).min(2.0);
        self.size.set((self.size.get() * factor).clamp(FIRST, MOST));
    }
}
