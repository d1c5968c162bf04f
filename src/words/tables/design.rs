//! Of the tab Design: layers, learning, start weights and data.

sentences! {
    /// A notice: a number field of this name takes no such number.
    fn takes_whole_numbers(name, number) => "{name} cannot be {number}: a whole number is accepted. The old value stays.";
    /// A notice: a number field of this name takes no such number.
    fn takes_numbers_to(name, number, most) => "{name} cannot be {number}: a number from 0 to {most} is accepted. The old value stays.";
    /// What a list box shows that none of its options holds.
    fn as_given() => "as given";

    /// The name of the table.
    fn layers() => "Layers";
    /// A heading: how many.
    fn units() => "units";
    /// A heading: the activation function.
    fn activation() => "activation";
    /// A heading: whether there are some.
    fn biases() => "biases";
    /// A heading, of a column of buttons.
    fn change() => "change";
    /// A row.
    fn inputs() => "inputs";
    /// A row: the last layer.
    fn output() => "output";
    /// A row: a hidden layer by its number.
    fn hidden(layer) => "hidden {layer}";
    /// The caption of the table.
    fn weights_and_biases(n: count) => one "{n} weights and biases", other "{n} weights and biases";
    /// A number field.
    fn units_of_layer(layer) => "Units of layer {layer}";
    /// A list box.
    fn activation_of_layer(layer) => "Activation of layer {layer}";
    /// A switch.
    fn biases_of_layer(layer) => "Biases of layer {layer}";
    /// A button.
    fn add_before_layer(layer) => "Add a layer before layer {layer}";
    /// What it does.
    fn add_before_this() => "Add a layer before this one";
    /// A button.
    fn remove_layer(layer) => "Remove layer {layer}";
    /// What it does.
    fn remove_this() => "Remove this layer";

    /// The name of a group.
    fn learning() => "Learning";
    /// A list box, which is a place.
    fn loss(losses) => "loss {losses}";
    /// The name of that field or list box.
    fn loss_function() => "Loss function";
    /// A list box, which is a place.
    fn optimiser(optimisers) => "optimiser {optimisers}";
    /// A number field, which is a place, and how many samples there are.
    fn batch_size_of(n: count, field) => one "batch size {field} of {n} samples", other "batch size {field} of {n} samples";
    /// The name of that field or list box.
    fn batch_size() => "Batch size";
    /// A switch, which is a place.
    fn shuffle(switch) => "{switch} shuffle each epoch";
    /// A number field, which is a place: what random numbers start from.
    fn seed(field) => "seed {field}";
    /// The name of one of them.
    fn shuffle_seed() => "Shuffle seed";
    /// The name of one of them.
    fn start_seed() => "Seed";
    /// The name of one of them.
    fn data_seed() => "Data seed";

    /// The name of a group.
    fn start_weights() => "Start weights";
    /// A list box: how start weights are drawn.
    fn scheme() => "Scheme";
    /// A number field: what they are multiplied by.
    fn scale() => "Scale";
    /// A button.
    fn sample_new_weights() => "Sample new weights";
    /// A button: the same with the next seed.
    fn draw_again() => "Draw again";
    /// For what the choice holds.
    fn for_all_layers() => "For all layers, and for the units and layers that are added from now on.";
    /// A button.
    fn open_weights() => "Open weights…";
    /// The same, a place, and of which programs.
    fn open_weights_of(button) => "{button} of PyTorch, Keras, scikit-learn, NumPy, …";
    /// Buttons of formats, which are a place.
    fn save_them_as(buttons) => "save them as {buttons}";
    /// One of them, as a listener hears it.
    fn save_the_weights_as(format) => "Save the weights as {format}";

    /// The name of a group, and of its list box.
    fn data() => "Data";
    /// How many samples there are: two names with their numbers.
    fn samples_and(training, test) => "{training}, {test}";
    /// A button.
    fn import_csv() => "Import CSV…";
    /// The same, a place, and other ways.
    fn import_csv_or(button) => "{button} or drop or paste a table on the page";
    /// A number field, which is a place: inputs of 0 and 1.
    fn n_bits(field) => "bits {field}";
    /// A number field, which is a place.
    fn n_inputs(field) => "inputs {field}";
    /// The name of that field or list box.
    fn number_of_inputs() => "Number of inputs";
    /// Two number fields, which are places, of the network that makes the data.
    fn teacher(layers, units) => "its hidden layers {layers} of {units} units";
    /// The name of one of them.
    fn layers_of_teacher() => "Hidden layers of the teacher";
    /// The name of one of them.
    fn units_of_teacher() => "Units of the teacher’s layers";
    /// A number field, which is a place.
    fn n_samples(field) => "samples {field}";
    /// The name of that field or list box.
    fn samples() => "Samples";
    /// A number field, which is a place.
    fn noise(field) => "noise {field}";
    /// The name of that field or list box.
    fn name_of_noise() => "Noise";
    /// A number field, which is a place: how much of the data is kept apart.
    fn test_share(field) => "test share {field}";
    /// The name of that field or list box.
    fn name_of_test_share() => "Test share";
}
