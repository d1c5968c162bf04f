//! What is said of weights in the files of other programs.

pub mod files;
pub mod models;
pub mod tensors;

sentences! {
    /// What a row of a matrix may belong to, in PyTorch: z = W a.
    fn units_that_receive() => "units that receive (W a)";
    /// What a row of a matrix may belong to, in Keras: z = a W.
    fn units_that_send() => "units that send (a W)";

    /// Where a network is from: the name of a file, and what made it, one of these.
    fn source(file, kind) => "{file}, {kind}.";
    /// What made a file.
    fn backprop_builder_project() => "a project of Backprop Builder";
    /// What made a file.
    fn brain_js_network() => "a brain.js network";
    /// What made a file.
    fn json_matrices() => "matrices as JSON";
    /// What made a file.
    fn numpy_arrays() => "NumPy arrays";
    /// What made a file.
    fn numpy_array() => "a NumPy array, as the weights of one layer";
    /// What made a file.
    fn numpy_archive() => "a NumPy archive";
    /// What made a file.
    fn onnx_model() => "an ONNX model";
    /// What made a file.
    fn pytorch_state() => "a PyTorch state";
    /// What made a file.
    fn safetensors_file() => "a safetensors file";
    /// What made a file.
    fn scikit_learn_model() => "a scikit-learn model";
    /// What made a file.
    fn tensorflow_js_model() => "a TensorFlow.js model";

    /// A name in a list of names.
    fn quoted(name) => "“{name}”";

    /// A network that no lesson can have.
    fn too_many_layers(n, most) => "The network has {n} layers, at most {most} are accepted.";
    /// The same.
    fn more_layers_than(most) => "The network has more than {most} layers.";
    /// The same.
    fn too_many_parameters(n, most) => "The network has {n} weights and biases, at most {most} are accepted.";
    /// The same.
    fn too_many_inputs(n, most) => "The network has {n} inputs, at most {most} are accepted.";
    /// The same.
    fn too_many_units(n, most) => "The network has {n} units in a layer, at most {most} are accepted.";
    /// The same.
    fn too_many_inputs_or_outputs(inputs, outputs, most_inputs, most_outputs) => "The network would have {inputs} inputs and {outputs} outputs, at most {most_inputs} and {most_outputs} are accepted.";
    /// The same.
    fn layer_without_units() => "A layer has no units: each needs at least one.";
    /// A number of a layer that is too large.
    fn parameter_beyond(layer, number, most) => "A weight or bias of “{layer}” is {number}: numbers from −{most} to {most} are accepted.";
    /// A number of a layer that is none.
    fn parameter_not_finite(layer, most) => "A weight or bias of “{layer}” is no finite number: numbers from −{most} to {most} are accepted.";
    /// A layer that is not the last one.
    fn softmax_within(layer) => "“{layer}” has the activation softmax, which only the last layer can have here.";
    /// An output layer of one unit.
    fn softmax_of_one() => "Softmax shares out certainty among several outputs: the share of a single one is always 1.";

    /// What is to be chosen.
    fn choose_rows() => "Choose what a row of a matrix belongs to: the file does not say.";
    /// What is to be chosen.
    fn choose_output_activation() => "Choose the activation function of the output layer: the file does not say.";
    /// What is to be chosen.
    fn choose_hidden_activation() => "Choose the activation function of the hidden layers: the file does not say.";
}
