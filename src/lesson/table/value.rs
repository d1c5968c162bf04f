//! What a cell says: nothing, a number as people and programs write them, or a word.

use crate::text::number;
use crate::words::table as words;

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
            Self::Point => words::decimal_point(),
            Self::Comma => words::decimal_comma(),
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
    /// may stand blanks, apostrophes or the other mark; commas also as in India, where the groups before the last are of
    /// two.
    pub fn parse(self, cell: &str) -> Option<f64> {
        let is_simple = self == Self::Point || !cell.contains(['.', ',']);
        if let Some(x) = number::parse(cell).filter(|_| is_simple) {
            return Some(x);
        }
        self.ungrouped(cell).and_then(|text| number::parse(&text))
    }

    /// A number with the decimal point, and without what stands between groups of three digits: all of one kind, and
    /// behind no 0, since 0,125 is no 125.
    fn ungrouped(self, cell: &str) -> Option<String> {
        let mut text = String::with_capacity(cell.len());
        let mut mark = None;
        let mut is_behind_mark = false;
        // Digits of the groups between the first and the last, once they are known.
        let mut n_within = None;
        // Digits since the start, or since the mark between groups.
        let mut n_digits = 0;
        for (at, c) in cell.char_indices() {
            let is_whole = |n_digits: usize| mark.is_none() || n_digits == 3;
            match c {
                '0'..='9' => n_digits += 1,
                '-' | '−' | '+' if at == 0 => {}
                _ if is_behind_mark || mark.is_none() && matches!(c, 'e' | 'E' | '+' | '-') => {}
                _ if c == self.char() && is_whole(n_digits) => is_behind_mark = true,
                _ if self.may_group(c) && mark.unwrap_or(c) == c => {
                    let starts_with_0 = text.trim_start_matches(['-', '+']).starts_with('0');
                    let is_group = match (mark, n_digits) {
                        (None, n) => (1..=3).contains(&n),
                        (Some(_), n) => (n == 3 || n == 2 && c == ',') && n_within.unwrap_or(n) == n,
                    };
                    n_within = Some(n_digits).filter(|n| mark.is_some() || *n == 3);
                    if !is_group || starts_with_0 {
                        return None;
                    }
                    (mark, n_digits) = (Some(c), 0);
                    continue;
                }
                _ => return None,
            }
            text.push(match c {
                '−' if at == 0 => '-',
                '.' if self == Self::Comma => return None,
                c if c == self.char() && is_behind_mark => '.',
                c => c,
            });
        }
        (mark.is_none() || is_behind_mark || n_digits == 3).then_some(text)
    }

    /// Whether this may stand between groups of three digits.
    fn may_group(self, c: char) -> bool {
        matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') || c == self.other().char()
    }
}

/// A number, and the sign of a currency or of parts in a hundred that stood with it; empty without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity {
    pub x: f64,
    pub sign: &'static str,
}

/// Reads a number with or without such a sign, before or behind it.
pub(super) fn quantity(cell: &str, decimal: DecimalMark) -> Option<Quantity> {
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
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

/// Whether the digits of a number are grouped as in India: 1,23,456.
pub(super) fn has_groups_of_two(number: &str) -> bool {
    let mut groups = number.split(',').skip(1);
    groups.next().is_some_and(|group| group.len() == 2) && groups.next().is_some()
}

/// Whether a cell says that its value is not known.
pub(super) fn is_missing(cell: &str) -> bool {
    cell.len() <= 4 && MISSING.contains(&cell)
}

/// Whether a cell is a date or a time of day: 2024-05-31, 31.5.2024, 5/31/24, 10:30, or both.
pub(super) fn is_date(cell: &str) -> bool {
    let cell = cell.trim_end_matches('.');
    let n = |mark: u8| cell.bytes().filter(|byte| *byte == mark).count();
    let may_stand = |byte: u8| byte.is_ascii_digit() || b"-./: TZ".contains(&byte);
    let is_day = n(b'-') == 2 || n(b'/') == 2 || n(b'.') == 2;
    let starts_with_digit = cell.starts_with(|c: char| c.is_ascii_digit());
    starts_with_digit && cell.bytes().all(may_stand) && (is_day || (1..=2).contains(&n(b':')))
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
            (Point, "1,23,456", Some(123_456.0)),
            (Point, "-12,34,56,789.25", Some(-123_456_789.25)),
            (Point, "₹1,23,456", None),
            (Point, "123,45,678", None),
            (Point, "1,23,456,789", None),
            (Point, "1,234,56,789", None),
            (Point, "1,23", None),
            (Point, "1 23 456", None),
            (Point, "0,23,456", None),
            (Comma, "1.23.456", None),
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
            (Point, "₹ 1,23,456.00", Some((123_456.0, "₹"))),
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
        for text in ["2024", "1.5", "a-b-c", "1-2", "", "10:30:00:00", "a 1-1-1", "Ann 10:30"] {
            assert!(!is_date(text), "{text}");
        }
    }
}
