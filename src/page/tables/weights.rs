//! The weights of large networks: each layer as maps of w, ∂E/∂w and the step; and as images, where
//! the inputs are one.

use yew::prelude::*;

use super::heat_map::HeatMap;
use super::images::Images;
use crate::page::parts::choice::Choice;
use crate::page::parts::picture::use_colours;
use crate::page::parts::surface::use_surface;
use crate::page::scene::{PanelProps, Scene};
use crate::picture::heat_map::{Grid, Kind, Layout};
use crate::picture::image::side_of;

/// Where a scale is taken from.
const SCALES: [(&str, &str); 2] = [("all", "all layers"), ("own", "this layer")];

/// Which maps are shown: all, or one alone and larger.
const ALL: &str = "all three";

/// The maps of a layer that can be chosen.
#[component]
pub fn WeightsTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let n_layers = network.n_layers();
    let chosen = use_state_eq(|| None::<usize>);
    let is_shared = use_state_eq(|| true);
    let alone = use_state_eq(|| None::<usize>);
    let followed = use_mut_ref(|| 1);
    if let Some(layer) = layer_of_step(&panel.scene) {
        *followed.borrow_mut() = layer;
    }
    let layer = chosen.unwrap_or(*followed.borrow()).clamp(1, n_layers);
    let ruler = use_node_ref();
    let surface = use_surface(&ruler);
    let colours = use_colours(&ruler, &surface);

    let size = |layer: usize| format!("{layer}: {} × {}", network.n_units(layer), network.n_units(layer - 1));
    let mut layers: Vec<(AttrValue, AttrValue)> = vec![("0".into(), "of the step".into())];
    layers.extend((1..=n_layers).map(|layer| (layer.to_string().into(), size(layer).into())));
    let on_layer = {
        let setter = chosen.setter();
        Callback::from(move |key: String| setter.set(key.parse().ok().filter(|layer| 0 < *layer)))
    };
    let scales = SCALES.map(|(key, text)| (key.into(), text.into())).to_vec();
    let on_scale = {
        let setter = is_shared.setter();
        Callback::from(move |key: String| setter.set(key == SCALES[0].0))
    };
    let mut maps: Vec<(AttrValue, AttrValue)> = vec![(ALL.into(), ALL.into())];
    maps.extend(
        (0..)
            .zip(Kind::ALL)
            .map(|(k, kind): (usize, Kind)| (k.to_string().into(), kind.heading(moment).into())),
    );
    let on_map = {
        let setter = alone.setter();
        Callback::from(move |key: String| setter.set(key.parse().ok().filter(|k| *k < Kind::ALL.len())))
    };
    let kinds = alone.map_or(Kind::ALL.to_vec(), |k| vec![Kind::ALL[k]]);
    let grid = Grid::new(network, layer);
    let ratio = surface.palette.ratio;
    let room = surface.frame.width.max(60.0);
    let (layout, width) = Layout::beside(grid, kinds.len(), room, ratio);
    let map = |kind: Kind| {
        html! {
            <HeatMap
                panel={panel.clone()}
                {kind}
                {layer}
                is_shared={*is_shared}
                {layout}
                {width}
                {ratio}
                shades={colours.numbers}
            />
        }
    };
    let biases = if grid.has_biases { "; the last column is the bias" } else { "" };
    html! {
        <section class="weights">
            <div ref={ruler} class="ruler" />
            if let Some(side) = side_of(network.n_units(0)) {
                <Images panel={panel.clone()} {side} width={room} {ratio} {colours} />
            }
            <p class="controls">
                <label>
                    { "maps " }
                    <Choice label="Maps" options={maps} value={alone.map_or(ALL.to_owned(), |k| k.to_string())} on_choose={on_map} />
                </label>
                <label>
                    { "layer " }
                    <Choice label="Layer" options={layers} value={chosen.unwrap_or(0).to_string()} on_choose={on_layer} />
                </label>
                <label>
                    { "one scale for " }
                    <Choice label="One scale for" options={scales} value={SCALES[usize::from(!*is_shared)].0} on_choose={on_scale} />
                </label>
            </p>
            <div class="maps">{ for kinds.into_iter().map(map) }</div>
            <p class="hint">
                { format!("Layer {layer}: a row for each unit that receives, a column for each that sends{biases}. A dash: negative; colours grow with the root of the size. A click or Enter goes to the step that computes the number.") }
            </p>
        </section>
    }
}

/// The layer that the current step is about.
fn layer_of_step(scene: &Scene) -> Option<usize> {
    let result = scene.explanation().equations.last()?.result;
    let layer = match result.param() {
        Some(param) => Some(param.layer()),
        None => result.unit(scene.moment().network().n_layers()).map(|(layer, _)| layer),
    };
    layer.filter(|layer| 0 < *layer)
}
