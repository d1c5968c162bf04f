//! Sentences with something of the page in them, as a field, a list box or a name in its colour: where it belongs a
//! `Place` is inserted, and the page puts its own there (`page::parts::around`).

use super::language::{END, ISOLATE};
use std::fmt::{self, Write};

/// The first of the characters that mark places, and how many there are (Unicode Standard 23.7: noncharacters, for
/// use within a program).
const FIRST: u32 = 0xFDD0;
const N: u32 = 32;

/// Where the `k`-th thing of the page, from 0, stands in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place(pub u8);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        char::from_u32(FIRST + u32::from(self.0)).map_or(Ok(()), |mark| f.write_char(mark))
    }
}

/// A piece of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// Words, as they stand.
    Words(&'a str),
    /// A place of this number.
    Place(usize),
}

/// A sentence, cut at its places.
pub fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some((at, mark, k)) = rest.char_indices().find_map(|(at, c)| Some((at, c, place(c)?))) {
        let (before, after) = (&rest[..at], &rest[at + mark.len_utf8()..]);
        // The page's own elements keep their direction by themselves.
        found.push(Piece::Words(before.strip_suffix(ISOLATE).unwrap_or(before)));
        found.push(Piece::Place(k));
        rest = after.strip_prefix(END).unwrap_or(after);
    }
    found.push(Piece::Words(rest));
    found.retain(|piece| *piece != Piece::Words(""));
    found
}

/// The number of the place that a character marks.
fn place(c: char) -> Option<usize> {
    let k = u32::from(c).checked_sub(FIRST).filter(|k| *k < N)?;
    usize::try_from(k).ok()
}

#[cfg(test)]
mod tests {
    use super::Piece::{Place as At, Words};
    use super::*;
    use crate::words::{Language, set_language};

    sentences! {
        /// With two list boxes.
        fn along(loss, one, other) => "{loss} along {one} and {other}";
    }

    #[test]
    fn a_sentence_is_cut_at_its_places() {
        let sentence = along(&"E", &Place(0), &Place(1));
        assert_eq!(pieces(&sentence), [Words("E along "), At(0), Words(" and "), At(1)]);
        assert_eq!(pieces("none"), [Words("none")]);
        assert_eq!(pieces(&format!("{}first", Place(2))), [At(2), Words("first")]);
    }

    #[test]
    fn a_place_needs_no_marks_of_its_direction() {
        set_language(Language::Pseudo);
        let sentence = along(&"E", &Place(1), &Place(0));
        set_language(Language::English);
        assert_eq!(pieces(&sentence), [Words("\u{2068}E\u{2069} ááļóóñğ "), At(1), Words(" ááñď "), At(0)]);
    }
}
