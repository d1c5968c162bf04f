//! Every path from a weight to the loss, on demand: what the chain rule multiplies along it, and its share.

use std::rc::Rc;

use yew::prelude::*;

use super::depths::Depth;
use crate::explanation::formula::mathml::MathMl;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{View, write};
use crate::explanation::paths::{OtherPaths, Path, Paths, param_of_step, paths};
use crate::lesson::quantity::Quantity;
use crate::page::parts::math::LeafActions;
use crate::page::scene::{Panel, PanelProps};
use crate::text::format;
use crate::words::page::paths as words;
use backprop::network::{Param, UnitId};

/// As many are listed; of more, the largest.
const MOST: usize = 12;
/// Digits of a share, which is a percentage.
const SHARE_DIGITS: u8 = 3;

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "paths",
    names: [words::paths, words::paths],
    is_offered: |_| true,
    is_for: |moment| param_of_step(moment).is_some(),
    view: Some(|panel, _| html! { <PathTable panel={panel.clone()} /> }),
};

/// The paths of the step's parameter.
#[component]
fn PathTable(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let param = param_of_step(moment);
    let found = use_memo((panel.scene.clone(), param), |(scene, param)| {
        param.and_then(|param| paths(scene.moment(), param, MOST))
    });
    // A path lights up while it is chosen: another step has others.
    let place = (param, moment.epoch, moment.batch, moment.sample());
    let choice = use_state_eq(|| None);
    let chosen = choice.filter(|(at, _)| *at == place).map(|(_, k)| k);
    let choose = {
        let setter = choice.setter();
        Callback::from(move |k: Option<usize>| setter.set(k.map(|k| (place, k))))
    };
    let lit: Rc<[Quantity]> = match (found.as_ref(), chosen) {
        (Some(found), Some(k)) => {
            found.listed.get(k).map(|path| quantities(found.param, path)).into_iter().flatten().collect()
        }
        _ => Rc::default(),
    };
    use_effect_with((lit, panel.on_path.clone()), |(lit, on_path)| {
        on_path.emit(Rc::clone(lit));
        let on_path = on_path.clone();
        move || on_path.emit(Rc::default())
    });
    let Some(Paths { param, listed, others, total }) = found.as_ref().as_ref() else {
        return Html::default();
    };
    let name = moment.name(Quantity::Param(*param));
    let gradient = moment.name(Quantity::Gradient(*param));
    let loss = moment.name(Quantity::Loss);
    let n = listed.len() as u64;
    let heading = match others {
        None if n == 1 => words::one_path(&name, &loss),
        None => words::several_paths(&n, &name, &loss),
        Some(OtherPaths { n: others, .. }) => match counted(n.saturating_add(*others)) {
            Some(all) => words::many_paths(&all, &name, &loss, &n),
            None => words::countless_paths(&name, &loss, &n),
        },
    };
    let row =
        |(k, path): (usize, &Path)| path_row(panel, *param, (k, path), chosen == Some(k), choose.clone());
    html! {
        <section class="depth" aria-label={words::paths()}>
            <p>{ heading }</p>
            <table class="paths" aria-label={words::paths_of(&name)}>
                <thead>
                    <tr>
                        <th scope="col">{ words::path() }</th>
                        <th scope="col">{ words::product() }</th>
                        <th scope="col">{ words::share() }</th>
                    </tr>
                </thead>
                <tbody>
                    { for listed.iter().enumerate().map(row) }
                    if let Some(OtherPaths { n, value, share }) = others {
                        <tr>
                            <th scope="row">{ counted(*n).map_or_else(|| words::countless_others().to_owned(), |n| words::others(&n)) }</th>
                            <td>{ panel.scene.number(*value) }</td>
                            <td>{ percent(*share) }</td>
                        </tr>
                    }
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{ words::sum_is(&gradient) }</th>
                        <td class="grad">{ panel.scene.number(*total) }</td>
                        <td />
                    </tr>
                </tfoot>
            </table>
        </section>
    }
}

fn path_row(
    panel: &Panel,
    param: Param,
    (k, path): (usize, &Path),
    is_chosen: bool,
    choose: Callback<Option<usize>>,
) -> Html {
    let moment = panel.scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let onclick = move |_: MouseEvent| choose.emit((!is_chosen).then_some(k));
    let product = write(&path.product, moment, View::Symbols, &MathMl);
    let said = write(&path.product, moment, View::Symbols, &Speech);
    let share = path.share;
    html! {
        <tr key={k} class={is_chosen.then_some("is-chosen")}>
            <th scope="row">
                <button type="button" aria-pressed={is_chosen.to_string()} title={words::light_path()} {onclick}>
                    { way(panel, param, &path.units) }
                </button>
                <math aria-label={said}><mrow aria-hidden="true">{ drawing.part(&product) }</mrow></math>
            </th>
            <td class="grad">{ panel.scene.number(path.value) }</td>
            <td>
                <i class={classes!("bar", (share < 0.0).then_some("is-negative"))} style={format!("--share:{:.3}", share.abs())} />
                { percent(share) }
            </td>
        </tr>
    }
}

/// "w₁ → h₁ → out → E".
fn way(panel: &Panel, param: Param, units: &[UnitId]) -> String {
    let moment = panel.scene.moment();
    let names = std::iter::once(Quantity::Param(param))
        .chain(units.iter().map(|unit| Quantity::Activation(*unit)))
        .chain([Quantity::Loss]);
    names.map(|quantity| moment.name(quantity)).collect::<Vec<String>>().join(" → ")
}

/// What lights up for a path: its weights and units.
fn quantities(param: Param, path: &Path) -> Vec<Quantity> {
    let units = path.units.iter().map(|unit| Quantity::Activation(*unit));
    let weights = path.units.windows(2).map(|pair| {
        Quantity::Param(Param::Weight { layer: pair[1].layer, to: pair[1].unit, from: pair[0].unit })
    });
    let sender = match param {
        Param::Weight { layer, from, .. } => Some(Quantity::Activation(UnitId::new(layer - 1, from))),
        Param::Bias { .. } => None,
    };
    std::iter::once(Quantity::Param(param)).chain(sender).chain(units).chain(weights).collect()
}

/// "12.5 %".
fn percent(share: f64) -> String {
    words::percent(&format::number(100.0 * share, SHARE_DIGITS))
}

/// "62,500"; none of a number that no counter holds.
fn counted(n: u64) -> Option<String> {
    (n < u64::MAX).then(|| format::count(n))
}
