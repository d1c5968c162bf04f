//! How many of something.

sentences! {
    /// Samples.
    fn samples(n: count) => one "{n} sample", other "{n} samples";
    /// Samples to learn from.
    fn training_samples(n: count) => one "{n} training sample", other "{n} training samples";
    /// Samples kept apart.
    fn test_samples(n: count) => one "{n} test sample", other "{n} test samples";
    /// Inputs.
    fn inputs(n: count) => one "{n} input", other "{n} inputs";
    /// Outputs.
    fn outputs(n: count) => one "{n} output", other "{n} outputs";
    /// Weights and biases.
    fn parameters(n: count) => one "{n} parameter", other "{n} parameters";
    /// Rows of a table.
    fn rows(n: count) => one "{n} row", other "{n} rows";
}
