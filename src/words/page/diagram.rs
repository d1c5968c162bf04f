//! Of the drawing of the network.

sentences! {
    /// The name of the card.
    fn network_diagram() => "Network diagram";
    /// The network: the sizes of its layers, and what each is.
    fn network_with_biases(sizes, layers) => "Network {sizes}, with biases, layer by layer: {layers}.";
    /// The same of a network that has none.
    fn network_without_biases(sizes, layers) => "Network {sizes}, without biases, layer by layer: {layers}.";
    /// A layer of it: the hidden one, with its activation.
    fn hidden_units(n: count, activation) => one "{n} hidden, {activation}", other "{n} hidden, {activation}";
    /// A layer of it: a hidden one of several.
    fn units_of_hidden_layer(n: count, layer, activation) => one "{n} hidden {layer}, {activation}", other "{n} hidden {layer}, {activation}";
    /// A layer of it.
    fn output_units(n: count, activation) => one "{n} output, {activation}", other "{n} outputs, {activation}";

    /// What a column is.
    fn input() => "input";
    /// What a column of several units is.
    fn inputs() => "inputs";
    /// What a column is, with its activation. A line is broken after the dot, not before.
    fn hidden(activation) => "hidden\u{a0}· {activation}";
    /// The same, of several hidden layers.
    fn hidden_layer(layer, activation) => "hidden {layer}\u{a0}· {activation}";
    /// The same.
    fn output(activation) => "output\u{a0}· {activation}";
    /// The same, of several units.
    fn outputs(activation) => "outputs\u{a0}· {activation}";
    /// The identity as an activation.
    fn linear() => "linear";

    /// What the numbers are of, while the step is about all samples.
    fn units_and_mean(sample, n) => "units: sample {sample}, edges: mean of {n}";
    /// The same, where the samples' derivatives are added up on purpose.
    fn units_and_sum(sample, n) => "units: sample {sample}, edges: sum of {n}";

    /// What the lines mean.
    fn thick_is_large() => "thick line = large weight";
    /// What the lines mean.
    fn thick_and_dashed() => "thick line = large weight, dashed = negative";
    /// The same, where there is little room.
    fn thick_and_dashed_short() => "thick = large, dashed = negative";

    /// A unit that lets nothing through, what it is called, and why.
    fn stuck_unit(unit, state, why) => "{unit}, {state}: {why}";

    /// The note that the network is broken on purpose.
    fn broken_on_purpose() => "Broken on purpose";
    /// Which mistakes are made.
    fn broken(mistakes) => "Broken: {mistakes}";
    /// The same, where they change nothing.
    fn broken_without_effect(mistakes) => "Broken: {mistakes}, without effect here";
    /// The same, with how many are not named.
    fn broken_and_more(n: count, mistakes) => one "Broken: {mistakes} and {n} more", other "Broken: {mistakes} and {n} more";
    /// The same, where they change nothing.
    fn broken_and_more_without_effect(n: count, mistakes) => one "Broken: {mistakes} and {n} more, without effect here", other "Broken: {mistakes} and {n} more, without effect here";
    /// A mistake and what it does.
    fn mistake_is(mistake, says) => "{mistake}: {says}";
    /// The button that takes all mistakes away.
    fn mend() => "Mend";
    /// Its name.
    fn mend_the_machine() => "Mend the machine";
}
