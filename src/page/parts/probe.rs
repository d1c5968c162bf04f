//! What reads a curve under pointer and arrow keys.

use web_sys::{HtmlInputElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::browser::within;
use super::by_address::ByAddress;
use crate::page::scene::Scene;
use crate::picture::chart::{Chart, Reading};
use crate::session::Action;

/// The props of [`Probe`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProbeProps {
    /// Its name.
    pub label: AttrValue,
    /// What is read.
    pub chart: ByAddress<Chart>,
    /// What the page shows.
    pub scene: Scene,
    /// What acts.
    pub dispatch: Callback<Action>,
}

/// Reads the curve under the pointer, or where the arrow keys have moved to; a click or Enter goes
/// to that epoch.
#[component]
pub fn Probe(props: &ProbeProps) -> Html {
    let chart = &props.chart.0;
    let probed = use_state_eq(|| None::<u64>);
    let area = use_node_ref();
    let reading = probed.and_then(|epoch| chart.reading(epoch));

    let epoch_under = {
        let (area, chart) = (area.clone(), chart.clone());
        move |event: &MouseEvent| {
            let (x, _) = within(&area, event)?;
            chart.epoch_at(x)
        }
    };
    let onpointermove = {
        let (probed, epoch_under) = (probed.setter(), epoch_under.clone());
        Callback::from(move |event: PointerEvent| probed.set(epoch_under(&event)))
    };
    let onpointerleave = {
        let probed = probed.setter();
        Callback::from(move |_: PointerEvent| probed.set(None))
    };
    let onclick = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(epoch) = epoch_under(&event) {
                dispatch.emit(Action::GoToEpoch(epoch));
            }
        })
    };

    let shown = probed.unwrap_or(props.scene.moment().epoch);
    let place = chart.place_of(shown);
    let here = chart.epoch_of(place);
    let oninput = {
        let (probed, chart) = (probed.setter(), chart.clone());
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(place) = input.and_then(|input| input.value().parse().ok()) {
                probed.set(Some(chart.epoch_of(place)));
            }
        })
    };
    let onkeydown = {
        let (dispatch, probed) = (props.dispatch.clone(), probed.setter());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => dispatch.emit(Action::GoToEpoch(here)),
            "Escape" => probed.set(None),
            _ => {}
        })
    };
    let onblur = {
        let probed = probed.setter();
        Callback::from(move |_: FocusEvent| probed.set(None))
    };
    let digits = props.scene.digits();
    let text = chart.reading(here).map(|reading| reading.text(digits));
    html! {
        <div ref={area} class="curve-probe" {onpointermove} {onpointerleave} {onclick}>
            <input
                type="range"
                aria-label={props.label.clone()}
                aria-valuetext={text}
                min="0"
                max={chart.n_readings().saturating_sub(1).to_string()}
                value={place.to_string()}
                {oninput}
                {onkeydown}
                {onblur}
            />
            if let Some(reading) = reading {
                { mark(&reading, digits) }
            }
        </div>
    }
}

/// The mark on the curve and its numbers above it.
fn mark(reading: &Reading, digits: u8) -> Html {
    let place = format!("left: {:.1}px; top: {:.1}px", reading.x, reading.y);
    let within = format!("translate: {:.1}%", -100.0 * reading.share);
    html! {
        <>
            <span class="curve-guide" style={format!("left: {:.1}px", reading.x)}>
                <span class="curve-reading" style={within}>{ reading.text(digits) }</span>
            </span>
            <span class="curve-mark" style={place} />
        </>
    }
}
