//! Of the card before the first step and while the network learns by itself, and of how much a listener hears.

sentences! {
    /// The heading before the first step of all.
    fn ready() => "Ready: the initial weights are in place";
    /// What to do there.
    fn step_forward() => "Step forward to follow the inputs through the network, one number at a time.";
    /// The heading before an epoch's first step.
    fn epoch(epoch) => "Epoch {epoch}: the new weights are in place";
    /// The heading before the first step of one batch of several.
    fn epoch_and_batch(epoch, batch, n_batches) => "Epoch {epoch}, batch {batch} of {n_batches}: the new weights are in place";
    /// What the new weights have brought.
    fn loss_is(loss, x) => "With them {loss} is {x}.";
    /// The same, of one batch of several.
    fn loss_of_batch_is(loss, x) => "With them {loss} of this batch’s samples is {x}.";
    /// What to do there.
    fn step_forward_to_see() => "Step forward to see how.";
    /// What to do there while steps ask first.
    fn step_forward_to_be_asked() => "Step forward: each step asks for its number first.";

    /// The heading while the network learns by itself.
    fn learns(epoch) => "Epoch {epoch}: the network learns";
    /// What to do then.
    fn stop_it() => "Stop it to follow the next update number by number.";

    /// An option: how much a listener hears.
    fn long() => "long: question, result, formula, reason";
    /// An option.
    fn short() => "short: the result";
}
