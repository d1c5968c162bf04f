//! Several names in one text.

use std::fmt::Display;

sentences! {
    /// A list with one item more.
    fn one_more(list, item) => "{list}, {item}";
    /// The same of items that have commas of their own.
    fn one_more_apart(list, item) => "{list}; {item}";
}

/// "a, b, c".
pub fn listed<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, |list, item| one_more(list, item))
}

/// "a; b; c", of items that have commas of their own.
pub fn listed_apart<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, |list, item| one_more_apart(list, item))
}

fn joined<T: Display>(
    items: impl IntoIterator<Item = T>,
    one_more: impl Fn(&dyn Display, &dyn Display) -> String,
) -> String {
    let items = items.into_iter().map(|item| item.to_string());
    items.reduce(|list, item| one_more(&list, &item)).unwrap_or_default()
}
