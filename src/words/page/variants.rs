//! Of an update as others make it.

sentences! {
    /// The button that opens it.
    fn variants() => "Variants";
    /// Its name.
    fn in_books() => "In books and frameworks";
    /// What the table shows.
    fn what_others_make() => "What others make of the same derivatives, with the numbers set here.";
    /// The name of the table.
    fn update_in_books() => "The update in books and frameworks";
    /// The head of its column of books and frameworks.
    fn as_in() => "as in";
    /// The head of a column: the new weight after the learning rate has been halved.
    fn with_half_rate(rate) => "with {rate}/2 from now";
}
