//! Of each number that an update makes by itself: m, v, both corrected, and the new weight.

sentences! {
    /// A question.
    fn what_is_the_new_m(parameter) => "What is the new m of {parameter}?";
    /// A question.
    fn what_is_the_new_v(parameter) => "What is the new v of {parameter}?";
    /// A question.
    fn what_is_the_corrected_m(parameter) => "What is the m of {parameter}, corrected?";
    /// A question.
    fn what_is_the_corrected_v(parameter) => "What is the v of {parameter}, corrected?";

    /// What m of Adam is. The shares are such as "β₁ = 0.9".
    fn m_is_a_mean(old_share, new_share) => "m is a running mean of the derivative: the old mean counts {old_share}, the new derivative {new_share}.";
    /// What m of momentum is. The share is such as "μ = 0.9".
    fn m_is_a_velocity(share) => "m, in many books the velocity, is the share {share} of the old m and the derivative.";
    /// What it comes to.
    fn m_comes_to(times) => "After many equal derivatives it is 1/(1 − μ) = {times} times one of them.";
    /// What m is without any share of the old one.
    fn m_keeps_nothing() => "μ is 0: nothing of the old m stays, m is the derivative.";
    /// What m is at first.
    fn m_starts_at_zero() => "At first the old m is 0, and m is the derivative.";
    /// What v is. The shares are such as "β₂ = 0.999".
    fn v_is_a_mean(old_share, new_share) => "v is a running mean of the squared derivative: the old mean counts {old_share}, the new square {new_share}.";
    /// What v is there for.
    fn v_follows_size() => "A square has no sign: √v follows how large the derivative has been of late.";

    /// Why m is corrected in the first update. The divisor is such as "1 − β₁ᵗ", and x its number.
    fn m_after_first_update(divisor, x, derivative) => "m started at 0: after t = 1 update the derivatives count for {divisor} = {x} of it, that 0 for the rest. Divided by {divisor} it is a mean of the derivatives alone, of one so far: the derivative, {derivative}.";
    /// The same in a later one.
    fn m_after_updates(t, divisor, x) => "m started at 0: after t = {t} updates the derivatives count for {divisor} = {x} of it, that 0 for the rest. Divided by {divisor} it is a mean of the derivatives alone.";
    /// Why v is corrected in the first update.
    fn v_after_first_update(divisor, x, square) => "v started at 0: after t = 1 update the squares count for {divisor} = {x} of it, that 0 for the rest. Divided by {divisor} it is a mean of the squares alone, of one so far: the derivative squared, {square}.";
    /// The same in a later one.
    fn v_after_updates(t, divisor, x) => "v started at 0: after t = {t} updates the squares count for {divisor} = {x} of it, that 0 for the rest. Divided by {divisor} it is a mean of the squares alone.";
    /// Why there is nothing more to correct.
    fn start_is_forgotten(t, divisor) => "By update t = {t} the start at 0 is forgotten: {divisor} is 1 to the digits shown.";

    /// A reason, a clause: the step of Nesterov momentum.
    fn looks_ahead() => "The step follows the derivative and μ·m, which is where momentum goes on from here: a look ahead";
    /// A reason: that of RMSProp.
    fn is_divided_by_size() => "The derivative is divided by its recent size √v (ε keeps that from 0), so that every weight moves at a similar pace";
    /// A reason: that of Adam.
    fn mean_is_divided_by_size() => "The mean m̂ is divided by the recent size √v̂ (ε keeps that from 0), so that every weight moves at a similar pace";
    /// A reason: the first one of momentum.
    fn follows_first_m() => "The step follows m, in which there is no earlier derivative yet";
    /// A reason: that of momentum.
    fn follows_m() => "The step follows m, in which the earlier derivatives go on";

    /// Of the first step of momentum.
    fn is_plain_so_far() => "The old m was 0: so far this is plain gradient descent.";
    /// Of that of RMSProp. The rate is such as "η = 0.1".
    fn first_step_of_rmsprop(times, rate) => "The old v was 0: √v is √(1 − ρ) times the size of the derivative, and the step 1/√(1 − ρ) = {times} times {rate}, whatever the derivative.";
    /// Of that of Adam.
    fn first_step_of_adam(size, rate) => "In the first update √v̂ is the size of the derivative, {size}: the step is nearly {rate}, whatever the derivative.";
}
