//! Of weights of another program that are being opened.

sentences! {
    /// The name of what lets a file be chosen.
    fn weights_file() => "Weights file";
    /// The heading.
    fn open_weights() => "Open weights";
    /// The button that makes them the lesson's network.
    fn open() => "Open";
    /// The name of what says what will become of them.
    fn what_will_be_opened() => "What will be opened";
    /// The sizes of the layers, and how many numbers there are.
    fn weights_and_biases(n: count, sizes) => one "{sizes}, {n} weight.", other "{sizes}, {n} weights and biases.";

    /// The name of what scrolls.
    fn layers() => "Layers";
    /// The name of the table.
    fn layers_of_file() => "Layers of the file";
    /// The head of a column.
    fn layer() => "layer";
    /// The head of a column: the name that the file has for them.
    fn weights() => "weights";
    /// The head of a column.
    fn rows_and_columns() => "rows × columns";
    /// The head of a column: how many.
    fn biases() => "biases";
    /// The head of a column: how many.
    fn units() => "units";
    /// The head of a column.
    fn activation() => "activation";
    /// A layer.
    fn output() => "output";
    /// A layer.
    fn hidden(layer) => "hidden {layer}";
    /// Of biases.
    fn none() => "none";

    /// What stands before the questions.
    fn file_does_not_say() => "The file does not say:";
    /// Whether a row of weights is of what sends or of what receives, with the list box to choose it.
    fn rows_belong_to(what) => "rows belong to {what}";
    /// The name of that list box.
    fn what_a_row_belongs_to() => "What a row belongs to";
    /// The activation, with the list box to choose it.
    fn hidden_layers(activation) => "hidden layers {activation}";
    /// The name of that list box.
    fn activation_of_hidden() => "Activation of the hidden layers";
    /// The activation, with the list box to choose it.
    fn output_layer(activation) => "output {activation}";
    /// The name of that list box.
    fn activation_of_output() => "Activation of the output layer";
    /// In a list box of which nothing is chosen.
    fn choose() => "choose";
}
