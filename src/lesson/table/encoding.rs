//! The text of a file, however it is encoded: UTF-8, UTF-16 with its mark, or an “ANSI” of Windows, as spreadsheets
//! write where “CSV” is chosen without “UTF-8”.

use std::borrow::Cow;

use crate::words::table as words;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    #[default]
    Utf8,
    /// UTF-16, of either byte order.
    Utf16,
    /// Windows-1252, the “ANSI” of Western Europe.
    Windows1252,
    /// Windows-1250, the “ANSI” of Central Europe.
    Windows1250,
}

impl Encoding {
    /// Those between which no file tells: a byte above 127 is some character in either.
    pub const ANSI: [Self; 2] = [Self::Windows1252, Self::Windows1250];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => words::windows_1252(),
            Self::Windows1250 => words::windows_1250(),
        }
    }

    /// What bytes 0x80 to 0xFF are, of an encoding of one byte per character (Unicode Consortium, CP1252.TXT and
    /// CP1250.TXT); U+FFFD where they are nothing.
    fn high(self) -> Option<&'static str> {
        match self {
            Self::Utf8 | Self::Utf16 => None,
            Self::Windows1252 => Some(HIGH_1252),
            Self::Windows1250 => Some(HIGH_1250),
        }
    }
}

#[rustfmt::skip]
const HIGH_1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
#[rustfmt::skip]
const HIGH_1250: &str = "€\u{fffd}‚\u{fffd}„…†‡\u{fffd}‰Š‹ŚŤŽŹ\u{fffd}‘’“”•–—\u{fffd}™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";

/// Letters that languages have beside the Latin ones, in small, and the encoding of their texts. What two languages
/// could be is the first of them.
const LANGUAGES: [(&str, Encoding); 13] = [
    ("äöüß", Encoding::Windows1252),
    ("àâæçéèêëîïôœùûüÿ", Encoding::Windows1252),
    ("áéíñóúüªº", Encoding::Windows1252),
    ("àèéìòù", Encoding::Windows1252),
    ("åäöéæø", Encoding::Windows1252),
    ("áéíóöőúüű", Encoding::Windows1250),
    ("ąćęłńóśźż", Encoding::Windows1250),
    ("áčďéěíňóřšťúůýž", Encoding::Windows1250),
    ("áäčďéíĺľňóôŕšťúýž", Encoding::Windows1250),
    ("čćđšž", Encoding::Windows1250),
    ("ãáâàçéêíóôõúü", Encoding::Windows1252),
    ("áæéíðóúýþö", Encoding::Windows1252),
    ("ăâîşţ", Encoding::Windows1250),
];
/// So much of a file tells its language.
const TELLING_BYTES: usize = 100_000;

