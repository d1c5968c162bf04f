//! What the hidden units make of one input or two: a small picture in each circle, all on one canvas.

use std::rc::Rc;

use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};
use yew::prelude::*;

use super::DiagramView;
use crate::lesson::Lesson;
use crate::page::parts::browser;
use crate::page::parts::surface::{Surface, use_surface};
use crate::picture::layout::Layout;
use crate::picture::layout::rect::Point;
use crate::picture::plot::can_plot;
use crate::picture::unit_pictures::UnitPictures;
use backprop::network::UnitId;
use backprop::trace::Model;

/// The most pixels of the canvas.
const MAX_PIXELS: f64 = 8e6;
/// Smaller circles have no room for a number over the picture, in pixels.
const LEAST_FOR_NUMBER: f64 = 26.0;

#[derive(Clone, Properties)]
struct Props {
    layout: Rc<Layout>,
    model: Rc<Model>,
    lesson: Rc<Lesson>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        // A step may make another layout of the same units.
        (Rc::ptr_eq(&self.layout, &other.layout) || self.layout.has_units_of(&other.layout))
            && Rc::ptr_eq(&self.model, &other.model)
            && Rc::ptr_eq(&self.lesson.data, &other.lesson.data)
    }
}

impl DiagramView<'_> {
    /// Whether there are hidden units that have a picture.
    pub(super) fn has_pictures(&self) -> bool {
        let network = self.moment().network();
        can_plot(network) && 1 < network.n_layers()
    }

    /// The classes of a number in a circle with a picture.
    pub(super) fn pictured(&self, layer: usize) -> Classes {
        let is_hidden = 0 < layer && layer + 1 < self.layout.units.len();
        let is_pictured = self.tools.pictures && is_hidden && self.has_pictures();
        let is_small = self.layout.sizes.radius < LEAST_FOR_NUMBER;
        classes!(is_pictured.then_some("is-pictured"), (is_pictured && is_small).then_some("is-small"))
    }

    /// The pictures.
    pub(super) fn unit_pictures(&self) -> Html {
        let moment = self.moment();
        let (layout, model) = (Rc::clone(self.layout), Rc::clone(moment.model()));
        html! { <Pictures {layout} {model} lesson={Rc::clone(&moment.lesson)} /> }
    }
}

#[component]
fn Pictures(props: &Props) -> Html {
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let pictures = use_memo(props.clone(), |Props { layout, model, lesson }| {
        let columns = layout.units.iter().enumerate();
        let units = columns.flat_map(|(layer, column)| {
            column.iter().filter_map(move |place| Some(UnitId { layer, unit: place.unit? }))
        });
        UnitPictures::new(&model.network, lesson, &units.collect::<Vec<_>>())
    });
    use_effect_with((props.clone(), surface), {
        let canvas = canvas.clone();
        move |(props, surface)| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing.
                let _ = draw(&canvas, &props.layout, &pictures, surface);
            }
        }
    });
    let Layout { width, height, .. } = *props.layout;
    let style = format!("width:{width:.0}px;height:{height:.0}px");
    html! { <canvas ref={canvas} class="pictures" aria-hidden="true" {style} /> }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The planes below each other on a canvas of their own, to be drawn from.
fn strip(pictures: &UnitPictures, surface: &Surface) -> Option<HtmlCanvasElement> {
    let raster = pictures.raster(surface.palette.paper, surface.palette.value);
    let (width, height) = (raster.width() as u32, raster.height() as u32);
    let strip: HtmlCanvasElement = browser::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    strip.set_width(width);
    strip.set_height(height);
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(raster.bytes()), width, height).ok()?;
    context(&strip)?.put_image_data(&image, 0.0, 0.0).ok()?;
    Some(strip)
}

fn draw(
    canvas: &HtmlCanvasElement,
    layout: &Layout,
    pictures: &UnitPictures,
    surface: &Surface,
) -> Result<(), JsValue> {
    let (width, height) = (layout.width.round(), layout.height.round());
    let ratio = surface.palette.ratio.min((MAX_PIXELS / (width * height)).sqrt()).max(1.0);
    // Setting the size clears the canvas.
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    let Some(context) = context(canvas) else { return Ok(()) };
    let strip = if pictures.is_plane { strip(pictures, surface) } else { None };
    context.scale(ratio, ratio)?;
    let stroke = surface.palette.stroke;
    let n = pictures.n as f64;
    let ink = surface.palette.value;
    context.set_stroke_style_str(&format!("rgb({} {} {})", ink.0, ink.1, ink.2));
    context.set_line_width(stroke);
    for (k, (id, values)) in pictures.units.iter().enumerate() {
        let Some(place) = layout.unit(*id) else { continue };
        let (Point { x, y }, radius) = (place.centre, place.radius - stroke / 2.0);
        let (left, top, side) = (x - radius, y - radius, 2.0 * radius);
        context.save();
        context.begin_path();
        context.arc(x, y, radius, 0.0, std::f64::consts::TAU)?;
        context.clip();
        if let Some(strip) = &strip {
            context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                strip,
                0.0,
                k as f64 * n,
                n,
                n,
                left,
                top,
                side,
                side,
            )?;
        } else {
            context.begin_path();
            for (across, up) in pictures.curve(values) {
                context.line_to(left + across * side, top + (1.0 - up) * side);
            }
            context.stroke();
        }
        context.restore();
    }
    Ok(())
}
