//! How large the panel, the type and the marks are: read from the page, again whenever they change.

use web_sys::Element;
use yew::prelude::*;

use crate::page::parts::resize::use_resize;
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
    let nodes = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let room = use_state_eq(|| None::<Room>);
    let setter = room.setter();
    let on_resize = use_callback((), move |elements: [Element; 5], ()| setter.set(measure(&elements)));
    use_resize(nodes.clone(), on_resize);
    let [room_node, digits, marks, sizes, least] = nodes;
    let probes = html! {
        <div class="probes" aria-hidden="true">
            <div class="room" ref={room_node} />
            <span class="digits" ref={digits}>{ "0000000000" }</span>
            <span class="marks" ref={marks} />
            <span class="sizes" ref={sizes} />
            <span class="least" ref={least} />
        </div>
    };
    (probes, *room)
}

fn measure([room, digits, marks, sizes, least]: &[Element; 5]) -> Option<Room> {
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
        metrics: Metrics {
            text,
            small,
            digit: size(digits).0 / 10.0 / text,
            radius,
            chip,
            least: size(least).0,
        },
    })
}
