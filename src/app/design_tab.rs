//! The design: layers, loss, optimiser, batches, start weights and data.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::choice::Choice;
use super::number_field::{Change as Typed, NumberField};
use super::scene::{Panel, PanelProps};
use super::storage;
use super::{csv_import, files, lab};
use crate::activation::Activation;
use crate::classes::{Confusion, confusion, n_classes};
use crate::design::{Change, Drawing};
use crate::format;
use crate::generator::{Generator, Kind};
use crate::init::Scheme;
use crate::lesson::Lesson;
use crate::loss::Loss;
use crate::network::Network;
use crate::optimizer::Optimizer;
use crate::session::{Action, Playback};
use crate::trace::Sample;

/// The most samples times parameters for which the predictions are counted at once, and while the
/// network learns.
const MAX_COUNTED: usize = 20_000_000;
const MAX_COUNTED_LIVE: usize = 500_000;
/// The most classes whose confusion matrix has room.
const MAX_CLASSES: usize = 10;

/// What every part of the tab is given.
struct Design<'a> {
    panel: &'a Panel,
    lesson: &'a Lesson,
    network: &'a Network,
    drawing: Drawing,
}

/// The design of the lesson.
#[component]
pub fn DesignTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let drawing = use_state_eq(Drawing::default);
    let design = Design { panel, lesson: &moment.lesson, network: moment.network(), drawing: *drawing };
    let set_drawing = {
        let setter = drawing.setter();
        Callback::from(move |drawing| setter.set(drawing))
    };
    html! {
        <section class="design">
            {design.layers()}
            {design.rule()}
            {design.start_weights(&set_drawing)}
            {design.data()}
            {design.classes()}
        </section>
    }
}

