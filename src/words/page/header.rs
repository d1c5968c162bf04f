//! Of the header, and of the lessons that can be chosen there.

sentences! {
    /// The title of the browser's window.
    fn title(lesson) => "{lesson} – Chainrule";
    /// The list box.
    fn lesson() => "Lesson";
    /// In the list box, of a lesson without a title.
    fn untitled() => "Untitled lesson";
    /// A heading in it.
    fn small_networks() => "Small networks, number by number";
    /// A heading in it.
    fn with_a_guide() => "With a guide";
    /// A heading in it.
    fn larger_networks() => "Larger networks";
    /// A button.
    fn import() => "Import";
    /// Its tip.
    fn import_tip() => "A lesson, a table of samples (CSV), or the weights of another program";
    /// The name of what lets a file be chosen.
    fn lesson_file() => "Lesson file";
    /// A button.
    fn export() => "Export";
    /// Its tip.
    fn export_tip() => "The lesson with its weights, as a file";
    /// A button: to show the page to a hall.
    fn present() => "Present";
    /// Its tip, with its key.
    fn present_tip() => "Full screen, large type (P)";
    /// The button that takes a notice away.
    fn dismiss() => "Dismiss";
    /// The name of a dark screen, with its key.
    fn screen_is_dark() => "The screen is dark: B brings the page back";
    /// The tip of a border between cards.
    fn border_tip() => "Drag to resize, double-click to reset";
}
