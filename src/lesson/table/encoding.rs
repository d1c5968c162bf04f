//! The text of a file, however it is encoded: UTF-8, UTF-16 with its mark, or Windows-1252, as spreadsheets write
//! where “CSV” is chosen without “UTF-8”.

use std::borrow::Cow;

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    #[default]
    Utf8,
    /// UTF-16, of either byte order.
    Utf16,
    /// Windows-1252, the Western European “ANSI”.
    Windows1252,
}

impl Encoding {
    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// What bytes 0x80 to 0x9F are in Windows-1252 (Unicode Consortium, CP1252.TXT); `None` where they are nothing. Those
/// above are what Unicode has at the same numbers.
const HIGH: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The bytes as UTF-8. What is no text in any of the encodings stays as it is.
pub(super) fn as_utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, Encoding) {
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
    match windows_1252(bytes) {
        Some(text) => (Cow::Owned(text.into_bytes()), Encoding::Windows1252),
        None => (Cow::Borrowed(bytes), Encoding::Utf8),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)]));
    char::decode_utf16(pairs).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// `None` where a byte is no character of a text.
fn windows_1252(bytes: &[u8]) -> Option<String> {
    let read = |byte: &u8| match byte {
        0x80..0xA0 => HIGH[usize::from(byte - 0x80)],
        b'\t' | b'\n' | b'\r' | b' '..=0x7E | 0xA0.. => Some(char::from(*byte)),
        _ => None,
    };
    bytes.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded() {
        let cases: [(&[u8], &str, Encoding); 6] = [
            ("größe;5 €".as_bytes(), "größe;5 €", Encoding::Utf8),
            (b"gr\xF6\xDFe;5 \x80", "größe;5 €", Encoding::Windows1252),
            (b"\xFF\xFEg\x00\xF6\x00;\x00\xAC\x20", "gö;€", Encoding::Utf16),
            (b"\xFE\xFF\x00g\x00\xF6\x00;\x20\xAC", "gö;€", Encoding::Utf16),
            (b"\xFF\xFE\x3D\xD8\x00\xDE", "😀", Encoding::Utf16),
            (b"\x91a\x92 \x96 \x9F", "‘a’ – Ÿ", Encoding::Windows1252),
        ];
        for (bytes, text, encoding) in cases {
            let (read, found) = as_utf8(bytes);
            assert_eq!((std::str::from_utf8(&read), found), (Ok(text), encoding));
        }
    }

    #[test]
    fn what_is_no_text_stays_as_it_is() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\xFF"[..], b"a\x81b", b"a,\0\xFF"] {
            let (read, found) = as_utf8(bytes);
            assert_eq!((&*read, found), (bytes, Encoding::Utf8));
        }
    }
}
