//! What each index of a step's formula for any network is, after its letter and value: "l = 1: the layer: …".

sentences! {
    /// l, of a network with hidden layers.
    fn output_layer() => "the layer: the output layer";
    /// l, of a network without; `inputs` is the number of the layer before.
    fn output_layer_after_inputs(inputs) => "the layer: the output layer; layer {inputs} is the inputs";
    /// l; `inputs` is the number of the layer before.
    fn first_hidden_layer(inputs) => "the layer: the first hidden layer; layer {inputs} is the inputs";
    /// l; `ordinal` is "2nd".
    fn hidden_layer(ordinal) => "the layer: the {ordinal} hidden layer";

    /// i, where units are numbered through the network.
    fn unit(name) => "the unit: {name}";
    /// i, where they are numbered in each layer.
    fn unit_in_layer(name) => "the unit in that layer: {name}";
    /// j of a weight.
    fn sender(name) => "the unit before it, from which the weight comes: {name}";

    /// j of a sum.
    fn over_units_before(names) => "runs over the units before it: {names}";
    /// k of a sum.
    fn over_units_behind(names) => "runs over the units of the next layer: {names}";
    /// k of a sum.
    fn over_outputs(names) => "runs over the outputs: {names}";
    /// s of a sum.
    fn over_samples(n: count) => one "runs over the m = {n} sample of the batch", other "runs over the m = {n} samples of the batch";

    /// The names of two units.
    fn both(first, second) => "{first} and {second}";
    /// Those of more.
    fn from_to(first, last) => "{first} to {last}";
}
