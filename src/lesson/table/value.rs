//! What a cell says: nothing, a number as people and programs write them, or a word.

use std::borrow::Cow;

use crate::text::number;

/// What stands in place of a value that is not known: the commonest of what R, pandas, Weka, SQL and spreadsheets
/// write. “none” in small letters is a word.
const MISSING: &[&str] = &[
    "", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "?", "-",
    "–", "—", "−",
];

/// What may stand before or behind a number and be no part of it. The longer of two that begin alike comes first.
const SIGNS: &[&str] = &[
    "%", "‰", "€", "US$", "R$", "$", "£", "¥", "₹", "₽", "₺", "₩", "zł", "kr", "Ft", "Kč", "CHF", "EUR",
    "USD", "GBP", "HUF", "PLN", "CZK", "SEK", "NOK", "DKK",
];

/// What stands before the fraction of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// 0.5
    Point,
    /// 0,5
    Comma,
}

impl DecimalMark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// The mark itself.
    pub(super) fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// The other one, which may stand between groups of three digits.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    /// Reads a number; `None` for anything else. Infinite where it is beyond all f64. Between groups of three digits
    /// may stand blanks, apostrophes or the other mark.
    pub fn parse(self, cell: &str) -> Option<f64> {
        let is_simple = self == Self::Point || !cell.contains(['.', ',']);
        if let Some(x) = number::parse(cell).filter(|_| is_simple) {
            return Some(x);
        }
        let (is_negative, magnitude) = match cell.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, cell.strip_prefix('+').unwrap_or(cell)),
        };
        let (whole, rest) = match magnitude.split_once(self.char()) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (magnitude, None),
        };
        let whole = ungrouped(whole, self.other().char())?;
        if rest.is_some_and(|rest| rest.contains(['.', ',']) || rest.starts_with(['+', '-'])) {
            return None;
        }
        let text = match rest {
            Some(fraction) => format!("{whole}.{fraction}"),
            None => whole.into_owned(),
        };
        let x = number::parse(&text)?;
        Some(if is_negative { -x } else { x })
    }
}

/// Digits without what stands between groups of three of them, all of one kind. Digits alone, also with an exponent, and
/// nothing at all are as they stand.
fn ungrouped(digits: &str, other_mark: char) -> Option<Cow<'_, str>> {
    if digits.starts_with(['+', '-', '−']) {
        return None;
    }
    let is_between =
        |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') || c == other_mark;
    let Some(mark) = digits.chars().find(|c| is_between(*c)) else {
        return Some(Cow::Borrowed(digits));
    };
    let mut groups = digits.split(mark);
    let is_group = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    // 0,125 is no 125.
    let first = groups
        .next()
        .filter(|first| (1..=3).contains(&first.len()) && is_group(first) && !first.starts_with('0'))?;
    let mut whole = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_group(group) {
            return None;
        }
        whole += group;
    }
    Some(Cow::Owned(whole))
}

/// A number, and the sign of a currency or of parts in a hundred that stood with it; empty without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity {
    pub x: f64,
    pub sign: &'static str,
}

/// Reads a number with or without such a sign, before or behind it.
pub(super) fn quantity(cell: &str, decimal: DecimalMark) -> Option<Quantity> {
    let is_bare = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let starts_bare = cell.trim_start_matches(['-', '−', '+']).starts_with(is_bare);
    if !starts_bare || !cell.ends_with(is_bare) {
        for &sign in SIGNS {
            // “-€5” as well as “€-5”.
            let (minus, rest) = match cell.strip_prefix(['-', '−']) {
                Some(rest) if rest.starts_with(sign) => ("-", rest),
                _ => ("", cell),
            };
            if let Some(bare) = rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign)) {
                let bare = bare.trim();
                let is_signed = bare.starts_with(['-', '−', '+']);
                let x = decimal.parse(bare).filter(|_| minus.is_empty() || !is_signed)?;
                return Some(Quantity { x: if minus.is_empty() { x } else { -x }, sign });
            }
        }
    }
    decimal.parse(cell).map(|x| Quantity { x, sign: "" })
}

/// Whether a cell says that its value is not known.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.len() <= 4 && MISSING.contains(&cell)
}

