//! Units that let nothing through, or next to nothing: marked while the gradient flow is open, and explained
//! where one of them is pointed at.

use yew::prelude::*;

use super::DiagramView;
use crate::lesson::quantity::Quantity;
use crate::picture::layout::UnitPlace;
use crate::picture::layout::rect::Rect;
use crate::words::page::diagram as words;
use backprop::network::UnitId;

/// Side of a mark, as a share of the unit's radius, and its least and most in pixels.
const SIDE: f64 = 0.7;
const SIDES: (f64, f64) = (12.0, 22.0);
/// cos 45°.
const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;

impl DiagramView<'_> {
    /// Why a unit is stuck, as a sentence; `None` where it is not.
    fn why_stuck(&self, id: UnitId) -> Option<String> {
        let state = self.panel.stuck.state(id)?;
        let moment = self.moment();
        let unit = moment.names.unit_at_start(id);
        let g = moment.network().activation(id.layer).name();
        Some(state.sentence(&unit, g, self.panel.stuck.n_samples))
    }

    /// The mark at the rim of a stuck unit.
    pub(super) fn stuck_mark(&self, id: UnitId, place: &UnitPlace) -> Html {
        let (Some(state), Some(why)) = (self.panel.stuck.state(id), self.why_stuck(id)) else {
            return Html::default();
        };
        let side = (SIDE * place.radius).clamp(SIDES.0, SIDES.1);
        let away = DIAGONAL * place.radius;
        let rect = Rect {
            x: place.centre.x + away - side / 2.0,
            y: place.centre.y - away - side / 2.0,
            w: side,
            h: side,
        };
        let name = self.moment().name(Quantity::Activation(id));
        let activation = Quantity::Activation(id);
        html! {
            <div
                class="place stuck-mark"
                style={self.text_at(&rect, 0.8 * side)}
                role="img"
                aria-label={words::stuck_unit(&name, &state.word(), &why)}
                onmouseenter={self.panel.light(activation)}
                onmouseleave={self.panel.unlight()}
            >
                { state.sign() }
            </div>
        }
    }

    /// What is said of the stuck unit under the pointer or focus.
    pub(super) fn stuck_note(&self) -> Html {
        let lit = self.panel.lit.and_then(|lit| match lit {
            Quantity::Activation(id) => Some((id, self.why_stuck(id)?)),
            _ => None,
        });
        let Some((id, why)) = lit else {
            return Html::default();
        };
        // In the half of the drawing where the unit is not.
        let place = self.layout.units[id.layer].iter().find(|place| place.unit == Some(id.unit));
        let is_low = place.is_some_and(|place| self.layout.height / 2.0 < place.centre.y);
        html! {
            <div class={classes!("stuck-note", is_low.then_some("is-above"))} aria-hidden="true"><p>{ why }</p></div>
        }
    }
}
