//! Units, targets, the loss and the captions.

use yew::prelude::*;

use super::{DiagramView, at, caption, is_about_all, sample_text, short_sum, short_upstream};
use crate::lesson::names::{Symbol, Written};
use crate::lesson::quantity::Quantity;
use crate::moment::{ABOUT, ASKED, Told};
use crate::page::parts::edit_field::{EditField, Editable};
use crate::page::parts::symbol;
use crate::picture::layout::rect::Rect;
use crate::picture::layout::text;
use crate::picture::layout::text::Fitted;
use crate::picture::layout::{BOLD, FIELD, INSIDE, LEGIBLE, SHORT, TargetPlace, UnitPlace};
use crate::words::page::diagram as words;
use backprop::activation::Activation;
use backprop::network::UnitId;

/// In a condensed network, a unit's number in smaller type, in sizes of its other numbers, is not shown:
/// the table and the unit's callout have it.
const LEAST: f64 = 0.64;
/// How much of a circle's width its number may take.
const ROOM: f64 = 0.89;

/// What a unit shows below its circle.
struct Note {
    quantity: Quantity,
    told: Told,
    /// The name before the number.
    short: Written,
}

impl DiagramView<'_> {
    /// All units, layer by layer.
    pub(super) fn units(&self) -> Html {
        let layers = self.layout.units.iter().enumerate();
        let unit = |(layer, column): (usize, &Vec<UnitPlace>)| -> Html {
            let alike = self.layout.is_condensed.then(|| self.type_of(layer));
            column.iter().enumerate().map(|(k, place)| self.unit(layer, place, &column[..k], alike)).collect()
        };
        layers.map(unit).collect()
    }

    /// A unit, or the dots that stand for some; `before` are those above it, `alike` is the size
    /// of all numbers of the layer.
    fn unit(&self, layer: usize, place: &UnitPlace, before: &[UnitPlace], alike: Option<f64>) -> Html {
        let circle = place.circle();
        let Some(unit) = place.unit else {
            return self.left_out(layer, before);
        };
        let id = UnitId { layer, unit };
        let is_input = layer == 0;
        let folds = is_input && self.layout.is_condensed;
        let activation = Quantity::Activation(id);
        html! {
            <div key={self.key(id, before.len())}>
                if let Some(rect) = place.name {
                    <div
                        class={classes!("place", "unit-name", folds.then_some("is-folded"), self.panel.classes(activation))}
                        style={self.text_at(&rect, self.layout.sizes.name)}
                        onmouseenter={self.panel.light(activation)}
                        onmouseleave={self.panel.unlight()}
                        onfocusin={self.panel.light(activation)}
                        onfocusout={self.panel.unlight()}
                    >
                        if self.is_walked(layer) {
                            { symbol::view(&self.moment().names.written(activation, self.moment().sample())) }
                        } else {
                            { self.name(activation, activation) }
                        }
                    </div>
                }
                <div
                    class={classes!("place", "unit-value", is_input.then_some("is-input"), self.pictured(layer))}
                    style={at(&place.value.unwrap_or(circle))}
                >
                    if is_input {
                        { self.input(unit, place, alike) }
                    } else {
                        { self.activation(id, place, alike) }
                    }
                </div>
                if let Some(slot) = place.slot {
                    { self.note(id, &slot, None) }
                }
                if self.is_walked(layer) {
                    { self.unit_button(id, place) }
                }
                { self.stuck_mark(id, place) }
            </div>
        }
    }

    pub(super) fn text_at(&self, rect: &Rect, size: f64) -> String {
        format!("{};font-size:{size:.1}px", at(rect))
    }

    /// A number in a circle: with all its digits if they fit, else larger with up to four.
    fn in_circle(&self, value: f64, room: f64) -> Fitted {
        let sizes = &self.layout.sizes;
        let fonts = [1.2, 0.95, 0.8].map(|scale| (scale * sizes.number).max(10.0));
        let digits = self.panel.scene.digits();
        let whole = text::fit(value, digits, room, sizes.digit * BOLD, &fonts[..2]);
        if whole.digits == digits {
            return whole;
        }
        text::fit(value, digits.min(4), room, sizes.digit * BOLD, &fonts)
    }

    /// A number in a circle of a condensed network, in type of this size, with as many digits as fit.
    fn in_type(&self, value: f64, room: f64, size: f64) -> Fitted {
        let digit = self.layout.sizes.digit * BOLD;
        let fitted = text::fit(value, self.panel.scene.digits().min(4), room, digit, &[size]);
        if fitted.size < size { text::fit(value, 1, room, digit, &[size]) } else { fitted }
    }

    /// The size of all numbers of a layer of a condensed network: that in which the longest has room with
    /// two digits, or with one. What would be too small with one is not shown.
    fn type_of(&self, layer: usize) -> f64 {
        let sizes = &self.layout.sizes;
        let digit = sizes.digit * BOLD;
        let fits = |place: &UnitPlace| {
            let value = self.moment().shown(Quantity::Activation(UnitId { layer, unit: place.unit? }))?;
            let room = room(layer, place);
            let (largest, least) = match layer {
                0 => (sizes.input, LEGIBLE * sizes.number),
                _ => ((room / (SHORT * digit)).min(1.2 * sizes.number), LEAST * sizes.number),
            };
            let largest = largest.max(least);
            let size = |digits| text::fit(value, digits, room, digit, &[largest]).size;
            Some([size(2), size(1)].into_iter().find(|size| least <= *size).unwrap_or(largest))
        };
        self.layout.units[layer].iter().filter_map(fits).fold(f64::INFINITY, f64::min)
    }

    fn input(&self, unit: usize, place: &UnitPlace, alike: Option<f64>) -> Html {
        let moment = self.moment();
        let quantity = Quantity::Activation(UnitId { layer: 0, unit });
        let value = moment.value(quantity).unwrap_or(0.0);
        let sample = moment.sample_in_data();
        let room = room(0, place);
        let Fitted { digits, size, .. } = match alike {
            Some(size) => self.in_type(value, room, size),
            None => self.in_circle(value, room),
        };
        let room = room + FIELD;
        html! {
            <span
                class="number-room"
                style={format!("width:{room:.0}px;font-size:{size:.1}px")}
                onmouseenter={self.panel.light(quantity)}
                onmouseleave={self.panel.unlight()}
                onfocusin={self.panel.light(quantity)}
                onfocusout={self.panel.unlight()}
            >
                <EditField
                    of={Editable::Input { sample, unit }}
                    label={moment.name(quantity)}
                    {value}
                    {digits}
                    dispatch={self.panel.dispatch.clone()}
                />
            </span>
        }
    }

    fn activation(&self, id: UnitId, place: &UnitPlace, alike: Option<f64>) -> Html {
        let moment = self.moment();
        let quantity = Quantity::Activation(id);
        if moment.is_asked(quantity) {
            return asked(&moment.name(quantity), self.layout.sizes.number <= room(id.layer, place));
        }
        let Some(value) = moment.shown(quantity) else {
            return html! { <span class="muted" aria-hidden="true">{ "·" }</span> };
        };
        let (about, value) = self.about(quantity, value);
        let room = room(id.layer, place);
        let Fitted { text, size, .. } = match alike {
            Some(size) => self.in_type(value, room, size),
            None => self.in_circle(value, room),
        };
        let text = format!("{about}{text}");
        let is_shown = alike.is_none_or(|alike| alike <= size);
        html! {
            <>
                <span class="visually-hidden">{ format!("{} = ", moment.name(quantity)) }</span>
                if is_shown {
                    <span style={format!("font-size:{size:.1}px")}>{ text }</span>
                } else {
                    <span class="visually-hidden">{ text }</span>
                }
            </>
        }
    }

    /// δ once it is there; until then what leads to it: ∂E/∂a going back, z going forward.
    fn note_of(&self, id: UnitId) -> Option<Note> {
        let layer = id.layer;
        let moment = self.moment();
        let is_linear = moment.network().activation(layer) == Activation::Identity;
        let delta = Quantity::Delta(id);
        if let Some(told) = moment.told_of(delta) {
            let written = moment.names.written(delta, moment.sample());
            let short = if self.layout.sizes.is_named { written } else { base(written) };
            return Some(Note { quantity: delta, told, short });
        }
        if is_linear {
            return None;
        }
        let upstream = Quantity::ActivationGradient(id);
        if let Some(told) = moment.told_of(upstream) {
            let short = short_upstream(moment, id);
            return Some(Note { quantity: upstream, told, short });
        }
        let sum = Quantity::Sum(id);
        let is_wanted = !moment.is_reached(Quantity::Activation(id))
            || self.panel.scene.is_current(sum)
            || self.panel.is_lit(sum);
        let told = moment.told_of(sum).filter(|_| is_wanted)?;
        Some(Note { quantity: sum, told, short: short_sum(moment, id) })
    }

    pub(super) fn note(&self, id: UnitId, slot: &Rect, side: Option<&'static str>) -> Html {
        let Some(Note { quantity, told, short }) = self.note_of(id) else {
            return Html::default();
        };
        let (text, style) = self.note_text(quantity, told, slot.w - self.note_name_width(&short));
        html! {
            <div class={classes!("place", side)} style={at(slot)}>
                <div
                    class={classes!("tag", self.panel.classes(quantity))}
                    onmouseenter={self.panel.light(quantity)}
                    onmouseleave={self.panel.unlight()}
                >
                    <span class="visually-hidden">{ format!("{} = ", self.moment().name(quantity)) }</span>
                    { self.note_name(&short) }
                    <span {style}>{ text }</span>
                </div>
            </div>
        }
    }

    /// A number of a note that is `width` wide with its borders, and its style; "?" while it is asked for.
    pub(super) fn note_text(&self, quantity: Quantity, told: Told, width: f64) -> (String, String) {
        let Told::Number(value) = told else {
            return (ASKED.to_owned(), self.note_number(0.0, width).1);
        };
        let (about, value) = self.about(quantity, value);
        let (text, style) = self.note_number(value, width);
        (format!("{about}{text}"), style)
    }

    /// What to write of a number: "≈" and 0 if it is the rest of rounding.
    pub(super) fn about(&self, quantity: Quantity, value: f64) -> (&'static str, f64) {
        let moment = self.moment();
        if moment.is_zero_on_paper(quantity, moment.sample()) { (ABOUT, 0.0) } else { ("", value) }
    }

    /// Targets, the outputs' shares of the loss, and the loss.
    pub(super) fn targets(&self) -> Html {
        html! {
            <>
                { for self.layout.targets.iter().map(|place| self.target(place)) }
                { self.loss() }
            </>
        }
    }

    fn target(&self, place: &TargetPlace) -> Html {
        let moment = self.moment();
        let unit = place.unit;
        let sizes = &self.layout.sizes;
        let quantity = Quantity::Target(unit);
        let value = moment.value(quantity).unwrap_or(0.0);
        let sample = moment.sample_in_data();
        let fonts = [1.15, 1.0, 0.88].map(|scale| (scale * sizes.number).max(11.0));
        let digits = self.panel.scene.digits();
        let Fitted { digits, size, .. } = text::fit(value, digits, sizes.target, sizes.digit * BOLD, &fonts);
        let written = moment.names.written(quantity, moment.sample());
        let term = Quantity::LossTerm(unit);
        let told_term = moment.told_of(term).filter(|_| !is_about_all(moment));
        html! {
            <div key={format!("target {unit}")}>
                if 0.0 < place.name.h {
                    <div class="place unit-name" style={self.text_at(&place.name, sizes.name)}>
                        { symbol::view(&written) }
                    </div>
                }
                <div
                    class={classes!("place", "target", self.panel.classes(quantity))}
                    style={at(&place.frame)}
                    onmouseenter={self.panel.light(quantity)}
                    onmouseleave={self.panel.unlight()}
                    onfocusin={self.panel.light(quantity)}
                    onfocusout={self.panel.unlight()}
                >
                    <span
                        class="number-room"
                        style={format!("width:{:.0}px;font-size:{size:.1}px", sizes.target + 6.0)}
                    >
                        <EditField
                            of={Editable::Target { sample, unit }}
                            label={moment.name(quantity)}
                            {value}
                            {digits}
                            dispatch={self.panel.dispatch.clone()}
                        />
                    </span>
                </div>
                if let Some(rect) = place.term {
                    { self.error(term, &rect, sizes.small, told_term) }
                }
            </div>
        }
    }

    /// E of the shown sample, or of the batch where the step is about all samples.
    fn loss(&self) -> Html {
        let moment = self.moment();
        let quantity = if is_about_all(moment) { Quantity::BatchLoss } else { Quantity::Loss };
        self.error(quantity, &self.layout.loss, self.layout.sizes.number, moment.told_of(quantity))
    }

    fn error(&self, quantity: Quantity, rect: &Rect, font: f64, told: Option<Told>) -> Html {
        let Some(told) = told else {
            return Html::default();
        };
        let moment = self.moment();
        let written = moment.names.written(quantity, moment.sample());
        let room = rect.w - (text::name_width(&written) + 0.4) * font - 8.0;
        let digit = self.layout.sizes.digit * BOLD;
        let digits = self.panel.scene.digits();
        let fonts = self.layout.sizes.squeezed(font);
        let fit = |value| text::fit(value, digits, room, digit, &fonts);
        let (text, size) = match told {
            Told::Number(value) => {
                let Fitted { text, size, .. } = fit(value);
                (text, size)
            }
            Told::Asked => (ASKED.to_owned(), fit(0.0).size),
        };
        html! {
            <div
                class={classes!("place", "loss", self.panel.classes(quantity))}
                style={self.text_at(rect, font)}
                onmouseenter={self.panel.light(quantity)}
                onmouseleave={self.panel.unlight()}
            >
                { symbol::view(&written) }
                <span style={format!("font-size:{size:.1}px")}>{ text }</span>
            </div>
        }
    }

    /// What each column is, which sample is shown, and what the lines mean.
    pub(super) fn captions(&self) -> Html {
        let moment = self.moment();
        let small = |rect: &Rect| self.text_at(rect, self.layout.sizes.caption);
        let columns = self.layout.captions.iter().enumerate();
        let captions = columns.filter_map(|(layer, rect)| {
            let rect = (*rect)?;
            let text = caption(moment, layer, self.layout.has_short_captions);
            Some(html! { <div key={layer} class="place caption" style={small(&rect)}>{ text }</div> })
        });
        let sample = sample_text(moment, moment.sample_in_data() + 1, is_about_all(moment));
        let has_negative =
            moment.network().params.0.iter().any(|layer| layer.numbers().any(|weight| weight < 0.0));
        let legend = match (self.layout.is_condensed, has_negative) {
            (true, _) => words::thick_and_dashed_short(),
            (false, true) => words::thick_and_dashed(),
            (false, false) => words::thick_is_large(),
        };
        html! {
            <>
                { for captions }
                <div class="place sample" style={small(&self.layout.sample)}>{ sample }</div>
                if let Some(rect) = self.layout.legend {
                    <div
                        class={classes!("place", "legend", (self.layout.sample.bottom() <= rect.y).then_some("is-below"))}
                        style={small(&rect)}
                    >
                        { legend }
                    </div>
                }
            </>
        }
    }
}

/// Width for the number of a unit.
fn room(layer: usize, place: &UnitPlace) -> f64 {
    match place.value {
        Some(rect) => rect.w - FIELD,
        None if layer == 0 => 2.0 * INSIDE * place.radius - FIELD,
        None => 2.0 * ROOM * place.radius,
    }
}

/// The letter of a symbol without its indices: for a note that stands with its unit.
pub(super) fn base(written: Written) -> Written {
    match written {
        Written::Symbol(symbol) => Written::Symbol(Symbol::new(symbol.letter)),
        written => written,
    }
}

/// The place of the number of `name` while it is asked for; said alone where there is no room for its sign.
fn asked(name: &str, has_room: bool) -> Html {
    html! {
        <>
            <span class="visually-hidden">{ format!("{name} = ") }</span>
            <span class={(!has_room).then_some("visually-hidden")}>{ ASKED }</span>
        </>
    }
}
