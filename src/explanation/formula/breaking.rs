//! Long formulas over several rows: MathML Core breaks no lines by itself.

use super::mathml::Element;

/// Script letters beside the letters that they belong to.
const SCRIPT: f64 = 0.72;
/// A result is set larger, bold, in the page's upright face.
const RESULT: f64 = 1.62;
/// A first row shorter than this part of the width looks lost.
const SHORT: f64 = 0.25;
/// What a row takes before a fraction, and a table of rows around them, in em.
const BEFORE_FRACTION: f64 = 0.8;
const AROUND_ROWS: f64 = 0.4;
/// The longest way that a formula is taken apart: signs deeper inside are left alone.
const MAX_PENALTY: usize = 12;

impl Element {
    /// The width in em, estimated from the letters: within a tenth of what the page's font gives.
    pub fn width(&self) -> f64 {
        let children = || self.children.iter().map(Self::width);
        let widest = || children().fold(0.0, f64::max);
        match self.tag {
            "mn" if self.attributes.contains(&("class", "result")) => RESULT * text_width(&self.text),
            "mi" | "mn" | "mtext" => text_width(&self.text),
            "mo" => sign_width(self),
            "msub" | "msup" => {
                let mut parts = children();
                parts.next().unwrap_or(0.0) + SCRIPT * parts.sum::<f64>() + 0.06
            }
            "msubsup" => {
                let mut parts = children();
                parts.next().unwrap_or(0.0) + SCRIPT * parts.fold(0.0, f64::max) + 0.06
            }
            "mover" => self.children.first().map_or(0.0, Self::width),
            "mfrac" => widest() + 0.2,
            "munder" | "munderover" => {
                let mut parts = children();
                parts.next().unwrap_or(0.0).max(SCRIPT * parts.fold(0.0, f64::max)) + 0.2
            }
            "msqrt" => children().sum::<f64>() + 0.85,
            "mtable" => {
                let n_columns = self.children.iter().map(|row| row.children.len()).max().unwrap_or(0);
                let cell = |row: &Self, k: usize| row.children.get(k).map_or(0.0, Self::width);
                let column = |k| self.children.iter().map(|row| cell(row, k)).fold(0.0, f64::max);
                (0..n_columns).map(|k| column(k).max(0.5) + 0.7).sum::<f64>() - 0.5
            }
            _ => children().sum(),
        }
    }

    /// The element as rows of at most `most` em each, broken before the outermost signs that make
    /// it fit: first between the terms of a sum, then between factors, then inside parentheses; but
    /// rather there than after a first row of little. What stands in a fraction that is wider by itself is
    /// broken there. A row stays wider where it has no sign to break before.
    pub fn broken(self, most: f64) -> Vec<Self> {
        if self.width() <= most {
            return vec![self];
        }
        let mut pieces = Vec::new();
        flatten(self, 0, &mut pieces);
        for piece in &mut pieces {
            piece.element.narrow(most - BEFORE_FRACTION);
        }
        let fits = |rows: &Vec<usize>| widths(&pieces, rows).all(|width| width <= most);
        let is_short =
            |rows: &Vec<usize>| widths(&pieces, rows).next().is_some_and(|width| width < SHORT * most);
        let deepest = pieces.iter().filter_map(|piece| piece.penalty).max().unwrap_or(0).min(MAX_PENALTY);
        let breaks_at = |penalty| breaks(&pieces, penalty, most);
        let fitting: Vec<Vec<usize>> = (0..=deepest).map(breaks_at).filter(fits).collect();
        let best = fitting.iter().find(|rows| !is_short(rows)).or(fitting.first());
        let starts = best.cloned().unwrap_or_else(|| breaks_at(deepest));
        let mut rows: Vec<Vec<Self>> = vec![Vec::new()];
        for (k, piece) in pieces.into_iter().enumerate() {
            if starts.contains(&k) {
                rows.push(Vec::new());
            }
            // A sign at the end of a row is one between two things none the less.
            let is_sign = piece.penalty.is_some() && piece.element.attributes.is_empty();
            let element = if is_sign { piece.element.with("form", "infix") } else { piece.element };
            if let Some(row) = rows.last_mut() {
                row.push(element);
            }
        }
        rows.into_iter().map(Self::row).collect()
    }
}

impl Element {
    /// Breaks what stands in a fraction that is wider than `most` em.
    fn narrow(&mut self, most: f64) {
        if self.tag != "mfrac" {
            return;
        }
        for part in self.children.iter_mut().filter(|part| most < part.width()) {
            let rows = std::mem::replace(part, Self::row(Vec::new())).broken(most - AROUND_ROWS);
            let cell = |row| Self::branch("mtr", vec![Self::branch("mtd", vec![row])]);
            *part = Self::branch("mtable", rows.into_iter().map(cell).collect());
        }
    }
}

/// A part of a formula that is not broken, and how bad it is to start a row with it.
#[derive(Clone)]
struct Piece {
    element: Element,
    penalty: Option<usize>,
}