impl Design<'_> {
    /// Makes a change of what is chosen or typed.
    fn change<T: 'static>(&self, change: impl Fn(T) -> Change + 'static) -> Callback<T> {
        let drawing = self.drawing;
        self.panel.dispatch.reform(move |chosen| Action::Design { change: change(chosen), drawing })
    }

    /// A whole number that can be typed.
    fn whole(&self, label: &str, value: u64, change: impl Fn(u64) -> Change + 'static) -> Html {
        let drawing = self.drawing;
        let name = label.to_owned();
        let on_change = self.panel.dispatch.reform(move |Typed { value, .. }| {
            if value < 0.0 || value.fract() != 0.0 || value > 1e15 {
                return storage::problem(format!(
                    "{name} cannot be {}: a whole number is accepted. The old value stays.",
                    format::number(value, format::FULL_DIGITS)
                ));
            }
            Action::Design { change: change(value as u64), drawing }
        });
        self.field(label, value as f64, on_change)
    }

    fn field(&self, label: &str, value: f64, on_change: Callback<Typed>) -> Html {
        let on_refuse = self.panel.dispatch.reform(|text: String| storage::problem(text));
        html! {
            <NumberField label={label.to_owned()} {value} digits={format::FULL_DIGITS} {on_change} {on_refuse} />
        }
    }

    /// A choice among `all` by their names.
    fn choice<T: Copy + PartialEq + 'static>(
        &self,
        label: &str,
        all: &[T],
        holds: Option<T>,
        name: impl Fn(T) -> &'static str,
        change: impl Fn(T) -> Change + 'static,
    ) -> Html {
        let mut options: Vec<(AttrValue, AttrValue)> =
            all.iter().map(|&one| (name(one).into(), name(one).into())).collect();
        if holds.is_none() {
            options.insert(0, ("".into(), "as given".into()));
        }
        let value = holds.map_or("", &name);
        let keys: Vec<(&'static str, T)> = all.iter().map(|&one| (name(one), one)).collect();
        let (dispatch, drawing) = (self.panel.dispatch.clone(), self.drawing);
        let on_choose = Callback::from(move |key: String| {
            if let Some((_, chosen)) = keys.iter().find(|(name, _)| *name == key) {
                dispatch.emit(Action::Design { change: change(*chosen), drawing });
            }
        });
        html! { <Choice label={label.to_owned()} {options} {value} {on_choose} /> }
    }

    fn layers(&self) -> Html {
        let n_layers = self.network.n_layers();
        let n_params = format::count(self.network.n_params() as u64);
        html! {
            <table aria-label="Layers">
                <thead>
                    <tr>
                        <th scope="col">{"layer"}</th>
                        <th scope="col">{"units"}</th>
                        <th scope="col">{"activation"}</th>
                        <th scope="col">{"biases"}</th>
                        <th scope="col"><span class="visually-hidden">{"change"}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{"inputs"}</th>
                        <td>{self.network.n_units(0)}</td>
                        <td /><td /><td />
                    </tr>
                    {for (1..=n_layers).map(|layer| self.layer(layer))}
                </tbody>
                <caption>{format!("{n_params} weights and biases")}</caption>
            </table>
        }
    }

    fn layer(&self, layer: usize) -> Html {
        let is_last = layer == self.network.n_layers();
        let name = if is_last { "output".to_owned() } else { format!("hidden {layer}") };
        let n = self.network.n_units(layer);
        let units = if is_last {
            html! { {n} }
        } else {
            self.whole(&format!("Units of layer {layer}"), n as u64, move |n| Change::Units {
                layer,
                n: n as usize,
            })
        };
        let activation = self.choice(
            &format!("Activation of layer {layer}"),
            &Activation::ALL,
            Some(self.network.activation(layer)),
            Activation::name,
            move |activation| Change::Activation { layer, activation },
        );
        let on_biases = self.change(move |event: Event| Change::Biases { layer, has: is_checked(&event) });
        let on_add = self.change(move |_: MouseEvent| Change::AddLayer { before: layer });
        let on_remove = self.change(move |_: MouseEvent| Change::RemoveLayer(layer));
        html! {
            <tr key={layer}>
                <th scope="row">{name}</th>
                <td>{units}</td>
                <td class="word">{activation}</td>
                <td>
                    <input
                        type="checkbox"
                        aria-label={format!("Biases of layer {layer}")}
                        checked={self.network.has_biases(layer)}
                        onchange={on_biases}
                    />
                </td>
                <td class="act">
                    <button type="button" aria-label={format!("Add a layer before layer {layer}")} title="Add a layer before this one" onclick={on_add}>
                        {"+"}
                    </button>
                    if !is_last {
                        <button type="button" aria-label={format!("Remove layer {layer}")} title="Remove this layer" onclick={on_remove}>
                            {"×"}
                        </button>
                    }
                </td>
            </tr>
        }
    }

    fn rule(&self) -> Html {
        let Lesson { rule, batch_size, shuffle, data, .. } = self.lesson;
        let all = Optimizer::all(rule.optimizer.learning_rate());
        let holds = all.into_iter().find(|other| other.name() == rule.optimizer.name());
        let seed = shuffle.unwrap_or(0);
        let on_shuffle = self.change(|event: Event| Change::Shuffle(is_checked(&event).then_some(1)));
        html! {
            <fieldset>
                <legend>{"Learning"}</legend>
                <p>{"loss "}{self.choice("Loss function", &Loss::ALL, Some(rule.loss), Loss::name, Change::Loss)}</p>
                <p>{"optimiser "}{self.choice("Optimiser", &all, holds, Optimizer::name, Change::Optimizer)}</p>
                <p>
                    <span>{"batch size "}{self.whole("Batch size", *batch_size as u64, |n| Change::BatchSize(n as usize))}</span>
                    <span>{format!("of {} samples", data.train.len())}</span>
                </p>
                <p>
                    <label>
                        <input type="checkbox" checked={shuffle.is_some()} onchange={on_shuffle} />
                        {" shuffle each epoch"}
                    </label>
                    if shuffle.is_some() {
                        <span>{"seed "}{self.whole("Shuffle seed", seed, |seed| Change::Shuffle(Some(seed)))}</span>
                    }
                </p>
            </fieldset>
        }
    }

    fn start_weights(&self, set_drawing: &Callback<Drawing>) -> Html {
        let drawing = self.drawing;
        let on_scheme = set_drawing.reform(move |key: String| {
            let scheme = Scheme::ALL.into_iter().find(|scheme| scheme.name() == key);
            Drawing { scheme: scheme.unwrap_or(drawing.scheme), ..drawing }
        });
        let schemes: Vec<(AttrValue, AttrValue)> =
            Scheme::ALL.iter().map(|scheme| (scheme.name().into(), scheme.name().into())).collect();
        let on_scale = set_drawing
            .reform(move |Typed { value, .. }| Drawing { scale: value.clamp(0.0, 100.0), ..drawing });
        let on_seed = set_drawing
            .reform(move |Typed { value, .. }| Drawing { seed: value.clamp(0.0, 1e15) as u64, ..drawing });
        let draw = |seed: u64| {
            let (dispatch, set_drawing) = (self.panel.dispatch.clone(), set_drawing.clone());
            Callback::from(move |_: MouseEvent| {
                let drawing = Drawing { seed, ..drawing };
                set_drawing.emit(drawing);
                dispatch.emit(Action::Design { change: Change::Draw, drawing });
            })
        };
        html! {
            <fieldset>
                <legend>{"Start weights"}</legend>
                <p>
                    <Choice label="Scheme" options={schemes} value={drawing.scheme.name()} on_choose={on_scheme} />
                    <span>{"× "}{self.field("Scale", drawing.scale, on_scale)}</span>
                    <span>{"seed "}{self.field("Seed", drawing.seed as f64, on_seed)}</span>
                </p>
                <p>
                    <button type="button" onclick={draw(drawing.seed)}>{"Draw"}</button>
                    <button type="button" onclick={draw(drawing.seed + 1)}>{"Draw again"}</button>
                </p>
            </fieldset>
        }
    }

    fn data(&self) -> Html {
        let data = &self.lesson.data;
        let n_inputs = self.network.n_units(0);
        let old = data.generator.clone();
        let kind = old.as_ref().map(|generator| generator.kind);
        let of_kind = move |kind: Kind| {
            Change::Data(Generator {
                kind,
                n_samples: kind.default_samples(kind.suits(n_inputs, 1).0),
                noise: 0.0,
                seed: old.as_ref().map_or(1, |old| old.seed),
                held_out: 0.0,
                teacher: if kind == Kind::Teacher { vec![4] } else { Vec::new() },
            })
        };
        // Data of a lesson go by its title, as long as they are not generated.
        let is_open = |name: &str| kind.is_none() && self.lesson.title.starts_with(name);
        let set = lab::data_sets().map(|(_, name)| name).find(|name| is_open(name));
        let value = kind.map(Kind::name).or(set).unwrap_or_default();
        let names = Kind::ALL.map(Kind::name).into_iter().chain(lab::data_sets().map(|(_, name)| name));
        let mut options: Vec<(AttrValue, AttrValue)> = names.map(|name| (name.into(), name.into())).collect();
        if value.is_empty() {
            options.insert(0, ("".into(), "as given".into()));
        }
        let (dispatch, drawing) = (self.panel.dispatch.clone(), self.drawing);
        let on_choose = Callback::from(move |key: String| {
            if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == key) {
                dispatch.emit(Action::Design { change: of_kind(kind), drawing });
            } else if let Some((lesson, name)) = lab::data_sets().find(|(_, name)| *name == key) {
                files::borrow_data(lesson, name, drawing, dispatch.clone());
            }
        });
        let choice = html! { <Choice label="Data" {options} {value} {on_choose} /> };
        html! {
            <fieldset>
                <legend>{"Data"}</legend>
                <p>{choice}{format!(" {} to learn from, {} held out", data.train.len(), data.test.len())}</p>
                if let Some(generator) = &data.generator {
                    {self.generator(generator)}
                }
                <p>
                    <button type="button" onclick={|_| csv_import::choose_file()}>{"Import CSV…"}</button>
                    <span class="hint">{" or drop a file on the page"}</span>
                </p>
            </fieldset>
        }
    }

    fn generator(&self, generator: &Generator) -> Html {
        let share = |label: &'static str, value: f64, max: f64, set: fn(&mut Generator, f64)| {
            let (generator, drawing) = (generator.clone(), self.drawing);
            let on_change = self.panel.dispatch.reform(move |Typed { value, .. }| {
                if !(0.0..=max).contains(&value) {
                    return storage::problem(format!(
                        "{label} cannot be {}: a number from 0 to {max} is accepted. The old value stays.",
                        format::number(value, format::FULL_DIGITS)
                    ));
                }
                let mut generator = generator.clone();
                set(&mut generator, value);
                Action::Design { change: Change::Data(generator), drawing }
            });
            self.field(label, value, on_change)
        };
        let whole = |label: &'static str, value: u64, set: fn(&mut Generator, u64)| {
            let generator = generator.clone();
            self.whole(label, value, move |value| {
                let mut generator = generator.clone();
                set(&mut generator, value);
                Change::Data(generator)
            })
        };
        html! {
            <>
                <p>
                    <span>{"samples "}{whole("Samples", generator.n_samples as u64, |g, n| g.n_samples = n as usize)}</span>
                    <span>{"seed "}{whole("Data seed", generator.seed, |g, seed| g.seed = seed)}</span>
                </p>
                <p>
                    <span>{"noise "}{share("Noise", generator.noise, 10.0, |g, x| g.noise = x)}</span>
                    <span>{"held out "}{share("Held out", generator.held_out, 0.9, |g, x| g.held_out = x)}</span>
                </p>
            </>
        }
    }

    /// How many predictions are right, and which classes are taken for which.
    fn classes(&self) -> Html {
        let data = &self.lesson.data;
        let n_counted = (data.train.len() + data.test.len()) * self.network.n_params();
        let is_running = matches!(self.panel.scene.session().playback(), Playback::Running { .. });
        let most = if is_running { MAX_COUNTED_LIVE } else { MAX_COUNTED };
        let Some(n) = n_classes(self.lesson).filter(|_| n_counted <= most) else {
            return Html::default();
        };
        let count = |samples: &[Sample]| confusion(self.network, samples, n);
        html! {
            <div class="classes">
                {self.confusion("Training", &count(&data.train))}
                if !data.test.is_empty() {
                    {self.confusion("Held out", &count(&data.test))}
                }
            </div>
        }
    }

    fn confusion(&self, of: &str, confusion: &Confusion) -> Html {
        let accuracy = self.panel.scene.number(confusion.accuracy().unwrap_or(0.0));
        let (right, n) = (confusion.n_right(), confusion.n_samples());
        let caption = format!("{of}: accuracy {accuracy} ({right} of {n})");
        let n_classes = confusion.counts.len();
        if MAX_CLASSES < n_classes {
            return html! { <p>{caption}</p> };
        }
        let row = |(actual, counts): (usize, &Vec<usize>)| {
            html! {
                <tr key={actual}>
                    <th scope="row">{format!("is {actual}")}</th>
                    {for counts.iter().enumerate().map(|(predicted, n)| html! {
                        <td key={predicted} class={(actual == predicted).then_some("right")}>{n}</td>
                    })}
                </tr>
            }
        };
        html! {
            <table aria-label={format!("{of}: classes")}>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">{"class"}</span></th>
                        {for (0..n_classes).map(|class| html! { <th key={class} scope="col">{format!("taken for {class}")}</th> })}
                    </tr>
                </thead>
                <tbody>{for confusion.counts.iter().enumerate().map(row)}</tbody>
            </table>
        }
    }
}

fn is_checked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}
