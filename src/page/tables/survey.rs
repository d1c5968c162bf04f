//! What is measured of a run while a sheet is open, a little in each frame.

use std::rc::Rc;

use gloo_render::request_animation_frame;
use yew::prelude::*;

use crate::page::parts::browser::now;
use crate::page::scene::Scene;
use crate::run::survey::{Measurement, Survey};

/// Milliseconds of a frame that measuring may take.
const BUDGET: f64 = 5.0;
/// Work between two looks at the clock: samples times parameters.
const SLICE: u64 = 20_000;

/// What has been measured of the run; the rest is, a little in each frame.
#[hook]
pub fn use_survey<M: Measurement + Clone + 'static>(scene: &Scene) -> Survey<M> {
    let survey = use_mut_ref(Survey::<M>::default);
    let update = use_force_update();
    let (shown, all) = scene.session().survey_targets();
    survey.borrow_mut().aim(shown, all);
    use_effect({
        let survey = Rc::clone(&survey);
        move || {
            let is_done = survey.borrow().is_done();
            let frame = (!is_done).then(|| {
                request_animation_frame(move |_| {
                    let start = now();
                    let mut survey = survey.borrow_mut();
                    while !survey.is_done() && now() - start < BUDGET {
                        survey.advance(SLICE);
                    }
                    drop(survey);
                    update.force_update();
                })
            });
            move || drop(frame)
        }
    });
    survey.borrow().clone()
}
