//! Formulas as MathML elements of the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::html::{onclick, onmouseenter, onmouseleave};
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use crate::explanation::formula::mathml::Element;
use crate::lesson::quantity::Quantity;
use crate::page::parts::resize::use_resize;
use crate::page::scene::Panel;
use crate::session::Action;
use crate::text::number;

/// The em that a formula may be wide before it has been measured.
const FIRST_GUESS: f64 = 24.0;
/// The width of " = " in em.
const EQUALS: f64 = 1.4;

/// How the leaves of formulas behave: each lights its quantity, and goes to its step when clicked.
pub struct LeafActions<'a> {
    /// What lights and what acts.
    pub panel: &'a Panel,
    /// The quantity whose button has the focus.
    pub focused: Option<Quantity>,
    /// More classes for a quantity's mark.
    pub classes: &'a dyn Fn(Quantity) -> Classes,
}

/// One line of a derivation.
pub struct Line {
    /// What is computed; nothing from the second line on.
    pub left: Option<Element>,
    /// Between left and right; nothing where a line goes on.
    pub sign: &'static str,
    /// The right side.
    pub right: Element,
    /// Whether the leaf that has the focus shows it here.
    pub shows_focus: bool,
}

impl Line {
    /// `right` as lines of at most `most` em.
    pub fn broken(left: Option<Element>, sign: &'static str, right: Element, most: f64) -> Vec<Self> {
        let first = std::iter::once((left, sign));
        let rest = std::iter::repeat_with(|| (None, ""));
        right
            .broken(most)
            .into_iter()
            .zip(first.chain(rest))
            .map(|(right, (left, sign))| Self { left, sign, right, shows_focus: false })
            .collect()
    }

    /// The same, showing which leaf has the focus.
    pub fn with_focus(self) -> Self {
        Self { shows_focus: true, ..self }
    }

    /// Adds `sign` and `right` to the last of `lines` if it has room, else as a line of its own.
    pub fn append(lines: &mut Vec<Self>, sign: &'static str, right: Element, most: f64) {
        match lines.last_mut() {
            Some(last) if last.right.width() + EQUALS + right.width() <= most => {
                let before = std::mem::replace(&mut last.right, Element::row(Vec::new()));
                let sign = if sign.is_empty() { Element::word("\u{2003}") } else { Element::sign(sign) };
                last.right = Element::row(vec![before, sign, right]);
            }
            _ => lines.push(Self { left: None, sign, right, shows_focus: false }),
        }
    }
}

/// The em that are left for the right sides beside left sides of at most this width.
pub fn room(ems: f64, left: f64) -> f64 {
    (ems - EQUALS - left).max(4.0)
}

