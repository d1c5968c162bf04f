//! What the page says: every sentence, name and label, apart from the code that decides which one is said. Each is a
//! function of what it tells; a second language is a second text beside each, and needs no change anywhere else.
//! Uses `text`.
//!
//! A sentence stands here whole: none is put together from halves, as other languages have another order, gender and
//! case. A plural is the language's (`one`, `other`), never an added "s". What is inserted, a number, a symbol or a
//! name, keeps its own direction of writing.

/// Defines what is said. Without anything to insert it is a `&'static str`; else a `String`, and what is inserted is
/// given by reference, as whatever can be shown. A count comes first, as `n: count`, and has a text for `one` and one
/// for `other`; it is written in groups of three digits.
///
/// ```ignore
/// sentences! {
///     /// The question of a weighted sum.
///     fn what_is_sum(unit) => "What is the weighted sum of {unit}?";
///     /// How many samples there are.
///     fn samples(n: count) => one "{n} sample", other "{n} samples";
///     /// The name of the bar.
///     fn steps_bar() => "Steps";
/// }
/// ```
macro_rules! sentences {
    () => {};
    ($(#[$doc:meta])* fn $name:ident() => $text:literal; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name() -> &'static str {
            $crate::words::language::lasting($text)
        }
        sentences! { $($rest)* }
    };
    ($(#[$doc:meta])* fn $name:ident($n:ident: count $(, $arg:ident)*) => one $one:literal, other $other:literal; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name($n: usize $(, $arg: &dyn std::fmt::Display)*) -> String {
            use $crate::words::language::{Inserted, is_one, said};
            $(let $arg = Inserted($arg);)*
            let is_one = is_one($n);
            let $n = $crate::text::format::count($n as u64);
            let $n = Inserted(&$n);
            if is_one { said(format_args!($one)) } else { said(format_args!($other)) }
        }
        sentences! { $($rest)* }
    };
    ($(#[$doc:meta])* fn $name:ident($($arg:ident),+) => $text:literal; $($rest:tt)*) => {
        $(#[$doc])*
        pub fn $name($($arg: &dyn std::fmt::Display),+) -> String {
            use $crate::words::language::{Inserted, said};
            $(let $arg = Inserted($arg);)+
            said(format_args!($text))
        }
        sentences! { $($rest)* }
    };
}

pub mod answer;
pub mod around;
pub mod counts;
pub mod depths;
pub mod derivation;
pub mod document;
pub mod glossary;
pub mod guide;
mod language;
pub mod latex_document;
pub mod lesson;
pub mod lists;
pub mod matrix_form;
pub mod mistakes;
pub mod moment;
pub mod names;
pub mod notation;
pub mod numpy;
pub mod page;
pub mod picture;
pub mod run;
pub mod session;
pub mod step;
pub mod table;
pub mod tables;
pub mod weights;

pub use language::{Language, language, set_language};

/// Sentences one after the other, but for those that are not said.
pub fn paragraph<'a>(sentences: impl IntoIterator<Item = &'a str>) -> String {
    let said: Vec<&str> = sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}
