//! Of edits in a run: what has become of what.

sentences! {
    /// A number of this name.
    fn number(name, before, after) => "{name} {before} → {after}";
    /// The same, of a sample.
    fn number_of_sample(sample, name, before, after) => "sample {sample}: {name} {before} → {after}";
    /// The update order.
    fn simultaneous() => "update order → simultaneous";
    /// The update order.
    fn layer_by_layer() => "update order → layer by layer";
    /// A mistake on purpose, by its name.
    fn broken(mistake) => "broken: {mistake}";
    /// A mistake on purpose, by its name, that is made no more.
    fn mended(mistake) => "mended: {mistake}";
    /// The number of samples.
    fn samples(before, after) => "samples {before} → {after}";

    /// What a number of this name is now.
    fn number_now(name, after) => "{name} {after}";
    /// The same, of a sample.
    fn number_of_sample_now(sample, name, after) => "sample {sample}: {name} {after}";
    /// What the update order is now.
    fn simultaneous_now() => "update order simultaneous";
    /// What the update order is now.
    fn layer_by_layer_now() => "update order layer by layer";
    /// What the number of samples is now.
    fn samples_now(after) => "samples {after}";

    /// Changes, and how many there are beside.
    fn and_more(n: count, changes) => one "{changes} and {n} more", other "{changes} and {n} more";
    /// How many changes there are beside, as the last of a list.
    fn more(n: count) => one "{n} more", other "{n} more";
}