/// The bytes as UTF-8, by this encoding or else as they look. What is no text in any of the encodings stays as it is.
pub(super) fn as_utf8(bytes: &[u8], encoding: Option<Encoding>) -> (Cow<'_, [u8]>, Encoding) {
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        _ => None,
    };
    if let Some(text) = utf16 {
        return (Cow::Owned(text.into_bytes()), Encoding::Utf16);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (Cow::Borrowed(bytes), Encoding::Utf8);
    }
    let ansi = encoding.filter(|encoding| Encoding::ANSI.contains(encoding)).unwrap_or_else(|| ansi(bytes));
    match decoded(bytes, ansi) {
        Some(text) => (Cow::Owned(text.into_bytes()), ansi),
        None => (Cow::Borrowed(bytes), Encoding::Utf8),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// `None` where a byte is no character of a text.
fn decoded(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let high: Vec<char> = encoding.high()?.chars().collect();
    let read = |byte: &u8| match byte {
        b'\t' | b'\n' | b'\r' | b' '..=0x7E => Some(char::from(*byte)),
        0x80.. => Some(high[usize::from(byte - 0x80)]).filter(|c| *c != char::REPLACEMENT_CHARACTER),
        _ => None,
    };
    bytes.iter().map(read).collect()
}

/// The encoding in which the letters are those of one language, or nearly.
fn ansi(bytes: &[u8]) -> Encoding {
    let bytes = &bytes[..bytes.len().min(TELLING_BYTES)];
    let texts = Encoding::ANSI.map(|encoding| (encoding, decoded(bytes, encoding)));
    let strange = |(letters, encoding): &(&str, Encoding)| {
        let (_, text) = texts.iter().find(|(other, _)| other == encoding)?;
        Some(n_strange(text.as_deref()?, letters))
    };
    let told = LANGUAGES.iter().filter_map(|language| Some((strange(language)?, language.1)));
    told.min_by_key(|(n, _)| *n).map_or(Encoding::Windows1252, |(_, encoding)| encoding)
}

/// Letters that a language does not have, and signs within words.
fn n_strange(text: &str, letters: &str) -> usize {
    let nexts = text.chars().skip(1).chain([' ']);
    let is_strange = |(c, next): &(char, char)| {
        !c.is_ascii()
            && if c.is_alphabetic() { !has(letters, *c) } else { c.is_alphanumeric() && next.is_alphabetic() }
    };
    text.chars().zip(nexts).filter(is_strange).count()
}

fn has(letters: &str, c: char) -> bool {
    c.to_lowercase().all(|c| letters.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded() {
        let cases: [(&[u8], &str, Encoding); 11] = [
            ("größe;5 €".as_bytes(), "größe;5 €", Encoding::Utf8),
            (b"gr\xF6\xDFe;5 \x80", "größe;5 €", Encoding::Windows1252),
            (b"\xFF\xFEg\x00\xF6\x00;\x00\xAC\x20", "gö;€", Encoding::Utf16),
            (b"\xFE\xFF\x00g\x00\xF6\x00;\x20\xAC", "gö;€", Encoding::Utf16),
            (b"\xFF\xFE\x3D\xD8\x00\xDE", "😀", Encoding::Utf16),
            (b"\x91a\x92 \x96 \x9F", "‘a’ – Ÿ", Encoding::Windows1252),
            // Words as people write them, in the bytes that Python's codecs make of them.
            (b"h\xF5m\xE9rs\xE9klet;f\xFBt\xE9s", "hőmérséklet;fűtés", Encoding::Windows1250),
            (b"p\xB3e\xE6;wzrost;\x9Cwiat", "płeć;wzrost;świat", Encoding::Windows1250),
            (b"\xE8\xEDslo;m\xECsto;k\xF9\xF2", "číslo;město;kůň", Encoding::Windows1250),
            (b"temp\xE9rature;ao\xFBt;no\xEBl", "température;août;noël", Encoding::Windows1252),
            (b"informa\xE7\xF5es;S\xE3o", "informações;São", Encoding::Windows1252),
        ];
        for (bytes, text, encoding) in cases {
            let (read, found) = as_utf8(bytes, None);
            assert_eq!((std::str::from_utf8(&read), found), (Ok(text), encoding));
        }
    }

    #[test]
    fn what_a_reader_says_goes_before_what_it_looks_like() {
        let read = |encoding| as_utf8(b"f\xFBt\xE9s", Some(encoding));
        assert_eq!(&*read(Encoding::Windows1252).0, "fûtés".as_bytes());
        assert_eq!(&*read(Encoding::Windows1250).0, "fűtés".as_bytes());
        // But not of a text that is UTF-8.
        assert_eq!(as_utf8("ű".as_bytes(), Some(Encoding::Windows1252)).1, Encoding::Utf8);
    }

    #[test]
    fn what_is_no_text_stays_as_it_is() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\xFF"[..], b"a\x81\x01b", b"a,\0\xFF"] {
            let (read, found) = as_utf8(bytes, None);
            assert_eq!((&*read, found), (bytes, Encoding::Utf8));
        }
    }
}
