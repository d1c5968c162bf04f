//! What a long run holds in memory: as much after an hour as after a minute.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::alloc::System;

use cap::Cap;
use chainrule::session::{Action, Playback, Session};

use common::session;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// The session at epoch `end`, and the most bytes that were in use on the way, slice by slice.
fn run_to(end: u64, mut session: Session) -> (Session, usize) {
    session = session.update(Action::RunTo(end));
    let mut most = 0;
    while session.playback() != Playback::Paused {
        session = session.update(Action::RunSlice { work: 5_000, updates: u64::MAX });
        most = most.max(MEMORY.allocated());
    }
    (session, most)
}

/// Half a million epochs are some seconds of XOR, an hour of Skalski's moons or of anything larger.
#[test]
fn a_long_run_leaves_memory_flat() {
    let before = MEMORY.allocated();
    let start = session(&common::lesson(common::XOR));
    // What a run keeps is thinned out by half whenever it has doubled: to be compared over a doubling.
    let (short, _) = run_to(15_625, start);
    let (short, after_a_minute) = run_to(31_250, short);
    let (long, _) = run_to(250_000, short);
    let (long, after_an_hour) = run_to(500_000, long);
    assert_eq!(long.time().epoch, 500_000);
    let (minute, hour) = (after_a_minute - before, after_an_hour - before);
    assert!(hour < minute + minute / 10 && hour < 2_000_000, "{minute} bytes, then {hour}");
}
