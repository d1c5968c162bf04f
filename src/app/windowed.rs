//! Long tables: only the rows in view are on the page.

use std::ops::Range;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Up to so many rows a table is on the page whole.
pub const WHOLE: usize = 60;
/// Rows kept on either side of those in view, so that Tab finds the next one.
const MARGIN: usize = 8;
/// The first row kept is a multiple of this: not every pixel of scrolling is a render.
const STRIDE: usize = 4;
/// Height of a row until one has been measured.
const GUESS: f64 = 32.0;

/// The rows of a table that are on the page. All rows are equally high; one of them, at least,
/// carries the attribute `data-row`.
pub struct Rows {
    /// To attach to the element that scrolls.
    pub scroller: NodeRef,
    /// To attach to it, too.
    pub onscroll: Callback<Event>,
    /// The rows to put on the page.
    pub range: Range<usize>,
    n_rows: usize,
    row_height: f64,
}

/// What has been measured.
#[derive(Clone, Copy, PartialEq)]
struct View {
    first: usize,
    n: usize,
    row_height: f64,
}

/// The rows of a table of `n_rows` to put on the page; `revealed` is scrolled into view whenever it
/// becomes another one.
#[hook]
pub fn use_rows(n_rows: usize, revealed: Option<usize>) -> Rows {
    let scroller = use_node_ref();
    let view = use_state_eq(|| View { first: 0, n: WHOLE, row_height: GUESS });
    let measure = {
        let (scroller, setter) = (scroller.clone(), view.setter());
        use_callback((), move |(): (), ()| {
            if let Some(view) = scroller.cast::<Element>().and_then(|scroller| measured(&scroller)) {
                setter.set(view);
            }
        })
    };
    use_effect_with((), {
        let (scroller, measure) = (scroller.clone(), measure.clone());
        move |()| {
            let on_resize = Closure::<dyn Fn()>::new(move || measure.emit(()));
            let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(scroller)) = (&observer, scroller.cast::<Element>()) {
                observer.observe(&scroller);
                // Its size tells of other type and taller rows.
                if let Some(table) = scroller.first_element_child() {
                    observer.observe(&table);
                }
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(on_resize);
            }
        }
    });
    use_effect_with((revealed, n_rows), {
        let scroller = scroller.clone();
        move |(revealed, _)| {
            if let (Some(row), Some(scroller)) = (*revealed, scroller.cast::<Element>()) {
                reveal(&scroller, row);
            }
        }
    });
    let range = if n_rows <= WHOLE {
        0..n_rows
    } else {
        let first = view.first.min(n_rows.saturating_sub(view.n));
        first..(first + view.n).min(n_rows)
    };
    let onscroll = use_callback(measure, |_: Event, measure| measure.emit(()));
    Rows { scroller, onscroll, range, n_rows, row_height: view.row_height }
}

impl Rows {
    /// What stands for the rows above those on the page, in a table of `n_columns` columns.
    pub fn above(&self, n_columns: usize) -> Html {
        gap(self.range.start as f64 * self.row_height, n_columns)
    }

    /// What stands for the rows below.
    pub fn below(&self, n_columns: usize) -> Html {
        gap((self.n_rows - self.range.end) as f64 * self.row_height, n_columns)
    }
}

fn gap(height: f64, n_columns: usize) -> Html {
    if height <= 0.0 {
        return html! {};
    }
    html! {
        <tr class="gap" aria-hidden="true">
            <td colspan={n_columns.to_string()} style={format!("height: {height}px")} />
        </tr>
    }
}

fn row_height(scroller: &Element) -> Option<f64> {
    let row = scroller.query_selector("[data-row]").ok().flatten()?;
    Some(row.get_bounding_client_rect().height()).filter(|height| 1.0 < *height)
}

fn measured(scroller: &Element) -> Option<View> {
    let row_height = row_height(scroller)?;
    let above = (f64::from(scroller.scroll_top()) / row_height) as usize;
    let shown = (f64::from(scroller.client_height()) / row_height) as usize + 2;
    let first = above.saturating_sub(MARGIN) / STRIDE * STRIDE;
    Some(View { first, n: shown + 2 * MARGIN + STRIDE, row_height })
}

/// Scrolls `row` into view within `scroller`, below the table's head, which stays; the page itself
/// does not move.
fn reveal(scroller: &Element, row: usize) {
    let Some(height) = row_height(scroller) else {
        return;
    };
    let head = scroller.query_selector("thead").ok().flatten();
    let head = head.map_or(0.0, |head| head.get_bounding_client_rect().height());
    let top = row as f64 * height;
    let shown = f64::from(scroller.client_height());
    let now = f64::from(scroller.scroll_top());
    if top < now {
        scroller.set_scroll_top(top as i32);
    } else if now + shown < head + top + height {
        scroller.set_scroll_top((head + top + height - shown).ceil() as i32);
    }
}
