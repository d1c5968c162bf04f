//! Of the guide of a lesson.

sentences! {
    /// Its name.
    fn guide() => "Guide";
    /// A button.
    fn back() => "Back in the guide";
    /// Its tip, with its key.
    fn back_tip() => "Back in the guide (Shift G)";
    /// A button.
    fn on() => "On in the guide";
    /// Its tip, with its key.
    fn on_tip() => "On in the guide (G)";
    /// Which page it is: "1 of 3". Only that is seen.
    fn page_is(place) => "Page {place}";
    /// Which of its pages.
    fn place(page, of) => "{page} of {of}";
    /// Why no page is shown.
    fn waits() => "The guide goes on once the step has told its number.";
}
