//! What is wrong with a lesson file, and what is accepted. Each is a clause behind the name of a place and a colon,
//! without a full stop; keys and words of the format are inserted.

sentences! {
    /// A word, and the one that is accepted.
    fn word_expected(word, expected) => "\"{word}\", expected \"{expected}\"";
    /// A number, and the one that is accepted.
    fn number_expected(number, expected) => "{number}, expected {expected}";
    /// A number, and the range that is accepted.
    fn range_expected(number, least, most) => "{number}, expected {least} to {most}";
    /// A number.
    fn at_most(number, most) => "{number}, at most {most}";
    /// A word, and the list of those that are accepted.
    fn one_of_words_expected(word, words) => "\"{word}\", expected {words}";
    /// The list of words.
    fn words_or(words, last) => "{words} or {last}";

    /// Of a layer.
    fn softmax_for_last_layer() => "softmax is for the last layer only";
    /// Of a layer.
    fn too_many_parameters(most) => "more than {most} weights and biases in all";
    /// Of a layer: names of keys.
    fn weights_or_units_not_both() => "give weights, or units and init, not both";
    /// Of a layer: names of keys.
    fn weights_or_units_expected() => "weights, or units and init, expected";
    /// Of a layer: the name of a key.
    fn missing_beside_units() => "missing beside units";
    /// Of a layer: the name of a key.
    fn missing_beside_init() => "missing beside init";
    /// Of a loss: words of the format.
    fn binary_cross_entropy_needs_sigmoid() => "binary_cross_entropy needs a sigmoid output layer";
    /// Of a loss: words of the format.
    fn cross_entropy_needs_softmax() => "cross_entropy needs a softmax output layer";
    /// Of a loss: words of the format.
    fn softmax_goes_with_cross_entropy() => "a softmax output layer goes with cross_entropy only";

    /// Of data.
    fn of_other_network() => "data of another network";
    /// Of a key of the data.
    fn goes_with_generator() => "goes with a generator only";
    /// Of a key of the data: a word of the format.
    fn goes_with_teacher() => "goes with the generator \"teacher\" only";
    /// Of data.
    fn data_or_generator_not_both() => "give inputs and targets, or a generator, not both";
    /// Of data.
    fn no_sample() => "no sample, expected at least 1";
    /// Of data.
    fn too_many_samples(n, most) => "{n} samples, at most {most}";
    /// Of data.
    fn too_many_numbers(most) => "more than {most} numbers";
    /// Of data, by the name of their generator.
    fn targets_leave_range(data) => "the targets of {data} leave 0 to 1, which this loss does not take";
    /// Of targets, with the key of the inputs.
    fn rows_expected(n: count, expected, key) => one "{n} row, expected {expected}, one per row of {key}", other "{n} rows, expected {expected}, one per row of {key}";

    /// Of a bookmark: names of keys.
    fn at_or_step_not_both() => "give at, or batch and step, not both";
    /// Of a printed number.
    fn printed_number_expected(text) => "\"{text}\", expected a number such as \"0.191\"";
    /// Of a printed number: the name of its quantity, and a list of names as examples.
    fn means_nothing(name, examples) => "\"{name}\" means nothing here, expected a name such as {examples}";
    /// The same where there are several samples.
    fn means_nothing_of_samples(name, examples, samples) => "\"{name}\" means nothing here, expected a name such as {examples}, of a sample with its number behind it, [1] to [{samples}]";

    /// Of a text.
    fn too_long(n, most) => "{n} characters, at most {most}";
    /// Of a name.
    fn name_expected(most) => "a name of 1 to {most} characters expected";
    /// Of a name.
    fn name_stands_twice(name) => "\"{name}\" stands twice";
}
