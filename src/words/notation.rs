//! Of notations: whose letters are written, and what of them a reader can change.

sentences! {
    /// The option that numbers weights through the network, with some of its symbols.
    fn numbered() => "numbered: w₁, w₂, E, a, Δ";
    /// The option that writes indices and layers, with some of its symbols.
    fn indexed() => "indexed: wᵢⱼ⁽ˡ⁾, L, α, δ";
    /// The option of a web page's author, with some of its symbols.
    fn hmkcode() => "HMKCode: w₁, a, E, prediction";
    /// The option of a lecture, with what is its own: indices from 0, some symbols.
    fn lecture() => "Török’s lecture: from 0, [l], α, L";
    /// The option of a book's author, with what is its own.
    fn nielsen() => "Nielsen: inputs are layer 1, η, C, σ";
    /// The option of a book's authors, with some of its symbols.
    fn goodfellow() => "Goodfellow et al.: h = f(a), ŷ, ε, J";
    /// The option of a course's author, with some of its symbols.
    fn ng() => "Ng: [l], dz, α, L";
    /// The option of a book's authors, with some of its symbols.
    fn rumelhart() => "Rumelhart et al.: wⱼᵢ, net, o, t, θ, η";
    /// The option of a book's authors, with what is its own: the order of a weight's indices, some symbols.
    fn russell() => "Russell & Norvig: wᵢ,ⱼ from i to j, in, α";

    /// What a letter stands for.
    fn the_learning_rate() => "the learning rate";
    /// What a letter stands for.
    fn the_loss() => "the loss";
    /// What a letter stands for.
    fn the_delta() => "delta";
    /// What a letter stands for.
    fn a_weighted_sum() => "a weighted sum";
    /// What a letter stands for.
    fn an_activation() => "an activation";
    /// What a letter stands for.
    fn a_target() => "a target";
    /// What a letter stands for.
    fn a_bias() => "a bias";
    /// What a letter stands for.
    fn the_activation_function() => "the activation function";
    /// A letter that was chosen, and the two things that it would stand for.
    fn letter_is_taken(letter, one, other) => "“{letter}” would stand for {one} and for {other}: the notation keeps its own letter. Another one is accepted.";

    /// Before a choice: "0" or "1".
    fn indices_from() => "Indices from";
    /// Before a choice of brackets.
    fn layers_in() => "Layers in";
    /// Before a choice: [`to_from`] or [`from_to`].
    fn indices_of_a_weight() => "Indices of a weight";
    /// Before a choice: [`receiving_rows`] or [`sending_rows`].
    fn rows_of_a_matrix() => "Rows of a matrix";
    /// Before a choice of letters.
    fn learning_rate_as() => "Learning rate as";
    /// Before a choice of letters.
    fn loss_as() => "Loss as";
    /// Before a choice of letters.
    fn prediction_as() => "Prediction as";
    /// Before a choice of letters.
    fn target_as() => "Target as";
    /// Before a choice of letters.
    fn delta_as() => "Delta as";
    /// Before a choice: [`prediction_minus_target`] or [`target_minus_prediction`].
    fn sign_of_delta() => "Sign of delta";

    /// An option: the number of a layer stands without brackets.
    fn no_brackets() => "2, no brackets";
    /// An option: the first index of a weight is of the unit that it leads to.
    fn to_from() => "to, from";
    /// An option: the first index of a weight is of the unit that it comes from.
    fn from_to() => "from, to";
    /// An option: each row of a matrix is of a unit that receives.
    fn receiving_rows() => "a receiving unit each";
    /// An option: each row of a matrix is of a unit that sends.
    fn sending_rows() => "a sending unit each";
    /// An option: what delta begins with.
    fn prediction_minus_target() => "prediction − target";
    /// An option: what delta begins with.
    fn target_minus_prediction() => "target − prediction";
}
