//! Of the phases and samples of an update.

use crate::text::format;

sentences! {
    /// A phase, as a heading: from the inputs to the prediction.
    fn forward() => "Forward";
    /// A phase, as a heading: how wrong the prediction is.
    fn error() => "Error";
    /// A phase, as a heading: from the loss back to every derivative.
    fn backward() => "Backward";
    /// A phase, as a heading: the mean of the samples' derivatives.
    fn average() => "Average";
    /// A phase, as a heading: new weights.
    fn update() => "Update";

    /// A place of an update in a list: a layer's part of a phase.
    fn of_layer(phase, layer) => "{phase}, layer {layer}";
    /// A place of an update in a list: a sample's part of a phase.
    fn of_sample(phase, sample) => "{phase}, sample {sample}";
    /// A place of an update in a list: a layer's part of a phase, for a sample.
    fn of_layer_and_sample(phase, layer, sample) => "{phase}, layer {layer}, sample {sample}";

    /// A sample by its number among all of them.
    fn sample(number, all) => "sample {number} of {all}";
    /// The same with its place in the batch, an ordinal, among those of the batch.
    fn sample_at(number, all, place, n) => "sample {number} of {all}, {place} of {n} in the batch";
    /// Whose loss it is, a clause: of all samples.
    fn loss_is_over_all(n: count, loss) => one "{loss} is of the one sample", other "{loss} is the mean over all {n} samples";
    /// Whose loss it is, a clause: of a batch's samples.
    fn loss_is_over_batch(n: count, loss, batch, batches) => one "{loss} is of the sample of batch {batch} of {batches}", other "{loss} is the mean over the {n} samples of batch {batch} of {batches}";
}

/// [`sample_at`], all counted from 1.
pub fn sample_of_batch(number: usize, all: usize, place: usize, n: usize) -> String {
    sample_at(&number, &all, &format::ordinal(place), &n)
}
