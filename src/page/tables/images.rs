//! Inputs that form an image: the sample's, one to be drawn, what comes out, and what each unit of
//! the first layer weighs the image with.

use std::rc::Rc;

use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::page::parts::around::heard_around;
use crate::page::parts::browser::within;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::cells::{CellArea, Cells, use_cells};
use crate::page::parts::picture::{Colours, Picture};
use crate::page::scene::Panel;
use crate::picture::heat_map::{Grid, MapCell};
use crate::picture::image::{Answer, Drawing, Ink, Tiles, unit_ranges, unit_scale};
use crate::picture::raster::ColourScale;
use crate::session::Action;
use crate::words::around::Place;
use crate::words::tables::{self, images as words};
use backprop::network::{Param, UnitId};

/// Sides of the images, in CSS pixels.
const PAD: f64 = 176.0;
const SAMPLE: f64 = 96.0;
const UNIT: f64 = 46.0;
/// Outputs whose bars have room.
const MAX_BARS: usize = 16;

/// The props of [`Images`] and [`UnitImages`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What to show, and what acts.
    pub panel: Panel,
    /// Pixels along a side of the image that the inputs form.
    pub side: usize,
    /// Width of the whole, in CSS pixels.
    pub width: f64,
    /// The screen's pixels per CSS pixel.
    pub ratio: f64,
    /// The colours.
    pub colours: Colours,
}

impl Props {
    fn moment(&self) -> &Moment {
        self.panel.scene.moment()
    }

    /// An image of its own.
    fn tiles(&self, length: f64) -> Tiles {
        Tiles::fit(1, self.side, length, length, self.ratio)
    }

    fn input_picture(&self, inputs: &[f64], ink: Ink, tiles: &Tiles) -> Html {
        let share = |_: usize, k: usize| inputs.get(k).map_or(0.0, |x| ink.share(*x));
        let raster = Rc::new(tiles.paint(self.colours.paper, &self.colours.ink, share));
        html! { <Picture {raster} size={tiles.size()} /> }
    }
}

/// The image of the sample, one to draw, and what the network makes of it.
#[component]
pub fn Images(props: &Props) -> Html {
    let moment = props.moment();
    let lesson = &moment.lesson;
    let drawn = use_state(|| None::<Rc<Drawing>>);
    let about = use_memo(ByAddress(Rc::clone(lesson)), |lesson| (Ink::of(&lesson.0), lesson.0.n_classes()));
    let (ink, n_classes) = *about;
    let sample = &lesson.data.train[moment.sample_in_data()];
    let drawing = drawn.as_ref().filter(|drawing| drawing.inputs().len() == sample.input.len());
    let asked = (
        ByAddress(Rc::clone(moment.model())),
        ByAddress(Rc::clone(lesson)),
        moment.sample_in_data(),
        drawing.map(|drawing| ByAddress(Rc::clone(drawing))),
    );
    let answer = use_memo(asked, |(model, lesson, sample, drawing)| {
        let given = || &lesson.data.train[*sample].input[..];
        let inputs = drawing.as_ref().map_or_else(given, |drawing| drawing.inputs());
        Answer::of(&model.network, inputs, n_classes.is_some())
    });
    let number = moment.sample_in_data() + 1;
    let whose = if drawing.is_some() { Whose::Drawing } else { Whose::Sample(number) };
    let on_draw = {
        let setter = drawn.setter();
        Callback::from(move |drawing: Option<Drawing>| setter.set(drawing.map(Rc::new)))
    };
    let copy = {
        let (input, side) = (sample.input.clone(), props.side);
        on_draw.reform(move |_: MouseEvent| Some(Drawing::copy_of(&input, side, ink)))
    };
    let clear = drawing.is_some().then(|| on_draw.reform(|_: MouseEvent| None));
    let blank = Drawing::blank(props.side, ink);
    let drawing = drawing.map_or(blank, |drawing| Drawing::clone(drawing));
    html! {
        <div class="images">
            <Pad props={props.clone()} {drawing} {ink} {on_draw} />
            <div class="beside-pad">
                <figure>
                    <figcaption>{ tables::data::sample(&number) }</figcaption>
                    <div role="img" aria-label={words::input_of_sample(&number)} class="map-image">
                        { props.input_picture(&sample.input, ink, &props.tiles(SAMPLE)) }
                    </div>
                </figure>
                <div class="buttons">
                    <button type="button" class="small" onclick={copy}>{ words::from_sample() }</button>
                    <button type="button" class="small" aria-disabled={clear.is_none().then_some("true")} onclick={clear}>
                        { words::clear() }
                    </button>
                </div>
            </div>
            { output_bars(props, &answer, whose) }
            <p class="hint">
                { words::hint() }
            </p>
        </div>
    }
}

/// Whose image the network answers.
#[derive(Clone, Copy)]
enum Whose {
    Drawing,
    /// That of the sample of this number, from 1.
    Sample(usize),
}

