//! What tensors under names and activation functions have that no network here has.

sentences! {
    /// The name of all tensors of a file together.
    fn all() => "all";
    /// A tensor, and its shape.
    fn too_large(tensor, shape, most) => "“{tensor}” is {shape} numbers: a network has at most {most} weights and biases here.";

    /// A tensor of another layer.
    fn of_batch_normalisation(tensor) => "“{tensor}” is of batch normalisation: only fully connected layers can be shown here.";
    /// A tensor of another layer.
    fn of_recurrent_layer(tensor) => "“{tensor}” is of a recurrent layer: only fully connected layers can be shown here.";
    /// A tensor of another layer.
    fn of_attention(tensor) => "“{tensor}” is of attention: only fully connected layers can be shown here.";
    /// A tensor of another layer.
    fn of_embedding(tensor) => "“{tensor}” is of an embedding: only fully connected layers can be shown here.";
    /// A tensor of another layer, and its shape.
    fn of_convolution(tensor, dimensions, shape) => "“{tensor}” has {dimensions} dimensions ({shape}), as of a convolution: only fully connected layers, with matrices of two dimensions, can be shown here.";

    /// A file.
    fn no_matrix() => "The file has no matrix of weights: two dimensions, one for the units that receive and one for those that send.";
    /// A file.
    fn too_many_matrices(n, most) => "The file has {n} matrices of weights, at most {most} layers are accepted.";
    /// A list of tensors, and the names of a matrix and of its biases as an example.
    fn biases_of_unsaid_layers(biases, matrix, its_biases) => "Which layers {biases} are of is not said: give biases the name of their matrix, as “{matrix}” and “{its_biases}”.";
    /// A tensor and a matrix.
    fn cannot_be_biases(tensor, matrix) => "“{tensor}” cannot be the biases of “{matrix}”: one number per unit is expected.";
    /// Biases that are not as many as their matrix has rows or columns.
    fn not_one_bias_per_unit(n: count, biases, matrix, rows, columns) => one "“{biases}” has {n} number, and “{matrix}” is {rows} × {columns}: one bias per unit is expected.", other "“{biases}” has {n} numbers, and “{matrix}” is {rows} × {columns}: one bias per unit is expected.";
    /// A list of matrices.
    fn order_is_unsaid(matrices) => "Which of the layers comes first is not said: {matrices} chain forwards and backwards. Number their names from the first hidden layer on, as W1, W2.";
    /// A list of matrices with their shapes.
    fn do_not_follow(matrices) => "The matrices do not follow each other: {matrices}. Each layer takes as many numbers as the one before gives.";
    /// One of the list, a clause.
    fn matrix_is(matrix, rows, columns) => "“{matrix}” is {rows} × {columns}";
    /// A layer.
    fn does_not_follow(layer) => "“{layer}” does not take as many numbers as the layer before gives.";

    /// A layer, the word for its activation, and the list of those of the page.
    fn other_activation(layer, word, known) => "“{layer}” has the activation “{word}”, and the page has {known}.";
    /// The same of all layers.
    fn other_activation_of_network(word, known) => "The network has the activation “{word}”, and the page has {known}.";
    /// A layer, the name of its activation, and its constant.
    fn other_constant(layer, activation, constant, own) => "“{layer}” has a {activation} with the constant {constant}, and the page has one with {own}.";
    /// The same of all layers.
    fn other_constant_of_network(activation, constant, own) => "The network has a {activation} with the constant {constant}, and the page has one with {own}.";
}
