//! The canvas as the style sheet and the screen have it: its size, colours and letters.

use gloo_events::EventListener;
use js_sys::Array;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CssStyleDeclaration, Element, EventTarget, HtmlCanvasElement, HtmlElement, MutationObserver,
    MutationObserverInit,
};
use yew::prelude::*;

use super::resize::Observing;
use crate::picture::chart::{Frame, Palette, Rgb};
use crate::text::number;

/// The most pixels of a canvas that any screen has use for, per direction.
const MAX_PIXELS: f64 = 8_000.0;

/// Pixels of the canvas per CSS pixel are at least this: plotters puts points on whole pixels, and on
/// a plain screen a flat curve would go down in stairs.
const MIN_RATIO: f64 = 2.0;

/// What a chart is drawn on.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    pub frame: Frame,
    pub palette: Palette,
}

impl Surface {
    /// Width and height in the screen's pixels.
    pub fn pixels(&self) -> (u32, u32) {
        let pixels = |length: f64| (length * self.palette.ratio).round().clamp(0.0, MAX_PIXELS) as u32;
        (pixels(self.frame.width), pixels(self.frame.height))
    }

    /// Calls `draw` with `canvas` in this surface's size, unless it has none.
    pub fn paint(
        &self,
        canvas: HtmlCanvasElement,
        draw: impl FnOnce(&DrawingArea<CanvasBackend, Shift>, &Palette),
    ) {
        let (width, height) = self.pixels();
        if width == 0 || height == 0 {
            return;
        }
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        if let Some(backend) = CanvasBackend::with_canvas_object(canvas) {
            draw(&backend.into_drawing_area(), &self.palette);
        }
    }

    /// As [`Self::paint`], on nothing: what was drawn before is gone.
    pub fn paint_anew(
        &self,
        canvas: HtmlCanvasElement,
        draw: impl FnOnce(&DrawingArea<CanvasBackend, Shift>, &Palette),
    ) {
        // A canvas that is given a size is empty.
        canvas.set_width(self.pixels().0);
        self.paint(canvas, draw);
    }

    /// Before the canvas is in the page.
    fn unknown() -> Self {
        let grey = Rgb(128, 128, 128);
        Self {
            frame: Frame { width: 0.0, height: 0.0, text: 13.0 },
            palette: Palette {
                ratio: 1.0,
                stroke: 2.0,
                family: "sans-serif".to_owned(),
                paper: grey,
                text: grey,
                line: grey,
                curve: grey,
                gradient: grey,
                ghost: grey,
                value: grey,
                ink: grey,
                low: grey,
                high: grey,
            },
        }
    }

    fn of(canvas: &HtmlElement) -> Option<Self> {
        let window = web_sys::window()?;
        let style = window.get_computed_style(canvas).ok()??;
        let colour = |name: &str| Rgb::from_hex(&property(&style, name)).unwrap_or(Rgb(128, 128, 128));
        let pixels = |name: &str, otherwise: f64| {
            property(&style, name).trim().strip_suffix("px").and_then(number::parse).unwrap_or(otherwise)
        };
        let rect = canvas.get_bounding_client_rect();
        Some(Self {
            frame: Frame { width: rect.width(), height: rect.height(), text: pixels("font-size", 13.0) },
            palette: Palette {
                ratio: window.device_pixel_ratio().clamp(MIN_RATIO, 8.0),
                stroke: pixels("--stroke", 2.0),
                family: property(&style, "font-family"),
                paper: colour("--panel"),
                text: colour("--muted"),
                line: colour("--line"),
                curve: colour("--error"),
                gradient: colour("--grad"),
                ghost: colour("--ghost"),
                value: colour("--value"),
                ink: colour("--ink"),
                low: colour("--map-negative"),
                high: colour("--map-positive"),
            },
        })
    }
}

pub fn property(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}

/// The surface of `canvas`, measured again whenever its size, the screen's resolution or the theme
/// changes.
#[hook]
pub fn use_surface(canvas: &NodeRef) -> Surface {
    let surface = use_state_eq(Surface::unknown);
    use_effect_with((), {
        let (canvas, surface) = (canvas.clone(), surface.setter());
        move |()| {
            let canvas = canvas.cast::<HtmlElement>();
            let watch = canvas.and_then(|canvas| {
                let watched = canvas.clone();
                Watch::start(&watched, move || {
                    if let Some(measured) = Surface::of(&canvas) {
                        surface.set(measured);
                    }
                })
            });
            move || drop(watch)
        }
    });
    (*surface).clone()
}

/// Everything that tells of a change. Ends when dropped.
struct Watch {
    _resize: Observing,
    theme: MutationObserver,
    _listeners: Vec<EventListener>,
    _on_change: Closure<dyn Fn()>,
}

impl Watch {
    /// Calls `on_change` now and after each change of `element`'s size, the resolution or the theme.
    fn start(element: &Element, on_change: impl Fn() + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let root = super::browser::root()?;
        let on_change = Closure::<dyn Fn()>::new(on_change);
        let callback = on_change.as_ref().unchecked_ref::<js_sys::Function>();
        let resize = {
            let callback = callback.clone();
            // The callback throws nothing.
            Observing::start([element], move || drop(callback.call0(&JsValue::NULL)))?
        };
        let theme = MutationObserver::new(callback).ok()?;
        let options = MutationObserverInit::new();
        options.set_attribute_filter(&Array::of2(&"data-theme".into(), &"data-present".into()));
        theme.observe_with_options(&root, &options).ok()?;
        let dark = window.match_media("(prefers-color-scheme: dark)").ok().flatten();
        let listen = |target: &EventTarget, kind: &'static str| {
            let callback = callback.clone();
            EventListener::new(target, kind, move |_| {
                // The callback throws nothing.
                let _ = callback.call0(&JsValue::NULL);
            })
        };
        let mut listeners = vec![listen(&window, "resize")];
        listeners.extend(dark.map(|dark| listen(&dark, "change")));
        Some(Self { _resize: resize, theme, _listeners: listeners, _on_change: on_change })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.theme.disconnect();
    }
}