fn flatten(element: Element, depth: usize, pieces: &mut Vec<Piece>) {
    let is_matrix = element.children.iter().any(|child| child.tag == "mtable");
    let is_open = element.tag == "mrow" && element.quantity.is_none() && element.attributes.is_empty();
    if is_open && !is_matrix {
        for child in element.children {
            flatten(child, depth + 1, pieces);
        }
        return;
    }
    let is_prefix = element.attributes.contains(&("form", "prefix"));
    let rank = match element.text.as_str() {
        _ if element.tag != "mo" || is_prefix => None,
        "=" | "←" | "+" | "−" => Some(0),
        "·" | "×" | "⊙" => Some(1),
        _ => None,
    };
    pieces.push(Piece { penalty: rank.map(|rank| 2 * depth.saturating_sub(1) + rank), element });
}

/// The pieces that start a row when every row is filled as far as it goes.
fn breaks(pieces: &[Piece], penalty: usize, most: f64) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut start, mut candidate) = (0, None);
    let mut width = 0.0;
    let mut k = 0;
    while k < pieces.len() {
        if start < k && pieces[k].penalty.is_some_and(|p| p <= penalty) {
            candidate = Some(k);
        }
        width += pieces[k].element.width();
        match candidate {
            Some(at) if most < width => {
                starts.push(at);
                (start, candidate, width, k) = (at, None, 0.0, at);
            }
            _ => k += 1,
        }
    }
    starts
}

fn widths<'a>(pieces: &'a [Piece], starts: &'a [usize]) -> impl Iterator<Item = f64> + 'a {
    let firsts = std::iter::once(0).chain(starts.iter().copied());
    let ends = starts.iter().copied().chain(std::iter::once(pieces.len()));
    firsts.zip(ends).map(|(first, end)| pieces[first..end].iter().map(|piece| piece.element.width()).sum())
}

fn text_width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '0'..='9' => 0.5,
        '.' | ',' | '·' | '\'' | '(' | ')' | '[' | ']' | 'i' | 'j' | 'l' | 't' | 'f' | ' ' => 0.3,
        '−' | '×' | '+' => 0.66,
        'm' | 'w' | 'W' | 'M' | 'Δ' | '…' => 0.72,
        '⁰' | '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁻' => 0.36,
        '\u{300}'..='\u{36f}' => 0.0,
        'A'..='Z' => 0.65,
        _ => 0.5,
    }
}

fn sign_width(sign: &Element) -> f64 {
    let is_prefix = sign.attributes.contains(&("form", "prefix"));
    match sign.text.as_str() {
        "=" | "←" => 1.22,
        "−" if is_prefix => 0.68,
        "+" | "−" | "×" | "⊙" => 1.1,
        "·" => 0.72,
        "," => 0.42,
        "(" | ")" => 0.36,
        "[" | "]" => 0.42,
        "′" => 0.3,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(element: &Element) -> String {
        let inner: String = element.children.iter().map(text).collect();
        format!("{}{inner}", element.text)
    }

    fn product(n: usize) -> Element {
        let factor = |k: usize| Element::leaf("mn", format!("0.{k}{k}"));
        Element::row(vec![factor(n), Element::sign("×"), factor(n + 1)])
    }

    fn sum(n_terms: usize) -> Element {
        let mut children = vec![product(1)];
        for n in 1..n_terms {
            children.extend([Element::sign("+"), product(n + 1)]);
        }
        Element::row(children)
    }

    #[test]
    fn a_fraction_that_is_too_wide_is_broken_inside() {
        let fraction = Element::branch("mfrac", vec![sum(5), product(9)]);
        let whole = Element::row(vec![product(1), Element::sign("·"), fraction]);
        let rows = whole.clone().broken(13.0);
        assert!(rows.iter().all(|row| row.width() <= 13.0));
        assert_eq!(rows.iter().map(text).collect::<String>(), text(&whole));
        let narrow = rows[1].children.last().unwrap();
        assert_eq!(
            (narrow.tag, narrow.children[0].tag, &narrow.children[1]),
            ("mfrac", "mtable", &product(9))
        );
        assert_eq!(whole.clone().broken(40.0), vec![whole]);
    }

    #[test]
    fn a_short_sum_stays_whole() {
        assert_eq!(sum(2).broken(20.0), vec![sum(2)]);
    }

    #[test]
    fn a_long_sum_breaks_between_its_terms() {
        let rows = sum(5).broken(13.0);
        let texts: Vec<String> = rows.iter().map(text).collect();
        assert_eq!(texts, ["0.11×0.22+0.22×0.33", "+0.33×0.44+0.44×0.55", "+0.55×0.66"]);
        assert!(rows.iter().all(|row| row.width() <= 13.0));
    }

    #[test]
    fn a_factor_does_not_stand_alone_before_a_long_sum() {
        let bracket = |sign| Element::leaf("mo", sign);
        let inner = Element::row(vec![bracket("("), sum(3), bracket(")")]);
        let whole = Element::row(vec![Element::number("2"), Element::sign("×"), inner]);
        let texts: Vec<String> = whole.broken(18.0).iter().map(text).collect();
        assert_eq!(texts, ["2×(0.11×0.22+0.22×0.33", "+0.33×0.44)"]);
    }

    #[test]
    fn what_has_no_sign_stays_whole() {
        let word = Element::word("a word without end");
        assert_eq!(word.clone().broken(3.0).len(), 1);
    }

    #[test]
    fn nothing_is_lost() {
        for most in [1.0, 4.0, 8.0, 16.0] {
            let broken: String = sum(9).broken(most).iter().map(text).collect();
            assert_eq!(broken, text(&sum(9)), "at {most} em");
        }
    }
}
