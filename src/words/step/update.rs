//! Of an update.

sentences! {
    /// The question.
    fn what_is_the_new(parameter) => "What is the new {parameter}?";

    /// A reason, a clause, with what becomes of a parameter.
    fn so_it_moves(reason, moves) => "{reason}: {moves}.";
    /// What becomes of a parameter that is rounded on purpose.
    fn rounded(parameter, moves) => "Broken on purpose: the new {parameter} is rounded to two digits after the point, and learning goes on from there: {moves}.";
    /// A reason by itself.
    fn reason(reason) => "{reason}.";
    /// What the learning rate does.
    fn says_how_far(rate) => "The learning rate {rate} says how far.";

    /// A clause: what the update does to a parameter.
    fn goes_up(parameter, by) => "{parameter} goes up by {by}";
    /// A clause.
    fn goes_down(parameter, by) => "{parameter} goes down by {by}";
    /// A clause.
    fn stays(parameter) => "{parameter} stays";

    /// A reason: what is taken for the derivative is none.
    fn against_what_is_taken() => "The step is against what is taken for the derivative";
    /// A reason: the update overshoots.
    fn goes_too_far(loss) => "A short step against the derivative would lower {loss}; this one goes too far";
    /// A reason: gradient descent.
    fn lowers(loss) => "A short step against the derivative lowers {loss}";
    /// A reason: momentum with nothing kept.
    fn keeps_nothing() => "With μ = 0 momentum keeps nothing of the earlier steps";
    /// A reason: momentum at its first step.
    fn nothing_kept_yet() => "Momentum keeps a share of the earlier steps, and there is none yet";
    /// A reason: momentum.
    fn momentum() => "Momentum keeps a share of the earlier steps, like a ball that rolls on";
    /// A reason: Nesterov momentum.
    fn nesterov() => "Nesterov momentum adds to the derivative the step that momentum will make next, a look ahead";
    /// A reason: RMSProp.
    fn rmsprop() => "RMSProp divides by the recent size of the derivative, so that every weight moves at a similar pace";
    /// A reason: Adam.
    fn adam() => "Adam keeps a mean of the derivative (m) and of its square (v), corrected for their start at 0 (by 1 − β₁ᵗ and 1 − β₂ᵗ)";
    /// A reason to stay.
    fn biases_are_left_out() => "The update leaves out the biases";
    /// A reason to stay.
    fn rate_is_zero(rate) => "The learning rate {rate} is 0";
    /// A reason to stay.
    fn derivative_is_zero() => "The derivative is 0";
    /// A reason: the wrong sign on purpose.
    fn along_the_derivative(loss) => "Broken on purpose: the step is along the derivative and not against it, which raises {loss} where it is short";
    /// A reason: the same by other methods.
    fn added() => "Broken on purpose: the step is added and not taken away";

    /// What the whole update was to do.
    fn is_to_lower(loss, by) => "To first order the whole update lowers {loss} by {by}.";
    /// What the whole update was to do.
    fn is_to_raise(loss, by) => "To first order the whole update raises {loss} by {by}.";
    /// What the whole update was to do.
    fn is_to_leave(loss) => "To first order the whole update leaves {loss} as it is.";
    /// The same, of one batch of several.
    fn is_to_lower_batch(loss, by) => "To first order the whole update lowers {loss} of this batch’s samples by {by}.";
    /// The same, of one batch of several.
    fn is_to_raise_batch(loss, by) => "To first order the whole update raises {loss} of this batch’s samples by {by}.";
    /// The same, of one batch of several.
    fn is_to_leave_batch(loss) => "To first order the whole update leaves {loss} of this batch’s samples as it is.";

    /// What it does.
    fn loss_stays(loss, at) => "{loss} stays {at} to the digits shown.";
    /// What it does.
    fn loss_goes(loss, from, to) => "{loss} goes from {from} to {to}.";
    /// What it does.
    fn loss_leaves_numbers(loss, from) => "{loss} goes from {from} beyond what a number can hold.";
    /// The same where it overshoots.
    fn loss_stays_overshooting(loss, at) => "{loss} stays {at} to the digits shown: the update overshoots.";
    /// The same where it overshoots.
    fn loss_goes_overshooting(loss, from, to) => "{loss} goes from {from} to {to}: the update overshoots.";
    /// The same where it overshoots.
    fn loss_leaves_numbers_overshooting(loss, from) => "{loss} goes from {from} beyond what a number can hold: the update overshoots.";
}
