//! What is wrong with a document, and what is accepted: a clause behind the name of a place and a colon, without a full
//! stop.

pub mod items;

use std::fmt;

use super::lists::listed;
use crate::text::fault::{Fault, Kind, Problem};
use crate::text::format::count;

sentences! {
    /// The name of the place that is the whole of a document.
    fn whole() => "file";
    /// A place in a document, and what is wrong there.
    fn at(place, problem) => "{place}: {problem}";

    /// Of a document that ends too early.
    fn breaks_off(line, column) => "not JSON: EOF, the text breaks off at line {line} column {column}";
    /// Of a document, and what its reader says of it.
    fn not_json(error) => "not JSON: {error}";
    /// Of the characters of a link.
    fn damaged() => "some of its characters are missing or others than they were";
    /// Of a key that is needed.
    fn missing() => "missing";
    /// Of a key.
    fn key_twice(key, line, column) => "the key \"{key}\" stands twice at line {line} column {column}";
    /// Of a key, where no other may stand.
    fn key_expected(key) => "unknown key, expected {key}";
    /// Of a key, where one of two others may stand.
    fn one_of_two_keys_expected(one, other) => "unknown key, expected {one} or {other}";
    /// Of a key, with the list of those that may stand there.
    fn one_of_keys_expected(keys) => "unknown key, expected one of {keys}";
    /// Of a word, where one of two others may stand.
    fn one_of_two_words_expected(word, one, other) => "\"{word}\", expected `{one}` or `{other}`";
    /// Of a word, with the list of those that may stand there.
    fn one_of_words_expected(word, words) => "\"{word}\", expected one of {words}";
    /// A word in that list.
    fn word(word) => "`{word}`";
    /// Of a value: its kind, and the one that is expected.
    fn kind_expected(found, expected) => "{found}, expected {expected}";
    /// Of a list: so many items.
    fn at_most(items, most) => "{items}, at most {most}";
    /// Of a list: so many items.
    fn one_to_expected(items, most) => "{items}, expected 1 to {most}";
    /// Of a list: so many items.
    fn exactly_expected(items, n) => "{items}, expected {n}";

    /// A kind of value.
    fn true_or_false() => "true or false";
    /// A kind of value.
    fn number() => "a number";
    /// A kind of value.
    fn whole_number() => "a whole number, 0 or more";
    /// A kind of value.
    fn text() => "text";
    /// A kind of value.
    fn list() => "a list";
    /// A kind of value: keys with values.
    fn object() => "an object";
}

impl From<Problem> for String {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::BreaksOff(line, column) => breaks_off(&line, &column),
            Problem::NotJson(error) => not_json(&error),
            Problem::Damaged => damaged().to_owned(),
            Problem::Missing => missing().to_owned(),
            Problem::KeyTwice(key, line, column) => key_twice(&key, &line, &column),
            Problem::UnknownKey(keys) => match &keys[..] {
                [key] => key_expected(key),
                [one, other] => one_of_two_keys_expected(one, other),
                _ => one_of_keys_expected(&listed(keys)),
            },
            Problem::UnknownWord(found, words) => match &words[..] {
                [one, other] => one_of_two_words_expected(&found, one, other),
                _ => one_of_words_expected(&found, &listed(words.iter().map(|known| word(known)))),
            },
            Problem::OtherKind(found, expected) => kind_expected(&kind(&found), &kind(&expected)),
            Problem::AtMost(items, most) => at_most(&items, &count(most as u64)),
            Problem::OneTo(items, most) => one_to_expected(&items, &count(most as u64)),
            Problem::Exactly(items, n) => exactly_expected(&items, &count(n as u64)),
        }
    }
}

fn kind(kind: &Kind) -> &str {
    match kind {
        Kind::Truth => true_or_false(),
        Kind::Number => number(),
        Kind::Whole => whole_number(),
        Kind::Text => text(),
        Kind::List => list(),
        Kind::Object => object(),
        Kind::Other(said) => said,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of keys come from the file: one fault stays one line.
        let one_line = |text: &str| text.replace(char::is_control, " ");
        let place = if self.place() == Self::WHOLE { whole() } else { self.place() };
        f.write_str(&at(&one_line(place), &one_line(&self.problem)))
    }
}
