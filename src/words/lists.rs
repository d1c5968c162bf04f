//! Several names in one text.

sentences! {
    /// A list with one item more.
    fn one_more(list, item) => "{list}, {item}";
    /// The same of items that have commas of their own.
    fn one_more_apart(list, item) => "{list}; {item}";
}

/// "a, b, c".
pub fn listed(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().reduce(|list, item| one_more(&list, &item)).unwrap_or_default()
}

/// "a; b; c", of items that have commas of their own.
pub fn listed_apart(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().reduce(|list, item| one_more_apart(&list, &item)).unwrap_or_default()
}
