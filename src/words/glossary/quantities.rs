//! What each quantity is, in one sentence that begins with its name.

sentences! {
    /// a of an input.
    fn input(name) => "{name}: an input: the sample gives it.";
    /// a of an output.
    fn prediction(name, loss) => "{name}: a prediction: {loss} says how far it is from the target.";
    /// a of a hidden unit that is linear.
    fn linear_activation(name) => "{name}: what the unit passes on: its weighted sum as it is.";
    /// a of a hidden unit.
    fn activation(name, sum) => "{name}: what the unit passes on: its activation function of {sum}.";
    /// z.
    fn weighted_sum(name) => "{name}: the weighted sum: each value from the layer before times its weight, plus the bias if there is one.";
    /// y.
    fn target(name) => "{name}: the target: what should be predicted for this sample.";
    /// What one output adds to E.
    fn loss_term(name, loss) => "{name}: the share of one output in {loss}.";
    /// E of a sample.
    fn loss(name) => "{name}: the loss of a sample: one number for how wrong the prediction is.";
    /// E of a batch.
    fn batch_loss(name) => "{name}: the loss: the mean over the samples of the batch.";

    /// g′(z).
    fn slope(name, activation, sum) => "{name}: the slope of the activation function: how fast {activation} changes with {sum}.";
    /// ∂E/∂w or ∂E/∂a.
    fn derivative(name, loss, by) => "{name}: the derivative of {loss} by {by}: how much {loss} changes per small change of {by} while everything else stays.";
    /// What one of the next layer's units adds to ∂E/∂a.
    fn share_of_path(name, loss, by) => "{name}: what one path adds to the derivative of {loss} by {by}: paths add up.";
    /// δ.
    fn delta(name, loss, by) => "{name}: the derivative of {loss} by {by}: worked out once, it is a factor of every weight that leads there.";
    /// δ of a notation that has the other sign.
    fn negative_delta(name, loss, by) => "{name}: the negative of the derivative of {loss} by {by}: worked out once, it is a factor of every weight that leads there.";

    /// w.
    fn weight(name, from, to) => "{name}: the weight from {from} to {to}: what {from} passes on is multiplied by it.";
    /// b.
    fn bias(name, unit) => "{name}: the bias of {unit}: it is added to the weighted sum.";
    /// ∂E/∂w of each sample, added up.
    fn sum_of_derivatives(name, parameter) => "{name}: the samples’ derivatives by {parameter}, added up.";
    /// ∂E/∂w of a batch.
    fn mean_derivative(name, loss, by) => "{name}: the derivative of {loss} by {by}, the mean over the samples of the batch.";
    /// η ∂E/∂w.
    fn scaled_derivative(name) => "{name}: the learning rate times the derivative: how far the step goes.";
    /// Δw.
    fn step(name, parameter) => "{name}: what the update adds to {parameter}: it goes against the derivative.";
    /// The new w.
    fn new(name, parameter) => "{name}: {parameter} after the update.";

    /// m before the update.
    fn old_first_moment(name) => "{name}: what the optimiser remembered of the derivatives before this update.";
    /// m.
    fn first_moment(name) => "{name}: what the optimiser remembers of the derivatives so far.";
    /// v before the update.
    fn old_second_moment(name) => "{name}: the running mean of the squared derivatives before this update.";
    /// v.
    fn second_moment(name) => "{name}: the running mean of the squared derivatives.";
    /// m̂.
    fn corrected_first_moment(name) => "{name}: the mean derivative, corrected for its start at 0.";
    /// v̂.
    fn corrected_second_moment(name) => "{name}: the mean square, corrected for its start at 0.";

    /// η.
    fn learning_rate(name) => "{name}: the learning rate: how far a step goes against the derivative.";
    /// μ.
    fn momentum(name) => "{name}: the momentum: the share of the last step that goes into the next.";
    /// ρ.
    fn decay(name) => "{name}: the decay: the share of the old mean square that is kept.";
    /// β₁.
    fn beta_1(name) => "{name}: the share of the old mean derivative that is kept.";
    /// β₂.
    fn beta_2(name) => "{name}: the share of the old mean square that is kept.";
    /// ε.
    fn epsilon(name) => "{name}: a small number that keeps the division from 0.";
    /// 1 − βᵗ.
    fn bias_correction(name) => "{name}: the share that derivatives have in the running mean so far, which started at 0.";
}
