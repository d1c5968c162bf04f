//! Long tables: only the rows in view are on the page.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use super::resize::Observing;

/// Up to so many rows a table is on the page whole.
pub const WHOLE: usize = 60;
/// Rows kept on either side of those in view, so that Tab finds the next one. Each costs a step of
/// the page some tenths of a millisecond.
const MARGIN: usize = 4;
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

/// The rows to put on the page.
#[derive(Clone, Copy, PartialEq)]
struct RowWindow {
    first: usize,
    n: usize,
    row_height: f64,
}

/// What has been measured, in pixels.
#[derive(Clone, Copy)]
struct MeasuredRows {
    /// How far the table is scrolled.
    top: f64,
    /// The height in which it is seen.
    shown: f64,
    /// The height of the table's head, which stays in view.
    head: f64,
    row_height: f64,
}

impl MeasuredRows {
    fn of(scroller: &Element) -> Option<Self> {
        let height = |selector: &str| {
            let element = scroller.query_selector(selector).ok().flatten();
            element.map(|element| element.get_bounding_client_rect().height())
        };
        let row_height = height("[data-row]").filter(|height| 1.0 < *height)?;
        Some(Self {
            top: f64::from(scroller.scroll_top()),
            shown: f64::from(scroller.client_height()),
            head: height("thead").unwrap_or(0.0),
            row_height,
        })
    }

    /// Where the table is scrolled to when `row` has to be in view.
    fn top_for(&self, row: usize) -> f64 {
        let top = row as f64 * self.row_height;
        let least = (self.head + top + self.row_height - self.shown).ceil();
        if top < self.top { top.floor() } else { self.top.max(least) }
    }

    /// Whether `row` can be seen, at least in part.
    fn shows(&self, row: usize) -> bool {
        let top = row as f64 * self.row_height;
        self.top < top + self.row_height && self.head + top < self.top + self.shown
    }

    fn view(&self, top: f64) -> RowWindow {
        let above = (top / self.row_height) as usize;
        let shown = (self.shown / self.row_height) as usize + 2;
        let first = above.saturating_sub(MARGIN) / STRIDE * STRIDE;
        // Rounded up: a little more or less height changes nothing.
        let n = (shown + 2 * MARGIN + STRIDE).next_multiple_of(2 * STRIDE);
        RowWindow { first, n, row_height: self.row_height }
    }
}

/// The rows of a table of `n_rows` to put on the page; `revealed` is scrolled into view whenever it
/// becomes another one.
#[hook]
pub fn use_rows(n_rows: usize, revealed: Option<usize>) -> Rows {
    let scroller = use_node_ref();
    let view = use_state_eq(|| RowWindow { first: 0, n: WHOLE, row_height: GUESS });
    let measured = use_mut_ref(|| None::<MeasuredRows>);
    let was_revealed = use_mut_ref(|| None::<usize>);
    let measure = {
        let (scroller, measured, setter) = (scroller.clone(), measured.clone(), view.setter());
        use_callback((), move |(): (), ()| {
            let now = scroller.cast::<Element>().and_then(|scroller| MeasuredRows::of(&scroller));
            if let Some(now) = now {
                setter.set(now.view(now.top));
                *measured.borrow_mut() = Some(now);
            }
        })
    };
    // A row that is about to be scrolled to is put on the page now, and not in a second rendering.
    let is_new = was_revealed.replace(revealed) != revealed;
    let to_come = measured.borrow().zip(revealed.filter(|_| is_new));
    let view = to_come.map_or(*view, |(now, row)| now.view(now.top_for(row)));
    use_effect_with((), {
        let (scroller, measure) = (scroller.clone(), measure.clone());
        let (measured, revealed) = (measured.clone(), was_revealed.clone());
        move |()| {
            let resized = scroller.clone();
            let on_resize = move || {
                // A table that becomes lower keeps in view what it has revealed.
                let kept = (*revealed.borrow()).zip(*measured.borrow());
                if let Some((row, _)) = kept.filter(|(row, before)| before.shows(*row)) {
                    reveal(&resized, row);
                }
                measure.emit(());
            };
            // The table's size tells of other type and taller rows.
            let observing = scroller.cast::<Element>().and_then(|scroller| {
                let table = scroller.first_element_child();
                Observing::start([Some(&scroller), table.as_ref()].into_iter().flatten(), on_resize)
            });
            move || drop(observing)
        }
    });
    use_effect_with((revealed, n_rows), {
        let (scroller, measure, measured) = (scroller.clone(), measure.clone(), measured.clone());
        move |(revealed, _)| {
            // What has been measured holds until the table scrolls or gets another size, and both are told of:
            // to measure in the middle of a step would lay out the page.
            let is_in_view = |row| measured.borrow().is_some_and(|now| now.top_for(row) == now.top);
            if let Some(row) = revealed.filter(|&row| !is_in_view(row)) {
                reveal(&scroller, row);
                measure.emit(());
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

/// Scrolls so that `row` is in view; the page itself does not move.
fn reveal(scroller: &NodeRef, row: usize) {
    let Some(scroller) = scroller.cast::<Element>() else {
        return;
    };
    if let Some(now) = MeasuredRows::of(&scroller) {
        let top = now.top_for(row);
        if top != now.top {
            scroller.set_scroll_top(top as i32);
        }
    }
}

impl Rows {
    /// The key of row `index`: a row that comes onto the page takes over the elements of one that
    /// leaves it. What a row must not take over from another has to be keyed within it.
    pub fn key(&self, index: usize) -> usize {
        index % self.range.len().max(1)
    }

    /// The body of a table of `n_columns` columns, of which `row` makes the rows, each with a key.
    pub fn body(&self, n_columns: usize, row: impl Fn(usize) -> Html) -> Html {
        let gap = |n: usize| gap(n as f64 * self.row_height, n_columns);
        html! {
            <tbody>
                { gap(self.range.start) }
                // A list of its own: all of it has keys, so rows that stay keep their elements.
                <>{ for self.range.clone().map(row) }</>
                { gap(self.n_rows - self.range.end) }
            </tbody>
        }
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
