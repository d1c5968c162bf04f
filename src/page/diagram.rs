//! The network diagram: units, edges and their numbers, as far as the learner has stepped.
//!
//! Lines and circles are one SVG at the scale of the page; every number and name is HTML above it.
//! [`crate::picture::layout`] says where everything goes.

mod broken;
mod edges;
mod explore;
mod inspector;
mod interaction;
mod labels;
mod lines;
mod measure;
mod pictures;
mod stuck;
mod tools;
mod units;

use std::rc::Rc;

use yew::prelude::*;

use super::scene::{Panel, PanelProps, Scene};
use crate::explanation::glossary;
use crate::lesson::Lesson;
use crate::lesson::names::Written;
use crate::lesson::notation::Style;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::{Phase, StepKind};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::symbol;
use crate::picture::layout;
use crate::picture::layout::rect::Rect;
use crate::picture::layout::{
    Annotations, CondensedPart, EdgeWidths, LayerShape, Layout, NameWidths, Request, text,
};
use crate::picture::selection::Selection;
use crate::session::Action;
use crate::words::counts;
use crate::words::lists::listed_apart;
use crate::words::page::{diagram as words, instant};
use backprop::activation::Activation;
use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
use backprop::trace::Model;
use tools::{Interaction, Tools};

/// The most labels of weights in a condensed network.
const MAX_SOME: usize = 12;

/// The network diagram.
#[component]
pub fn Diagram(props: &PanelProps) -> Html {
    let (probes, room) = measure::use_room();
    let moment = props.panel.scene.moment();
    let interaction = interaction::use_interaction(moment);
    let (selection, tools) = (interaction.selection, interaction.tools);
    let basis = Basis::of(&props.panel.scene);
    let request = use_memo((basis, room, tools.zoom(), room.map(|room| tools.control(room.metrics.chip))), {
        let scene = &props.panel.scene;
        |(_, room, zoom, controls)| {
            let controls = controls.flatten();
            room.map(|room| Request {
                zoom: *zoom,
                controls,
                ..request(scene.moment(), room, scene.digits())
            })
        }
    });
    let request = (*request).clone();
    let whole = use_memo(request.clone(), |request| {
        request.as_ref().map(|request| Rc::new(layout::layout(request, &[])))
    });
    // Where all units are drawn, nothing depends on which are required.
    let leaves_out = whole.as_ref().as_ref().is_some_and(|layout| layout.leaves_out());
    let required = if leaves_out { required_units(&props.panel, selection) } else { Vec::new() };
    let layout = use_memo((request, required), |(request, required)| match required.is_empty() {
        true => (*whole).clone(),
        false => request.as_ref().map(|request| Rc::new(layout::layout(request, required))),
    });
    let is_larger = room.zip(layout.as_ref().as_ref());
    let is_larger = is_larger.is_some_and(|(room, layout)| layout.is_larger_than(room.width, room.height));
    interaction::use_sight(&interaction, moment, is_larger);
    let model = ByAddress(Rc::clone(moment.model()));
    let widths = use_memo(model, |model| EdgeWidths::of(&model.network));
    let stage = layout.as_ref().as_ref().map(|layout| {
        let parts =
            if layout.is_condensed { shown_parts(&props.panel, layout, selection) } else { Vec::new() };
        let shown = if layout.is_condensed {
            layout.annotations(&parts)
        } else {
            Annotations { labels: layout.labels.clone(), callouts: Vec::new() }
        };
        let panel = &props.panel;
        let Interaction { selecting, set_tools, .. } = &interaction;
        let view = DiagramView {
            panel,
            layout,
            shown: &shown,
            parts: &parts,
            widths: *widths,
            selection,
            selecting,
            tools,
            set_tools,
        };
        (view.stage(), view.tool_bar())
    });
    let (stage, tool_bar) = stage.unwrap_or_default();
    let is_zoomed = (tools.zoom() != 1.0).then_some("is-zoomed");
    let broken = broken::banner(&props.panel);
    let is_broken = broken.is_some().then_some("is-broken");
    let class = classes!("diagram", phase_class(moment), is_zoomed, is_broken);
    let onkeydown = tools.keys(&interaction.set_tools);
    html! {
        <section {class} aria-label={words::network_diagram()} {onkeydown}>
            <p class="visually-hidden">{ summary(moment) }</p>
            <div class="scroller" ref={interaction.scroller.clone()}>{ probes }{ stage }</div>
            { broken }
            { tool_bar }
        </section>
    }
}

