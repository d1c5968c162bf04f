//! Of mistakes on the way back: a slope, a weight or a value that is missing or another's.

sentences! {
    /// δ without its slope; `upstream` is ∂E/∂a.
    fn no_slope(upstream) => "That is {upstream}: the slope g′ of the activation function is missing.";
    /// ∂E/∂a from a δ without its slope.
    fn no_slope_behind(delta) => "That is what comes back without g′ of the next layer’s units: {delta} has it as a factor.";
    /// A derivative by a weight without the slope.
    fn no_slope_of_unit(slope) => "That is what comes out without {slope}: the slope of the unit is a factor.";
    /// δ with a slope that has cancelled.
    fn slope_too_many(it, slope) => "That is {it} times {slope}: that slope has cancelled against the slope of the loss.";
    /// a or z for g′(z).
    fn in_place_of_slope(taken, slope) => "That is what {taken} leads to in place of the slope {slope}.";
    /// g′(a) for g′(z).
    fn slope_of_activation(activation, sum) => "That is what g′({activation}) leads to: the slope is taken at {sum}.";
    /// g′(z) for δ.
    fn slope_alone(slope, upstream) => "That is the slope {slope} alone: {upstream} is the other factor.";

    /// ∂E/∂a without the weights.
    fn no_weight(delta) => "That is the sum of what comes back without the weights: each {delta} is multiplied by the weight of its path.";
    /// ∂E/∂a without any δ.
    fn weights_alone(delta) => "That is the weights alone: each is multiplied by the {delta} that it brings back.";
    /// A derivative by a weight without δ.
    fn value_alone(weight, delta) => "That is the value that {weight} carries, alone: {delta} is the other factor.";
    /// The weights after the update on the way back.
    fn new_weights() => "That is what the new weights lead to: the derivative belongs to the old ones, and all change at once.";

    /// A derivative by a bias, times the bias.
    fn bias_for_one(delta, bias) => "That is {delta} times {bias}: a bias is multiplied by 1 on the way forwards, so 1 is the other factor.";
    /// A derivative by a weight, with the weight for the value.
    fn weight_for_value(delta, weight) => "That is {delta} times {weight} itself: what changes with {weight} is multiplied by the value that it carries.";
    /// The weight or bias.
    fn parameter_itself(parameter) => "That is {parameter} itself, and not the derivative by it.";
    /// A derivative by a weight without the value.
    fn no_value(delta, weight) => "That is {delta} alone: the value that {weight} carries is the other factor.";
    /// The value of another sender.
    fn value_of(sender, weight) => "That is what {sender} leads to: {weight} starts at another unit.";
    /// A derivative by a bias, times the unit's activation.
    fn bias_carries_one(delta, activation) => "That is {delta} times {activation}: a bias carries 1.";
    /// The activation at the wrong end of a weight.
    fn other_end(activation, weight) => "That is what {activation} leads to, which stands at the end of {weight}: the value at its start is the factor.";
    /// The derivative of one sample.
    fn of_one_sample(derivative) => "That is {derivative}, of one sample: the mean over all is asked.";
}
