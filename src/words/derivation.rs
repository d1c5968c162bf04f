//! The rules by which a derivative is worked out line by line, a sentence each.

sentences! {
    /// A derivative by a parameter is a single factor.
    fn one_factor() => "One factor: nothing lies between.";
    /// A derivative by a parameter is a product.
    fn acts_step_by_step(parameter, loss) => "Chain rule: {parameter} acts on {loss} step by step; the derivatives of the steps are multiplied.";
    /// δ.
    fn acts_through(sum, loss, activation) => "Chain rule: {sum} acts on {loss} through {activation}.";
    /// δ without its slope, by mistake.
    fn slope_left_out(activation, slope) => "Broken on purpose: the chain rule through {activation} has the factor {slope}, which is left out.";
    /// ∂E/∂a where the next layer has one unit.
    fn along_the_only_path() => "Chain rule along the only path.";
    /// ∂E/∂a where it has several.
    fn along_paths(n: count) => one "Chain rule: the derivatives are multiplied along the {n} path.", other "Chain rule: the derivatives are multiplied along each of the {n} paths and add up over them.";
    /// δ of an output that is linear.
    fn how_changes(loss) => "How {loss} changes with the prediction.";

    /// ∂E/∂a and so on become what is derived.
    fn written_out() => "What stands in each factor, written out.";
    /// A derivative that an earlier step has made.
    fn is_known(name) => "{name} is known from its own step.";
    /// A derivative gets its name.
    fn by_name(name, loss, by) => "By name: {name} stands for ∂{loss}/∂{by}.";

    /// A weighted sum is derived.
    fn only_term(name) => "Only the term with {name} depends on it: what multiplies {name} is left.";
    /// The same by a bias.
    fn bias_is_added(bias) => "{bias} is added as it is: its derivative is 1.";
    /// An activation is derived; `function` is its name.
    fn slope_of(function) => "g′ is the slope of the {function}.";
    /// g′ written by a.
    fn slope_by_activation(activation) => "That slope can be had from {activation} itself.";

    /// A square is derived.
    fn power_rule() => "Power rule: the derivative of x² is 2x, times the inner derivative.";
    /// So is what is squared.
    fn inner_derivative(target) => "{target} is a constant, so the inner derivative is 1.";
    /// The same where the ½ of the loss goes.
    fn inner_derivative_and_half(target) => "{target} is a constant, so the inner derivative is 1; 2 · ½ = 1.";
    /// 2 for 1, by mistake.
    fn half_forgotten() => "Broken on purpose: the ½ of the loss is forgotten.";
    /// The logarithm is derived.
    fn logarithm() => "The derivative of ln x is 1/x.";
    /// Both logarithms of binary cross-entropy are.
    fn both_logarithms() => "The derivative of ln x is 1/x, that of ln(1 − x) is −1/(1 − x).";
    /// Of the loss of several outputs.
    fn others_drop_out() => "The terms of the other outputs are constants: they drop out.";

    /// (1 − a) and a, of sigmoid and binary cross-entropy.
    fn multiplied_out(activation) => "Multiplied out: {activation} cancels in one term, 1 − {activation} in the other.";
    /// a y.
    fn multiplied_out_again() => "Multiplied out again: the products of both cancel.";

    /// δ of softmax.
    fn acts_on_every_output(sum) => "Chain rule: the sum in softmax’s denominator lets {sum} act on every output; along the paths it adds up.";
    /// ∂aⱼ/∂zₖ.
    fn derivatives_of_softmax(activation) => "The derivatives of softmax: a(1 − a) of the output’s own sum, −a·{activation} of the others.";
    /// y/a times a.
    fn denominator_cancels() => "The prediction in the denominator cancels.";
    /// a times the sum of all y.
    fn taken_out(activation) => "{activation} taken out of the sum.";
    /// That sum is 1.
    fn targets_add_up() => "The targets add up to 1.";

    /// The loss of a batch.
    fn mean_over_samples(n: count, loss) => one "{loss} is the mean over the {n} sample.", other "{loss} is the mean over the {n} samples.";
    /// The same, by mistake.
    fn sum_over_samples(n: count, loss) => one "Broken on purpose: the sum over the {n} sample, where {loss} is their mean.", other "Broken on purpose: the sum over the {n} samples, where {loss} is their mean.";
    /// It is derived.
    fn derivative_of_sum() => "The derivative of a sum is the sum of the derivatives; a constant factor stays.";
}
