//! What a reader of an update's NumPy lines is told: comments, each in one line, and what is printed, without quotes.

sentences! {
    /// Why there are no lines.
    fn too_many_numbers(n: count, most) => one "This update has {n} number to be written out; NumPy lines are made of at most {most}.", other "This update has {n} numbers to be written out; NumPy lines are made of at most {most}.";

    /// The heading, of an epoch with one update.
    fn epoch(title, epoch) => "{title}, epoch {epoch}";
    /// The heading, of an epoch with several.
    fn batch(title, epoch, batch, of) => "{title}, epoch {epoch}, batch {batch} of {of}";
    /// How the arrays lie.
    fn rows_receive() => "A row of W for each receiving unit; a sample is a column.";
    /// How the arrays lie.
    fn rows_send() => "A row of W for each sending unit; a sample is a column.";
    /// How the arrays lie.
    fn row_vectors() => "A row of W for each sending unit; a sample is a row.";

    /// Of m = 4.
    fn samples() => "samples";
    /// Of eta = 0.5.
    fn learning_rate() => "learning rate";
    /// Of t = 1.
    fn number_of_update() => "number of the update";
    /// Of softmax.
    fn no_power_overflows() => "no power overflows";

    /// A heading.
    fn forward() => "Forward";
    /// A heading.
    fn error_of_sample() => "Error, of the sample";
    /// A heading.
    fn mean_error() => "Error, the mean over the samples";
    /// The error in a form that is better known, of what is written in Python.
    fn minus_mean_of(product) => "-mean of {product}";
    /// The error in a form that is better known, of what is written in Python.
    fn minus_sum_of(product) => "-sum of {product}";
    /// A heading.
    fn backward() => "Backward";
    /// A heading.
    fn layer_by_layer() => "Backward and update, layer by layer: the layers before see the new weights";
    /// A heading.
    fn derivatives() => "Derivatives";
    /// A heading.
    fn mean_derivatives() => "Derivatives: the mean over the samples";
    /// A heading.
    fn sums_of_derivatives() => "Derivatives: the sum over the samples";
    /// A heading.
    fn update() => "Update";

    /// What is printed before the new numbers of W1 or b1.
    fn new(parameter) => "new {parameter} =";
}
