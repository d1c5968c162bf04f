//! Of mistakes that can be made in any step: a sign, a factor, a sum for a mean, a term that is missing.

sentences! {
    /// The number of a machine without its mistakes, whose names these are.
    fn mended(mistakes) => "That is what would be right, but this machine is broken on purpose: {mistakes}.";
    /// A list of mistakes goes on.
    fn mistakes_and(mistakes, next) => "{mistakes}, {next}";

    /// The sign of a number.
    fn sign(it) => "That is −{it}: the sign is the other way round.";
    /// The sign of a number that has the gap at an output as a factor.
    fn sign_of_gap(it) => "That is −{it}: the sign is the other way round, as with target − prediction for prediction − target.";
    /// The same where δ has the gap the other way round.
    fn sign_of_negative_gap(it) => "That is −{it}: the sign is the other way round, as with prediction − target for target − prediction.";
    /// The sign of a step.
    fn sign_of_step() => "That is a step in the other direction: the sign of the change is the other way round.";
    /// The sign of the derivative of which a running mean is made.
    fn sign_of_derivative(derivative) => "That is what −{derivative} leads to: the sign of the derivative is the other way round.";
    /// The sign of the weighted sum that an activation function takes.
    fn sign_of_sum(sum) => "That is what −{sum} leads to: the sign is the other way round.";

    /// Twice the loss ½ (…)².
    fn twice_half_missing(it) => "That is twice {it}: the ½ is missing.";
    /// Twice another loss.
    fn twice_of_derivative(it) => "That is twice {it}: the 2 belongs to its derivative alone.";
    /// Twice a derivative of the loss ½ (…)².
    fn twice_cancelled(it, loss) => "That is twice {it}: the ½ of {loss} takes the 2 of the square away.";
    /// Twice a derivative of the mean squared error.
    fn twice_of_square(it) => "That is twice {it}: the square brings one 2 and no more.";
    /// Twice a derivative of a cross-entropy.
    fn twice_without_square(it) => "That is twice {it}: there is no square here that would bring a 2.";
    /// Half of the loss ½ (…)².
    fn half_of_half(it) => "That is half of {it}: the ½ is there twice.";
    /// Half of a derivative of the loss ½ (…)².
    fn half_cancelled(it) => "That is half of {it}: the 2 of the square has taken the ½ away.";
    /// Half of a derivative of the mean squared error.
    fn half_of_square(it) => "That is half of {it}: the 2 that the square brings is missing.";
    /// Half of another loss, or of its derivative.
    fn half_without_half(it, loss) => "That is half of {it}: there is no ½ in this {loss}.";

    /// A sum over the outputs.
    fn sum_over_outputs(loss) => "That is the sum over the outputs: {loss} is their mean, so it is divided by their number.";
    /// A sum over the samples.
    fn sum_over_samples() => "That is the sum over the samples: their mean is asked, which is divided by their number.";
    /// What a step makes of that sum.
    fn step_of_sum_over_samples() => "That is what the sum over the samples leads to: the derivative is their mean.";
    /// A mean over the outputs.
    fn mean_over_outputs(loss) => "That is the mean over the outputs: {loss} is their sum and not divided by their number.";
    /// The derivative with the share 1 − μ.
    fn running_mean() => "That is a running mean: here the derivative counts whole and not 1 − μ of it.";
    /// A mean over the paths back.
    fn mean_over_paths() => "That is the mean over the paths: their shares add up.";

    /// A sum for a product in a step.
    fn added_in_step(rate) => "That is what adding leads to: {rate} is multiplied by what the step follows.";
    /// A sum for a product in a weighted sum.
    fn added_in_sum() => "That is what adding leads to: value and weight are multiplied.";
    /// A sum for a product of the chain rule.
    fn added_in_chain() => "That is what adding leads to: the factors of the chain rule are multiplied.";

    /// A loss without one of its outputs.
    fn without_output(loss, output) => "That is {loss} without {output}: every output counts.";
    /// A mean without the derivative of one sample.
    fn without_sample(derivative) => "That is the mean without {derivative}: every sample counts.";
    /// A weighted sum without one of its terms.
    fn without_value(sender) => "That is the sum without what arrives from {sender}.";
    /// A derivative without one of the paths back.
    fn without_path(unit) => "That is what is left without the path through {unit}: the paths add up.";
}
