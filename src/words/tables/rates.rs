//! Of the tab Learning rates: the loss by other rates.

sentences! {
    /// The name of the region.
    fn explorer() => "Learning-rate explorer";
    /// What the graph shows, with the symbols of loss and rate, which are places.
    fn loss_after_update(loss, rate) => "{loss} after this update by {rate}";
    /// The name of the list box of scales.
    fn axis_of_rates() => "Axis of the rates";
    /// Around the list box of numbers of epochs, which is a place.
    fn tried(epochs) => "tried {epochs} epochs";
    /// The name of that list box.
    fn epochs_on_trial() => "Epochs on trial";
    /// While the network learns.
    fn waits() => "Rates are tried when the run pauses.";

    /// The name of the handle on the graph.
    fn rate_on_the_curve() => "Learning rate on the curve";
    /// Where the handle is: a rate, and what the loss is by it.
    fn rate_gives(rate, loss, value) => "{rate}: {loss} {value}";

    /// The name of the strip.
    fn what_becomes() => "What becomes of the run";
    /// A cell of the strip: the initial of “converges”.
    fn initial_of_converges() => "C";
    /// A cell of the strip: the initial of “oscillates”.
    fn initial_of_oscillates() => "O";
    /// A cell of the strip: the initial of “diverges”.
    fn initial_of_diverges() => "D";
    /// A cell of the strip, for a listener: a rate and what becomes of the run.
    fn becomes(rate, outcome) => "{rate}: {outcome}";
    /// A cell of the strip, for a listener.
    fn is_not_yet_tried(rate) => "{rate}: not yet tried";
    /// What the strip is.
    fn strip_is(n: count) => one "The strip: what becomes of the run from these weights with that rate within {n} epoch.", other "The strip: what becomes of the run from these weights with that rate within {n} epochs.";
    /// What can become of a run, and what that means.
    fn outcome_means(outcome, meaning) => "{outcome}: {meaning}";

    /// The name of the table of numbers.
    fn in_numbers() => "Learning rate in numbers";
    /// A row.
    fn learning_rate(rate) => "learning rate {rate}";
    /// A row.
    fn before_update(loss) => "{loss} before the update";
    /// A row.
    fn after_by_first_order(loss) => "{loss} after it, by first order";
    /// A row.
    fn after(loss) => "{loss} after it";
    /// A row.
    fn lowest() => "lowest on this curve";
    /// A loss, and by which rate.
    fn at_rate(value, rate, of) => "{value} at {rate} = {of}";
    /// In place of what no number can hold.
    fn no_number() => "no number";
}
