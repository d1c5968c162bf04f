//! The edges of a large network: one canvas below everything, drawn anew only when a weight, a place,
//! the theme or the screen's resolution has changed.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::super::surface::{Surface, use_surface};
use super::View;
use crate::layout::Layout;
use crate::trace::Model;

/// The most pixels of the canvas.
const MAX_PIXELS: f64 = 8e6;
/// Dash and gap of negative weights, in multiples of the line's width.
const DASH: (f64, f64) = (4.0, 3.0);
/// How strong the smallest and the largest weight is drawn.
const STRENGTHS: (f64, f64) = (0.4, 0.9);

#[derive(Clone, Properties)]
struct Props {
    layout: Rc<Layout>,
    model: Rc<Model>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.layout, &other.layout) && Rc::ptr_eq(&self.model, &other.model)
    }
}

impl View<'_> {
    /// The edges.
    pub(super) fn edge_canvas(&self) -> Html {
        let (layout, model) = (Rc::clone(self.layout), Rc::clone(self.moment().model()));
        html! { <Edges {layout} {model} /> }
    }
}

#[component]
fn Edges(props: &Props) -> Html {
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    use_effect_with((props.clone(), surface), {
        let canvas = canvas.clone();
        move |(props, surface)| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing; the numbers stand beside it.
                let _ = draw(&canvas, props, surface);
            }
        }
    });
    let Layout { width, height, .. } = *props.layout;
    html! { <canvas ref={canvas} class="edges" style={format!("width:{width:.0}px;height:{height:.0}px")} /> }
}

fn draw(canvas: &HtmlCanvasElement, props: &Props, surface: &Surface) -> Result<(), JsValue> {
    let Layout { width, height, .. } = *props.layout;
    let (width, height) = (width.round(), height.round());
    let ratio = surface.palette.ratio.min((MAX_PIXELS / (width * height)).sqrt()).max(1.0);
    // Setting the size clears the canvas.
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let context =
        canvas.get_context("2d")?.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let (Some(context), Some(window)) = (context, web_sys::window()) else { return Ok(()) };
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
