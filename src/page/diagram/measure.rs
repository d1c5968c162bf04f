//! How large the panel, the type and the marks are: read from the page, again whenever they change.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::picture::layout::Metrics;

/// The panel's size and the sizes of type and marks, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width for the diagram.
    pub width: f64,
    /// Height for the diagram.
    pub height: f64,
    /// Type and marks.
    pub metrics: Metrics,
}

/// Unseen elements as large as what is to be measured, and what they measure; `None` before they
/// are on the page and while the panel has no size.
#[hook]
pub fn use_room() -> (Html, Option<Room>) {
    let nodes = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let room = use_state_eq(|| None::<Room>);
    use_effect_with((), {
        let nodes = nodes.clone();
        let setter = room.setter();
        move |()| {
            let elements: Vec<Element> = nodes.iter().filter_map(|node| node.cast::<Element>()).collect();
            let measured = elements.clone();
            let read = Closure::<dyn FnMut()>::new(move || setter.set(measure(&measured)));
            let observer = ResizeObserver::new(read.as_ref().unchecked_ref()).ok();
            if let Some(observer) = &observer {
                elements.iter().for_each(|element| observer.observe(element));
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(read);
            }
        }
    });
    let [room_node, digits, marks, sizes] = nodes;
    let probes = html! {
        <div class="probes" aria-hidden="true">
            <div class="room" ref={room_node} />
            <span class="digits" ref={digits}>{ "0000000000" }</span>
            <span class="marks" ref={marks} />
            <span class="sizes" ref={sizes} />
        </div>
    };
    (probes, *room)
}

fn measure(elements: &[Element]) -> Option<Room> {
    let [room, digits, marks, sizes] = elements else { return None };
    let size = |element: &Element| {
        let rect = element.get_bounding_client_rect();
        (rect.width(), rect.height())
    };
    // Whole pixels: a fraction of one is no reason to lay out again.
    let (width, height) = size(room);
    let (text, small) = size(sizes);
    let (radius, chip) = size(marks);
    let is_there = 60.0 < width && 60.0 < height && 0.0 < text;
    is_there.then(|| Room {
        width: width.floor(),
        height: height.floor(),
        metrics: Metrics { text, small, digit: size(digits).0 / 10.0 / text, radius, chip },
    })
}
