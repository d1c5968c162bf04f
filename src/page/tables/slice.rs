//! The slice: the loss along one parameter, or over two, all else as it is before the update.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::About;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::slice::{Direction, Map, Slice};
use crate::page::parts::around::around;
use crate::page::parts::by_address::ShownUpdate;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::graph::{arrow, dot, graph, square};
use crate::page::parts::surface::use_surface;
use crate::page::scene::Panel;
use crate::picture::slice::{LAST_REACH, MapPicture, SlicePicture, reach, usual_reach};
use crate::words::around::Place;
use crate::words::paragraph;
use crate::words::tables::{self, slice as words};
use backprop::network::Param;

/// Of a network with more parameters only those of the unit can be chosen.
const MAX_CHOICES: usize = 200;
/// What takes more weights times samples at each point waits for the end of the run.
const MAX_LIVE: u64 = 20_000;

/// The tab; another parameter that it is opened about makes a new one.
pub fn slice(panel: &Panel, about: Option<About>) -> Html {
    html! {
        <SliceTab
            key={about.map_or(0, |about| about.number)}
            panel={panel.clone()}
            about={about.map(|about| about.param)}
        />
    }
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    panel: Panel,
    about: Option<Param>,
}

/// What a slice depends on.
#[derive(Clone, PartialEq)]
struct Key {
    update: ShownUpdate,
    along: Param,
    and: Option<Param>,
    wider: i32,
}

/// What is shown.
enum Shown {
    Curve(Slice),
    Map(Map, Vec<[f64; 2]>),
}

impl Shown {
    fn new(panel: &Panel, key: &Key) -> Option<Self> {
        let moment = panel.scene.moment();
        let along = Direction::of(moment, key.along)?;
        let wide = |along: Direction, farthest: f64| reach(usual_reach(along, farthest) + key.wider);
        let Some(and) = key.and else {
            return Some(Self::Curve(Slice::new(moment, along, wide(along, 0.0))));
        };
        let both = [along, Direction::of(moment, and)?];
        let way = panel.scene.session().way([key.along, and]);
        let farthest = |k: usize| way.iter().fold(0.0, |far: f64, at| far.max((at[k] - both[k].old).abs()));
        let reaches = [wide(both[0], farthest(0)), wide(both[1], farthest(1))];
        Some(Self::Map(Map::new(moment, both, reaches), way))
    }
}

#[component]
fn SliceTab(props: &Props) -> Html {
    let Props { panel, about } = props;
    let moment = panel.scene.moment();
    let network = moment.network();
    let chosen = use_state_eq(|| None::<Param>);
    let second = use_state_eq(|| None::<Param>);
    let wider = use_state_eq(|| 0_i32);
    let area = use_node_ref();
    let frame = use_surface(&area).frame;
    let wanted = [*chosen, *about, panel.scene.current_param()];
    let known = wanted.into_iter().flatten().find(|param| network.has_param(*param));
    let along = known.unwrap_or(Param::Weight { layer: 1, to: 0, from: 0 });
    let and = second.filter(|param| network.has_param(*param) && *param != along);
    let key = Key { update: ShownUpdate::of(moment), along, and, wider: *wider };
    let waits = panel.scene.session().is_running() && MAX_LIVE < network.n_products(moment.n_samples());
    let shown = use_memo((key, waits), |(key, waits)| if *waits { None } else { Shown::new(panel, key) });
    let choices = choices(moment, along);
    let name = |param: Param| moment.name(Quantity::Param(param));
    let options: Vec<Choosable<Param>> = choices.iter().map(|param| (*param, name(*param).into())).collect();
    let mut others: Vec<Choosable<Option<Param>>> = vec![(None, words::nothing().into())];
    let rest = choices.iter().filter(|param| **param != along);
    others.extend(rest.map(|param| (Some(*param), name(*param).into())));
    let on_along = setting(&chosen, Some);
    let on_second = setting(&second, |param| param);
    let symbol = html! { <span class="name error">{ moment.names.loss() }</span> };
    let first =
        html! { <Choice<Param> label={words::along()} {options} value={along} on_choose={on_along} /> };
    let second = html! {
        <Choice<Option<Param>> label={words::name_of_second()} options={others} value={and} on_choose={on_second} />
    };
    let drawn = match &*shown {
        Some(Shown::Curve(slice)) => curve(moment, slice, &SlicePicture::new(slice, frame)),
        Some(Shown::Map(found, way)) => map(moment, found, &MapPicture::new(found, way, frame)),
        None => html! {},
    };
    html! {
        <section class="slice" aria-label={tables::slice_tab()}>
            <p class="tools-line">
                <span>{ around(&words::loss_along(&Place(0), &Place(1)), [symbol, first]) }</span>
                <label>{ around(&words::and_along(&Place(0)), [second]) }</label>
                if let Some(shown) = &*shown {
                    { range(moment, shown, &wider) }
                }
            </p>
            <div class="graph-area" ref={area}>{ drawn }</div>
            if let Some(shown) = &*shown {
                { numbers(panel, shown) }
            } else {
                <p class="hint">{ words::waits() }</p>
            }
        </section>
    }
}

/// A callback that sets a state.
fn setting<T: 'static, S: PartialEq + 'static>(
    state: &UseStateHandle<S>,
    make: impl Fn(T) -> S + 'static,
) -> Callback<T> {
    let setter = state.setter();
    Callback::from(move |value| setter.set(make(value)))
}

/// The parameters that can be chosen.
fn choices(moment: &Moment, along: Param) -> Vec<Param> {
    let network = moment.network();
    let all = network.param_list();
    if all.len() <= MAX_CHOICES {
        return all;
    }
    let mut of_unit: Vec<Param> =
        all.into_iter().filter(|param| param.unit() == along.unit()).take(MAX_CHOICES).collect();
    if !of_unit.contains(&along) {
        of_unit.push(along);
    }
    of_unit
}

