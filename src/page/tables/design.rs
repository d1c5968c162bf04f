//! The design: layers, loss, optimiser, batches, start weights and data.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lesson::generator::{Generator, Kind};
use crate::lesson::weights::Format;
use crate::lesson::{Lesson, limits};
use crate::page::lessons::{self, BuiltIn};
use crate::page::parts::around::{around, around_as};
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::constant::constant_field;
use crate::page::parts::number_field::{NumberChange, NumberField};
use crate::page::scene::{Panel, PanelProps};
use crate::page::shell::{files, table_file, weights_file};
use crate::session::Action;
use crate::session::design::{Change, StartWeights};
use crate::text::format;
use crate::words::around::Place;
use crate::words::counts;
use crate::words::tables::{self, design as words};
use backprop::activation::Activation;
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::network::Network;
use backprop::optimizer::Optimizer;

/// Where data can come from.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    Generated(Kind),
    /// A lesson that comes with the page, and what its data are called.
    Lesson(&'static BuiltIn, &'static str),
}

/// What every part of the tab is given.
struct Design<'a> {
    panel: &'a Panel,
    lesson: &'a Lesson,
    network: &'a Network,
}

/// The design of the lesson.
#[component]
pub fn DesignTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let design = Design { panel, lesson: &moment.lesson, network: moment.network() };
    html! {
        <section class="design">
            {design.layers()}
            {design.rule()}
            {design.start_weights()}
            {design.data()}
        </section>
    }
}

