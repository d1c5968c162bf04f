//! Of changes of the design: why one is not made, and what else has changed with it.

sentences! {
    /// A number that is not taken.
    fn units_cannot_be(n, least, most) => "The number of units of a layer cannot be {n}: a whole number from {least} to {most} is accepted. The old value stays.";
    /// A number that is not taken.
    fn inputs_cannot_be(n, least, most) => "The number of inputs cannot be {n}: a whole number from {least} to {most} is accepted. The old value stays.";
    /// A number that is not taken.
    fn samples_cannot_be(n, least, most) => "The number of samples cannot be {n}: a whole number from {least} to {most} is accepted. The old value stays.";
    /// A number that is not taken.
    fn batch_size_cannot_be(n, least, most) => "The batch size cannot be {n}: a whole number from {least} to {most} is accepted. The old value stays.";
    /// A layer that is not there.
    fn no_layer(layer, last) => "There is no layer {layer}: the network has layers 1 to {last}.";
    /// No layer is added.
    fn layers_full(n: count) => one "The network has {n} layer, the most that it can have.", other "The network has {n} layers, the most that it can have.";
    /// The last layer is not taken away.
    fn output_layer_stays() => "The output layer stays: it gives the prediction.";
    /// The number of outputs is not changed.
    fn data_say_outputs() => "The data say how many outputs there are: choose other data to change them.";
    /// The number of inputs is not changed.
    fn data_say_inputs() => "The data say how many inputs there are: choose other data to change them.";
    /// Numbers of an optimiser that are not taken; `most` is the largest learning rate.
    fn optimiser_numbers(most) => "The optimiser cannot have these numbers: a learning rate from 0 to {most}, shares of 0 or more and below 1, and ε above 0 and at most 1 are accepted.";
    /// A network that is too large.
    fn too_many_parameters(n, most) => "The network would have {n} weights and biases, at most {most}.";
    /// Data that are too many.
    fn too_many_numbers(n, most) => "So many samples would be {n} numbers, at most {most}.";
    /// What is too large, a clause.
    fn too_large(reason) => "{reason}: take fewer samples or a smaller network.";

    /// An activation function that is not taken.
    fn softmax_is_last() => "Softmax makes shares that add up to 1 of all outputs: it is for the last layer only.";
    /// An activation function and a loss that are not taken.
    fn softmax_is_of_several() => "Softmax and cross-entropy share out certainty among several outputs: the share of a single one is always 1. Sigmoid and binary cross-entropy are for one.";
    /// A loss that is not taken.
    fn loss_takes_shares(loss) => "The {loss} is for targets from 0 to 1, and these data have others.";
    /// What else has changed: the loss for the activation function, or the other way round.
    fn both_changed(loss, activation) => "The loss {loss} and {activation} outputs go together: both have changed.";
    /// What the activation function of the outputs cannot come to.
    fn out_of_reach(activation, least, most) => "Of {activation} outputs some targets are out of reach: they go from {least} to {most}.";
    /// What else has changed: the activation function of the outputs.
    fn linear_now(least, most, activation) => "The targets go from {least} to {most}, which {activation} outputs do not reach: they are linear now.";

    /// What a file of samples holds: its title, and how many of each.
    fn imported(title, training, test, inputs, outputs) => "{title}: {training}, {test}; {inputs}, {outputs}.";
    /// The outputs and the loss for answers that are a word each.
    fn predicts_words(activation, loss) => "One of several words is predicted: {activation} outputs, {loss}.";
    /// The outputs and the loss for answers that are yes or no.
    fn predicts_yes_or_no(activation, loss) => "Each output is a yes or no: {activation} outputs, {loss}.";
    /// The outputs and the loss for answers that are numbers.
    fn predicts_numbers(activation, loss) => "Numbers are predicted: {activation} outputs, {loss}.";
    /// What a network has got to learn imported data, a list.
    fn starts_anew(new) => "The network starts anew: {new}.";
    /// In that list.
    fn fresh_weights() => "fresh weights";
    /// In that list.
    fn hidden_layer(n: count, activation) => one "a hidden layer of {n} {activation} unit", other "a hidden layer of {n} {activation} units";
    /// In that list: the activation function of the only hidden layer.
    fn in_hidden_layer(activation) => "{activation} in the hidden layer";
    /// In that list: the activation function of all hidden layers.
    fn in_hidden_layers(activation) => "{activation} in the hidden layers";
    /// In that list.
    fn biases_everywhere() => "biases in every layer";
    /// In that list.
    fn biases_learn() => "biases that learn";
    /// How imported data are learned from.
    fn batches(size) => "Batches of {size}, shuffled each epoch.";
    /// Imported data that the browser's storage has no room for.
    fn not_kept() => "So many data are not kept over a reload of the page: export the lesson to keep it.";

    /// What a model file holds: its title, and the numbers of units.
    fn read_network(title, shape) => "{title}: {shape}.";
    /// What becomes of the samples where a model file is read.
    fn samples_stay() => "The samples stay those that were here.";
    /// What becomes of the samples where a model file is read.
    fn samples_do_not_fit() => "The samples do not fit: one of inputs 1 stands for them; type your own.";
}