/// How far it goes to either side.
fn range(moment: &Moment, shown: &Shown, wider: &UseStateHandle<i32>) -> Html {
    let number = |x: f64| crate::text::format::number(x, 2);
    let name = |along: &Direction| moment.name(Quantity::Param(along.param));
    let (label, reaches) = match shown {
        Shown::Curve(slice) => (words::range_of(&name(&slice.along)), format!("±{}", number(slice.reach))),
        Shown::Map(map, _) => {
            let [one, other] = [0, 1].map(|k| (name(&map.along[k]), number(map.reach[k])));
            let reaches = words::reaches(&one.0, &one.1, &other.0, &other.1);
            (words::range_of_both().to_owned(), reaches)
        }
    };
    let setter = wider.setter();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(wider) = input.and_then(|input| input.value().parse().ok()) {
            setter.set(wider);
        }
    });
    let slider = html! {
        <input
            type="range"
            aria-label={label}
            aria-valuetext={reaches.clone()}
            min={(-LAST_REACH / 4).to_string()}
            max={(LAST_REACH / 4).to_string()}
            value={wider.to_string()}
            {oninput}
        />
    };
    let value = html! { <output class="reach">{ reaches }</output> };
    html! {
        <label class="range">{ around(&words::range_slider(&Place(0), &Place(1)), [slider, value]) }</label>
    }
}

fn curve(moment: &Moment, slice: &Slice, picture: &SlicePicture) -> Html {
    let name = moment.name(Quantity::Param(slice.along.param));
    let end = (picture.new.0, picture.old.1);
    let drop = format!("M{:.1} {:.1}V{:.1}", end.0, end.1, picture.new.1);
    let inside = html! {
        <>
            <path class="tangent" d={picture.tangent.clone()} />
            <path class="curve-line" d={picture.curve.clone()} />
            <path class="drop" d={drop} />
            { arrow(picture.old, end, "new") }
        </>
    };
    let is_seen = (slice.along.new - slice.along.old).abs() <= slice.reach;
    let above = html! {
        <>
            if is_seen {
                { square(picture.predicted, "predicted") }
                { dot(picture.new, "after") }
            }
            { dot(picture.old, "before") }
        </>
    };
    graph(&picture.graph, [&name, moment.names.loss()], inside, above)
}

fn map(moment: &Moment, map: &Map, picture: &MapPicture) -> Html {
    let [across, up] = map.along.map(|along| moment.name(Quantity::Param(along.param)));
    let levels = picture.levels.iter().map(|level| {
        let style = format!("stroke-opacity: {:.2}", 0.35 + 0.65 * level.share);
        html! { <path class="level" {style} d={level.path.clone()} /> }
    });
    let inside = html! {
        <>
            { for levels }
            <path class="way" d={picture.way.clone()} />
            if let Some(downhill) = picture.downhill {
                { arrow(picture.old, downhill, "grad") }
            }
            { arrow(picture.old, picture.new, "new") }
            if let Some(start) = picture.start {
                { square(start, "predicted") }
            }
            { dot(picture.old, "before") }
        </>
    };
    graph(&picture.graph, [&across, &up], inside, html! {})
}

/// What the picture shows, in numbers.
fn numbers(panel: &Panel, shown: &Shown) -> Html {
    let moment = panel.scene.moment();
    let number = |x: f64| panel.scene.number(x);
    let symbol = moment.names.loss();
    let name = |param: Param| moment.name(Quantity::Param(param));
    let row = |mark: &'static str, heading: String, value: String| {
        html! { <tr><th scope="row"><i class={mark} aria-hidden="true" />{ heading }</th><td>{ value }</td></tr> }
    };
    let step =
        |along: &Direction| words::old_to_new(&number(along.old), &number(along.new), &number(along.step()));
    let slope = |along: &Direction| moment.name(Quantity::MeanGradient(along.param));
    let rows = match shown {
        Shown::Curve(slice) => {
            let along = &slice.along;
            let w = name(along.param);
            html! {
                <>
                    { row("tangent", words::slope(&slope(along)), number(along.slope)) }
                    { row("step", words::by_this_update(&w), step(along)) }
                    { row("before", words::loss_at_old(&symbol, &w), number(slice.before)) }
                    { row("predicted", words::loss_predicted(&symbol, &w), number(slice.predicted())) }
                    { row("after", words::loss_at_new(&symbol, &w), number(slice.after)) }
                    { row("", words::loss_after_all(&symbol), number(slice.after_all)) }
                </>
            }
        }
        Shown::Map(map, way) => {
            let slopes = map.along.iter().map(|along| row("grad", slope(along), number(along.slope)));
            let steps = map
                .along
                .iter()
                .map(|along| row("step", words::by_this_update(&name(along.param)), step(along)));
            html! {
                <>
                    { for slopes }
                    { for steps }
                    { row("before", words::loss_here(&symbol), number(map.before)) }
                    { row("after", words::loss_at_both(&symbol), number(map.after)) }
                    { row("way", words::points_of_the_way().to_owned(), way.len().to_string()) }
                </>
            }
        }
    };
    let loss_is = words::loss_is(&moment.batch_loss_in_words());
    let lines_are = if matches!(shown, Shown::Map(..)) { words::lines_are() } else { "" };
    let order = if moment.plan.is_layer_by_layer() { words::layer_by_layer() } else { "" };
    html! {
        <>
            <table class="in-words" aria-label={words::in_numbers()}><tbody>{ rows }</tbody></table>
            <p class="hint">{ paragraph([&*loss_is, lines_are, order]) }</p>
        </>
    }
}
