//! Of the instant that is shown.

sentences! {
    /// The epoch.
    fn epoch_is(epoch) => "epoch {epoch}";
    /// Which sample.
    fn sample_of(sample, of) => "sample {sample} of {of}";
    /// A quantity whose step has not been reached.
    fn not_yet_of(symbol) => "{symbol} not yet";
    /// The same, of a number.
    fn not_yet() => "not yet";
    /// A button with a quantity's name.
    fn go_to_step_of(symbol) => "Go to the step of {symbol}";
}
