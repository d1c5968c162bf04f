//! In which language everything is said.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

/// A language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// English with accents and 40 % longer, for tests: text that is not said by `words` stands out by having none, and
    /// text that has no room for a longer language is cut.
    Pseudo,
}

impl Language {
    /// Its tag (BCP 47; `en-XA` is what Unicode's CLDR calls English with accents for tests).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Pseudo => "en-XA",
        }
    }

    /// The language of this tag, if it is one of them.
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::English, Self::Pseudo].into_iter().find(|language| language.tag() == tag)
    }
}

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
    static LASTING: RefCell<BTreeMap<&'static str, &'static str>> = const { RefCell::new(BTreeMap::new()) };
}

/// The language in which everything is said.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Says everything from now on in this language. To be called before anything is shown.
pub fn set_language(language: Language) {
    LANGUAGE.set(language);
}

/// Whether a count takes the form for one (Unicode, CLDR, "Language Plural Rules", `one` and `other` of English).
pub(super) fn is_one(n: usize) -> bool {
    n == 1
}

/// The characters before and behind what has a direction of its own (Unicode Standard Annex 9, 2.4: first strong
/// isolate, pop directional isolate).
pub(super) const ISOLATE: char = '\u{2068}';
pub(super) const END: char = '\u{2069}';

/// What is set into a sentence, apart from the direction in which the sentence is written. English, from left to right
/// as the numbers are, needs no marks.
pub(super) struct Inserted<'a>(pub(super) &'a dyn fmt::Display);

impl fmt::Display for Inserted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match language() {
            Language::English => self.0.fmt(f),
            Language::Pseudo => write!(f, "{ISOLATE}{}{END}", self.0),
        }
    }
}

/// A sentence in the language; what is inserted stays as it is. One function for all, which there are many of.
#[inline(never)]
pub(super) fn said(sentence: fmt::Arguments<'_>) -> String {
    let text = sentence.to_string();
    match language() {
        Language::English => text,
        Language::Pseudo => pseudo(&text),
    }
}

/// The same of a text that lasts; each is made once.
#[inline(never)]
pub(super) fn lasting(text: &'static str) -> &'static str {
    match language() {
        Language::English => text,
        Language::Pseudo => LASTING.with_borrow_mut(|made| {
            *made.entry(text).or_insert_with(|| Box::leak(pseudo(text).into_boxed_str()))
        }),
    }
}

/// Letters of which some have accents, but for what is inserted; every vowel twice, which makes a text about 40 %
/// longer.
fn pseudo(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(2 * text.len());
    for letter in text.chars() {
        match letter {
            ISOLATE => depth += 1,
            END => depth = depth.saturating_sub(1),
            _ => {}
        }
        match accented(letter).filter(|_| depth == 0) {
            Some((accented, times)) => out.extend(std::iter::repeat_n(accented, times)),
            None => out.push(letter),
        }
    }
    out
}

/// A letter with its accent, and how often it is to stand.
fn accented(letter: char) -> Option<(char, usize)> {
    Some(match letter {
        'a' => ('á', 2),
        'e' => ('é', 2),
        'i' => ('í', 2),
        'o' => ('ó', 2),
        'u' => ('ú', 2),
        'y' => ('ý', 2),
        'A' => ('Á', 1),
        'E' => ('É', 1),
        'I' => ('Í', 1),
        'O' => ('Ó', 1),
        'U' => ('Ú', 1),
        'c' => ('ç', 1),
        'n' => ('ñ', 1),
        's' => ('š', 1),
        'r' => ('ř', 1),
        't' => ('ţ', 1),
        'l' => ('ļ', 1),
        'd' => ('ď', 1),
        'h' => ('ĥ', 1),
        'm' => ('ḿ', 1),
        'p' => ('ṕ', 1),
        'w' => ('ŵ', 1),
        'f' => ('ƒ', 1),
        'g' => ('ğ', 1),
        'k' => ('ķ', 1),
        'b' => ('ƀ', 1),
        'v' => ('ṽ', 1),
        'x' => ('ẋ', 1),
        'z' => ('ž', 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    sentences! {
        /// Of a unit.
        fn of_unit(unit, x) => "The sum of {unit} is {x}.";
        /// A count.
        fn samples(n: count) => one "{n} sample", other "{n} samples";
        /// A name.
        fn steps() => "Steps";
    }

    #[test]
    fn english_is_what_is_written() {
        assert_eq!(of_unit(&"h₁", &-0.2), "The sum of h₁ is -0.2.");
        assert_eq!(samples(1), "1 sample");
        assert_eq!(samples(10_000), "10,000 samples");
        assert_eq!(steps(), "Steps");
    }

    #[test]
    fn the_test_language_changes_what_is_said_and_not_what_is_told() {
        set_language(Language::Pseudo);
        let [sentence, name, count] = [of_unit(&"hidden", &-0.2), steps().to_owned(), samples(2)];
        set_language(Language::English);
        assert_eq!(sentence, "Tĥéé šúúḿ óóƒ \u{2068}hidden\u{2069} ííš \u{2068}-0.2\u{2069}.");
        assert_eq!(name, "Sţééṕš");
        assert_eq!(count, "\u{2068}2\u{2069} šááḿṕļééš");
    }
}
