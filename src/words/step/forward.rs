//! Of a weighted sum and an activation.

sentences! {
    /// The question of a linear output and of an output's activation.
    fn what_is_predicted(prediction) => "What does the network predict for {prediction}?";
    /// The question of a weighted sum.
    fn what_is_the_sum(unit) => "What is the weighted sum of {unit}?";
    /// The question of a hidden unit's activation.
    fn what_is_passed_on(unit) => "What does {unit} pass on?";

    /// How a sum of the only input is made, with a bias.
    fn input_and_bias() => "The input is multiplied by its weight, and the bias is added.";
    /// The same without a bias.
    fn input() => "The input is multiplied by its weight.";
    /// Of several inputs, with a bias.
    fn inputs_and_bias() => "Each input is multiplied by its weight; the products and the bias are added.";
    /// The same without a bias.
    fn inputs() => "Each input is multiplied by its weight; the products are added.";
    /// Of the only unit of the previous layer, with a bias.
    fn output_and_bias() => "The output of the previous layer is multiplied by its weight, and the bias is added.";
    /// The same without a bias.
    fn output() => "The output of the previous layer is multiplied by its weight.";
    /// Of several units of the previous layer, with a bias.
    fn outputs_and_bias() => "Each output of the previous layer is multiplied by its weight; the products and the bias are added.";
    /// The same without a bias.
    fn outputs() => "Each output of the previous layer is multiplied by its weight; the products are added.";

    /// What a linear unit does with its sum. The unit's name begins the sentence.
    fn is_linear(unit) => "{unit} is linear: it passes the sum on as it is.";
    /// What the sum of another unit is called.
    fn is_called(sum) => "The sum is called {sum}.";
    /// Of a sum that is 0 on paper: what rounding leaves of it.
    fn is_zero_on_paper(rest) => "On paper it is 0; binary arithmetic leaves {rest}.";
    /// What the identity does to a sum.
    fn identity() => "The identity passes the sum on as it is.";
    /// What the sigmoid does to a sum.
    fn sigmoid() => "The sigmoid squeezes any sum into a number between 0 and 1.";
    /// What the hyperbolic tangent does to a sum.
    fn tanh() => "The hyperbolic tangent squeezes any sum into a number between −1 and 1.";
    /// What the ReLU does to a sum.
    fn relu() => "The ReLU lets a positive sum through and answers 0 to any other.";
    /// What the leaky ReLU does to a sum.
    fn leaky_relu() => "The leaky ReLU lets a positive sum through and a hundredth of any other.";
    /// What the softplus does to a sum.
    fn softplus() => "The softplus is a smooth ReLU: always positive, nearly the sum itself when it is large.";
    /// What the ELU does to a sum.
    fn elu() => "The ELU lets a positive sum through and bends any other smoothly, to no less than −1.";
    /// What the softmax does to the sums of a layer.
    fn softmax() => "The softmax turns the sums of the layer into shares that add up to 1.";

    /// Where rounding alone decides on which side of its kink an activation function is.
    fn is_at_kink(function, slope_below, slope) => "This is the kink of the {function}: below 0 its slope is {slope_below}, above it 1, and nothing but the rest of rounding decides that it is {slope} here.";
}
