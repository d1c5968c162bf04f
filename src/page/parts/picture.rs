//! A picture of cells on a canvas.

use std::rc::Rc;

use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ImageData};
use yew::prelude::*;

use super::surface::{Surface, property};
use crate::picture::chart::Rgb;
use crate::picture::raster::{Raster, Shades};

/// The colours of pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colours {
    /// Of numbers around zero.
    pub numbers: Shades,
    /// Of the ink of an image.
    pub ink: Shades,
    /// Between images.
    pub paper: Rgb,
}

impl Colours {
    fn of(element: &HtmlElement) -> Option<Self> {
        let style = web_sys::window()?.get_computed_style(element).ok()??;
        let colour = |name: &str| Rgb::from_hex(&property(&style, name));
        let paper = colour("--panel")?;
        let positive = colour("--map-positive")?;
        let negative = colour("--map-negative")?;
        let numbers = Shades { zero: paper, positive, negative, mark: colour("--ink")? };
        Some(Self {
            numbers,
            ink: Shades { positive: colour("--value")?, ..numbers },
            paper: colour("--line")?,
        })
    }

    fn unknown() -> Self {
        let grey = Rgb(128, 128, 128);
        let shades = Shades { zero: grey, positive: grey, negative: grey, mark: grey };
        Self { numbers: shades, ink: shades, paper: grey }
    }
}

/// The colours as the style sheet has them for `element`, whose surface tells of another theme.
#[hook]
pub fn use_colours(element: &NodeRef, surface: &Surface) -> Colours {
    let element = element.cast::<HtmlElement>();
    let palette = surface.palette.clone();
    *use_memo((palette, element.is_some()), |_| {
        element.as_ref().and_then(Colours::of).unwrap_or_else(Colours::unknown)
    })
}

/// The props of [`Picture`].
#[derive(Clone, Properties)]
pub struct Props {
    /// What to show.
    pub raster: Rc<Raster>,
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.raster, &other.raster) && self.size == other.size
    }
}

/// A canvas that shows a picture, for the eye only.
#[component]
pub fn Picture(props: &Props) -> Html {
    let canvas = use_node_ref();
    use_effect_with(props.clone(), {
        let canvas = canvas.clone();
        move |props| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses shows nothing; the numbers can be read beside it.
                let _ = put(&canvas, &props.raster);
            }
        }
    });
    let (width, height) = props.size;
    html! { <canvas ref={canvas} aria-hidden="true" style={format!("width: {width}px; height: {height}px")} /> }
}

fn put(canvas: &HtmlCanvasElement, raster: &Raster) -> Option<()> {
    let (width, height) = (raster.width() as u32, raster.height() as u32);
    if width == 0 || height == 0 {
        return None;
    }
    if (canvas.width(), canvas.height()) != (width, height) {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(raster.bytes()), width, height).ok()?;
    context.put_image_data(&image, 0.0, 0.0).ok()
}
