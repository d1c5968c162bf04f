//! Of mistakes on the way forwards: a weighted sum, an activation, the loss.

sentences! {
    /// Without the bias.
    fn without_bias(bias) => "That is the sum without the bias {bias}.";
    /// With the weights of another unit, which is called so in a sentence: "h₂", "unit 2 of layer 1".
    fn weights_of(unit) => "That is what the weights of {unit} lead to, another unit of the layer.";
    /// A column of the matrix for a row.
    fn transposed() => "That is what a row of W leads to where a column belongs, or a column for a row: a row of W is a unit that receives.";
    /// z for a.
    fn no_activation(sum) => "That is {sum} itself: the activation function is still missing.";
    /// g′(z) for a.
    fn slope_for_activation(slope) => "That is {slope}, the slope, and not the activation.";
    /// Softmax without its division.
    fn not_normalised() => "That is e to the power of this sum alone: softmax divides it by the sum over all outputs.";
    /// A loss without the square.
    fn not_squared() => "That is the gap without its square.";
    /// A cross-entropy without the part of 1 − y.
    fn miss_forgotten() => "That is the part of the target alone: that of 1 − target counts as well.";
    /// log₁₀ for ln.
    fn decimal_log() => "That is what the logarithm to base ten leads to: ln has the base e.";
}
