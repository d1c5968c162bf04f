//! Of mistakes that are made on purpose.

sentences! {
    /// The name of a switch.
    fn layer_by_layer() => "layer-by-layer update";
    /// The name of a switch.
    fn no_slope() => "no g′";
    /// The name of a switch.
    fn sign_flipped() => "sign flipped";
    /// The name of a switch.
    fn sum_for_mean() => "sum instead of mean";
    /// The name of a switch.
    fn two_for_half() => "2 for ½";
    /// The name of a switch.
    fn bias_not_updated() => "bias not updated";
    /// The name of a switch.
    fn rounded() => "weights rounded to two digits";

    /// What is computed wrong.
    fn uses_new_weights() => "The derivatives of a layer go back through the new weights of the next layer.";
    /// What is computed wrong: `function` is the activation function, `activation` a hidden unit's, `delta` may have a minus.
    fn leaves_out_slope(function, sum, delta, loss, activation) => "The factor {function}′({sum}) is left out: {delta} of a hidden unit is ∂{loss}/∂{activation}, of an output the slope of the loss alone.";
    /// What is computed wrong: `rate` is the learning rate.
    fn goes_uphill(rate, loss) => "w + {rate} ∂{loss}/∂w in place of w − {rate} ∂{loss}/∂w: uphill.";
    /// What is computed wrong.
    fn adds_up() => "The derivatives of a batch’s samples are added up and not divided by their number.";
    /// What is computed wrong.
    fn doubles(loss) => "The derivative is that of (prediction − target)², the loss {loss} has the ½: all derivatives are twice too large.";
    /// What is computed wrong.
    fn leaves_out_biases() => "The update leaves out the biases.";
    /// What is computed wrong.
    fn rounds_weights() => "Each new weight is rounded to two digits after the point, and learning goes on from there.";

    /// Why it changes nothing.
    fn only_one_layer() => "Changes nothing here: there is only one layer.";
    /// Why it changes nothing; `function` is the activation function.
    fn hidden_units_are_linear(function) => "Changes nothing here: the hidden units are linear, with {function}′ = 1, and of an output {function}′ cancels against the slope of the loss.";
    /// Why it changes nothing; `function` is the activation function.
    fn units_are_linear(function) => "Changes nothing here: every unit is linear, so {function}′ = 1.";
    /// Why it changes nothing.
    fn only_one_sample() => "Changes nothing here: the sum over one sample is its mean.";
    /// Why it changes nothing.
    fn loss_has_the_two() => "Changes nothing here: this loss has no ½, its derivative has the 2 already.";
    /// Why it changes nothing.
    fn loss_has_no_half() => "Changes nothing here: this loss has no ½.";
    /// Why it changes nothing.
    fn no_biases() => "Changes nothing here: there are no biases.";
    /// Why it changes nothing.
    fn biases_do_not_learn() => "Changes nothing here: this lesson leaves its biases as they are.";
}
