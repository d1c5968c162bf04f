//! The weights of large networks: each layer as maps of w, ∂E/∂w and the step; and as images, where
//! the inputs are one.

use yew::prelude::*;

use super::heat_map::HeatMap;
use super::images::UnitImages;
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::picture::use_colours;
use crate::page::parts::surface::use_surface;
use crate::page::scene::{PanelProps, Scene};
use crate::picture::heat_map::{Grid, MapLayout, MapQuantity};
use crate::picture::image::side_of;
use crate::words::around::Place;
use crate::words::paragraph;
use crate::words::tables::weights as words;

/// The maps of a layer that can be chosen.
#[component]
pub fn WeightsTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let n_layers = network.n_layers();
    let chosen = use_state_eq(|| None::<usize>);
    let is_shared = use_state_eq(|| true);
    // One map alone is larger.
    let alone = use_state_eq(|| None::<MapQuantity>);
    let followed = use_mut_ref(|| 1);
    if let Some(layer) = layer_of_step(&panel.scene) {
        *followed.borrow_mut() = layer;
    }
    let layer = chosen.unwrap_or(*followed.borrow()).clamp(1, n_layers);
    let ruler = use_node_ref();
    let surface = use_surface(&ruler);
    let colours = use_colours(&ruler, &surface);

    let size = |layer: usize| words::size(&layer, &network.n_units(layer), &network.n_units(layer - 1));
    let mut layers: Vec<Choosable<Option<usize>>> = vec![(None, words::of_the_step().into())];
    layers.extend((1..=n_layers).map(|layer| (Some(layer), size(layer).into())));
    let on_layer = {
        let setter = chosen.setter();
        Callback::from(move |layer| setter.set(layer))
    };
    let scales: Vec<Choosable<bool>> =
        vec![(true, words::all_layers().into()), (false, words::this_layer().into())];
    let on_scale = {
        let setter = is_shared.setter();
        Callback::from(move |is_shared| setter.set(is_shared))
    };
    let mut maps: Vec<Choosable<Option<MapQuantity>>> = vec![(None, words::all_three().into())];
    maps.extend(MapQuantity::ALL.map(|kind| (Some(kind), kind.heading(moment).into())));
    let on_map = {
        let setter = alone.setter();
        Callback::from(move |kind| setter.set(kind))
    };
    let kinds = alone.map_or(MapQuantity::ALL.to_vec(), |kind| vec![kind]);
    let grid = Grid::new(network, layer);
    let ratio = surface.palette.ratio;
    let room = surface.frame.width.max(60.0);
    let (layout, width) = MapLayout::beside(grid, kinds.len(), room, ratio);
    let map = |kind: MapQuantity| {
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
    let map_is = match grid.has_biases {
        true => words::map_with_biases_is(&layer),
        false => words::map_is(&layer),
    };
    let maps = html! {
        <Choice<Option<MapQuantity>> label={words::maps()} options={maps} value={*alone} on_choose={on_map} />
    };
    let layers = html! {
        <Choice<Option<usize>> label={words::layer()} options={layers} value={*chosen} on_choose={on_layer} />
    };
    let scales = html! {
        <Choice<bool> label={words::name_of_scale()} options={scales} value={*is_shared} on_choose={on_scale} />
    };
    html! {
        <section class="weights">
            <div ref={ruler} class="ruler" />
            if let Some(side) = side_of(network.n_units(0)) {
                <UnitImages panel={panel.clone()} {side} width={room} {ratio} {colours} />
            }
            <p class="controls">
                <label>{ around(&words::show_maps(&Place(0)), [maps]) }</label>
                <label>{ around(&words::of_layer(&Place(0)), [layers]) }</label>
                <label>{ around(&words::one_scale_for(&Place(0)), [scales]) }</label>
            </p>
            <div class="maps">{ for kinds.into_iter().map(map) }</div>
            <p class="hint">{ paragraph([&*map_is, words::colours_are()]) }</p>
        </section>
    }
}

/// The layer that the current step is about.
fn layer_of_step(scene: &Scene) -> Option<usize> {
    let result = scene.explanation().equations.last()?.result;
    let layer = match result.param() {
        Some(param) => Some(param.layer()),
        None => result.unit(scene.moment().network().n_layers()).map(|unit| unit.layer),
    };
    layer.filter(|layer| 0 < *layer)
}
