//! An area of cells, drawn on a canvas, of which the pointer and the arrow keys reach each.

use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::*;

use super::browser::within;

/// What cells do.
pub struct Cells<C> {
    /// The cell that the keys are at.
    pub at: C,
    /// Remembers the cell that the keys or a click have come to.
    pub set_cursor: Callback<C>,
    /// Lights a cell, or nothing.
    pub light: Callback<Option<C>>,
    /// What choosing a cell does.
    pub choose: Callback<C>,
}

/// The attributes of an area of cells.
pub struct CellArea {
    /// The area.
    pub area: NodeRef,
    /// Whether it has the focus.
    pub has_focus: bool,
    /// Lights the cell under the pointer.
    pub onpointermove: Callback<PointerEvent>,
    /// Lights nothing.
    pub onpointerleave: Callback<PointerEvent>,
    /// Chooses the cell under the pointer.
    pub onclick: Callback<MouseEvent>,
    /// Walks by the arrow keys; Enter and Space choose.
    pub onkeydown: Callback<KeyboardEvent>,
    /// Lights the cell that the keys are at.
    pub onfocus: Callback<FocusEvent>,
    /// Lights nothing.
    pub onblur: Callback<FocusEvent>,
}

/// Puts cells on an area: `under` is the cell at a place in it, `after_key` where a key leads from a cell.
#[hook]
pub fn use_cells<C: Copy + 'static>(
    cells: Cells<C>,
    under: impl Fn(f64, f64) -> Option<C> + 'static,
    after_key: impl Fn(C, &str) -> Option<C> + 'static,
) -> CellArea {
    let Cells { at, set_cursor, light, choose } = cells;
    let area = use_node_ref();
    let has_focus = use_state_eq(|| false);
    let cell_under = {
        let area = area.clone();
        Callback::from(move |event: MouseEvent| within(&area, &event).and_then(|(x, y)| under(x, y)))
    };
    let on_focus = |has: bool| {
        let (setter, light) = (has_focus.setter(), light.clone());
        Callback::from(move |_: FocusEvent| {
            setter.set(has);
            light.emit(has.then_some(at));
        })
    };
    CellArea {
        onpointermove: {
            let (cell_under, light) = (cell_under.clone(), light.clone());
            Callback::from(move |event: PointerEvent| light.emit(cell_under.emit(event.into())))
        },
        onpointerleave: light.reform(|_| None),
        onclick: {
            let (set_cursor, choose) = (set_cursor.clone(), choose.clone());
            Callback::from(move |event: MouseEvent| {
                if let Some(cell) = cell_under.emit(event) {
                    set_cursor.emit(cell);
                    choose.emit(cell);
                }
            })
        },
        onkeydown: {
            let light = light.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.ctrl_key() || event.meta_key() || event.alt_key() {
                    return;
                }
                let key = event.key();
                if key == "Enter" || key == " " {
                    event.prevent_default();
                    choose.emit(at);
                } else if let Some(next) = after_key(at, &key) {
                    event.prevent_default();
                    set_cursor.emit(next);
                    light.emit(Some(next));
                }
            })
        },
        onfocus: on_focus(true),
        onblur: on_focus(false),
        has_focus: *has_focus,
        area,
    }
}
