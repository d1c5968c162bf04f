//! What the page does by itself: a tick per step while playing, a slice per frame while running. A
//! hidden page has no frames: there a run goes on by a timer, more slowly.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::request_animation_frame;
use gloo_timers::callback::{Interval, Timeout};
use yew::prelude::*;

use crate::page::parts::browser::{document, now};
use crate::run::pace::{Pacer, Slice};
use crate::session::{Action, Pace, Playback, Session};

/// How often a hidden page tries, in milliseconds.
const HIDDEN_INTERVAL: u32 = 200;

/// What drives the page.
#[derive(Clone, Copy, PartialEq)]
enum Drive {
    Nothing,
    /// A tick each so many milliseconds.
    Ticks(u32),
    /// A slice in each frame, with all the updates that it has time for or so many a second.
    Frames(Option<u32>),
}

/// Whether what a run has come to is left out of what the page shows: at full speed most of the time goes
/// into learning.
#[derive(Clone, Default)]
pub struct LeftOut(Rc<Cell<bool>>);

impl LeftOut {
    /// Leaves out nothing that anything but the run itself has done.
    pub fn sees(&self, action: &Action) {
        if !matches!(action, Action::RunSlice { .. }) {
            self.0.set(false);
        }
    }
}

/// The session to show: the latest but for what a run leaves out.
#[hook]
pub fn use_shown(latest: &Rc<Session>, left_out: &LeftOut) -> Rc<Session> {
    let kept = use_mut_ref(|| Rc::clone(latest));
    let is_left_out = latest.is_running() && left_out.0.get();
    if !is_left_out {
        kept.replace(Rc::clone(latest));
    }
    Rc::clone(&kept.borrow())
}

/// Dispatches ticks while playing and slices while running, and tells what of them is `left_out`.
#[hook]
pub fn use_playback(session: &Session, left_out: &LeftOut, dispatch: Callback<Action>) {
    let drive = match session.playback() {
        Playback::Paused => Drive::Nothing,
        Playback::Playing => Drive::Ticks((1000.0 / session.settings().speed).round() as u32),
        Playback::Running { as_set, .. } => Drive::Frames(match session.pace() {
            Pace::Epochs(epochs) if as_set => Some(epochs.saturating_mul(n_batches(session))),
            _ => None,
        }),
    };
    let n_updates = (*use_memo((), |()| Rc::new(Cell::new(0)))).clone();
    n_updates.set(session.n_updates());
    let left_out = left_out.clone();
    use_effect_with(drive, move |drive| {
        let driver: Option<Box<dyn Any>> = match *drive {
            Drive::Nothing => None,
            Drive::Ticks(milliseconds) => {
                Some(Box::new(Interval::new(milliseconds, move || dispatch.emit(Action::Tick))))
            }
            Drive::Frames(pace) => Some(Box::new(Slices::start(dispatch, pace, n_updates, left_out))),
        };
        move || drop(driver)
    });
}

/// Updates of an epoch.
fn n_batches(session: &Session) -> u32 {
    u32::try_from(session.moment().lesson.n_batches()).unwrap_or(u32::MAX)
}

/// Dispatches slices of a run until it is dropped: for runs beside the session's.
pub fn run_in_frames(dispatch: Callback<Action>) -> Box<dyn Any> {
    Box::new(Slices::start(dispatch, None, Rc::default(), LeftOut::default()))
}

/// Slices of a run, one per frame, of a size that keeps the page fluent. Ends when dropped.
struct Slices {
    dispatch: Callback<Action>,
    /// Updates per second, and what is due of them.
    pace: Option<(u32, RefCell<Pacer>)>,
    /// The updates that the session has made.
    n_updates: Rc<Cell<u64>>,
    left_out: LeftOut,
    slice: RefCell<Slice>,
    /// The frame, or the timer of a hidden page.
    next: RefCell<Option<Box<dyn Any>>>,
    measured: RefCell<Option<Timeout>>,
    on_visibility: RefCell<Option<EventListener>>,
}

impl Slices {
    fn start(
        dispatch: Callback<Action>,
        pace: Option<u32>,
        n_updates: Rc<Cell<u64>>,
        left_out: LeftOut,
    ) -> Rc<Self> {
        let pacer = Pacer::new(now(), n_updates.get());
        let slices = Rc::new(Self {
            dispatch,
            pace: pace.map(|pace| (pace, RefCell::new(pacer))),
            n_updates,
            left_out,
            slice: RefCell::default(),
            next: RefCell::default(),
            measured: RefCell::default(),
            on_visibility: RefCell::default(),
        });
        if let Some(document) = document() {
            let weak = Rc::downgrade(&slices);
            let listener = EventListener::new(&document, "visibilitychange", move |_| {
                if let Some(slices) = weak.upgrade() {
                    slices.request();
                }
            });
            *slices.on_visibility.borrow_mut() = Some(listener);
        }
        slices.request();
        slices
    }

    /// Asks for the next frame; a hidden page has none, a timer stands for it.
    fn request(self: &Rc<Self>) {
        let slices = Rc::downgrade(self);
        let go_on = move || {
            if let Some(slices) = slices.upgrade() {
                slices.request();
                slices.run();
            }
        };
        let next: Box<dyn Any> = if is_hidden() {
            Box::new(Timeout::new(HIDDEN_INTERVAL, go_on))
        } else {
            Box::new(request_animation_frame(move |_| go_on()))
        };
        *self.next.borrow_mut() = Some(next);
    }

    fn run(self: &Rc<Self>) {
        let start = now();
        self.slice.borrow_mut().begin_frame(start);
        let updates = match &self.pace {
            None => u64::MAX,
            Some((pace, pacer)) => pacer.borrow_mut().due(*pace, start, self.n_updates.get()),
        };
        if updates == 0 {
            return;
        }
        // What is due at a pace is there to be seen.
        let is_shown = self.pace.is_some() || self.slice.borrow().is_shown(start);
        self.left_out.0.set(!is_shown);
        let work = self.slice.borrow().work(is_shown, is_hidden());
        self.dispatch.emit(Action::RunSlice { work, updates });
        let computed = now() - start;
        // The page is rendered right after this callback, laid out and painted right after that:
        // a timer comes last.
        let slices = Rc::downgrade(self);
        *self.measured.borrow_mut() = Some(Timeout::new(0, move || {
            if let Some(slices) = slices.upgrade() {
                slices.slice.borrow_mut().note(work, computed, now() - start, is_shown);
            }
        }));
    }
}

fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}
