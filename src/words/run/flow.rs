//! Of how large derivatives are from layer to layer.

sentences! {
    /// What a unit is whose slope is 0.
    fn dead() => "dead";
    /// What a unit is whose slope is next to 0.
    fn saturated() => "saturated";
    /// What that means of a unit with this activation function, for so many samples.
    fn is_dead(n: count, unit, g) => one "{unit} has slope 0 for the sample: its {g} is dead, no derivative goes back through it.", other "{unit} has slope 0 for all {n} samples: its {g} is dead, no derivative goes back through it.";
    /// The same of a saturated one.
    fn is_saturated(n: count, unit, g, least) => one "{unit} has a slope below {least} for the sample: its {g} is saturated, less than a hundredth of a derivative goes back through it.", other "{unit} has a slope below {least} for all {n} samples: its {g} is saturated, less than a hundredth of a derivative goes back through it.";

    /// Between which sizes numbers are.
    fn sizes(least, most) => "{least} to {most}";
    /// How many of them are 0.
    fn zeros(zeros, all) => "{zeros} of {all} are 0";
    /// Both.
    fn sizes_and_zeros(least, most, zeros, all) => "{least} to {most}, {zeros} of {all} are 0";

    /// There is no way back.
    fn one_layer_only(symbol) => "There is one layer only: {symbol} has no way to go.";
    /// Nothing can be compared.
    fn is_zero(symbol, last) => "{symbol} is 0 in layer 1 or in layer {last}.";
    /// From the last layer to the first.
    fn is_smaller(symbol, times, last) => "{symbol} is {times} times smaller in layer 1 than in layer {last}.";
    /// From the last layer to the first.
    fn is_larger(symbol, times, last) => "{symbol} is {times} times larger in layer 1 than in layer {last}.";
    /// From the last layer to the first.
    fn vanishes(symbol, times, last) => "{symbol} is {times} times smaller in layer 1 than in layer {last}: the gradient vanishes on its way back.";
    /// From the last layer to the first.
    fn explodes(symbol, times, last) => "{symbol} is {times} times larger in layer 1 than in layer {last}: the gradient explodes on its way back.";
}