impl LeafActions<'_> {
    /// Lines under each other, aligned on their signs. `label` says them in words.
    pub fn lines(&self, lines: &[Line], label: impl Into<AttrValue>) -> Html {
        let row = |line: &Line| {
            html! {
                <mtr>
                    <mtd class="left">{ for line.left.iter().map(|left| self.draw(left, line.shows_focus)) }</mtd>
                    <mtd class="sign">
                        if !line.sign.is_empty() {
                            <mo>{ line.sign }</mo>
                        }
                    </mtd>
                    <mtd class="right">{ self.draw(&line.right, line.shows_focus) }</mtd>
                </mtr>
            }
        };
        html! {
            // One name, and not the name and then its parts. Readers that take formulas apart read the markup.
            <math display="block" aria-label={label.into()}>
                <mtable class="lines" intent=":system-of-equations" aria-hidden="true">
                    { for lines.iter().map(row) }
                </mtable>
            </math>
        }
    }

    /// A formula on a line of its own.
    pub fn line(&self, element: &Element) -> Html {
        html! { <math display="block">{ self.draw(element, false) }</math> }
    }

    /// A formula within other text: what stands in its own `math`.
    pub fn part(&self, element: &Element) -> Html {
        self.draw(element, false)
    }

    fn draw(&self, element: &Element, shows_focus: bool) -> Html {
        let mut tag = VTag::new(element.tag);
        let mut classes = Classes::new();
        for (name, value) in &element.attributes {
            if *name == "class" {
                classes.push(*value);
            } else {
                tag.add_attribute(name, *value);
            }
        }
        if let Some(intent) = &element.intent {
            tag.add_attribute("intent", intent.clone());
        }
        if let Some(arg) = element.arg {
            tag.add_attribute("arg", arg);
        }
        if let Some(quantity) = element.quantity {
            classes.push("quantity");
            self.equip(&mut tag, quantity, shows_focus, &mut classes);
        }
        if !classes.is_empty() {
            tag.add_attribute("class", classes.to_string());
        }
        if !element.text.is_empty() {
            tag.add_child(VText::new(element.text.clone()).into());
        }
        tag.add_children(element.children.iter().map(|child| self.draw(child, shows_focus)));
        tag.into()
    }

    /// Gives the element of `quantity` its colour, name and behaviour.
    fn equip(&self, tag: &mut VTag, quantity: Quantity, shows_focus: bool, classes: &mut Classes) {
        let panel = self.panel;
        let moment = panel.scene.moment();
        let shown = quantity.of_shown_sample(moment.sample());
        classes.push(quantity.role().class());
        classes.extend((self.classes)(shown));
        if panel.is_lit(shown) {
            classes.push("is-lit");
        }
        if shows_focus && self.focused == Some(quantity) {
            classes.push("is-focused");
        }
        let name = moment.name(quantity);
        tag.add_listener(Rc::new(onmouseenter::Wrapper::new(panel.light(shown))));
        tag.add_listener(Rc::new(onmouseleave::Wrapper::new(panel.unlight())));
        let stop = moment.stop_of(quantity).filter(|stop| *stop != moment.position);
        if let Some(stop) = stop {
            classes.push("goes");
            let go = panel.dispatch.reform(move |_: MouseEvent| Action::JumpTo(stop));
            tag.add_listener(Rc::new(onclick::Wrapper::new(go)));
        }
        tag.add_attribute("data-quantity", name);
    }
}

/// Lets a scrolling region that was reached by the keyboard keep the keys that scroll it. After a
/// click into it they still step.
pub fn scroll_keys() -> Callback<KeyboardEvent> {
    Callback::from(|event: KeyboardEvent| {
        let Some(region) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let scrolls = region.client_height() < region.scroll_height() && region.tag_name() != "BUTTON";
        let is_scroll_key = matches!(event.key().as_str(), "ArrowUp" | "ArrowDown" | "Home" | "End");
        if scrolls && is_scroll_key && region.matches(":focus-visible").unwrap_or(false) {
            event.stop_propagation();
        }
    })
}

/// How many em of its own font fit into an element, kept up to date.
#[hook]
pub fn use_ems(node: &NodeRef) -> f64 {
    use_ems_at(node, 1.0)
}

/// The same where its font is `scale` times the usual one: another scale needs no measuring.
#[hook]
pub fn use_ems_at(node: &NodeRef, scale: f64) -> f64 {
    let room = use_state_eq(|| None::<RoomForMath>);
    let rendered = use_mut_ref(|| scale);
    *rendered.borrow_mut() = scale;
    let setter = room.setter();
    let on_resize = use_callback((), move |[element]: [web_sys::Element; 1], ()| {
        if let Some(room) = RoomForMath::of(&element, *rendered.borrow()) {
            setter.set(Some(room));
        }
    });
    use_resize([node.clone()], on_resize);
    room.map_or(FIRST_GUESS, |room| room.ems(scale))
}

/// How wide an element is, and how large its type is at the usual scale, in pixels.
#[derive(Clone, Copy, PartialEq)]
struct RoomForMath {
    width: f64,
    usual: f64,
}

impl RoomForMath {
    fn of(element: &web_sys::Element, scale: f64) -> Option<Self> {
        let style = web_sys::window()?.get_computed_style(element).ok()??;
        let size = style.get_property_value("font-size").ok()?;
        let size = number::parse(size.strip_suffix("px")?)?;
        let width = f64::from(element.client_width());
        // Whole hundredths: browsers round what a scale makes of a size.
        (0.0 < size && 0.0 < width).then(|| Self { width, usual: (100.0 * size / scale).round() / 100.0 })
    }

    fn ems(self, scale: f64) -> f64 {
        // Whole tenths: a scroll bar's coming and going must not set off another round.
        (10.0 * self.width / (self.usual * scale)).floor() / 10.0
    }
}
