//! Of the phases of an update.

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
}