/// What a request to lay out is made of but for the room: a step within an update has the same.
#[derive(Clone, PartialEq)]
struct Basis {
    lesson: ByAddress<Lesson>,
    model: ByAddress<Model>,
    n_samples: usize,
    digits: u8,
    style: Style,
}

impl Basis {
    fn of(scene: &Scene) -> Self {
        let moment = scene.moment();
        Self {
            lesson: ByAddress(Rc::clone(&moment.lesson)),
            model: ByAddress(Rc::clone(moment.model())),
            n_samples: moment.n_samples(),
            digits: scene.digits(),
            style: moment.names.style(),
        }
    }
}

/// What is drawn, and where.
struct DiagramView<'a> {
    panel: &'a Panel,
    layout: &'a Rc<Layout>,
    shown: &'a Annotations,
    /// In a condensed network: whose numbers are to be shown, room permitting.
    parts: &'a [CondensedPart],
    widths: EdgeWidths,
    selection: Option<Selection>,
    selecting: &'a explore::Selecting,
    tools: Tools,
    set_tools: &'a Callback<Tools>,
}

impl DiagramView<'_> {
    /// Everything that is drawn.
    fn stage(&self) -> Html {
        let layout = self.layout;
        let (width, height) = (layout.width.round(), layout.height.round());
        let size = format!("width:{width}px;height:{height}px;--stage-width:{width};--stage-height:{height}");
        let plain = (!layout.sizes.is_bold).then_some("is-plain");
        html! {
            <div class={classes!("stage", plain)} style={size}>
                if layout.is_condensed {
                    { self.edge_canvas() }
                }
                { self.lines() }
                if self.tools.pictures && self.has_pictures() {
                    { self.unit_pictures() }
                }
                { self.units() }
                { self.labels() }
                { self.targets() }
                { self.captions() }
                if layout.is_condensed {
                    { self.callouts() }
                }
                { self.controls() }
                { self.stuck_note() }
            </div>
        }
    }

    /// The controls below the drawing.
    fn tool_bar(&self) -> Html {
        html! {
            <div class="tools">
                if self.layout.is_condensed {
                    { self.inspector() }
                } else {
                    { self.meaning() }
                }
                { self.switches() }
            </div>
        }
    }

    /// What the quantity under the pointer, the finger or the focus is; what has the focus says it itself.
    fn meaning(&self) -> Html {
        let lit = self.panel.lit.filter(|quantity| self.moment().has(*quantity));
        let says = lit.map(|quantity| glossary::meaning(self.moment(), quantity));
        html! { <p class="meaning" aria-hidden="true">{ says.unwrap_or_default() }</p> }
    }

    fn moment(&self) -> &Moment {
        self.panel.scene.moment()
    }

    /// The classes of something that several quantities are about.
    fn lights(&self, is_about: impl Fn(Quantity) -> bool) -> Classes {
        let is_current = self.panel.scene.current().iter().any(|&quantity| is_about(quantity));
        let is_lit = self.panel.all_lit().any(is_about);
        classes!(is_current.then_some("is-current"), is_lit.then_some("is-lit"))
    }

    /// Jumps to the step that computes `quantity`; `None` where no step does.
    fn jump<E: 'static>(&self, quantity: Quantity) -> Option<Callback<E>> {
        let stop = self.moment().stop_of(quantity)?;
        Some(self.panel.dispatch.reform(move |_| Action::JumpTo(stop)))
    }

    /// The name of `quantity`: a button that goes to the step that computes `made`, or plain text
    /// where no step does.
    fn name(&self, quantity: Quantity, made: Quantity) -> Html {
        let moment = self.moment();
        let written = moment.names.written(quantity, moment.sample());
        match self.jump(made) {
            Some(onclick) => {
                let label = instant::go_to_step_of(&written.plain());
                let shown = symbol::shown(&written);
                html! { <button type="button" class="jump" aria-label={label} {onclick}>{ shown }</button> }
            }
            None => symbol::view(&written),
        }
    }
}

/// The place of an element, as its `style`.
fn at(rect: &Rect) -> String {
    format!("left:{:.1}px;top:{:.1}px;width:{:.1}px;height:{:.1}px", rect.x, rect.y, rect.w, rect.h)
}

