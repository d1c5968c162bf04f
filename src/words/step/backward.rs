//! Of the derivatives by activations and weights, and of their mean.

sentences! {
    /// Of an activation that one unit takes.
    fn reaches_through(activation, next, weight, x) => "{activation} reaches the error only through {next}, which changes {weight} times as fast as {activation}; {weight} is {x}.";
    /// The same where the weight is 0.
    fn could_reach_through(activation, next, weight) => "{activation} could reach the error only through {next}, and {weight} = 0 lets nothing through.";
    /// The same where the weight is a new one, by mistake.
    fn has_factor(activation, next, weight, x) => "{activation} reaches the error only through {next}. The factor is {weight} = {x}.";
    /// Of an activation that several units take.
    fn reaches_along_paths(n_paths: count, activation) => one "{activation} reaches the error along {n_paths} path.", other "{activation} reaches the error along {n_paths} paths, one per unit of the next layer; their shares add up.";
    /// Of a linear unit. Its name begins the sentence.
    fn is_linear(unit, delta) => "{unit} is linear, so this is also its {delta}.";
    /// A known mistake.
    fn uses_new_weights() => "This lesson uses the new weights here (update order layer by layer): a known mistake, the derivative belongs to the old ones.";

    /// What a weight does.
    fn carries(weight, input, sum, x) => "{weight} carries {input} into {sum}, which changes {x} times as fast as {weight}.";
    /// What a bias does.
    fn is_added(bias, sum) => "{bias} is added to {sum} as it is, so {sum} changes as fast as {bias}.";
    /// Of a weight that carries nothing.
    fn has_no_effect(input, weight, sum, loss) => "{input} is 0, so {weight} has no effect on {sum} here: {loss} does not change with {weight}.";

    /// What a parameter of a linear output does to the loss.
    fn raising_lowers(parameter, loss) => "Raising {parameter} a little lowers {loss}.";
    /// The same.
    fn raising_raises(parameter, loss) => "Raising {parameter} a little raises {loss}.";
    /// The same.
    fn derivative_is_zero(parameter) => "The derivative by {parameter} is 0.";
    /// What another parameter does to the loss, by its unit's sum.
    fn sum_and_raising_lowers(loss, x, sum, parameter) => "{loss} changes {x} times as fast as {sum}: raising {parameter} a little lowers {loss}.";
    /// The same.
    fn sum_and_raising_raises(loss, x, sum, parameter) => "{loss} changes {x} times as fast as {sum}: raising {parameter} a little raises {loss}.";
    /// The same.
    fn sum_and_derivative_is_zero(loss, x, sum, parameter) => "{loss} changes {x} times as fast as {sum}: the derivative by {parameter} is 0.";
    /// The same where already the derivative by the sum is 0.
    fn derivatives_are_zero(loss, sum, parameter) => "The derivative of {loss} by {sum} is 0, and so is that by {parameter}.";
    /// What is said of the loss where the way back goes through new weights.
    fn is_said_by_new_weights(loss, x, sum) => "{loss} is said to change {x} times as fast as {sum}: the weights behind it are new already (update order layer by layer), the check tells.";
    /// The same of other mistakes on purpose.
    fn is_said_by_mistake(loss, x, sum) => "{loss} is said to change {x} times as fast as {sum}: the machine is broken on purpose, the check tells.";

    /// The question of a mean over samples.
    fn what_is_the_mean(n_samples: count, parameter) => one "What is the mean derivative by {parameter} over the {n_samples} sample?", other "What is the mean derivative by {parameter} over the {n_samples} samples?";
    /// Why the mean is taken.
    fn is_mean(loss) => "{loss} is the mean over the samples, so its derivative is the mean of theirs.";
    /// A mistake on purpose.
    fn is_added_up(n_samples: count, loss) => one "Broken on purpose: {loss} is the mean over the {n_samples} sample, and their derivatives are added up without dividing by {n_samples}.", other "Broken on purpose: {loss} is the mean over the {n_samples} samples, and their derivatives are added up without dividing by {n_samples}.";
}
