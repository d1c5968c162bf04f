//! Below a large network: which unit and weight is drawn out, chosen by their numbers.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::{DiagramView, caption};
use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::desk::{OpenSheet, Sheet, slice_id, slice_label};
use crate::page::parts::icon::Icon;
use crate::picture::selection::Selection;
use crate::session::Action;
use crate::words::around::Place;
use crate::words::page::{diagram_tools as words, instant};
use backprop::network::UnitId;

impl DiagramView<'_> {
    /// The inspector.
    pub(super) fn inspector(&self) -> Html {
        let moment = self.moment();
        let network = moment.network();
        let n_layers = network.n_layers();
        let options: Vec<Choosable<usize>> =
            (0..=n_layers).map(|layer| (layer, caption(moment, layer, false).into())).collect();
        let selection = self.selection;
        let layer = selection.map_or(1, |selection| selection.unit.layer);
        let on_choose = self.selecting.select.reform(|layer| Some(Selection::unit(UnitId::new(layer, 0))));
        let unit = selection.map(|selection| selection.unit.unit);
        let param = selection.and_then(|selection| selection.selected_param(network));
        let n_inputs = if layer == 0 { 0 } else { network.n_units(layer - 1) };
        let input = selection.and_then(|selection| selection.input).filter(|&input| input < n_inputs);
        let here = selection.unwrap_or(Selection::unit(UnitId::new(layer, 0)));
        let activation = Quantity::Activation(here.unit);
        // What inputs have none of keeps its room: nothing moves.
        let absent = (layer == 0).then_some("is-absent");
        let unit =
            self.whole(words::unit_of_layer(), unit, network.n_units(layer), Some(activation), move |unit| {
                Selection::unit(UnitId { layer, unit })
            });
        let gradient = param.map(Quantity::Gradient);
        let input = self.whole(words::weight_from_unit(), input, n_inputs, gradient, move |input| {
            Selection { input: Some(input), ..here }
        });
        html! {
            <div class="inspector" role="group" aria-label={words::look_at_unit()}>
                <Choice<usize> label={words::layer_of_unit()} {options} value={layer} {on_choose} />
                <label>{ around(&words::unit_of(&Place(0), &network.n_units(layer)), [unit]) }</label>
                <label class={absent}>{ around(&words::weight_from(&Place(0)), [input]) }</label>
                if network.has_biases(layer.max(1)) {
                    <button
                        type="button"
                        class={absent}
                        aria-pressed={(here.input == Some(n_inputs)).to_string()}
                        onclick={self.selecting.select.reform(move |_: MouseEvent| Some(Selection { input: Some(n_inputs), ..here }))}
                    >
                        { words::bias() }
                    </button>
                }
                if selection.is_some() {
                    { self.readout(here, param.map(|param| [Quantity::Param(param), Quantity::Gradient(param)])) }
                    if let Some(param) = param {
                        <OpenSheet
                            sheet={Sheet::Slice}
                            about={param}
                            id={slice_id("diagram", param)}
                            label={slice_label(moment.names.loss(), &moment.name(Quantity::Param(param)))}
                            icon={Icon::Slice}
                        />
                    }
                } else {
                    <span class="facts"><span class="hint">{ words::choose() }</span></span>
                }
            </div>
        }
    }

    /// The selected part in numbers. Each leads to its step.
    fn readout(&self, here: Selection, weight: Option<[Quantity; 2]>) -> Html {
        let mut quantities = vec![Quantity::Activation(here.unit)];
        if 0 < here.unit.layer {
            quantities.push(Quantity::Delta(here.unit));
        }
        quantities.extend(weight.into_iter().flatten());
        let number = |quantity: Quantity| {
            let digits = self.panel.scene.digits();
            let text = self.moment().shown_text(quantity, digits).unwrap_or_else(|| "·".to_owned());
            let made = match quantity {
                Quantity::Param(param) => Quantity::Gradient(param),
                other => other,
            };
            let shown =
                html! { <>{ self.shown_name(quantity) }<span aria-hidden="true">{ "= " }{ text }</span></> };
            let class = classes!("fact", self.panel.classes(quantity));
            match self.jump::<MouseEvent>(made) {
                Some(onclick) => html! {
                    <button
                        type="button"
                        {class}
                        aria-label={self.equation(quantity)}
                        title={instant::go_to_step_of(&self.moment().name(made))}
                        {onclick}
                        onmouseenter={self.panel.light(quantity)}
                        onmouseleave={self.panel.unlight()}
                    >
                        { shown }
                    </button>
                },
                None => html! {
                    <span {class}>{ shown }<span class="visually-hidden">{ self.equation(quantity) }</span></span>
                },
            }
        };
        html! { <span class="facts">{ for quantities.into_iter().map(number) }</span> }
    }

    /// A number from 1 to `n` in a box whose arrow keys count; Enter goes to the step of `made`.
    fn whole(
        &self,
        label: &'static str,
        value: Option<usize>,
        n: usize,
        made: Option<Quantity>,
        select: impl Fn(usize) -> Selection + 'static,
    ) -> Html {
        let (on_select, dispatch) = (self.selecting.select.clone(), self.panel.dispatch.clone());
        let choose = Callback::from(move |text: String| match text.trim().parse::<usize>() {
            Ok(number @ 1..) if number <= n => on_select.emit(Some(select(number - 1))),
            _ => dispatch.emit(Action::problem(words::no_whole_number(&label, &text, &n))),
        });
        let onchange = {
            let choose = choose.clone();
            Callback::from(move |event: Event| {
                if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                    choose.emit(input.value());
                }
            })
        };
        // Counting by the arrows shows each number at once.
        let oninput = Callback::from(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            if let Some(text) = text.filter(|text| text.parse().is_ok_and(|number| (1..=n).contains(&number)))
            {
                choose.emit(text);
            }
        });
        let stop = made.and_then(|made| self.moment().stop_of(made));
        let dispatch = self.panel.dispatch.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if let (true, Some(stop)) = (event.key() == "Enter", stop) {
                dispatch.emit(Action::JumpTo(stop));
            }
        });
        html! {
            <input
                type="number"
                inputmode="numeric"
                min="1"
                max={n.to_string()}
                aria-label={label}
                value={value.map(|value| (value + 1).to_string()).unwrap_or_default()}
                {onchange}
                {oninput}
                {onkeydown}
            />
        }
    }
}
