//! The points of the plot, to add, move and take away: by pointer, or by a cross that the arrow keys
//! move.

use std::rc::Rc;

use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::page::parts::choice::{Choice, Choosable};
use crate::page::scene::Panel;
use crate::picture::plot::Plot;
use crate::session::{Action, Edit};
use crate::text::format;
use crate::words::tables::plot as words;
use backprop::classes::{Goal, class_of};

/// How far from a mark a touch still means it, in pixels.
const REACH: f64 = 11.0;
/// Pixels that the pointer moves before a press becomes a drag.
const DRAG_THRESHOLD: f64 = 4.0;
/// Pixels that an arrow key moves the cross; with Shift, one.
const KEY_STEP: f64 = 12.0;
/// The most different targets to choose from.
const MAX_TARGETS: usize = 12;

#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    pub panel: Panel,
    pub plot: Rc<Plot>,
    /// The sample whose targets new points take.
    pub like: usize,
    /// Called with whether the ends of the plot are to stay: while a point is dragged.
    pub on_hold: Callback<bool>,
}

/// A press of the pointer.
#[derive(Clone, Copy)]
struct Press {
    at: [f64; 2],
    /// The point that it holds.
    sample: Option<usize>,
    has_moved: bool,
}

/// What answers to pointer and keyboard over the plot.
#[component]
pub fn Points(props: &Props) -> Html {
    let Props { panel, plot, like, on_hold } = props;
    let like = *like;
    let press = use_mut_ref(|| None::<Press>);
    let cross = use_state_eq(|| None::<[f64; 2]>);
    let edit = {
        let dispatch = panel.dispatch.clone();
        move |edit: Edit, continues: bool| dispatch.emit(Action::Edit { edit, continues })
    };

    let onpointerdown = {
        let (plot, press) = (Rc::clone(plot), Rc::clone(&press));
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                let at = place_of(&event);
                *press.borrow_mut() = Some(Press { at, sample: plot.sample_at(at, REACH), has_moved: false });
                if let Some(area) = event.target_dyn_into::<Element>() {
                    // Without it a drag ends where the plot ends.
                    let _ = area.set_pointer_capture(event.pointer_id());
                }
            }
        })
    };
    let onpointermove = {
        let (plot, press, on_hold, edit) =
            (Rc::clone(plot), Rc::clone(&press), on_hold.clone(), edit.clone());
        Callback::from(move |event: PointerEvent| {
            let mut press = press.borrow_mut();
            let Some(Press { at, sample: Some(sample), has_moved }) = press.as_mut() else {
                return;
            };
            let now = place_of(&event);
            if !*has_moved && (now[0] - at[0]).hypot(now[1] - at[1]) < DRAG_THRESHOLD {
                return;
            }
            event.prevent_default();
            let continues = std::mem::replace(has_moved, true);
            if !continues {
                on_hold.emit(true);
            }
            edit(Edit::MovePoint { sample: *sample, at: plot.point_at(now) }, continues);
        })
    };
    let onpointerup = {
        let (plot, press, on_hold, edit) =
            (Rc::clone(plot), Rc::clone(&press), on_hold.clone(), edit.clone());
        Callback::from(move |_: PointerEvent| match press.borrow_mut().take() {
            Some(Press { has_moved: true, .. }) => on_hold.emit(false),
            Some(Press { sample: Some(sample), .. }) => edit(Edit::RemoveSample(sample), false),
            Some(Press { at, sample: None, .. }) => {
                edit(Edit::AddPoint { at: plot.point_at(at), like }, false);
            }
            None => {}
        })
    };
    let onpointercancel = {
        let (press, on_hold) = (Rc::clone(&press), on_hold.clone());
        Callback::from(move |_: PointerEvent| {
            if press.borrow_mut().take().is_some_and(|press| press.has_moved) {
                on_hold.emit(false);
            }
        })
    };

    let middle = plot.middle();
    let here = cross.unwrap_or(middle);
    let onkeydown = {
        let (plot, setter, edit) = (Rc::clone(plot), cross.setter(), edit.clone());
        Callback::from(move |event: KeyboardEvent| {
            let step = if event.shift_key() { 1.0 } else { KEY_STEP };
            let [x, y] = here;
            let near = plot.sample_at(here, REACH);
            match event.key().as_str() {
                "ArrowLeft" => setter.set(Some(plot.within([x - step, y]))),
                "ArrowRight" => setter.set(Some(plot.within([x + step, y]))),
                "ArrowUp" => setter.set(Some(plot.within([x, y - step]))),
                "ArrowDown" => setter.set(Some(plot.within([x, y + step]))),
                "Enter" => edit(Edit::AddPoint { at: plot.point_at(here), like }, false),
                "Delete" | "Backspace" => {
                    if let Some(sample) = near {
                        edit(Edit::RemoveSample(sample), false);
                    }
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let (onfocus, onblur) = {
        let (show, hide) = (cross.setter(), cross.setter());
        (
            Callback::from(move |_: FocusEvent| show.set(Some(here))),
            Callback::from(move |_: FocusEvent| hide.set(None)),
        )
    };
    let number = |x: f64| format::number(x, panel.scene.digits());
    let [across, up] = plot.point_at(here).map(number);
    let says = match plot.sample_at(here, REACH) {
        Some(sample) => words::cross_on_sample(&across, &up, &(sample + 1)),
        None => words::cross_at(&across, &up),
    };
    html! {
            <div
                class="plot-points"
                role="application"
                tabindex="0"
                aria-label={words::points()}
                {onpointerdown}
                {onpointermove}
                {onpointerup}
                {onpointercancel}
                {onkeydown}
                {onfocus}
                {onblur}
            >
                if let Some([left, top]) = *cross {
                    <span class="plot-cross" style={format!("left:{left:.1}px;top:{top:.1}px")} aria-hidden="true" />
                    <span class="visually-hidden" role="status">{says}</span>
                }
            </div>
    }
}

/// Where in the plot the pointer is, in CSS pixels from its top left.
fn place_of(event: &PointerEvent) -> [f64; 2] {
    let corner = event.target_dyn_into::<Element>().map(|area| area.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |corner| (corner.left(), corner.top()));
    [f64::from(event.client_x()) - left, f64::from(event.client_y()) - top]
}

/// The sample whose targets new points take: `chosen`, if it still stands for a target.
pub fn like(panel: &Panel, chosen: usize) -> usize {
    let targets = targets(panel);
    targets.iter().find(|(sample, _)| *sample == chosen).or(targets.first()).map_or(0, |(sample, _)| *sample)
}

/// What new points are to be, where the plot's height does not say it.
pub fn like_choice(panel: &Panel, chosen: &UseStateHandle<usize>) -> Html {
    let targets = targets(panel);
    if panel.scene.moment().network().n_units(0) != 2 || targets.len() < 2 {
        return html! {};
    }
    let options: Vec<Choosable<usize>> =
        targets.into_iter().map(|(sample, text)| (sample, text.into())).collect();
    let setter = chosen.setter();
    let on_choose = Callback::from(move |sample| setter.set(sample));
    html! {
        <label class="plot-like">
            <span>{words::new_points()}</span>
            <Choice<usize> label={words::name_of_new_points()} {options} value={like(panel, **chosen)} {on_choose} />
        </label>
    }
}

/// The different targets of the data, each with a sample that has it, in words: the name of a class, or
/// "target 0 1".
fn targets(panel: &Panel) -> Vec<(usize, String)> {
    let lesson = &panel.scene.moment().lesson;
    let samples = &lesson.data.train;
    let mut found: Vec<usize> = Vec::new();
    for (k, sample) in samples.iter().enumerate() {
        if found.len() < MAX_TARGETS && found.iter().all(|other| samples[*other].target != sample.target) {
            found.push(k);
        }
    }
    let are_classes = lesson.goal() == Goal::Classes;
    let text = |k: usize| {
        let target = &samples[k].target;
        match lesson.class_name(class_of(target)).filter(|_| are_classes) {
            Some(name) => name.to_owned(),
            None => {
                let numbers: Vec<String> = target.iter().map(|x| panel.scene.number(*x)).collect();
                words::target(&numbers.join(" "))
            }
        }
    };
    let mut targets: Vec<(usize, String)> = found.into_iter().map(|k| (k, text(k))).collect();
    targets.sort_by(|a, b| {
        samples[a.0].target.partial_cmp(&samples[b.0].target).unwrap_or(std::cmp::Ordering::Equal)
    });
    targets
}
