//! Of the places where one can go at once.

sentences! {
    /// The button and the heading.
    fn go_to() => "Go to";
    /// The tip of the button, with its key.
    fn go_to_tip() => "Go to a bookmark, a phase, a sample (M)";
    /// A heading.
    fn bookmarks() => "Bookmarks";
    /// Of the button that takes a bookmark away.
    fn remove_bookmark(name) => "Remove “{name}”";
    /// The tip of that button.
    fn remove() => "Remove";
    /// A heading: the phases of the update.
    fn this_update() => "This update";
    /// A heading.
    fn samples() => "Samples";
    /// The box for the name of a new bookmark.
    fn this_moment_as() => "This moment as";
    /// The button that makes it.
    fn add() => "Add";
    /// What a bookmark holds.
    fn what_it_holds() => "With the epoch, the step and what is open, in the lesson’s file and in a link. While presenting, 1 to 9 go to the first nine.";
}