impl Design<'_> {
    /// Makes a change of what is chosen or typed.
    fn change<T: 'static>(&self, change: impl Fn(T) -> Change + 'static) -> Callback<T> {
        self.panel.dispatch.reform(move |chosen| made(change(chosen)))
    }

    /// A whole number that can be typed.
    fn whole(&self, label: &str, value: u64, change: impl Fn(u64) -> Change + 'static) -> Html {
        self.whole_of(label, value, move |n| made(change(n)))
    }

    /// The same, for any action.
    fn whole_of(&self, label: &str, value: u64, action: impl Fn(u64) -> Action + 'static) -> Html {
        let name = label.to_owned();
        let on_change = self.panel.dispatch.reform(move |NumberChange { value, .. }| {
            if value < 0.0 || value.fract() != 0.0 || value > 1e15 {
                let number = format::number(value, format::FULL_DIGITS);
                return Action::problem(words::takes_whole_numbers(&name, &number));
            }
            action(value as u64)
        });
        self.field(label, value as f64, on_change)
    }

    /// A number from 0 to `most` that can be typed.
    fn share(
        &self,
        label: &'static str,
        value: f64,
        most: f64,
        action: impl Fn(f64) -> Action + 'static,
    ) -> Html {
        let on_change = self.panel.dispatch.reform(move |NumberChange { value, .. }| {
            if !(0.0..=most).contains(&value) {
                let number = format::number(value, format::FULL_DIGITS);
                return Action::problem(words::takes_numbers_to(&label, &number, &format::exact(most)));
            }
            action(value)
        });
        self.field(label, value, on_change)
    }

    /// A number that is not below 0.
    fn field(&self, label: &str, value: f64, on_change: Callback<NumberChange>) -> Html {
        let on_refuse = self.panel.dispatch.reform(|text: String| Action::problem(text));
        html! {
            <NumberField label={label.to_owned()} {value} digits={format::FULL_DIGITS} is_unsigned=true {on_change} {on_refuse} />
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
        let options = all.iter().map(|&one| (one, name(one))).collect();
        self.choice_or_given(label, options, holds, move |dispatch, chosen| {
            dispatch.emit(made(change(chosen)))
        })
    }

    /// A choice that also shows that none of it holds.
    fn choice_or_given<T: Clone + PartialEq + 'static>(
        &self,
        label: &str,
        all: Vec<(T, &'static str)>,
        holds: Option<T>,
        choose: impl Fn(&Callback<Action>, T) + 'static,
    ) -> Html {
        let mut options: Vec<Choosable<Option<T>>> =
            all.into_iter().map(|(one, name)| (Some(one), name.into())).collect();
        if holds.is_none() {
            options.insert(0, (None, words::as_given().into()));
        }
        let dispatch = self.panel.dispatch.clone();
        let on_choose = Callback::from(move |chosen| {
            if let Some(chosen) = chosen {
                choose(&dispatch, chosen);
            }
        });
        html! { <Choice<Option<T>> label={label.to_owned()} {options} value={holds} {on_choose} /> }
    }

    fn layers(&self) -> Html {
        let n_layers = self.network.n_layers();
        html! {
            <table aria-label={words::layers()}>
                <thead>
                    <tr>
                        <th scope="col">{tables::layer()}</th>
                        <th scope="col">{words::units()}</th>
                        <th scope="col">{words::activation()}</th>
                        <th scope="col">{words::biases()}</th>
                        <th scope="col"><span class="visually-hidden">{words::change()}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{words::inputs()}</th>
                        <td>{self.network.n_units(0)}</td>
                        <td /><td /><td />
                    </tr>
                    {for (1..=n_layers).map(|layer| self.layer(layer))}
                </tbody>
                <caption>{words::weights_and_biases(self.network.n_params())}</caption>
            </table>
        }
    }

    fn layer(&self, layer: usize) -> Html {
        let is_last = layer == self.network.n_layers();
        let name = if is_last { words::output().to_owned() } else { words::hidden(&layer) };
        let n = self.network.n_units(layer);
        let units = if is_last {
            html! { {n} }
        } else {
            self.whole(&words::units_of_layer(&layer), n as u64, move |n| Change::Units {
                layer,
                n: n as usize,
            })
        };
        let activation = self.choice(
            &words::activation_of_layer(&layer),
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
                        aria-label={words::biases_of_layer(&layer)}
                        checked={self.network.has_biases(layer)}
                        onchange={on_biases}
                    />
                </td>
                <td class="act">
                    <button type="button" aria-label={words::add_before_layer(&layer)} title={words::add_before_this()} onclick={on_add}>
                        {"+"}
                    </button>
                    if !is_last {
                        <button type="button" aria-label={words::remove_layer(&layer)} title={words::remove_this()} onclick={on_remove}>
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
        let loss = self.choice(words::loss_function(), &Loss::ALL, Some(rule.loss), Loss::name, Change::Loss);
        let optimiser =
            self.choice(tables::data::optimiser(), &all, holds, Optimizer::name, Change::Optimizer);
        let batch_size =
            self.whole(words::batch_size(), *batch_size as u64, |n| Change::BatchSize(n as usize));
        let shuffles = html! { <input type="checkbox" checked={shuffle.is_some()} onchange={on_shuffle} /> };
        let seed = || self.whole(words::shuffle_seed(), seed, |seed| Change::Shuffle(Some(seed)));
        html! {
            <fieldset>
                <legend>{words::learning()}</legend>
                <p>{around(&words::loss(&Place(0)), [loss])}</p>
                <p>
                    {around(&words::optimiser(&Place(0)), [optimiser])}
                    {for rule.optimizer.constants().into_iter().map(|(constant, _)| {
                        let (name, field) = constant_field(self.panel, constant);
                        html! { <span>{name}{" "}{field}</span> }
                    })}
                </p>
                <p>{around(&words::batch_size_of(data.train.len(), &Place(0)), [batch_size])}</p>
                <p>
                    <label>{around(&words::shuffle(&Place(0)), [shuffles])}</label>
                    if shuffle.is_some() {
                        <span>{around(&words::seed(&Place(0)), [seed()])}</span>
                    }
                </p>
            </fieldset>
        }
    }

    fn start_weights(&self) -> Html {
        let start_weights = self.panel.scene.session().settings().start_weights;
        let dispatch = &self.panel.dispatch;
        let on_scheme =
            dispatch.reform(move |scheme| Action::SetStartWeights(StartWeights { scheme, ..start_weights }));
        let schemes = by_name(Scheme::ALL, Scheme::name);
        let set_scale = move |scale| Action::SetStartWeights(StartWeights { scale, ..start_weights });
        let set_seed = move |seed| Action::SetStartWeights(StartWeights { seed, ..start_weights });
        let draw = |seed: u64| {
            let dispatch = dispatch.clone();
            move |_: MouseEvent| {
                dispatch.emit(Action::SetStartWeights(StartWeights { seed, ..start_weights }));
                dispatch.emit(made(Change::Draw));
            }
        };
        let seed = self.whole_of(words::start_seed(), start_weights.seed, set_seed);
        html! {
            <fieldset>
                <legend>{words::start_weights()}</legend>
                <p>
                    <Choice<Scheme> label={words::scheme()} options={schemes} value={start_weights.scheme} on_choose={on_scheme} />
                    <span>{"× "}{self.share(words::scale(), start_weights.scale, limits::SCALE, set_scale)}</span>
                    <span>{around(&words::seed(&Place(0)), [seed])}</span>
                </p>
                <p>
                    <button type="button" onclick={draw(start_weights.seed)}>{words::sample_new_weights()}</button>
                    <button type="button" onclick={draw(start_weights.seed + 1)}>{words::draw_again()}</button>
                </p>
                <p class="hint">{words::for_all_layers()}</p>
                {self.weight_files()}
            </fieldset>
        }
    }

    /// The weights of other programs, and for them.
    fn weight_files(&self) -> Html {
        let save = |format: Format| {
            let (scene, dispatch) = (self.panel.scene.clone(), self.panel.dispatch.clone());
            let onclick = move |_: MouseEvent| files::save_weights(scene.session(), format, &dispatch);
            let label = words::save_the_weights_as(&format.name());
            html! { <button key={format.ending()} type="button" aria-label={label} {onclick}>{format.name()}</button> }
        };
        let open = html! {
            <button type="button" onclick={|_| weights_file::choose_files()}>{words::open_weights()}</button>
        };
        let formats = Format::ALL.map(save).into_iter().collect();
        html! {
            <>
                <p>{around_as(&words::open_weights_of(&Place(0)), [open], hint)}</p>
                <p>{around(&words::save_them_as(&Place(0)), [formats])}</p>
            </>
        }
    }

    fn data(&self) -> Html {
        let data = &self.lesson.data;
        let kind = data.generator.as_ref().map(|generator| generator.kind);
        // Data of a lesson go by its title, as long as they are not generated.
        let open = || lessons::data_sets().find(|(_, name)| self.lesson.title.starts_with(name));
        let holds = match kind {
            Some(kind) => Some(Origin::Generated(kind)),
            None => open().map(|(lesson, name)| Origin::Lesson(lesson, name)),
        };
        let generated = Kind::ALL.map(|kind| (Origin::Generated(kind), kind.name()));
        let sets = lessons::data_sets().map(|(lesson, name)| (Origin::Lesson(lesson, name), name));
        let all = generated.into_iter().chain(sets).collect();
        let choice = self.choice_or_given(words::data(), all, holds, |dispatch, origin| match origin {
            Origin::Generated(kind) => dispatch.emit(made(Change::Kind(kind))),
            Origin::Lesson(lesson, name) => lessons::borrow_data(lesson, name, dispatch.clone()),
        });
        let (training, test) =
            (counts::training_samples(data.train.len()), counts::test_samples(data.test.len()));
        let import = html! {
            <button type="button" onclick={|_| table_file::choose_file()}>{words::import_csv()}</button>
        };
        html! {
            <fieldset>
                <legend>{words::data()}</legend>
                <p>{choice}{" "}{words::samples_and(&training, &test)}</p>
                if let Some(generator) = &data.generator {
                    {self.generator(generator)}
                }
                <p>{around_as(&words::import_csv_or(&Place(0)), [import], hint)}</p>
            </fieldset>
        }
    }

    fn generator(&self, generator: &Generator) -> Html {
        let share = |label: &'static str, value: f64, most: f64, set: fn(&mut Generator, f64)| {
            let generator = generator.clone();
            self.share(label, value, most, move |value| {
                let mut generator = generator.clone();
                set(&mut generator, value);
                made(Change::Data(generator))
            })
        };
        let whole = |label: &'static str, value: usize, set: fn(&mut Generator, u64)| {
            let generator = generator.clone();
            self.whole(label, value as u64, move |value| {
                let mut generator = generator.clone();
                set(&mut generator, value);
                Change::Data(generator)
            })
        };
        let set_seed = {
            let generator = generator.clone();
            move |seed| Change::Data(Generator { seed, ..generator.clone() })
        };
        let n_inputs = self.network.n_units(0);
        let says_inputs = if generator.kind.is_table() { words::n_bits } else { words::n_inputs };
        // A layer less than the most: the teacher has its outputs, too.
        let set_layers = |g: &mut Generator, n: u64| {
            let n_units = g.teacher.first().copied().unwrap_or(1);
            g.teacher = vec![n_units; (n as usize).min(limits::LAYERS - 1)];
        };
        let set_units = |g: &mut Generator, n: u64| g.teacher.fill((n as usize).clamp(1, limits::UNITS));
        let n_units = generator.teacher.first().copied().unwrap_or(0);
        let inputs =
            || self.whole(words::number_of_inputs(), n_inputs as u64, |n| Change::Inputs(n as usize));
        let teacher = || {
            let layers = whole(words::layers_of_teacher(), generator.teacher.len(), set_layers);
            [layers, whole(words::units_of_teacher(), n_units, set_units)]
        };
        let n_samples = whole(words::samples(), generator.n_samples, |g, n| g.n_samples = n as usize);
        let seed = self.whole(words::data_seed(), generator.seed, set_seed);
        let noise = share(words::name_of_noise(), generator.noise, limits::NOISE, |g, x| g.noise = x);
        let test_share =
            share(words::name_of_test_share(), generator.held_out, limits::HELD_OUT, |g, x| g.held_out = x);
        html! {
            <>
                if generator.has_any_inputs() {
                    <p><span>{around(&says_inputs(&Place(0)), [inputs()])}</span></p>
                }
                if generator.kind == Kind::Teacher {
                    <p>{around(&words::teacher(&Place(0), &Place(1)), teacher())}</p>
                }
                <p>
                    <span>{around(&words::n_samples(&Place(0)), [n_samples])}</span>
                    <span>{around(&words::seed(&Place(0)), [seed])}</span>
                </p>
                <p>
                    <span>{around(&words::noise(&Place(0)), [noise])}</span>
                    <span>{around(&words::test_share(&Place(0)), [test_share])}</span>
                </p>
            </>
        }
    }
}

fn made(change: Change) -> Action {
    Action::Design { change, continues: false }
}

/// What says more of a button that it stands beside.
fn hint(words: &str) -> Html {
    html! { <span class="hint">{words.to_owned()}</span> }
}

fn is_checked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}
