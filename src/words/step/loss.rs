//! Of the loss, and of how far an output is from its target.

sentences! {
    /// The question.
    fn how_wrong() => "How wrong is the prediction?";

    /// Of a squared error that is 0.
    fn is_zero(output, x, loss) => "{output} is {x}, which is right: {loss} is 0.";
    /// Of a squared error.
    fn is_where_right(output, x, target, loss) => "{output} is {x} where {target} is right: {loss} grows with the square of the gap.";
    /// Of a squared error after what the gap is.
    fn grows_with_square(loss) => "{loss} grows with the square of this gap.";
    /// Why half the squared error is taken.
    fn half() => "The ½ is there to cancel the 2 that the derivative brings.";
    /// Half the squared error of several outputs.
    fn each_adds_half(loss) => "Each output adds half the square of its gap to {loss}.";
    /// Why half of it is taken.
    fn half_of_each() => "The ½ cancels the 2 that the derivative brings.";
    /// The mean squared error of several outputs.
    fn is_mean(loss) => "{loss} is the mean over the outputs of the squared gap.";

    /// Of a cross-entropy.
    fn is_small(loss) => "{loss} is small where the network gave the right answer a high probability, and grows without bound the surer it is of a wrong one.";
    /// The same of targets other than 0 and 1.
    fn is_least(loss) => "{loss} is least where each prediction is its target, and grows without bound as one goes to 0 or 1 that should not.";
    /// The same of shares that add up to 1.
    fn is_least_of_shares(loss) => "{loss} is least where each prediction is its target, and grows without bound as one goes to 0 that should not.";
    /// The same of shares that add up to something else.
    fn is_least_of_other_total(loss) => "{loss} is least where each prediction is its target’s share of all targets, and grows without bound as one goes to 0 that should not.";
    /// The same without any target.
    fn is_zero_without_targets(loss) => "The targets are all 0: {loss} is 0 whatever the network predicts.";

    /// How far an output is from its target.
    fn is_right(output) => "{output} is exactly right.";
    /// The same.
    fn is_too_low(output, by) => "{output} is {by} too low.";
    /// The same.
    fn is_too_high(output, by) => "{output} is {by} too high.";
    /// Of an output of softmax that is printed as 1: what it is less, and that it is not lost.
    fn is_nearly_one_of_shares(output, rest) => "{output} is 1 but for {rest}, which is computed directly, as the share of the other outputs: a prediction rounded to 1 has lost its digits.";
    /// The same of another output, computed from its weighted sum.
    fn is_nearly_one(output, rest, sum) => "{output} is 1 but for {rest}, which is computed directly, from {sum}: a prediction rounded to 1 has lost its digits.";
}
