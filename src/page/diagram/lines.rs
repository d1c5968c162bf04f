//! Edges and circles.

use yew::prelude::*;

use super::{DiagramView, is_about_param};
use crate::lesson::quantity::Quantity;
use crate::picture::layout::rect::Point;
use crate::picture::layout::{CondensedPart, Label, rim};
use backprop::network::{Param, UnitId};

impl DiagramView<'_> {
    /// The SVG below everything.
    pub(super) fn lines(&self) -> Html {
        let [width, height] = [self.layout.width, self.layout.height].map(|x| format!("{x:.0}"));
        let view_box = format!("0 0 {width} {height}");
        html! {
            <svg
                class="lines"
                {width}
                {height}
                viewBox={view_box}
                aria-hidden="true"
                focusable="false"
                onclick={self.click_edge()}
                onmousemove={self.light_edge()}
                onmouseleave={self.canvas_edges().then(|| self.panel.unlight())}
            >
                { for self.target_lines() }
                { for self.edges() }
                { for self.circles() }
            </svg>
        }
    }

    /// The edges that are drawn one by one: those with a label, and all whose label had no room.
    fn edges(&self) -> Vec<Html> {
        let labels = &self.shown.labels;
        let labelled = labels.iter().map(|label| (label.param, Some(label)));
        let others = self.parts.iter().filter_map(|part| match part {
            CondensedPart::Param(param) if labels.iter().all(|label| label.param != *param) => {
                Some((*param, None))
            }
            _ => None,
        });
        let mut edges: Vec<(bool, Html)> =
            labelled.chain(others).filter_map(|(param, label)| self.edge(param, label)).collect();
        // Those that matter now lie above the others.
        edges.sort_by_key(|(is_lit, _)| *is_lit);
        edges.into_iter().map(|(_, html)| html).collect()
    }

    /// An edge, and whether it is current or lit.
    fn edge(&self, param: Param, label: Option<&Label>) -> Option<(bool, Html)> {
        let (a, b) = match param {
            Param::Weight { layer, to, from } => self.layout.edge(layer, to, from)?,
            // From the bias's label to its unit.
            Param::Bias { layer, to } => {
                let unit = self.layout.unit(UnitId::new(layer, to))?;
                let chip = label?.chip;
                if self.layout.is_condensed {
                    (chip.centre(), rim(unit, chip.centre()))
                } else {
                    let from = Point { x: chip.centre().x, y: chip.y };
                    (from, Point { x: unit.centre.x, y: unit.centre.y + unit.radius })
                }
            }
        };
        let weight = self.moment().network().params.at(param);
        let lights = self.lights(|quantity| is_about_param(quantity, param));
        let is_lit = !lights.is_empty();
        let stroke = format!("stroke-width:{:.1}", self.widths.width(weight, self.layout.sizes.radius));
        let sign = (weight < 0.0).then_some("is-negative");
        let [x1, y1, x2, y2] = [a.x, a.y, b.x, b.y].map(|x| AttrValue::from(format!("{x:.1}")));
        let draw = |class: &'static str, style: Option<String>| {
            let [x1, y1, x2, y2] = [&x1, &y1, &x2, &y2].map(AttrValue::clone);
            html! { <line {class} {x1} {y1} {x2} {y2} {style} /> }
        };
        let html = html! {
            <g
                key={format!("{param:?}")}
                class={classes!("edge", sign, lights, self.is_selected(param).then_some("is-selected"))}
                onclick={self.pick_param(param)}
                onmouseenter={self.panel.light(Quantity::Param(param))}
                onmouseleave={self.panel.unlight()}
            >
                if is_lit {
                    { draw("halo", None) }
                }
                { draw("stroke", Some(stroke)) }
                { draw("hit", None) }
            </g>
        };
        Some((is_lit, html))
    }

    fn target_lines(&self) -> Vec<Html> {
        let targets = self.layout.targets.iter().filter(|target| target.line.0 != target.line.1);
        targets
            .map(|target| {
                let (a, b) = target.line;
                let [x1, y1, x2, y2] = [a.x, a.y, b.x, b.y].map(|x| format!("{x:.1}"));
                html! { <line key={target.unit} class="to-target" {x1} {y1} {x2} {y2} /> }
            })
            .collect()
    }

    fn circles(&self) -> Vec<Html> {
        let columns = self.layout.units.iter().enumerate();
        let places = columns.flat_map(|(layer, column)| column.iter().map(move |place| (layer, place)));
        let n_layers = self.layout.units.len() - 1;
        places
            .filter_map(|(layer, place)| {
                let unit = place.unit?;
                let id = UnitId { layer, unit };
                let activation = Quantity::Activation(id);
                let is_about = |quantity: Quantity| {
                    quantity.unit(n_layers) == Some(id)
                        && !matches!(quantity, Quantity::LossTerm(_) | Quantity::GradientShare { .. })
                };
                let is_reached = self.moment().is_reached(activation).then_some("is-reached");
                Some(html! {
                    <circle
                        key={format!("{layer} {unit}")}
                        class={classes!("unit", is_reached, self.lights(is_about), self.marks(id))}
                        cx={format!("{:.1}", place.centre.x)}
                        cy={format!("{:.1}", place.centre.y)}
                        r={format!("{:.1}", place.radius)}
                        onclick={self.jump(activation)}
                        onmouseenter={self.panel.light(activation)}
                        onmouseleave={self.panel.unlight()}
                    />
                })
            })
            .collect()
    }
}
