//! Of the tab Data: the samples, and how the network learns from them.

sentences! {
    /// The name of the table.
    fn samples() => "Samples";
    /// A heading: the number of a sample.
    fn sample_heading() => "sample";
    /// A heading: inputs without a column of their own.
    fn more_inputs(n: count) => one "{n} more input", other "{n} more inputs";
    /// A heading: outputs without a column of their own.
    fn more_outputs(n: count) => one "{n} more output", other "{n} more outputs";
    /// A heading: the number of a sample’s batch.
    fn batch_heading() => "batch";
    /// A heading, of a column of buttons.
    fn remove_heading() => "remove";
    /// A button.
    fn add_sample() => "Add sample";
    /// What the table leaves out.
    fn more_in_test_set(n: count) => one "{n} more in the test set", other "{n} more in the test set";

    /// A sample by its number, which may be a place.
    fn sample(number) => "sample {number}";
    /// A field: an input or a target of a sample.
    fn of_sample(symbol, number) => "{symbol} of sample {number}";
    /// A button.
    fn go_to_sample(number) => "Go to sample {number}";
    /// A button.
    fn remove_sample(number) => "Remove sample {number}";

    /// In place of the derivatives, as long as none is chosen.
    fn point_at_a_weight() => "Point at a weight, or step to its derivative, to compare the samples’ derivatives with their mean.";
    /// The caption of a derivative’s values, with its symbol, which is a place.
    fn by_sample(derivative) => "{derivative} by sample";
    /// A row: samples that are left out.
    fn more_samples(n: count) => one "{n} more", other "{n} more";
    /// A row: the mean of the samples.
    fn mean() => "mean";

    /// A name before its value.
    fn batch() => "Batch";
    /// A name before its value.
    fn loss() => "Loss";
    /// A name before its value.
    fn optimiser() => "Optimiser";
    /// A name before its value.
    fn update_order() => "Update order";
    /// An update order.
    fn simultaneous() => "simultaneous";
    /// An update order.
    fn layer_by_layer() => "layer by layer";
    /// What the update orders are.
    fn says_update_order() => "Simultaneous: every derivative is taken at the old weights. Layer by layer: the layers before already see the output layer’s new weights, a known mistake of some published examples.";
    /// The batch: all samples.
    fn batch_of_all(n: count) => one "the one sample: one update per epoch", other "all {n} samples: one update per epoch";
    /// The batch: all samples, which are two.
    fn batch_of_both() => "both samples: one update per epoch";
    /// The batch is one sample; the number of updates.
    fn batch_of_one(n: count) => one "one sample at a time: {n} update per epoch", other "one sample at a time: {n} updates per epoch";
    /// The batch is `size` samples of `all`; the number of updates.
    fn batch_of_some(n: count, size, all) => one "{size} of {all} samples: {n} update per epoch", other "{size} of {all} samples: {n} updates per epoch";
    /// A loss function, where a batch has several samples.
    fn mean_of_the_batch(loss) => "{loss}, mean of the batch";
}
