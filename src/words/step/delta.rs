//! Of δ, the derivative of the loss by a unit's weighted sum, or its negative.

sentences! {
    /// The question, of anything whose derivative is computed.
    fn how_changes_with(x) => "How does the error change with {x}?";
    /// The question of a unit that is not linear.
    fn how_changes_with_sum(unit) => "How does the error change with the weighted sum of {unit}?";

    /// Of an output without a gap.
    fn is_right(output, delta) => "{output} is exactly right: {delta} is 0, and nothing goes back from it.";
    /// What δ of a cross-entropy is.
    fn leaves_prediction_minus_target() => "The slope of the activation cancels against that of the loss: prediction minus target is left.";
    /// The same where δ is the negative of the derivative.
    fn leaves_target_minus_prediction() => "The slope of the activation cancels against that of the loss: target minus prediction is left.";
    /// What δ of a mean over several outputs is.
    fn leaves_prediction_minus_target_of_mean(n_outputs) => "The slope of the activation cancels against that of the loss: prediction minus target is left, divided by the number of outputs, {n_outputs}.";
    /// The same where δ is the negative of the derivative.
    fn leaves_target_minus_prediction_of_mean(n_outputs) => "The slope of the activation cancels against that of the loss: target minus prediction is left, divided by the number of outputs, {n_outputs}.";
    /// Of targets that do not add up to 1.
    fn targets_add_up_to(total) => "The targets add up to {total}.";
    /// What δ is then; prediction and target are names.
    fn leaves_total_minus(total, prediction, target) => "The slope of the activation cancels against that of the loss: {total} times {prediction} minus {target} is left.";
    /// The same where δ is the negative of the derivative.
    fn leaves_minus_total(total, prediction, target) => "The slope of the activation cancels against that of the loss: {target} minus {total} times {prediction} is left.";

    /// What a linear output hands back, where it is the only one.
    fn gap_goes_back(delta) => "This gap, {delta}, goes back to every weight.";
    /// The same where it is one of several.
    fn gap_of_one_goes_back(delta) => "This gap, {delta}, goes back to every weight that leads to it.";
    /// The same where the derivative brings a 2.
    fn twice_gap_goes_back(delta) => "Twice this gap, {delta}, goes back to every weight.";
    /// The same where it is one of several.
    fn twice_gap_of_one_goes_back(delta) => "Twice this gap, {delta}, goes back to every weight that leads to it.";
    /// The same where the loss is a mean over the outputs.
    fn share_of_gap_goes_back(n_outputs, delta) => "2/{n_outputs} of this gap, {delta}, goes back to every weight that leads to it.";

    /// What the slope does to what comes back.
    fn is_scaled_by_slope(sum, activation, slope) => "A small change of {sum} reaches {activation} scaled by the slope of its activation function, {slope}.";
    /// The same at a kink.
    fn is_at_kink(sum, function, slope) => "{sum} is 0, the kink of the {function}, where its slope jumps and is taken to be {slope}.";
    /// The same of a ReLU or softplus without a slope. The unit's name begins the sentence.
    fn is_switched_off(unit) => "{unit} is switched off: its slope is 0, so nothing goes back through it.";
    /// The same of another unit without a slope.
    fn is_saturated(unit) => "{unit} is saturated: its slope is 0, so nothing goes back through it.";

    /// A mistake on purpose: what is left out, and what is no derivative for that.
    fn slope_is_left_out(slope, x, delta, sum) => "Broken on purpose: the factor {slope} = {x} is left out, so {delta} is not the derivative by {sum}.";
    /// A mistake on purpose.
    fn is_doubled() => "Broken on purpose: the loss has a ½ that takes the 2 away, and here the ½ is forgotten: twice the derivative.";
}
