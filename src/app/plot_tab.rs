//! The plot: what a unit makes of one input or two, over the data, live while training.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::choice::Choice;
use super::scene::PanelProps;
use super::surface::{Surface, use_surface};
use crate::format;
use crate::lesson::Lesson;
use crate::plot::{Plot, Span, can_plot};
use crate::quantity::Quantity;
use crate::trace::Model;

/// Units that can be chosen: more would make no list for anybody.
const MAX_CHOICES: usize = 60;
/// Significant digits at the border.
const DIGITS: u8 = 3;

/// What a plot depends on.
#[derive(Clone)]
struct Key {
    model: Rc<Model>,
    lesson: Rc<Lesson>,
    unit: (usize, usize),
    surface: Surface,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.model, &other.model)
            && Rc::ptr_eq(&self.lesson, &other.lesson)
            && self.unit == other.unit
            && self.surface == other.surface
    }
}

/// The plot of a unit that can be chosen.
#[component]
pub fn PlotTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let chosen = use_state_eq(|| None::<(usize, usize)>);
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let output = (network.n_layers(), 0);
    let exists =
        |&(layer, unit): &(usize, usize)| layer <= network.n_layers() && unit < network.n_units(layer);
    let unit = chosen.filter(exists).unwrap_or(output);
    let key = Key { model: Rc::clone(moment.model()), lesson: Rc::clone(&moment.lesson), unit, surface };
    let plot = use_memo(key.clone(), |key| {
        let network = &key.model.network;
        can_plot(network).then(|| Plot::new(network, &key.lesson, key.unit, key.surface.frame))
    });
    use_effect_with(key, {
        let (canvas, plot) = (canvas.clone(), Rc::clone(&plot));
        move |key| {
            if let (Some(canvas), Some(plot)) = (canvas.cast::<HtmlCanvasElement>(), &*plot) {
                // A canvas that refuses to be drawn on shows nothing.
                key.surface.paint(canvas, |area, palette| drop(plot.draw(area, palette)));
            }
        }
    });
    let Some(plot) = &*plot else {
        let n = network.n_units(0);
        return html! {
            <p class="hint">{format!("A plot shows what becomes of one input or two; this network has {n}.")}</p>
        };
    };
    let units = (1..=network.n_layers())
        .rev()
        .flat_map(|layer| (0..network.n_units(layer)).map(move |unit| (layer, unit)))
        .take(MAX_CHOICES);
    let name = |(layer, unit): (usize, usize)| moment.name(Quantity::Activation { layer, unit });
    let options: Vec<(AttrValue, AttrValue)> =
        units.map(|unit| (format!("{} {}", unit.0, unit.1).into(), name(unit).into())).collect();
    let on_choose = {
        let setter = chosen.setter();
        Callback::from(move |key: String| {
            let place =
                key.split_once(' ').and_then(|(layer, unit)| Some((layer.parse().ok()?, unit.parse().ok()?)));
            setter.set(place);
        })
    };
    let (x, y) = plot.ends();
    let is_plane = network.n_units(0) == 2;
    let across = moment.name(Quantity::Activation { layer: 0, unit: 0 });
    let up = if is_plane { moment.name(Quantity::Activation { layer: 0, unit: 1 }) } else { name(unit) };
    let ends =
        |span: Span| format!("{} … {}", format::number(span.min, DIGITS), format::number(span.max, DIGITS));
    html! {
        <section class="plot">
            <p>
                {"unit "}
                <Choice label="Unit" {options} value={format!("{} {}", unit.0, unit.1)} {on_choose} />
            </p>
            <canvas ref={canvas} class={is_plane.then_some("is-plane")} role="img" aria-label={plot.summary(&name(unit))} />
            <p class="hint">
                {format!("across {across} {}, up {up} {}. ", ends(x), ends(y))}
                {if is_plane { "The darker, the larger the output; the line is at ½. " } else { "" }}
                {"Filled marks: target above ½. Small marks: held out."}
            </p>
        </section>
    }
}
