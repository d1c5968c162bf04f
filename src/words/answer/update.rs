//! Of mistakes in a step: the learning rate, the derivative, the running means m and v.

sentences! {
    /// Without η.
    fn no_rate(rate) => "That is a step without the learning rate {rate}.";
    /// With η².
    fn rate_twice(rate) => "That is a step with the learning rate {rate} twice.";
    /// w − η w.
    fn parameter_for_derivative(parameter, derivative) => "That is what {parameter} leads to in place of the derivative {derivative}.";
    /// −η ∂E/∂w, or without the minus.
    fn change_alone(parameter) => "That is the change alone, with its sign or the other: {parameter} is where it starts.";
    /// ∂E/∂w for the new weight.
    fn derivative_for_new(derivative, parameter) => "That is {derivative}, and not what it makes of {parameter}.";
    /// ∂E/∂w for a running mean.
    fn derivative_itself(derivative) => "That is {derivative}, the derivative itself.";
    /// The old weight.
    fn not_changed(parameter) => "That is the old {parameter}: the change is still missing.";
    /// w − η ∂E/∂w by another method.
    fn plain_step() => "That is the step of plain gradient descent: this optimiser makes another of the derivative.";
    /// Nesterov momentum without its look ahead.
    fn no_look_ahead() => "That is the step of momentum alone: Nesterov momentum follows the derivative and μ·m.";
    /// v for √v.
    fn no_root() => "That is a step divided by v itself: its root belongs there.";
    /// m and v for m̂ and v̂ in the step.
    fn step_without_correction() => "That is a step with m and v as they are: the corrected ones belong there.";

    /// ∂E/∂w for its square.
    fn derivative_not_squared(derivative) => "That is what {derivative} leads to: its square counts.";
    /// m or v, not divided.
    fn no_correction(mean) => "That is {mean} before it is corrected.";
    /// m or v, multiplied by 1 − βᵗ.
    fn correction_times(mean) => "That is {mean} times the correction: it is divided by it.";
    /// m or v, divided by the other's 1 − βᵗ.
    fn other_correction(mean) => "That is {mean} divided by the correction of the other mean.";
    /// m or v, divided by 1 − β.
    fn first_power(mean, beta) => "That is {mean} divided by 1 − {beta}: t is the number of the update, and {beta}ᵗ belongs there.";

    /// The shares of the old and the new in a running mean, exchanged; `share` is the letter of the old one's.
    fn shares_exchanged(share) => "That is what comes out with the shares exchanged: {share} is that of the old one.";
    /// Without any share.
    fn no_shares(share) => "That is old and new added up: the share {share} is missing.";
    /// The new one alone.
    fn old_forgotten() => "That is the share of the new one alone: what is left of the old one is missing.";
    /// The new one whole.
    fn rest_forgotten(share) => "That is what comes out where the new one counts whole: its share is 1 − {share}.";
}
