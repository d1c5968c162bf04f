//! Of the pages of a guide and of bookmarks in a lesson file: what is wrong with them, each a clause.

sentences! {
    /// A text that must not be.
    fn empty() => "empty";
    /// A text that is too long.
    fn too_long(n: count, most) => one "{n} character, at most {most}", other "{n} characters, at most {most}";
    /// A guide's first page has more than a text.
    fn first_page_has_settings() => "the first page is the lesson’s start and has a text only";
    /// An epoch that takes too long to come to.
    fn epoch_too_late(epoch, most) => "{epoch}, at most {most} of this network";
}
