//! From text to a value.

use super::{Fault, Read, Value};
use crate::text::number;

/// Lists and objects inside each other: reading each takes room on the stack.
const MAX_DEPTH: usize = 128;
/// Keys of an object: each is compared with those before it.
const MAX_KEYS: usize = 256;

/// Reads a document.
///
/// # Errors
/// Where the text stops being JSON, or says a key twice.
pub fn parse(text: &str) -> Read<Value> {
    let mut parser = Parser { text, rest: text, depth: 0 };
    let value = parser.value()?;
    parser.skip_space();
    if parser.rest.is_empty() { Ok(value) } else { parser.stop("trailing characters") }
}

/// What has been read, and what comes next.
struct Parser<'a> {
    text: &'a str,
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn value(&mut self) -> Read<Value> {
        self.skip_space();
        match self.rest.as_bytes().first() {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("null") => Ok(Value::Null),
            _ if self.take("true") => Ok(Value::Flag(true)),
            _ if self.take("false") => Ok(Value::Flag(false)),
            _ => self.stop("expected a value"),
        }
    }

    fn list(&mut self) -> Read<Value> {
        let mut items = Vec::new();
        self.between("[", "]", &mut |parser| {
            items.push(parser.value()?);
            Ok(())
        })?;
        Ok(Value::List(items))
    }

    fn object(&mut self) -> Read<Value> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        self.between("{", "}", &mut |parser| {
            let key = parser.string()?;
            if entries.iter().any(|(earlier, _)| *earlier == key) {
                return parser.fault(format!("the key \"{key}\" stands twice"));
            }
            if entries.len() == MAX_KEYS {
                return parser.fault(format!("more than {MAX_KEYS} keys in an object"));
            }
            parser.skip_space();
            if !parser.take(":") {
                return parser.stop("expected `:`");
            }
            entries.push((key, parser.value()?));
            Ok(())
        })?;
        Ok(Value::Object(entries))
    }

    /// Items with commas between them, from `open` to `close`.
    fn between(&mut self, open: &str, close: &str, item: &mut dyn FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.take(open);
        self.depth += 1;
        if MAX_DEPTH < self.depth {
            return self.stop("recursion limit exceeded");
        }
        self.skip_space();
        let mut is_over = self.take(close);
        while !is_over {
            item(self)?;
            self.skip_space();
            is_over = self.take(close);
            if !is_over && !self.take(",") {
                return self.stop(&format!("expected `,` or `{close}`"));
            }
            self.skip_space();
            if !is_over && self.rest.starts_with(close) {
                return self.stop("trailing comma");
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn number(&mut self) -> Read<Value> {
        let is_part = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
        let text = self.rest.split_once(|c| !is_part(c)).map_or(self.rest, |(number, _)| number);
        if !is_number(text) {
            return self.stop("invalid number");
        }
        let value = match (text.parse(), number::parse(text)) {
            (Ok(count), _) => Value::Count(count),
            (_, Some(number)) if number.is_finite() => Value::Number(number),
            _ => return self.stop("number out of range"),
        };
        self.take(text);
        Ok(value)
    }

    fn string(&mut self) -> Read<String> {
        if !self.take("\"") {
            return self.stop("expected `\"`");
        }
        let mut text = String::new();
        loop {
            let is_special = |c: char| c == '"' || c == '\\' || c < ' ';
            let Some(end) = self.rest.find(is_special) else {
                self.rest = "";
                return self.stop("");
            };
            let (plain, rest) = self.rest.split_at(end);
            text.push_str(plain);
            self.rest = rest;
            if self.take("\"") {
                return Ok(text);
            }
            if !self.take("\\") {
                return self.stop("control character in a string");
            }
            match self.escaped() {
                Some(c) => text.push(c),
                None => return self.stop("invalid escape"),
            }
        }
    }

    /// The character that the letters after a `\` stand for.
    fn escaped(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = &self.rest[letter.len_utf8()..];
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.code_unit()?;
                match char::from_u32(first) {
                    Some(c) => c,
                    // Beyond 16 bits a character is two halves.
                    None if self.take("\\u") => {
                        let halves = [first as u16, self.code_unit()? as u16];
                        char::decode_utf16(halves).next()?.ok()?
                    }
                    None => return None,
                }
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u32> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
    }

    /// Takes `token` if it comes next.
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    /// The text is no JSON from here on.
    fn stop<T>(&self, problem: &str) -> Read<T> {
        let problem = if self.rest.is_empty() { "EOF, the text breaks off" } else { problem };
        self.fault(format!("not JSON: {problem}"))
    }

    fn fault<T>(&self, problem: String) -> Read<T> {
        let before = &self.text[..self.text.len() - self.rest.len()];
        let line = 1 + before.matches('\n').count();
        let column = 1 + before.chars().rev().take_while(|c| *c != '\n').count();
        Err(Fault::new("file", format!("{problem} at line {line} column {column}")))
    }
}

/// Whether `text` is a number as JSON writes them. Rust reads more: "+1", "01", ".5", "1.".
fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = cut(text, ['e', 'E']);
    let (whole, fraction) = cut(mantissa, ['.', '.']);
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.map(|digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    let is_whole = is_digits(whole) && (whole == "0" || !whole.starts_with('0'));
    is_whole && fraction.is_none_or(is_digits) && exponent.is_none_or(is_digits)
}

/// The parts before and after the first of `marks`.
fn cut(text: &str, marks: [char; 2]) -> (&str, Option<&str>) {
    text.split_once(marks).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::json::object;

    #[test]
    fn reads_every_kind_of_value() {
        for (text, value) in [
            ("null", Value::Null),
            (" true\n", Value::Flag(true)),
            ("false", Value::Flag(false)),
            ("0", Value::Count(0)),
            ("18446744073709551615", Value::Count(u64::MAX)),
            ("18446744073709551616", Value::Number(18_446_744_073_709_551_616.0)),
            ("-1", Value::Number(-1.0)),
            ("1.0", Value::Number(1.0)),
            ("-2.5e-3", Value::Number(-0.0025)),
            ("1E+2", Value::Number(100.0)),
            (r#""""#, "".into()),
            (r#""a\"\\\/\b\f\n\r\tπ""#, "a\"\\/\u{8}\u{c}\n\r\tπ".into()),
            (r#""\u00e9\ud83d\ude00""#, "é😀".into()),
            ("[]", Value::List(Vec::new())),
            ("[1,[2 , 3]]", Value::List(vec![Value::Count(1), [2_u64, 3].into_iter().collect()])),
            ("{ }", object(Vec::new())),
            (
                r#"{"b": 1, "a": {"c": ""}}"#,
                object(vec![("b", 1_u64.into()), ("a", object(vec![("c", "".into())]))]),
            ),
        ] {
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let numbers = [0.1, -0.0, 1e-300, 5e-324, f64::MAX, 1e16, 1.0 / 3.0, 123_456_789.0];
        let value = object(vec![
            ("numbers", numbers.as_slice().into()),
            ("text", "\u{1}\u{7f}\"\\\n\r\t/é😀".into()),
            ("empty", Value::List(Vec::new())),
            ("nested", Value::List(vec![object(vec![("count", u64::MAX.into())]), Value::Null])),
        ]);
        for text in [format!("{value}"), format!("{value:#}")] {
            assert_eq!(parse(&text), Ok(value.clone()), "{text}");
        }
    }

    #[test]
    fn a_fault_says_its_line_and_column() {
        for (text, problem) in [
            ("", "not JSON: EOF, the text breaks off at line 1 column 1"),
            ("[1,\n \"é\", x]", "not JSON: expected a value at line 2 column 7"),
            ("{\"a\": 1,\n\"a\": 2}", "the key \"a\" stands twice at line 2 column 4"),
            ("[1 2]", "not JSON: expected `,` or `]` at line 1 column 4"),
            ("{\"a\" 1}", "not JSON: expected `:` at line 1 column 6"),
            ("{a: 1}", "not JSON: expected `\"` at line 1 column 2"),
            ("[1] 2", "not JSON: trailing characters at line 1 column 5"),
            ("[1,]", "not JSON: trailing comma at line 1 column 4"),
            ("\"a\nb\"", "not JSON: control character in a string at line 1 column 3"),
        ] {
            assert_eq!(parse(text), Err(Fault::new("file", problem)), "{text}");
        }
        for text in ["+1", "01", ".5", "1.", "1e", "1e999", "-", "--1", "0x1", "1.e2", "nul", "tru", "NaN"] {
            assert!(parse(&format!("[{text}]")).is_err(), "{text}");
        }
        for text in [r"\x", r"\u12", r"\u+123", r"\ud800", r"\ud800\u0041", r"\udc00", r"\uéé"] {
            assert!(parse(&format!("\"{text}\"")).is_err(), "{text}");
        }
        let keys = (0..=MAX_KEYS).map(|k| format!("\"{k}\": 0"));
        let text = format!("{{{}}}", keys.collect::<Vec<_>>().join(","));
        assert!(parse(&text).is_err_and(|fault| fault.problem.starts_with("more than 256 keys")));
    }
}
