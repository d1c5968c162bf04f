//! The samples: inputs, targets and what the network makes of them; and how it learns from them.

use yew::prelude::*;

use super::images::Images;
use crate::lesson::quantity::Quantity;
use crate::moment::step::{Phase, Position, StepKind};
use crate::moment::{ASKED, Moment};
use crate::page::parts::around::{around, heard_around};
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::constant::constant_field;
use crate::page::parts::edit_field::{EditField, Editable};
use crate::page::parts::number::text_so_far;
use crate::page::parts::picture::use_colours;
use crate::page::parts::surface::use_surface;
use crate::page::parts::windowed::{Rows, WHOLE, use_rows};
use crate::page::scene::{Panel, PanelProps};
use crate::picture::image::side_of;
use crate::session::{Action, Edit};
use crate::words::around::Place;
use crate::words::tables::data as words;
use backprop::network::{Param, UnitId};
use backprop::optimizer::Constant;
use backprop::trace::UpdateOrder;

/// The most inputs, and outputs, that all have a column of their own; of more than that, fewer do.
const MAX_COLUMNS: usize = 8;
const FEWER_COLUMNS: usize = 5;
/// The most samples whose derivative is listed beside the mean.
const MAX_GRADIENTS: usize = 20;

/// The samples and the rule.
#[component]
pub fn DataTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let chosen = use_mut_ref(|| None::<Param>);
    let seen = panel.lit.and_then(Quantity::param).or(panel.scene.current_param());
    if seen.is_some() {
        *chosen.borrow_mut() = seen;
    }
    let chosen = *chosen.borrow();
    let moment = panel.scene.moment();
    let current = stepped_sample(moment).map(|_| moment.sample_in_data());
    // While the network learns the rows stay where they are: each update begins with another sample.
    let revealed = current.filter(|_| !panel.scene.session().is_running());
    let rows = use_rows(moment.lesson.data.train.len(), revealed);
    // What comes out for the sample would tell an answer.
    let tells_all = panel.scene.session().tells_all();
    let drawn_side = side_of(moment.network().n_units(0)).filter(|_| tells_all);
    html! {
        <section class="data">
            { samples(panel, &rows, current) }
            if let Some(side) = drawn_side {
                <Drawn panel={panel.clone()} {side} />
            }
            { gradients(panel, chosen) }
            { rule_in_words(panel) }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct DrawnProps {
    panel: Panel,
    side: usize,
}

/// What can be drawn for the network to answer, where the inputs form an image.
#[component]
fn Drawn(props: &DrawnProps) -> Html {
    let ruler = use_node_ref();
    let surface = use_surface(&ruler);
    let colours = use_colours(&ruler, &surface);
    let (width, ratio) = (surface.frame.width.max(60.0), surface.palette.ratio);
    html! {
        <div class="drawn">
            <div ref={ruler} class="ruler" />
            <Images panel={props.panel.clone()} side={props.side} {width} {ratio} {colours} />
        </div>
    }
}

/// Which sample is being stepped through, from 0 within the batch; `None` in the phases that are
/// about all of them.
fn stepped_sample(moment: &Moment) -> Option<usize> {
    let is_about_all = matches!(moment.phase(), Some(Phase::Average | Phase::Update));
    (!is_about_all || moment.n_samples() == 1).then(|| moment.sample())
}

/// The number of `quantity` for sample `sample` of the batch, once its step has been reached, or "?" while it is asked for.
fn shown_of(moment: &Moment, quantity: Quantity, sample: usize, digits: u8) -> Option<String> {
    let plan = &moment.plan;
    let made_at = plan.maker(quantity).and_then(|kind| plan.find(kind, sample));
    match made_at.map(|step| plan.done(step)) {
        Some(stop) if moment.position < stop => None,
        Some(stop) if moment.told() < stop => Some(ASKED.to_owned()),
        _ => moment.text_of(quantity, sample, digits),
    }
}

/// The columns of the table of samples.
struct Columns {
    inputs: Vec<String>,
    n_more_inputs: usize,
    targets: Vec<String>,
    outputs: Vec<Quantity>,
    /// δ of the outputs, where there are several samples to compare.
    deltas: Vec<Quantity>,
    n_more_outputs: usize,
    /// Which batch a sample belongs to.
    has_batches: bool,
}

impl Columns {
    fn new(moment: &Moment) -> Self {
        let network = moment.network();
        let (n_inputs, layer) = (network.n_units(0), network.n_layers());
        let n_outputs = network.n_outputs();
        let n_shown = |n: usize| if n <= MAX_COLUMNS { n } else { FEWER_COLUMNS };
        let units = 0..n_shown(n_outputs);
        let has_several = 1 < moment.lesson.data.train.len();
        Self {
            inputs: (0..n_shown(n_inputs))
                .map(|unit| moment.name(Quantity::Activation(UnitId { layer: 0, unit })))
                .collect(),
            n_more_inputs: n_inputs - n_shown(n_inputs),
            targets: units.clone().map(|unit| moment.name(Quantity::Target(unit))).collect(),
            outputs: units.clone().map(|unit| Quantity::Activation(UnitId { layer, unit })).collect(),
            deltas: units
                .filter(|_| has_several)
                .map(|unit| Quantity::Delta(UnitId { layer, unit }))
                .collect(),
            n_more_outputs: n_outputs - n_shown(n_outputs),
            has_batches: 1 < moment.lesson.n_batches(),
        }
    }

    fn n(&self) -> usize {
        let more = usize::from(0 < self.n_more_inputs) + usize::from(0 < self.n_more_outputs);
        let outputs = self.targets.len() + self.outputs.len() + self.deltas.len();
        // The sample's number, its loss, its batch, and what removes it.
        self.inputs.len() + outputs + more + 3 + usize::from(self.has_batches)
    }
}

/// The table of training samples.
fn samples(panel: &Panel, rows: &Rows, current: Option<usize>) -> Html {
    let moment = panel.scene.moment();
    let lesson = &moment.lesson;
    let n = lesson.data.train.len();
    let columns = Columns::new(moment);
    let is_windowed = WHOLE < n;
    let row = |sample: usize| sample_row(panel, sample, &columns, Some(sample) == current);
    let name = |text: &str| html! { <th scope="col"><span class="name">{text.to_owned()}</span></th> };
    let more = |n: usize, say: fn(usize) -> String| {
        if n == 0 {
            html! {}
        } else {
            html! { <th scope="col">{say(n)}</th> }
        }
    };
    let quantity = |quantity: &Quantity| name(&moment.name(*quantity));
    let add = panel.dispatch.reform(|_: MouseEvent| Action::Edit { edit: Edit::AddSample, continues: false });
    let n_test = lesson.data.test.len();
    html! {
        <div class="samples">
            <div class="scroller" ref={rows.scroller.clone()} onscroll={rows.onscroll.clone()}>
                <table
                    aria-label={words::samples()}
                    aria-rowcount={is_windowed.then(|| (n + 1).to_string())}
                >
                    <thead>
                        <tr aria-rowindex={is_windowed.then_some("1")}>
                            <th scope="col"><span class="visually-hidden">{words::sample_heading()}</span></th>
                            {for columns.inputs.iter().map(|text| name(text))}
                            {more(columns.n_more_inputs, words::more_inputs)}
                            {for columns.targets.iter().map(|text| name(text))}
                            {for columns.outputs.iter().map(quantity)}
                            <th scope="col"><span class="name">{moment.names.loss()}</span></th>
                            {for columns.deltas.iter().map(quantity)}
                            {more(columns.n_more_outputs, words::more_outputs)}
                            if columns.has_batches {
                                <th scope="col">{words::batch_heading()}</th>
                            }
                            <th scope="col"><span class="visually-hidden">{words::remove_heading()}</span></th>
                        </tr>
                    </thead>
                    { rows.body(columns.n(), row) }
                </table>
            </div>
            <p class="under">
                <button type="button" onclick={add}>{words::add_sample()}</button>
                if 0 < n_test {
                    <span>{words::more_in_test_set(n_test)}</span>
                }
            </p>
        </div>
    }
}

/// One sample: `sample` counts from 0 among the training samples.
fn sample_row(panel: &Panel, sample: usize, columns: &Columns, is_current: bool) -> Html {
    let moment = panel.scene.moment();
    let (batch, place) = moment.place_in_epoch(sample);
    // Its number within the batch that is shown.
    let in_batch = (batch == moment.batch).then_some(place);
    let is_shown = in_batch == Some(moment.sample());
    // Only the sample that the other panels show too lights up there.
    let marked = |quantity: Quantity| {
        if is_shown { panel.classes(quantity) } else { classes!(quantity.role().class()) }
    };
    let field = |name: &str, quantity: Quantity, value: f64, of: Editable| {
        html! {
            <td class="edited">
                <EditField
                    {of}
                    label={words::of_sample(&name, &(sample + 1))}
                    {value}
                    digits={panel.scene.digits()}
                    class={marked(quantity)}
                    dispatch={panel.dispatch.clone()}
                />
            </td>
        }
    };
    let Some(numbers) = moment.lesson.data.train.get(sample) else {
        return html! {};
    };
    let inputs = columns.inputs.iter().zip(&numbers.input).enumerate().map(|(unit, (name, x))| {
        let quantity = Quantity::Activation(UnitId { layer: 0, unit });
        field(name, quantity, *x, Editable::Input { sample, unit })
    });
    let targets =
        columns.targets.iter().zip(&numbers.target).enumerate().map(|(unit, (name, x))| {
            field(name, Quantity::Target(unit), *x, Editable::Target { sample, unit })
        });
    let cell = |quantity: Quantity| {
        let number = in_batch.and_then(|sample| shown_of(moment, quantity, sample, panel.scene.digits()));
        let (enter, leave) = (panel.light::<MouseEvent>(quantity), panel.unlight::<MouseEvent>());
        html! {
            <td
                class={marked(quantity)}
                onmouseenter={is_shown.then_some(enter)}
                onmouseleave={is_shown.then_some(leave)}
            >
                {text_so_far(number)}
            </td>
        }
    };
    let ellipsis = |n: usize| {
        if n == 0 {
            html! {}
        } else {
            html! { <td>{"…"}</td> }
        }
    };
    let loss = cell(in_batch.map_or(Quantity::Loss, Quantity::SampleLoss));
    let outputs: Html = columns.outputs.iter().map(|quantity| cell(*quantity)).collect();
    let deltas: Html = columns.deltas.iter().map(|quantity| cell(*quantity)).collect();
    html! {
        <tr
            key={sample}
            data-row=""
            aria-current={is_current.then_some("true")}
            aria-rowindex={(sample + 2).to_string()}
        >
            <th scope="row">{number(panel, sample, in_batch)}</th>
            {for inputs}
            {ellipsis(columns.n_more_inputs)}
            {for targets}
            {outputs}
            {loss}
            {deltas}
            {ellipsis(columns.n_more_outputs)}
            if columns.has_batches {
                <td>{batch + 1}</td>
            }
            <td class="act">{remove(panel, sample)}</td>
        </tr>
    }
}

/// A sample's number: in the batch that is shown, a button that goes to its first step.
fn number(panel: &Panel, sample: usize, in_batch: Option<usize>) -> Html {
    let plan = &panel.scene.moment().plan;
    let first_step = StepKind::WeightedSum(UnitId::new(1, 0));
    let Some(step) = in_batch.and_then(|sample| plan.find(first_step, sample)) else {
        return heard_around(&words::sample(&Place(0)), [html! { {sample + 1} }]);
    };
    let stop: Position = plan.done(step);
    let onclick = panel.dispatch.reform(move |_: MouseEvent| Action::JumpTo(stop));
    let says = words::go_to_sample(&(sample + 1));
    html! { <button type="button" aria-label={says.clone()} title={says} {onclick}>{sample + 1}</button> }
}

fn remove(panel: &Panel, sample: usize) -> Html {
    let says = words::remove_sample(&(sample + 1));
    let onclick = panel
        .dispatch
        .reform(move |_: MouseEvent| Action::Edit { edit: Edit::RemoveSample(sample), continues: false });
    let is_last = panel.scene.moment().lesson.data.train.len() == 1;
    html! {
        <button type="button" aria-label={says.clone()} title={says} disabled={is_last} {onclick}>{"×"}</button>
    }
}

/// The derivative by the chosen parameter for each sample of the batch, and their mean.
fn gradients(panel: &Panel, chosen: Option<Param>) -> Html {
    let moment = panel.scene.moment();
    let n = moment.n_samples();
    if n < 2 {
        return html! {};
    }
    let known = |param: &Param| moment.network().has_param(*param) && moment.learns(*param);
    let Some(param) = chosen.filter(known) else {
        return html! {
            <p class="hint">
                {words::point_at_a_weight()}
            </p>
        };
    };
    let name = moment.name(Quantity::MeanGradient(param));
    let row = |key: usize, heading: Html, quantity: Quantity| {
        html! {
            <tr {key} onmouseenter={panel.light(quantity)} onmouseleave={panel.unlight()}>
                <th scope="row">{heading}</th>
                <td class={panel.classes(quantity)}>{text_so_far(moment.shown_text(quantity, panel.scene.digits()))}</td>
            </tr>
        }
    };
    let shown = moment.sample();
    // The shown sample is always listed.
    let listed = (0..n).filter(|sample| *sample < MAX_GRADIENTS || *sample == shown);
    let n_left_out = n - listed.clone().count();
    let rows = listed.map(|sample| {
        let heading = html! { {words::sample(&(sample + 1))} };
        row(sample, heading, Quantity::SampleGradient(sample, param))
    });
    let symbol = html! { <span class="name grad">{&name}</span> };
    html! {
        <table class="gradients">
            <caption>{around(&words::by_sample(&Place(0)), [symbol])}</caption>
            <thead class="visually-hidden">
                <tr><th scope="col">{words::sample_heading()}</th><th scope="col">{&name}</th></tr>
            </thead>
            <tbody>
                {for rows}
                if 0 < n_left_out {
                    <tr><th scope="row">{words::more_samples(n_left_out)}</th><td>{"…"}</td></tr>
                }
            </tbody>
            <tfoot>
                {row(n, html! {{words::mean()}}, Quantity::MeanGradient(param))}
            </tfoot>
        </table>
    }
}

/// How the network learns from the samples: batch, loss, optimiser, update order.
fn rule_in_words(panel: &Panel) -> Html {
    let moment = panel.scene.moment();
    let lesson = &moment.lesson;
    let optimizer = lesson.rule.optimizer;
    let constant = |(constant, _): (Constant, f64)| {
        let (name, field) = constant_field(panel, constant);
        let quantity = Quantity::from(constant);
        html! {
            <div
                key={moment.name(quantity)}
                onmouseenter={panel.light::<MouseEvent>(quantity)}
                onmouseleave={panel.unlight::<MouseEvent>()}
            >
                <dt>{name}</dt>
                <dd>{field}</dd>
            </div>
        }
    };
    let order = lesson.rule.update_order;
    let orders: Vec<Choosable<UpdateOrder>> = vec![
        (UpdateOrder::Simultaneous, words::simultaneous().into()),
        (UpdateOrder::LayerByLayer, words::layer_by_layer().into()),
    ];
    let on_order =
        panel.dispatch.reform(|order| Action::Edit { edit: Edit::UpdateOrder(order), continues: false });
    html! {
        <div class="rule">
            <dl>
                <div><dt>{words::batch()}</dt><dd>{batch_words(moment)}</dd></div>
                <div><dt>{words::loss()}</dt><dd>{loss_words(moment)}</dd></div>
                <div><dt>{words::optimiser()}</dt><dd>{optimizer.facts().full_name}</dd></div>
                {for optimizer.constants().into_iter().map(constant)}
                <div>
                    <dt><label for="update-order">{words::update_order()}</label></dt>
                    <dd>
                        <Choice<UpdateOrder>
                            label={words::update_order()}
                            id="update-order"
                            described_by="update-order-says"
                            options={orders}
                            value={order}
                            on_choose={on_order}
                        />
                    </dd>
                </div>
            </dl>
            <p class="hint" id="update-order-says">
                {words::says_update_order()}
            </p>
        </div>
    }
}

fn batch_words(moment: &Moment) -> String {
    let (n, size) = (moment.lesson.data.train.len(), moment.lesson.batch_size);
    match (n, size) {
        (2, 2) => words::batch_of_both().to_owned(),
        (n, size) if n == 1 || size == n => words::batch_of_all(n),
        (n, 1) => words::batch_of_one(n),
        (n, size) => words::batch_of_some(moment.lesson.n_batches(), &size, &n),
    }
}

fn loss_words(moment: &Moment) -> String {
    let name = moment.lesson.rule.loss.name();
    if moment.n_samples() < 2 { name.to_owned() } else { words::mean_of_the_batch(&name) }
}
