//! Formulas as MathML Core.

use super::{Dots, FormulaWriter, Function, Sign};
use crate::lesson::names::{Symbol, is_index_expression};
use crate::lesson::quantity::Quantity;

/// A MathML element: what the page draws and what tests read, free of any web type.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// "mrow", "mi", "mn", …
    pub tag: &'static str,
    /// The quantity that the element is, if it is one.
    pub quantity: Option<Quantity>,
    /// Attributes.
    pub attributes: Vec<(&'static str, &'static str)>,
    /// What it means, for readers that take formulas apart: `intent` of MathML 4, section 5.
    pub intent: Option<String>,
    /// By which name the intent of an element around it calls it: `arg` of MathML 4.
    pub arg: Option<&'static str>,
    /// Text of a leaf; children have none.
    pub text: String,
    /// Children of a branch.
    pub children: Vec<Element>,
}

impl Element {
    pub(super) fn leaf(tag: &'static str, text: impl Into<String>) -> Self {
        Self {
            tag,
            quantity: None,
            attributes: Vec::new(),
            intent: None,
            arg: None,
            text: text.into(),
            children: Vec::new(),
        }
    }

    pub(super) fn branch(tag: &'static str, children: Vec<Element>) -> Self {
        Self { children, ..Self::leaf(tag, "") }
    }

    fn of(mut self, quantity: Option<Quantity>) -> Self {
        self.quantity = quantity;
        self
    }

