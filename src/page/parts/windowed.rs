//! Long tables: only the rows in view are on the page.

use std::ops::Range;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use web_sys::Element;
use yew::prelude::*;

use super::resize::Observing;

/// Up to so many rows a table is on the page whole.
pub const WHOLE: usize = 60;
/// Rows kept on either side of those in view, so that Tab finds the next one. Each costs a step of the page some
/// tenths of a millisecond.
const LEAST_MARGIN: usize = 1;
/// As many are put there when the reader scrolls beyond them: not every row of scrolling is a render.
const MARGIN: usize = 6;
/// On paper a table is whole up to so many rows: some pages.
const PRINTED: usize = 500;
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
    keys: Vec<usize>,
    n_rows: usize,
    row_height: f64,
}

/// The rows to put on the page; some of them may be beyond the last.
#[derive(Clone, PartialEq)]
struct RowWindow {
    rows: Range<usize>,
    row_height: f64,
}

impl RowWindow {
    /// Whether all of `other` is in it, of a table of `n_rows`.
    fn covers(&self, other: &Self, n_rows: usize) -> bool {
        let (here, there) = (&self.rows, &other.rows);
        self.row_height == other.row_height && here.start <= there.start && there.end.min(n_rows) <= here.end
    }
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

    /// The rows in view where the table is scrolled to `top`, and so many on either side.
    fn view(&self, top: f64, margin: usize) -> RowWindow {
        let above = (top / self.row_height) as usize;
        let shown = (self.shown / self.row_height) as usize + 2;
        let rows = above.saturating_sub(margin)..above + shown + margin;
        RowWindow { rows, row_height: self.row_height }
    }
}

/// What the table looks like, and what is to come.
struct Sight {
    measured: Option<MeasuredRows>,
    /// The rows that were rendered last.
    window: RowWindow,
    /// A key of each row that is on the page.
    keys: Vec<(usize, usize)>,
    n_rows: usize,
    /// Whether the page is being printed: there are no rows in view.
    is_printed: bool,
    revealed: Option<usize>,
    /// Brings the row that is revealed into view.
    revealing: Option<AnimationFrame>,
}

/// The rows of a table of `n_rows` to put on the page; `revealed` is scrolled into view whenever it
/// becomes another one.
#[hook]
pub fn use_rows(n_rows: usize, revealed: Option<usize>) -> Rows {
    let scroller = use_node_ref();
    let sight = use_mut_ref(|| Sight {
        measured: None,
        window: RowWindow { rows: 0..WHOLE, row_height: GUESS },
        keys: Vec::new(),
        n_rows,
        is_printed: false,
        revealed: None,
        revealing: None,
    });
    let render = use_force_update();
    let measure = {
        let (scroller, sight, render) = (scroller.clone(), sight.clone(), render.clone());
        use_callback((), move |(): (), ()| {
            let now = scroller.cast::<Element>().and_then(|scroller| MeasuredRows::of(&scroller));
            if let Some(now) = now {
                let mut sight = sight.borrow_mut();
                if sight.is_printed {
                    return;
                }
                sight.measured = Some(now);
                if sight.lacks(&now.view(now.top, LEAST_MARGIN)) {
                    sight.window = now.view(now.top, MARGIN);
                    render.force_update();
                }
            }
        })
    };
    let (range, keys, row_height) = {
        let mut sight = sight.borrow_mut();
        sight.n_rows = n_rows;
        // A row that is about to be scrolled to is put on the page now, and not in a second rendering.
        let is_new = sight.revealed != revealed;
        sight.revealed = revealed;
        if let Some((now, row)) = sight.measured.zip(revealed.filter(|_| is_new)) {
            let window = now.view(now.top_for(row), LEAST_MARGIN);
            if sight.lacks(&window) {
                sight.window = window;
            }
        }
        let Range { start, end } = sight.window.rows;
        let range = if n_rows <= WHOLE {
            0..n_rows
        } else if sight.is_printed {
            0..n_rows.min(PRINTED)
        } else {
            start.min(n_rows)..end.min(n_rows)
        };
        let keys = sight.keys_for(range.clone());
        (range, keys, sight.window.row_height)
    };
    use_effect_with((), {
        let (scroller, measure, sight) = (scroller.clone(), measure.clone(), sight.clone());
        move |()| {
            let resized = scroller.clone();
            let on_resize = move || {
                // A table that becomes lower keeps in view what it has revealed.
                let kept = {
                    let sight = sight.borrow();
                    sight.revealed.zip(sight.measured)
                };
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
    use_effect_with((), {
        let (sight, render) = (sight.clone(), render.clone());
        move |()| {
            let window = web_sys::window();
            let listen = |event: &'static str, is_printed: bool| {
                let (sight, render) = (sight.clone(), render.clone());
                let on_event = move |_: &Event| {
                    sight.borrow_mut().is_printed = is_printed;
                    render.force_update();
                };
                window.as_ref().map(|window| EventListener::new(window, event, on_event))
            };
            let listeners = [listen("beforeprint", true), listen("afterprint", false)];
            move || drop(listeners)
        }
    });
    use_effect_with((revealed, n_rows), {
        let (scroller, measure) = (scroller.clone(), measure.clone());
        move |(revealed, _)| {
            // What has been measured holds until the table scrolls or gets another size, and both are told of.
            let now = sight.borrow().measured;
            let is_in_view = |row| now.is_some_and(|now| now.top_for(row) == now.top);
            let Some(row) = revealed.filter(|&row| !is_in_view(row)) else {
                return;
            };
            // Before the frame and not now: to scroll in the middle of a step would lay out what is not yet whole.
            let revealing = request_animation_frame(move |_| {
                reveal(&scroller, row);
                measure.emit(());
            });
            sight.borrow_mut().revealing = Some(revealing);
        }
    });
    let onscroll = use_callback(measure, |_: Event, measure| measure.emit(()));
    Rows { scroller, onscroll, range, keys, n_rows, row_height }
}

impl Sight {
    /// Whether some of these rows are not on the page.
    fn lacks(&self, window: &RowWindow) -> bool {
        WHOLE < self.n_rows && !self.window.covers(window, self.n_rows)
    }

    /// A key of each row of `range`: a row that stays keeps its own, one that comes takes over that of one that
    /// leaves.
    fn keys_for(&mut self, range: Range<usize>) -> Vec<usize> {
        let (stays, leaves): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.keys).into_iter().partition(|(row, _)| range.contains(row));
        let mut fresh = (0..).filter(|key| stays.iter().chain(&leaves).all(|(_, other)| other != key));
        let mut freed = leaves.iter().map(|(_, key)| *key);
        let mut key_of = |row: usize| {
            let kept = stays.iter().find(|(other, _)| *other == row).map(|(_, key)| *key);
            kept.or_else(|| freed.next()).or_else(|| fresh.next()).unwrap_or(row)
        };
        self.keys = range.map(|row| (row, key_of(row))).collect();
        self.keys.iter().map(|(_, key)| *key).collect()
    }
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
        self.keys.get(index - self.range.start).copied().unwrap_or(index)
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
