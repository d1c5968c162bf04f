//! The edges of a large network: one canvas below everything, drawn anew only when a weight, a place,
//! the theme or the screen's resolution has changed, and during a run a few times a second.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::DiagramView;
use crate::page::parts::browser::now;
use crate::page::parts::surface::use_surface;
use crate::picture::layout::Layout;
use backprop::trace::Model;

/// The most pixels of the canvas.
const MAX_PIXELS: f64 = 8e6;
/// Dash and gap of negative weights, in multiples of the line's width.
const DASH: (f64, f64) = (4.0, 3.0);
/// How long edges stay as they are during a run, in milliseconds: to draw them takes much of a frame.
const STAY: f64 = 150.0;
/// How strong the smallest and the largest weight is drawn.
const STRENGTHS: (f64, f64) = (0.4, 0.9);

#[derive(Clone, Properties)]
struct Props {
    layout: Rc<Layout>,
    model: Rc<Model>,
    is_running: bool,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // A step may make another layout of the same edges.
        self.is_running == other.is_running
            && Rc::ptr_eq(&self.model, &other.model)
            && (Rc::ptr_eq(&self.layout, &other.layout) || self.layout.has_units_of(&other.layout))
    }
}

impl DiagramView<'_> {
    /// The edges.
    pub(super) fn edge_canvas(&self) -> Html {
        let (layout, model) = (Rc::clone(self.layout), Rc::clone(self.moment().model()));
        let is_running = self.panel.scene.session().is_running();
        html! { <Edges {layout} {model} {is_running} /> }
    }
}

#[component]
fn Edges(props: &Props) -> Html {
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let drawn_at = use_mut_ref(|| f64::NEG_INFINITY);
    use_effect_with((props.clone(), surface), {
        let canvas = canvas.clone();
        move |(props, _)| {
            if props.is_running && now() < *drawn_at.borrow() + STAY {
                return;
            }
            *drawn_at.borrow_mut() = now();
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing; the numbers stand beside it.
                let _ = draw(&canvas, props);
            }
        }
    });
    let Layout { width, height, .. } = *props.layout;
    html! { <canvas ref={canvas} class="edges" style={format!("width:{width:.0}px;height:{height:.0}px")} /> }
}

fn draw(canvas: &HtmlCanvasElement, props: &Props) -> Result<(), JsValue> {
    let Layout { width, height, .. } = *props.layout;
    let (width, height) = (width.round(), height.round());
    let Some(window) = web_sys::window() else { return Ok(()) };
    let ratio = window.device_pixel_ratio().min((MAX_PIXELS / (width * height)).sqrt()).max(1.0);
    // Setting the size clears the canvas.
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let context =
        canvas.get_context("2d")?.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(context) = context else { return Ok(()) };
    let Some(style) = window.get_computed_style(canvas)? else { return Ok(()) };
    let colours = [style.get_property_value("--edge")?, style.get_property_value("--edge-negative")?];
    context.scale(ratio, ratio)?;
    for strokes in props.layout.strokes(&props.model.network) {
        context.set_line_width(strokes.width);
        context.set_stroke_style_str(colours[usize::from(strokes.is_negative)].trim());
        let (weak, strong) = STRENGTHS;
        context.set_global_alpha(weak + (strong - weak) * strokes.share);
        let dash = Array::new();
        if strokes.is_negative {
            let unit = strokes.width.max(1.0);
            dash.push(&(DASH.0 * unit).into());
            dash.push(&(DASH.1 * unit).into());
        }
        context.set_line_dash(&dash)?;
        context.begin_path();
        for (a, b) in &strokes.lines {
            context.move_to(a.x, a.y);
            context.line_to(b.x, b.y);
        }
        context.stroke();
    }
    Ok(())
}