    /// The same element with one more attribute.
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.attributes.push((name, value));
        self
    }

    fn meaning(mut self, intent: Option<String>) -> Self {
        self.intent = intent;
        self
    }

    fn called(mut self, arg: &'static str) -> Self {
        self.arg = Some(arg);
        self
    }

    /// Children side by side.
    pub fn row(children: Vec<Element>) -> Self {
        Self::branch("mrow", children)
    }

    /// A sign between two things.
    pub fn sign(sign: &str) -> Self {
        Self::leaf("mo", sign).with("form", "infix")
    }

    /// A number that is no quantity's.
    pub fn number(text: &str) -> Self {
        Self::leaf("mn", text)
    }

    /// A word that is no symbol.
    pub fn word(text: &str) -> Self {
        Self::leaf("mtext", text)
    }

    /// The same with m, v, m̂ and v̂ bare of the name of their weight: beside that weight's own
    /// update it would be said a dozen times.
    pub fn without_weight_of_moments(mut self) -> Self {
        if self.quantity.is_some_and(Quantity::is_moment) {
            match self.tag {
                "msub" => {
                    self.children.truncate(1);
                    self.tag = "mrow";
                    self.intent = None;
                }
                "msubsup" => {
                    self.children.remove(1);
                    self.tag = "msup";
                    self.intent = None;
                }
                _ => (),
            }
            return self;
        }
        self.children = self.children.into_iter().map(Self::without_weight_of_moments).collect();
        self
    }

    /// Whether it is taller than a line: brackets around it have to grow.
    pub fn is_tall(&self) -> bool {
        matches!(self.tag, "mfrac" | "mtable" | "msqrt" | "munder" | "munderover")
            || self.children.iter().any(Self::is_tall)
    }

    /// Whether a matrix with its shape below it is among its parts.
    fn has_shape(&self) -> bool {
        self.attributes.contains(&("class", "shape")) || self.children.iter().any(Self::has_shape)
    }

    /// Takes the place of a coloured part of a larger quantity: keeps its colour and is no quantity
    /// of its own any more.
    fn into_part(mut self) -> Self {
        if let Some(quantity) = self.quantity.take() {
            self.attributes.push(("class", quantity.role().class()));
        }
        self
    }

    /// The element as text, with the quantity's role as its class.
    pub fn to_xml(&self) -> String {
        let class = self.quantity.map_or(String::new(), |q| format!(" class=\"{}\"", q.role().class()));
        let attributes: String =
            self.attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
        let inner: String = self.children.iter().map(Self::to_xml).collect();
        let tag = self.tag;
        format!("<{tag}{class}{attributes}>{}{inner}</{tag}>", escape(&self.text))
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Writes MathML.
pub struct MathMl;

fn operator(sign: &str) -> Element {
    Element::leaf("mo", sign)
}

fn word(text: &str) -> Element {
    // MathML sets one letter in italics and several upright by itself.
    match text.strip_suffix('\u{302}') {
        Some(letter) => Element::branch(
            "mover",
            vec![Element::leaf("mi", letter), operator("^").with("stretchy", "false")],
        )
        .with("accent", "true"),
        None => Element::leaf("mi", text),
    }
}

fn row(children: Vec<Element>) -> Element {
    Element::row(children)
}

/// What stands above or below: digits, a word, or a name with its own indices, as h₁ or w₁₂⁽¹⁾.
fn index(text: &str) -> Element {
    if text.chars().all(|c| c.is_ascii_digit()) {
        return Element::leaf("mn", text);
    }
    if is_index_expression(text) {
        return index_expression(text);
    }
    let symbol = Symbol::parse(text);
    if symbol.letter == text { word(text) } else { MathMl.symbol(&symbol, None) }
}

/// A symbol with indices: what stands above is no power.
fn intent_of(symbol: &Symbol) -> String {
    let mut meaning = match symbol.sub.is_empty() {
        true => "$base".to_owned(),
        false => "indexed-by:infix($base,$index)".to_owned(),
    };
    if let Some(layer) = symbol.layer {
        meaning = format!("of-layer:infix({meaning},{})", layer.number);
    } else if !symbol.raised.is_empty() {
        // "l−1", which no intent can write.
        meaning = format!("of-layer:infix({meaning},$above)");
    }
    if symbol.is_transposed {
        meaning = format!("transpose({meaning})");
    }
    if let Some(sample) = symbol.sample {
        meaning = format!("of-sample:infix({meaning},{})", sample.number);
    }
    match symbol.age {
        Some(age) => format!("{}:prefix({meaning})", age.word()),
        None => meaning,
    }
}

/// "l−1": letters in italics, numbers and signs as such.
fn index_expression(text: &str) -> Element {
    let part = |c: char| match c {
        '0'..='9' => Element::leaf("mn", c),
        '+' | '−' => Element::sign(&c.to_string()),
        ',' => operator(","),
        _ => Element::leaf("mi", c),
    };
    let mut parts: Vec<Element> = text.chars().map(part).collect();
    if parts.len() == 1 { parts.remove(0) } else { row(parts) }
}

impl FormulaWriter for MathMl {
    type Out = Element;

    fn symbol(&self, symbol: &Symbol, quantity: Option<Quantity>) -> Element {
        let base = || word(&symbol.letter).called("base");
        let below = |sub: &str| index(sub).called("index");
        let element = match (symbol.sub.as_str(), symbol.sup().as_str()) {
            ("", "") => return word(&symbol.letter).of(quantity),
            (sub, "") => Element::branch("msub", vec![base(), below(sub)]),
            ("", sup) => Element::branch("msup", vec![base(), index(sup).called("above")]),
            (sub, sup) => Element::branch("msubsup", vec![base(), below(sub), index(sup).called("above")]),
        };
        element.meaning(Some(intent_of(symbol))).of(quantity)
    }

    fn number(&self, text: &str, quantity: Option<Quantity>) -> Element {
        Element::leaf("mn", text).of(quantity)
    }

    fn partial(&self, of: Element, by: Element, quantity: Option<Quantity>) -> Element {
        let d = || Element::leaf("mi", "∂");
        let part = |element: Element| if quantity.is_some() { element.into_part() } else { element };
        let (over, under) = (part(of).called("of"), part(by).called("by"));
        Element::branch("mfrac", vec![row(vec![d(), over]), row(vec![d(), under])])
            .meaning(Some("partial-derivative($of,$by)".to_owned()))
            .of(quantity)
    }

    fn slope(&self, function: &'static str, z: Element, quantity: Quantity) -> Element {
        // As a superscript the prime, raised already, would be tiny.
        let prime = operator("′").with("lspace", "0").with("rspace", "0");
        row(vec![word(function), prime, self.parenthesised(z)]).of(Some(quantity))
    }

    fn joined(&self, sign: Sign, parts: Vec<Element>) -> Element {
        let mut children = Vec::with_capacity(2 * parts.len());
        for (k, part) in parts.into_iter().enumerate() {
            if 0 < k {
                children.push(operator(sign.text()));
            }
            children.push(part);
        }
        if children.len() == 1 { children.remove(0) } else { row(children) }
    }

    fn sum_over(&self, index: Element, range: Option<[Element; 2]>, term: Element) -> Element {
        let sign = operator("∑");
        let sum = match range {
            Some([first, last]) => {
                let first = row(vec![index, operator("="), first]);
                Element::branch("munderover", vec![sign, first, last])
            }
            None => Element::branch("munder", vec![sign, index]),
        };
        row(vec![sum, term])
    }

    fn negative(&self, x: Element) -> Element {
        row(vec![operator("−").with("form", "prefix"), x])
    }

    fn parenthesised(&self, x: Element) -> Element {
        let bracket = |sign| match x.is_tall() {
            // As much below the line as above it would be twice as high as a row with its shape below.
            true if x.has_shape() => operator(sign).with("symmetric", "false"),
            true => operator(sign),
            false => operator(sign).with("stretchy", "false"),
        };
        let (open, close) = (bracket("("), bracket(")"));
        row(vec![open, x, close])
    }

    fn fraction(&self, over: Element, under: Element) -> Element {
        Element::branch("mfrac", vec![over, under])
    }

    fn power(&self, x: Element, exponent: &str) -> Element {
        Element::branch("msup", vec![x, index(exponent)])
    }

    fn root(&self, x: Element) -> Element {
        Element::branch("msqrt", vec![x])
    }

    fn exp(&self, x: Element) -> Element {
        Element::branch("msup", vec![word("e"), x])
    }

    fn call(&self, function: Function, arguments: Vec<Element>) -> Element {
        let arguments = self.joined(Sign::Comma, arguments);
        row(vec![word(&function.text()), self.parenthesised(arguments)])
    }

    fn matrix(&self, rows: Vec<Vec<Element>>, (n_rows, n_columns): (usize, usize)) -> Element {
        let cell = |cell| Element::branch("mtd", vec![cell]);
        let rows =
            rows.into_iter().map(|row| Element::branch("mtr", row.into_iter().map(cell).collect())).collect();
        let matrix = row(vec![operator("["), Element::branch("mtable", rows), operator("]")]);
        let shape = Element::word(&format!("{n_rows}×{n_columns}")).with("class", "shape");
        Element::branch("munder", vec![matrix, shape])
    }

    fn transposed(&self, x: Element) -> Element {
        Element::branch("msup", vec![x, Element::leaf("mi", "T").with("mathvariant", "normal")])
    }

    fn ellipsis(&self, dots: Dots) -> Element {
        Element::leaf(
            "mi",
            match dots {
                Dots::Across => "…",
                Dots::Down => "⋮",
                Dots::Aslant => "⋱",
            },
        )
    }
}
