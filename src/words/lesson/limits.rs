//! What a lesson, its data or its file have that no lesson may have, and what is accepted.

sentences! {
    /// Of a file of any kind.
    fn file_too_large(bytes, most) => "The file has {bytes} bytes, at most {most} MB are accepted.";
    /// Of a link, a clause.
    fn number_beyond(most) => "a number beyond ±{most}";
    /// Of a file, a clause.
    fn too_many_bytes(n, most) => "{n} bytes, at most {most}";
    /// Counts of what a pass multiplies, a clause.
    fn too_many_products(samples, parameters, products, most) => "{samples} samples times {parameters} parameters are {products} products in a pass, at most {most}";
    /// The same of data that a network makes, a clause.
    fn too_many_teacher_products(samples, parameters, products, most) => "{samples} samples by a teacher network of {parameters} parameters are {products} products, at most {most}: take fewer samples or a smaller teacher";
    /// Of generated data.
    fn noise_range(noise, most) => "The noise cannot be {noise}: a number from 0 to {most} is accepted.";
    /// Of generated data.
    fn test_share_range(share, most) => "The test share cannot be {share}: a number from 0 to {most} is accepted.";
    /// Of generated data, by their name.
    fn hidden_layers_range(data, layers, units) => "The data {data} go with at most {layers} hidden layers of 1 to {units} units each.";

    /// Of generated data by their name, a clause.
    fn has_inputs(data, expected, inputs) => "{data} has {expected} inputs, the network {inputs}";
    /// Of generated data by their name, a clause.
    fn goes_with_inputs(data, most, inputs) => "{data} goes with 2 to {most} inputs, the network has {inputs}";
    /// Of generated data by their name, a clause.
    fn has_as_many_outputs(data, outputs, inputs) => "{data} has as many outputs as inputs, the network {outputs} and {inputs}";
    /// Of generated data by their name, a clause.
    fn goes_with_one_output(data, outputs) => "{data} goes with 1 output, the network has {outputs}";
    /// Of generated data by their name, a clause.
    fn goes_with_one_or_two_outputs(data, outputs) => "{data} goes with 1 or 2 outputs, the network has {outputs}";
}
