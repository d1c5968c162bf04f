//! Of a link to the moment that is shown.

sentences! {
    /// The button.
    fn share() => "Share";
    /// Its tip, with its key.
    fn share_tip() => "A link to this moment (S)";
    /// The heading.
    fn share_this_moment() => "Share this moment";
    /// Why there is no link.
    fn too_many_numbers() => "This lesson has too many numbers for a link. The file holds all of them.";
    /// A button.
    fn export() => "Export the lesson as a file";
    /// The name of the box with the link.
    fn link() => "Link";
    /// The button that copies it.
    fn copy() => "Copy";
    /// The name of the picture of the link.
    fn qr_code() => "QR code of the link";
    /// What the link opens.
    fn opens_step() => "It opens the page at this step, with these weights, settings and this view.";
    /// What the link opens, and what it leaves out.
    fn opens_lesson_without(parts) => "It opens the page at this lesson. Without: {parts}.";
}