/// What the network makes of an image: a bar for each output.
fn output_bars(props: &Props, answer: &Answer, whose: Whose) -> Html {
    let moment = props.moment();
    let layer = moment.network().n_layers();
    let Answer { outputs, bars, predicted } = answer;
    let n = outputs.len();
    let row = |unit: usize| {
        let bar = &bars[unit];
        let style = format!("left: {:.2}%; width: {:.2}%", 100.0 * bar.from, 100.0 * (bar.to - bar.from));
        let is_predicted = *predicted == Some(unit);
        let output = html! { <span>{ props.panel.scene.number(outputs[unit]) }</span> };
        html! {
            <li key={unit} class={is_predicted.then_some("is-predicted")}>
                <span>{ moment.names.unit(UnitId { layer, unit }) }</span>
                <span class="bar" aria-hidden="true"><i {style} /></span>
                if is_predicted {
                    { heard_around(&words::predicted(&Place(0)), [output]) }
                } else {
                    { output }
                }
            </li>
        }
    };
    let class = predicted.map(|class| moment.names.unit(UnitId::new(layer, class)));
    let says = match (whose, class) {
        (Whose::Drawing, Some(class)) => words::drawing_is(&class),
        (Whose::Drawing, None) => words::output_for_drawing().to_owned(),
        (Whose::Sample(number), Some(class)) => words::sample_is(&number, &class),
        (Whose::Sample(number), None) => words::output_for_sample(&number),
    };
    let name = match whose {
        Whose::Drawing => words::outputs_for_drawing().to_owned(),
        Whose::Sample(number) => words::outputs_for_sample(&number),
    };
    html! {
        <figure class="outputs">
            <figcaption><span role="status" aria-label={words::answer()}>{ says }</span></figcaption>
            <ul aria-label={name}>{ for (0..n.min(MAX_BARS)).map(row) }</ul>
            if MAX_BARS < n {
                <p class="so-far">{ words::more_outputs(n - MAX_BARS) }</p>
            }
        </figure>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PadProps {
    props: Props,
    drawing: Drawing,
    ink: Ink,
    on_draw: Callback<Option<Drawing>>,
}

/// What is drawn on.
#[component]
fn Pad(pad: &PadProps) -> Html {
    let PadProps { props, drawing, ink, on_draw } = pad;
    let side = props.side;
    let tiles = props.tiles(PAD);
    let area = use_node_ref();
    let last = use_mut_ref(|| None::<(f64, f64)>);
    let cursor = use_state_eq(|| MapCell { row: 0, column: 0 });
    let has_focus = use_state_eq(|| false);
    let grid = Grid { layer: 1, n_rows: side, n_columns: side, has_biases: false };
    let at = MapCell { row: cursor.row.min(side - 1), column: cursor.column.min(side - 1) };
    let point = {
        let area = area.clone();
        move |event: &PointerEvent| within(&area, event).map(|(x, y)| tiles.point_in_pixels(x, y))
    };
    let stroke = {
        let (drawing, on_draw, last) = (drawing.clone(), on_draw.clone(), last.clone());
        move |to: (f64, f64)| {
            let from = last.replace(Some(to)).unwrap_or(to);
            on_draw.emit(Some(drawing.clone().with_stroke(from, to)));
        }
    };
    let onpointerdown = {
        let (point, stroke, area) = (point.clone(), stroke.clone(), area.clone());
        Callback::from(move |event: PointerEvent| {
            if let (0, Some(to)) = (event.button(), point(&event)) {
                if let Some(area) = area.cast::<Element>() {
                    // Without it a stroke ends at the border.
                    let _ = area.set_pointer_capture(event.pointer_id());
                }
                stroke(to);
            }
        })
    };
    let onpointermove = {
        let last = last.clone();
        Callback::from(move |event: PointerEvent| {
            let is_drawing = last.borrow().is_some();
            if let (true, Some(to)) = (is_drawing, point(&event)) {
                stroke(to);
            }
        })
    };
    let end = Callback::from(move |_: PointerEvent| *last.borrow_mut() = None);
    let onkeydown = {
        let (setter, drawing, on_draw) = (cursor.setter(), drawing.clone(), on_draw.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let key = event.key();
            if key == " " || key == "Enter" {
                event.prevent_default();
                on_draw.emit(Some(drawing.clone().with_toggled(at.row * side + at.column)));
            } else if let Some(next) = grid.after_key(at, &key) {
                event.prevent_default();
                setter.set(next);
            }
        })
    };
    let focus = |has: bool| {
        let setter = has_focus.setter();
        Callback::from(move |_: FocusEvent| setter.set(has))
    };
    let k = at.row * side + at.column;
    let (left, top, length) = tiles.pixel_place(k);
    let (width, height) = tiles.size();
    let value = drawing.inputs().get(k).map(|x| props.panel.scene.number(*x)).unwrap_or_default();
    html! {
        <figure>
            <figcaption>{ words::draw_here() }</figcaption>
            <div
                ref={area}
                class="map-cells pad"
                style={format!("width: {width}px; height: {height}px")}
                role="application"
                aria-roledescription={words::drawing_pad()}
                aria-label={words::draw_an_image(&side)}
                tabindex="0"
                {onpointerdown}
                {onpointermove}
                onpointerup={end.clone()}
                onpointercancel={end}
                {onkeydown}
                onfocus={focus(true)}
                onblur={focus(false)}
            >
                { props.input_picture(drawing.inputs(), *ink, &tiles) }
                if *has_focus {
                    <span class="cell-mark" style={format!("left: {left}px; top: {top}px; width: {length}px; height: {length}px")} />
                }
            </div>
            <p class="visually-hidden" role="status" aria-label={words::pixel()}>
                if *has_focus {
                    { words::pixel_at(&(at.row + 1), &(at.column + 1), &value) }
                }
            </p>
        </figure>
    }
}

/// Each unit of the first layer as the image of its weights.
#[component]
pub fn UnitImages(props: &Props) -> Html {
    let Props { panel, side, width, ratio, colours } = props.clone();
    let moment = panel.scene.moment();
    let network = moment.network();
    let n = network.n_units(1);
    let tiles = Tiles::fit(n, side, UNIT, width, ratio);
    let picture =
        use_memo((ByAddress(Rc::clone(moment.model())), tiles, colours), |(model, tiles, colours)| {
            let network = &model.0.network;
            let scale = unit_scale(network);
            let share = |unit: usize, k: usize| scale.share(network.layer(1).weights.at(unit, k));
            let raster = tiles.paint(colours.numbers.zero, &colours.numbers, share);
            (Rc::new(raster), scale, unit_ranges(network))
        });
    let (raster, ColourScale { most }, ranges) = (Rc::clone(&picture.0), picture.1, &picture.2);
    let cursor = use_state_eq(|| 0_usize);
    let n_layers = network.n_layers();
    let of_first = |quantity: Quantity| {
        let unit = quantity.unit(n_layers).filter(|id| id.layer == 1).map(|id| id.unit);
        unit.or_else(|| quantity.param().filter(|param| param.layer() == 1).map(Param::to))
    };
    let lit = panel.lit.and_then(of_first);
    let current = panel.scene.explanation().equations.last().and_then(|equation| of_first(equation.result));
    let at = (*cursor).min(n - 1);
    let activation = |unit: usize| Quantity::Activation(UnitId { layer: 1, unit });
    let cells = {
        let (panel, setter) = (panel.clone(), cursor.setter());
        Cells {
            at,
            set_cursor: Callback::from(move |unit| setter.set(unit)),
            light: panel.on_lit.reform(move |unit: Option<usize>| unit.map(activation)),
            choose: Callback::from(move |unit| {
                if let Some(stop) = panel.scene.moment().stop_of(activation(unit)) {
                    panel.dispatch.emit(Action::JumpTo(stop));
                }
            }),
        }
    };
    let CellArea { area, has_focus, onpointermove, onpointerleave, onclick, onkeydown, onfocus, onblur } =
        use_cells(cells, move |x, y| tiles.tile_at(x, y), move |unit, key| tiles.after_key(unit, key));
    let number = |x: f64| panel.scene.number(x);
    let read =
        lit.or(current).and_then(|unit| Some((unit, ranges.get(unit)?))).map(|(unit, (least, most))| {
            let name = moment.name(activation(unit));
            words::weights_from_to(&name, &number(*least), &number(*most))
        });
    let mark = |unit: Option<usize>, class: &'static str| {
        let (left, top, side) = tiles.place(unit.filter(|unit| *unit < n)?);
        let style = format!("left: {left}px; top: {top}px; width: {side}px; height: {side}px");
        Some(html! { <span class={classes!("cell-mark", class)} {style} /> })
    };
    let (all_width, all_height) = tiles.size();
    html! {
        <figure class="units">
            <figcaption>
                { words::weights_of_each_unit() }{ " " }
                <span class="legend">{ format!("{} … {}", number(-most), number(most)) }</span>
            </figcaption>
            <div
                ref={area}
                class="map-cells"
                style={format!("width: {all_width}px; height: {all_height}px")}
                role="application"
                aria-roledescription={words::images()}
                aria-label={words::weights_as_images(n)}
                tabindex="0"
                {onpointermove}
                {onpointerleave}
                {onclick}
                {onkeydown}
                {onfocus}
                {onblur}
            >
                <Picture {raster} size={(all_width, all_height)} />
                { for mark(current, "is-current") }
                { for mark(lit, "is-lit") }
            </div>
            <p class="reading" role="status" aria-label={words::unit()} aria-live={if has_focus { "polite" } else { "off" }}>
                { read.unwrap_or_default() }
            </p>
        </figure>
    }
}
