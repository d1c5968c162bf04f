//! Of the formula of a step for any network.

sentences! {
    /// The button that opens it, and its name.
    fn general_form() => "General form";
    /// A heading.
    fn for_any_network() => "For any network";
    /// A heading.
    fn with_indices() => "With the indices of this step";
    /// The name of the list of indices.
    fn indices() => "Indices";
    /// What an index is: its letter, its number in this step and what that means.
    fn index_is(letter, number, meaning) => "{letter} = {number}: {meaning}";
}
