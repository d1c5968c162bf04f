//! The slice: the loss along one parameter, or over two, all else as it is before the update.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::About;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::slice::{Direction, Map, Slice};
use crate::page::parts::by_address::ShownUpdate;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::graph::{arrow, dot, graph, square};
use crate::page::parts::surface::use_surface;
use crate::page::scene::Panel;
use crate::picture::slice::{LAST_REACH, MapPicture, SlicePicture, reach, usual_reach};
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
    let mut others: Vec<Choosable<Option<Param>>> = vec![(None, "nothing".into())];
    let rest = choices.iter().filter(|param| **param != along);
    others.extend(rest.map(|param| (Some(*param), name(*param).into())));
    let on_along = setting(&chosen, Some);
    let on_second = setting(&second, |param| param);
    let symbol = moment.names.loss();
    let drawn = match &*shown {
        Some(Shown::Curve(slice)) => curve(moment, slice, &SlicePicture::new(slice, frame)),
        Some(Shown::Map(found, way)) => map(moment, found, &MapPicture::new(found, way, frame)),
        None => html! {},
    };
    html! {
        <section class="slice" aria-label="Slice">
            <p class="tools-line">
                <span><span class="name error">{ symbol }</span>{ " along " }</span>
                <Choice<Param> label="Along" {options} value={along} on_choose={on_along} />
                <label>
                    { "and along " }
                    <Choice<Option<Param>> label="And along" options={others} value={and} on_choose={on_second} />
                </label>
                if let Some(shown) = &*shown {
                    { range(moment, shown, &wider) }
                }
            </p>
            <div class="graph-area" ref={area}>{ drawn }</div>
            if let Some(shown) = &*shown {
                { words(panel, shown) }
            } else {
                <p class="hint">{ "So many samples are looked at when the run pauses." }</p>
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
    let (of, reaches) = match shown {
        Shown::Curve(slice) => (name(&slice.along), format!("±{}", number(slice.reach))),
        Shown::Map(map, _) => {
            let one = |k: usize| format!("{} ±{}", name(&map.along[k]), number(map.reach[k]));
            ("both".to_owned(), format!("{}, {}", one(0), one(1)))
        }
    };
    let setter = wider.setter();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(wider) = input.and_then(|input| input.value().parse().ok()) {
            setter.set(wider);
        }
    });
    html! {
        <label class="range">
            { "range " }
            <input
                type="range"
                aria-label={format!("Range of {of}")}
                aria-valuetext={reaches.clone()}
                min={(-LAST_REACH / 4).to_string()}
                max={(LAST_REACH / 4).to_string()}
                value={wider.to_string()}
                {oninput}
            />
            <output class="reach">{ reaches }</output>
        </label>
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
fn words(panel: &Panel, shown: &Shown) -> Html {
    let moment = panel.scene.moment();
    let number = |x: f64| panel.scene.number(x);
    let symbol = moment.names.loss();
    let name = |param: Param| moment.name(Quantity::Param(param));
    let row = |mark: &'static str, heading: String, value: String| {
        html! { <tr><th scope="row"><i class={mark} aria-hidden="true" />{ heading }</th><td>{ value }</td></tr> }
    };
    let step = |along: &Direction| {
        format!("{} to {}, a step of {}", number(along.old), number(along.new), number(along.step()))
    };
    let slope = |along: &Direction| moment.name(Quantity::MeanGradient(along.param));
    let rows = match shown {
        Shown::Curve(slice) => {
            let along = &slice.along;
            let w = name(along.param);
            html! {
                <>
                    { row("tangent", format!("slope of the tangent, {}", slope(along)), number(along.slope)) }
                    { row("step", format!("{w} by this update"), step(along)) }
                    { row("before", format!("{symbol} at the old {w}"), number(slice.before)) }
                    { row("predicted", format!("{symbol} predicted at the new {w}, on the tangent"), number(slice.predicted())) }
                    { row("after", format!("{symbol} at the new {w}, all else as before"), number(slice.after)) }
                    { row("", format!("{symbol} after the whole update"), number(slice.after_all)) }
                </>
            }
        }
        Shown::Map(map, way) => {
            let slopes = map.along.iter().map(|along| row("grad", slope(along), number(along.slope)));
            let steps = map
                .along
                .iter()
                .map(|along| row("step", format!("{} by this update", name(along.param)), step(along)));
            html! {
                <>
                    { for slopes }
                    { for steps }
                    { row("before", format!("{symbol} here"), number(map.before)) }
                    { row("after", format!("{symbol} at both new values, all else as before"), number(map.after)) }
                    { row("way", "points of the way of the run".to_owned(), way.len().to_string()) }
                </>
            }
        }
    };
    html! {
        <>
            <table class="in-words" aria-label="Slice in numbers"><tbody>{ rows }</tbody></table>
            <p class="hint">
                { format!("{symbol} is {}; all other weights and biases are as they are before this update.", moment.batch_words()) }
                if matches!(shown, Shown::Map(..)) {
                    { " Lines join equal loss; the arrow against the gradient shows where, as the axes are drawn, it leads, not how far." }
                }
                if moment.plan.is_layer_by_layer() {
                    { " Updated layer by layer, the derivative that the update uses is the slope of this curve in the output layer only." }
                }
            </p>
        </>
    }
}