/// Whether a cell is a date or a time of day: 2024-05-31, 31.5.2024, 5/31/24, 10:30, or both.
pub(super) fn is_date(cell: &str) -> bool {
    let is_parts = |text: &str, mark: char, range: std::ops::RangeInclusive<usize>| {
        let is_part = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        range.contains(&text.split(mark).count()) && text.split(mark).all(is_part)
    };
    let is_day = |text: &str| ['-', '.', '/'].into_iter().any(|mark| is_parts(text, mark, 3..=3));
    let is_time = |text: &str| {
        let whole = text.trim_end_matches('Z').split('.').next().unwrap_or_default();
        is_parts(whole, ':', 2..=3)
    };
    let cell = cell.trim_end_matches('.');
    match cell.split_once([' ', 'T']) {
        Some((day, time)) => is_day(day) && is_time(time.trim_start()),
        None => is_day(cell) || is_time(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        use DecimalMark::{Comma, Point};
        for (mark, text, expected) in [
            (Point, "1,234", Some(1234.0)),
            (Point, "1,234.5", Some(1234.5)),
            (Point, "12,345,678", Some(12_345_678.0)),
            (Comma, "32.500.000", Some(32_500_000.0)),
            (Comma, "1.234,5", Some(1234.5)),
            (Comma, "-1.234,5e2", Some(-123_450.0)),
            (Comma, "0,25", Some(0.25)),
            (Comma, ",5", Some(0.5)),
            (Point, "32 500 000", Some(32_500_000.0)),
            (Comma, "32\u{a0}500\u{a0}000,25", Some(32_500_000.25)),
            (Comma, "32\u{202f}500", Some(32_500.0)),
            (Point, "1'200", Some(1200.0)),
            (Point, "−1’200.5", Some(-1200.5)),
            (Point, "0,125", None),
            (Comma, "0.125", None),
            (Comma, "1.5", None),
            (Point, "1,5", None),
            (Point, "12,34", None),
            (Point, "1234,567", None),
            (Point, "1,23,456", None),
            (Point, "1 234,567", None),
            (Point, "1,234,", None),
            (Point, ",234", None),
            (Point, "1 2", None),
            (Point, "- 3", None),
            (Point, "−-3", None),
            (Point, "1,234.-5", None),
            (Comma, "1,2,3", None),
            (Comma, "1,2.345", None),
            (Point, "", None),
            (Comma, ",", None),
        ] {
            assert_eq!(mark.parse(text), expected, "{text}");
        }
    }

    #[test]
    fn signs_of_currencies_and_shares_stand_before_or_behind() {
        use DecimalMark::{Comma, Point};
        for (mark, text, expected) in [
            (Point, "5%", Some((5.0, "%"))),
            (Comma, "7,5 %", Some((7.5, "%"))),
            (Comma, "5,50 €", Some((5.5, "€"))),
            (Comma, "1.234,50\u{a0}€", Some((1234.5, "€"))),
            (Point, "$1,200.50", Some((1200.5, "$"))),
            (Point, "US$ 3", Some((3.0, "US$"))),
            (Point, "-€5", Some((-5.0, "€"))),
            (Point, "€-5", Some((-5.0, "€"))),
            (Point, "32 500 000 Ft", Some((32_500_000.0, "Ft"))),
            (Point, "CHF 1'200", Some((1200.0, "CHF"))),
            (Point, "12", Some((12.0, ""))),
            (Point, "-€-5", None),
            (Point, "$€5", None),
            (Point, "3 cm", None),
            (Point, "%", None),
            (Point, "5%%", None),
            (Point, "five €", None),
        ] {
            let expected = expected.map(|(x, sign)| Quantity { x, sign });
            assert_eq!(quantity(text, mark), expected, "{text}");
        }
    }

    #[test]
    fn dates_are_known() {
        for text in [
            "2024-05-31",
            "31.5.2024",
            "31.05.24.",
            "5/31/24",
            "10:30",
            "2024-05-31T10:30:00Z",
            "2024-05-31 10:30:00.5",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2024", "1.5", "a-b-c", "1-2", "", "10:30:00:00", "12345-1-1", "Ann 10:30"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
