//! What the lists of documents are made of.

sentences! {
    /// Numbers.
    fn numbers(n: count) => one "{n} number", other "{n} numbers";
    /// A kind of value.
    fn list_of_numbers() => "a list of numbers";
    /// Names of inputs or units.
    fn names(n: count) => one "{n} name", other "{n} names";
    /// A kind of value.
    fn list_of_names() => "a list of names";
    /// What is computed wrong on purpose.
    fn mistakes(n: count) => one "{n} mistake", other "{n} mistakes";
    /// A kind of value.
    fn list_of_mistakes() => "a list of mistakes";
    /// A kind of value, of rows of numbers.
    fn list_of_rows() => "a list of rows";
    /// Layers of a network.
    fn layers(n: count) => one "{n} layer", other "{n} layers";
    /// A kind of value.
    fn list_of_layers() => "a list of layers";
    /// Layers of a network before the output.
    fn hidden_layers(n: count) => one "{n} hidden layer", other "{n} hidden layers";
    /// A kind of value.
    fn list_of_hidden_layers() => "a list of hidden layers";
    /// Pages of a guide.
    fn pages(n: count) => one "{n} page", other "{n} pages";
    /// A kind of value.
    fn list_of_pages() => "a list of pages";
    /// What can be opened of the page.
    fn views(n: count) => one "{n} view", other "{n} views";
    /// A kind of value.
    fn list_of_views() => "a list of views";
    /// Moments of a lesson under names.
    fn bookmarks(n: count) => one "{n} bookmark", other "{n} bookmarks";
    /// A kind of value.
    fn list_of_bookmarks() => "a list of bookmarks";
    /// What is changed of a notation.
    fn changes(n: count) => one "{n} change", other "{n} changes";
    /// A kind of value.
    fn list_of_changes() => "a list of changes";
}
