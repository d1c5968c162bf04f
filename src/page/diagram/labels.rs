//! The labels of weights and biases: name and value, gradient, old → new.

use yew::prelude::*;

use super::{DiagramView, at, is_about_all, is_about_param};
use crate::lesson::names::{Symbol, Written};
use crate::lesson::quantity::Quantity;
use crate::moment::Told;
use crate::page::parts::edit_field::{EditField, Editable};
use crate::page::parts::symbol;
use crate::picture::layout::text;
use crate::picture::layout::text::Fitted;
use crate::picture::layout::{BOLD, Label, NOTE_NAME};
use crate::text::format;

impl DiagramView<'_> {
    /// All labels.
    pub(super) fn labels(&self) -> Html {
        self.shown.labels.iter().map(|label| self.label(label)).collect()
    }

    fn label(&self, label: &Label) -> Html {
        let param = label.param;
        let sizes = &self.layout.sizes;
        let quantity = Quantity::Param(param);
        let value = self.moment().network().params.at(param);
        let digits = self.panel.scene.digits();
        let fonts = sizes.squeezed(sizes.number);
        let Fitted { text, digits, size } = text::fit(value, digits, sizes.value, sizes.digit, &fonts);
        let width = (text::width(&text) * sizes.digit * size + 6.0).clamp(26.0, sizes.value + 6.0);
        let number = format!("font-size:{size:.1}px;--number:{width:.0}px;--room:{:.0}px", sizes.value + 6.0);
        let name = format!("width:{:.0}px;font-size:{:.1}px", sizes.param_name, sizes.name);
        let lights = self.lights(|other| is_about_param(other, param));
        let stacked = sizes.is_stacked.then_some("is-stacked");
        html! {
            <div key={format!("{param:?}")} class="label">
                <div class={classes!("place", stacked)} style={at(&label.chip)}>
                    <div
                        class={classes!("chip", "weight", stacked, lights)}
                        onmouseenter={self.panel.light(quantity)}
                        onmouseleave={self.panel.unlight()}
                        onfocusin={self.panel.light(quantity)}
                        onfocusout={self.panel.unlight()}
                    >
                        <span class="chip-name" style={name}>
                            { self.name(quantity, Quantity::Gradient(param)) }
                        </span>
                        <span class="chip-number" style={number}>
                            <EditField
                                of={Editable::Param(param)}
                                label={self.moment().name(quantity)}
                                {value}
                                {digits}
                                is_spin={true}
                                dispatch={self.panel.dispatch.clone()}
                            />
                        </span>
                    </div>
                </div>
                { self.below(label) }
            </div>
        }
    }

    /// The gradient, from its step on; the new value, from its own.
    fn below(&self, label: &Label) -> Html {
        let moment = self.moment();
        let param = label.param;
        if !moment.learns(param) {
            return Html::default();
        }
        let gradient =
            if is_about_all(moment) { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let new = Quantity::New(param);
        let (quantity, body) = match (moment.told_of(new), moment.told_of(gradient)) {
            (Some(told), _) => (new, self.update(label, told)),
            (None, Some(told)) => (gradient, self.gradient(label, gradient, told)),
            (None, None) => return Html::default(),
        };
        html! {
            <div class="place" style={at(&label.below)}>
                <div
                    class={classes!("tag", self.panel.classes(quantity))}
                    onmouseenter={self.panel.light(quantity)}
                    onmouseleave={self.panel.unlight()}
                >
                    { body }
                </div>
            </div>
        }
    }

    /// "∂E/∂w −0.68765".
    fn gradient(&self, label: &Label, quantity: Quantity, told: Told) -> Html {
        let moment = self.moment();
        let sizes = &self.layout.sizes;
        let written = moment.names.written(quantity, moment.sample());
        let short = match &written {
            Written::Partial { of, by } if sizes.is_named => Some(partial(of, by)),
            _ => None,
        };
        let taken = short.as_ref().map_or(0.0, |short| self.note_name_width(short));
        let (text, style) = self.note_text(quantity, told, label.below.w - taken);
        html! {
            <>
                <span class="visually-hidden">{ format!("{} = ", written.plain()) }</span>
                if let Some(short) = short {
                    { self.note_name(&short) }
                }
                <span {style}>{ text }</span>
            </>
        }
    }

    /// "0.14 → 0.17438", or "→ 0.17438" below the old one.
    fn update(&self, label: &Label, new: Told) -> Html {
        let moment = self.moment();
        let sizes = &self.layout.sizes;
        let old = format::number(moment.network().params.at(label.param), self.panel.scene.digits());
        let arrow = if sizes.is_update_long { format!("{old} → ") } else { "→ ".to_owned() };
        let taken = text::width(&arrow) * self.note_digit() * sizes.small;
        let (text, style) = self.note_text(Quantity::New(label.param), new, label.below.w - taken);
        let name = moment.name(Quantity::Param(label.param));
        html! {
            <>
                <span class="visually-hidden">{ format!("{name}: {old} → {text}") }</span>
                <span aria-hidden="true" {style}>{ arrow }{ text }</span>
            </>
        }
    }

    /// Width of a digit in notes, in em.
    fn note_digit(&self) -> f64 {
        self.layout.sizes.digit * if self.layout.sizes.is_bold { BOLD } else { 1.0 }
    }

    /// Width of a name in a note and of the distance to the number.
    pub(super) fn note_name_width(&self, name: &Written) -> f64 {
        (text::name_width(name) * NOTE_NAME + 0.35) * self.layout.sizes.small
    }

    /// A name in a note.
    pub(super) fn note_name(&self, name: &Written) -> Html {
        let style = format!("font-size:{:.1}px", NOTE_NAME * self.layout.sizes.small);
        html! { <span {style}>{ symbol::shown(name) }</span> }
    }

    /// A number of a note that is `width` wide with its borders, and its style.
    pub(super) fn note_number(&self, value: f64, width: f64) -> (String, String) {
        let room = width - self.layout.sizes.note_pad;
        let fonts = self.layout.sizes.squeezed(self.layout.sizes.small);
        let digits = self.panel.scene.digits();
        let Fitted { text, size, .. } = text::fit(value, digits, room, self.note_digit(), &fonts);
        (text, format!("font-size:{size:.1}px"))
    }
}

/// "∂E/∂w": short for ∂E/∂w₅ where it stands with w₅.
pub(super) fn partial(of: &Symbol, by: &Symbol) -> Written {
    Written::Partial { of: of.clone(), by: Symbol::new(by.letter.clone()) }
}