/// Whether `quantity` is about the edge of `param`.
fn is_about_param(quantity: Quantity, param: Param) -> bool {
    match (quantity, param) {
        (Quantity::GradientShare { of, to }, Param::Weight { from, .. }) => {
            (UnitId::new(of.layer + 1, to), of.unit) == (param.unit(), from)
        }
        _ => quantity.param() == Some(param),
    }
}

/// The colour of what the phase is about.
fn phase_class(moment: &Moment) -> &'static str {
    match moment.phase() {
        None | Some(Phase::Forward) => "in-forward",
        Some(Phase::Loss) => "in-loss",
        Some(Phase::Backward | Phase::Average) => "in-backward",
        Some(Phase::Update) => "in-update",
    }
}

/// Whether the numbers are of the whole batch and not of one sample.
fn is_about_all(moment: &Moment) -> bool {
    1 < moment.n_samples() && matches!(moment.phase(), Some(Phase::Average | Phase::Update))
}

/// The unit that the step is about.
fn current_unit(moment: &Moment) -> Option<UnitId> {
    match moment.step()?.kind {
        StepKind::WeightedSum(unit)
        | StepKind::Activation(unit)
        | StepKind::ActivationGradient(unit)
        | StepKind::Delta(unit) => Some(unit),
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => {
            Some(param.unit())
        }
        StepKind::Loss => None,
    }
}

/// The weights of a large network that have a label now: those of the formula, and the lit one.
fn current_weights(panel: &Panel) -> Vec<Param> {
    let mut list: Vec<Param> = Vec::new();
    for param in panel.scene.current().iter().filter_map(|&quantity| quantity.param()) {
        if !list.contains(&param) && list.len() < MAX_SOME {
            list.push(param);
        }
    }
    list
}

/// The units of a large network that have to be drawn, the most wanted first.
fn required_units(panel: &Panel, selection: Option<Selection>) -> Vec<UnitId> {
    let moment = panel.scene.moment();
    let mut required: Vec<UnitId> = current_unit(moment).into_iter().collect();
    explore::require(panel, selection, &mut required);
    required
}

/// Whose numbers a condensed network shows, in order of importance.
fn shown_parts(panel: &Panel, layout: &Layout, selection: Option<Selection>) -> Vec<CondensedPart> {
    let mut parts: Vec<CondensedPart> =
        current_weights(panel).into_iter().map(CondensedPart::Param).collect();
    explore::show(panel, layout, selection, &mut parts);
    parts
}

/// "hidden · sigmoid", or "sigmoid" where there is little room.
fn caption(moment: &Moment, layer: usize, is_short: bool) -> String {
    let network = moment.network();
    let n_layers = network.n_layers();
    let is_one = network.n_units(layer) == 1;
    if layer == 0 {
        return if is_one { words::input() } else { words::inputs() }.to_owned();
    }
    let function = function(moment, layer);
    match n_layers {
        _ if is_short => function.to_owned(),
        _ if layer == n_layers && is_one => words::output(&function),
        _ if layer == n_layers => words::outputs(&function),
        2 => words::hidden(&function),
        _ => words::hidden_layer(&layer, &function),
    }
}

/// The name of a layer's activation.
fn function(moment: &Moment, layer: usize) -> &'static str {
    match moment.network().activation(layer) {
        Activation::Identity => words::linear(),
        other => other.name(),
    }
}

/// The network in a sentence.
fn summary(moment: &Moment) -> String {
    let network = moment.network();
    let n_layers = network.n_layers();
    let sizes: Vec<String> = (0..=n_layers).map(|layer| network.n_units(layer).to_string()).collect();
    let sizes = sizes.join("-");
    let layers: Vec<String> = (0..=n_layers).map(|layer| layer_in_summary(moment, layer)).collect();
    let layers = listed_apart(&layers);
    match (1..=n_layers).any(|layer| network.has_biases(layer)) {
        true => words::network_with_biases(&sizes, &layers),
        false => words::network_without_biases(&sizes, &layers),
    }
}

/// "2 hidden, sigmoid".
fn layer_in_summary(moment: &Moment, layer: usize) -> String {
    let n_layers = moment.network().n_layers();
    let n = moment.network().n_units(layer);
    match n_layers {
        _ if layer == 0 => counts::inputs(n),
        _ if layer == n_layers => words::output_units(n, &function(moment, layer)),
        2 => words::hidden_units(n, &function(moment, layer)),
        _ => words::units_of_hidden_layer(n, &layer, &function(moment, layer)),
    }
}

