//! Of drawings: charts, plots, and the cards that they stand on.

sentences! {
    /// A card's name within a sentence.
    fn network() => "network";
    /// A card's name within a sentence.
    fn derivation() => "derivation";
    /// A card's name within a sentence.
    fn loss_curve() => "loss curve";
    /// A card's name within a sentence.
    fn tables() => "tables";
    /// The name of a border that can be moved.
    fn border_of_network_and_derivation() => "Border between network and derivation";
    /// The name of a border that can be moved.
    fn border_of_network_and_curve() => "Border between network and loss curve";
    /// The name of a border that can be moved.
    fn border_of_derivation_and_tables() => "Border between derivation and tables";

    /// A scale of losses.
    fn linear() => "linear";
    /// A scale of losses.
    fn logarithmic() => "logarithmic";
    /// The title of the axis of epochs.
    fn epoch() => "epoch";
    /// What a logarithmic scale cannot show.
    fn zero_is_at(least) => "0 has no logarithm: it is drawn at the smallest loss above 0, {least}.";
    /// What a logarithmic scale cannot show.
    fn zeros_only() => "0 has no logarithm: choose the linear scale.";

    /// The losses at an epoch.
    fn at_epoch(epoch, losses) => "epoch {epoch}: {losses}";
    /// Among them that over the test set.
    fn of_test_set(loss) => "test set {loss}";
    /// Among them that of another run, by its name.
    fn of_run(run, loss) => "{run} {loss}";
    /// A chart of losses without one.
    fn nothing_yet(loss) => "{loss} per epoch: nothing yet";
    /// A chart of one loss.
    fn one_loss(loss, at, epoch) => "{loss} per epoch: {at} at epoch {epoch}";
    /// A chart of losses, from the first to the last.
    fn losses(loss, first, first_epoch, last, last_epoch) => "{loss} per epoch: from {first} at epoch {first_epoch} to {last} at epoch {last_epoch}";

    /// A chart of each layer's size of what `symbol` stands for.
    fn sizes(symbol, layers) => "{symbol} per epoch; {layers}";
    /// A layer in it: its size at its only epoch.
    fn one_size(layer, size, epoch) => "layer {layer}: {size} at epoch {epoch}";
    /// A layer in it: its first and its last size.
    fn two_sizes(layer, first, first_epoch, last, last_epoch) => "layer {layer}: {first} at epoch {first_epoch}, {last} at epoch {last_epoch}";

    /// A plot of what a unit of this name computes over the only input.
    fn over_input(n: count, unit, least, most) => one "{unit} over the input: from {least} to {most}, with {n} sample", other "{unit} over the input: from {least} to {most}, with {n} samples";
    /// The same over two inputs.
    fn over_plane(n: count, unit, least, most) => one "{unit} over the plane of the two inputs: from {least} to {most}, with {n} sample", other "{unit} over the plane of the two inputs: from {least} to {most}, with {n} samples";
}
