//! Of every dialog.

sentences! {
    /// The button that closes it.
    fn close() => "Close";
    /// The button that closes it and does nothing.
    fn cancel() => "Cancel";
}
