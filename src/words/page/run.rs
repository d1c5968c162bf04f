//! Of a run over many epochs.

sentences! {
    /// The button that learns.
    fn run() => "Run";
    /// The button that stops it.
    fn stop() => "Stop";
    /// How many epochs it learns, with the box for their number.
    fn so_many_epochs(number) => "{number} epochs";
    /// The name of that box.
    fn epochs() => "Epochs";
    /// What was typed into it is refused.
    fn epochs_accepted(most) => "The number of epochs to run must be a whole number from 1 to {most}.";
    /// How far a run is: two epochs.
    fn progress(epoch, until) => "{epoch} of {until}";

    /// How fast it runs, with the list box to choose it.
    fn at_pace(pace) => "at {pace}";
    /// The name of that list box.
    fn pace() => "Pace";
    /// A pace.
    fn epochs_per_second(n: count) => one "{n} epoch/s", other "{n} epochs/s";
    /// A pace.
    fn full_speed() => "full speed";

    /// The button of the settings.
    fn settings() => "Run settings";
    /// Its tip.
    fn settings_tip() => "When a run stops";
    /// A setting, with the box for the loss.
    fn stop_below(loss) => "stop when the loss is below {loss}";
    /// The name of that box.
    fn stop_below_name() => "Stop when the loss is below";
    /// What stands in it while it is empty.
    fn never() => "never";
    /// What was typed into it is refused.
    fn no_loss(typed) => "The loss to stop below cannot be “{typed}”: a number above 0 is accepted, or nothing. The old value stays.";
    /// A setting, with what counts as solved.
    fn stop_when_solved(goal) => "stop when solved: {goal}";
    /// What else is to be known.
    fn remark() => "The loss is the mean over the training samples. A run also stops after its number of epochs, and where it diverges.";

    /// What a listener hears of a run.
    fn progress_of_run() => "Progress of the run";
    /// A run has begun.
    fn running() => "Running";
    /// Where a run is: its epoch, the symbol of the loss and its value.
    fn at(epoch, symbol, loss) => "epoch {epoch}, {symbol} {loss}";
    /// The name of how fast it goes.
    fn rate() => "Rate";
    /// The name of why it has ended.
    fn end_of_run() => "End of the run";
}
