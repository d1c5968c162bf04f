//! A graph on the page: its axes, and what stands between them.

use yew::prelude::*;

use crate::picture::graph::Graph;

/// Draws a graph, for the eye only: what it shows stands beside it in words. `titles` are those of the axes to
/// the right and upwards; `inside` is cut off at the axes.
pub fn graph(graph: &Graph, titles: [&str; 2], inside: Html, above: Html) -> Html {
    let Graph { frame, left, right, top, bottom, .. } = *graph;
    if frame.width < 1.0 {
        return html! {};
    }
    let number = |x: f64| format!("{x:.1}");
    let line = |x1: f64, y1: f64, x2: f64, y2: f64| {
        html! { <line class="grid" x1={number(x1)} y1={number(y1)} x2={number(x2)} y2={number(y2)} /> }
    };
    let upright = |(share, label): (f64, &str)| {
        let x = graph.across(share);
        html! {
            <>
                { line(x, top, x, bottom) }
                <text x={number(x)} y={number(bottom + 1.2 * frame.text)} text-anchor="middle">{ label.to_owned() }</text>
            </>
        }
    };
    let level = |(share, label): (f64, &str)| {
        let y = graph.up(share);
        html! {
            <>
                { line(left, y, right, y) }
                <text x={number(left - 0.4 * frame.text)} y={number(y + 0.35 * frame.text)} text-anchor="end">{ label.to_owned() }</text>
            </>
        }
    };
    let (width, height) = (right - left, bottom - top);
    html! {
        <svg class="graph" viewBox={format!("0 0 {:.1} {:.1}", frame.width, frame.height)} aria-hidden="true">
            { for graph.x.ticks().map(upright) }
            { for graph.y.ticks().map(level) }
            <text class="title" x={number(right)} y={number(bottom - 0.5 * frame.text)} text-anchor="end">{ titles[0].to_owned() }</text>
            <text class="title" x={number(left)} y={number(top - 0.5 * frame.text)}>{ titles[1].to_owned() }</text>
            <svg
                x={number(left)}
                y={number(top)}
                width={number(width)}
                height={number(height)}
                viewBox={format!("{left:.1} {top:.1} {width:.1} {height:.1}")}
            >
                { inside }
            </svg>
            { above }
        </svg>
    }
}

/// A round mark.
pub fn dot((x, y): (f64, f64), class: &'static str) -> Html {
    html! { <circle {class} cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="4.5" /> }
}

/// A square mark.
pub fn square((x, y): (f64, f64), class: &'static str) -> Html {
    html! { <rect {class} x={format!("{:.1}", x - 4.5)} y={format!("{:.1}", y - 4.5)} width="9" height="9" /> }
}

/// An arrow from one point to another, with its head at the end.
pub fn arrow(from: (f64, f64), to: (f64, f64), class: &'static str) -> Html {
    /// Length and half width of the head, in pixels.
    const HEAD: (f64, f64) = (8.0, 4.0);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 1.0 {
        return html! {};
    }
    let (ux, uy) = (dx / length, dy / length);
    // A short arrow has a short head.
    let size = (length / HEAD.0).min(1.0);
    let (back, side) = (HEAD.0 * size, HEAD.1 * size);
    let (bx, by) = (to.0 - back * ux, to.1 - back * uy);
    let path = format!(
        "M{:.1} {:.1}L{bx:.1} {by:.1}M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
        from.0,
        from.1,
        to.0,
        to.1,
        bx - side * uy,
        by + side * ux,
        bx + side * uy,
        by - side * ux,
    );
    html! { <path class={classes!("arrow", class)} d={path} /> }
}