/// Which sample the numbers are of; empty where there is one only.
fn sample_text(moment: &Moment, shown: usize, is_about_all: bool) -> String {
    match moment.lesson.data.train.len() {
        1 => String::new(),
        _ if is_about_all && moment.lesson.rule.makes(Mistake::SumForMean) => {
            words::units_and_sum(&shown, &moment.n_samples())
        }
        _ if is_about_all => words::units_and_mean(&shown, &moment.n_samples()),
        n => instant::sample_of(&shown, &n),
    }
}

/// What to lay out.
fn request(moment: &Moment, room: measure::Room, digits: u8) -> Request {
    let network = moment.network();
    let names = &moment.names;
    let n_layers = network.n_layers();
    let last_sample = moment.n_samples() - 1;
    let width = |quantity| text::name_width(&names.written(quantity, last_sample));
    let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
    let folded = |unit: UnitId| text::folded_width(&names.written(Quantity::Activation(unit), last_sample));
    let units = |layer: usize| network.units(layer);
    let layers = (0..=n_layers).map(|layer| LayerShape {
        n_units: network.n_units(layer),
        has_biases: 0 < layer && network.has_biases(layer),
        biases_learn: moment.lesson.rule.learns_biases(),
        name: widest(&mut units(layer).map(|unit| width(Quantity::Activation(unit)))),
        folded: if layer == 0 { widest(&mut units(0).map(folded)) } else { 0.0 },
        caption: caption(moment, layer, false),
        short: caption(moment, layer, true),
    });
    let loss = width(Quantity::Loss);
    let slot = |unit: UnitId| {
        let is_linear = network.activation(unit.layer) == Activation::Identity;
        let sum = if is_linear { 0.0 } else { text::name_width(&short_sum(moment, unit)) };
        let upstream = text::name_width(&short_upstream(moment, unit));
        width(Quantity::Delta(unit)).max(sum).max(if is_linear { 0.0 } else { upstream })
    };
    let gradient = |param: Param| match names.written(Quantity::Gradient(param), last_sample) {
        Written::Partial { of, by } => text::name_width(&labels::partial(&of, &by)),
        written => text::name_width(&written),
    };
    let terms = (0..network.n_outputs()).filter(|_| 1 < network.n_outputs());
    // Long lists need not be read to their end: large networks have no labels at every edge.
    let params = network.param_list().into_iter().take(200);
    let has_batch = 1 < moment.n_samples();
    // That of the last sample: nothing moves when another one is shown.
    let n = moment.lesson.data.train.len();
    let sample = [false, has_batch].map(|is_about_all| text::width(&sample_text(moment, n, is_about_all)));
    Request {
        width: room.width,
        height: room.height,
        metrics: room.metrics,
        digits,
        // A few numbers tell how wide all of them are; these stay while the sample changes.
        input: text::widest(moment.lesson.data.train.iter().flat_map(|sample| &sample.input).take(60)),
        sample: sample[0].max(sample[1]),
        zoom: 1.0,
        controls: None,
        layers: layers.collect(),
        names: NameWidths {
            param: widest(&mut params.clone().map(|param| width(Quantity::Param(param)))),
            slot: widest(&mut (1..=n_layers).flat_map(units).take(200).map(slot)),
            gradient: widest(&mut params.clone().map(gradient)),
            target: widest(&mut (0..network.n_outputs()).map(|unit| width(Quantity::Target(unit)))),
            loss: widest(&mut terms.map(|unit| width(Quantity::LossTerm(unit)))).max(loss),
        },
    }
}

/// "net" or "z": the weighted sum where it stands with its unit.
fn short_sum(moment: &Moment, id: UnitId) -> Written {
    units::base(moment.names.written(Quantity::Sum(id), moment.sample()))
}

/// "∂E/∂h": the derivative by the activation of a unit where it stands with the unit.
fn short_upstream(moment: &Moment, id: UnitId) -> Written {
    match moment.names.written(Quantity::ActivationGradient(id), moment.sample()) {
        Written::Partial { of, by } => labels::partial(&of, &by),
        written => written,
    }
}
