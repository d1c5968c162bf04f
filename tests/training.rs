//! How a run is controlled: what a step does by itself.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::rc::Rc;

use chainrule::lesson::Lesson;
use chainrule::session::saved::{restore, save};
use chainrule::session::{Action, Session};
use chainrule::step::Grain;

use common::session;

const SPIRALS: &str = include_str!("../static/lessons/spirals.json");

fn open(text: &str) -> Action {
    Action::Open(Rc::new(common::lesson(text)))
}

#[test]
fn a_step_does_a_layer_of_a_large_network_unless_the_reader_has_chosen() {
    let small: Session = session(&common::lesson(common::XOR));
    assert_eq!(small.grain(), Grain::Unit);
    let large = small.update(open(SPIRALS));
    assert_eq!(large.grain(), Grain::Layer);
    assert_eq!(large.update(Action::Undo).grain(), Grain::Unit);
    // One step ends at the last unit of the first layer.
    let lesson: Lesson = common::lesson(SPIRALS);
    let stepped = large.update(Action::StepForward { coarser: false });
    assert_eq!(stepped.moment().position.step, 2 * lesson.network.n_units(1));

    let chosen = small.update(Action::SetGrain(Grain::Term)).update(open(SPIRALS));
    assert_eq!(chosen.grain(), Grain::Term);
    for session in [large, chosen] {
        let back = restore(&save(&session)).map(|back| back.grain());
        assert_eq!(back, Ok(session.grain()));
    }
}
