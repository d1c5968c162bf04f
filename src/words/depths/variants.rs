//! How books and frameworks make an optimiser's step: who does it so, where that is not only a name, and what is
//! different.

sentences! {
    /// Of momentum, of Nesterov momentum, and of RMSProp.
    fn pytorch_and_this_page() => "PyTorch, and this page";
    /// Of momentum.
    fn ng() => "Ng’s course: as a mean";
    /// Of RMSProp.
    fn hinton() => "Hinton’s lecture 6e";
    /// Of Adam.
    fn kingma_ba() => "Kingma and Ba, algorithm 1; PyTorch; this page";
    /// Of Adam.
    fn kingma_ba_end() => "Kingma and Ba, end of section 2; Keras, TensorFlow";
    /// Of Adam.
    fn bert() => "BERT’s own Adam: without correction";

    /// m does not have the learning rate in it.
    fn rate_outside(rate) => "The rate {rate} stands outside of m: another {rate} counts at once, for the old steps as well.";
    /// u has.
    fn rate_inside(rate) => "The rate {rate} stands inside the velocity u: the same while {rate} stays; after a change the old steps go on with the old {rate}.";
    /// The derivative has the share 1 − μ, whose value `share` is.
    fn as_mean(share, rate) => "u is a mean: steps are 1 − μ = {share} times as long, which a larger {rate} makes up for. In PyTorch it is dampening = μ, but for the first update, which is not dampened there.";
    /// The weight is where Nesterov momentum looks ahead from.
    fn looks_ahead() => "The same path under other names: their weight θ stands where momentum has come to, and the derivative is taken at θ − μ·u, which is the weight here. The number is θ.";

    /// RMSProp's division by √v + ε.
    fn epsilon_beside_root() => "ε beside the root. PyTorch starts with ρ = 0.99 and ε = 10⁻⁸ unless told otherwise.";
    /// By √(v + ε).
    fn epsilon_inside_root() => "ε inside the root, where it weighs more while the derivatives are small: √ε and not ε bounds the divisor. Unless told otherwise ρ = 0.9 and ε = 10⁻⁷.";
    /// By that of a mean that starts at 1.
    fn mean_from_one() => "ε inside the root, and the running mean u starts at 1 and not at 0: what is left of that makes the first steps shorter. Unless told otherwise ε = 10⁻¹⁰.";
    /// By √v.
    fn no_epsilon() => "No ε: without any derivative so far it would be 0/0.";

    /// Adam's division by √v̂ + ε.
    fn epsilon_beside_corrected_root() => "ε beside the root of the corrected v̂. PyTorch has ε = 10⁻⁸ unless told otherwise, as the paper.";
    /// By √v + ε; `times` is the value of 1/√(`correction`).
    fn corrections_in_rate(correction, times) => "The corrections go into the rate, and ε stands beside the root of v as it is: in this update it weighs 1/√({correction}) = {times} times as much. Keras has ε = 10⁻⁷ unless told otherwise.";
    /// m and v as they are; `times` is the value of the fraction before it.
    fn without_correction(correction_1, correction_2, times) => "But for ε this step is ({correction_1})/√({correction_2}) = {times} times as long. Of the first update that is (1 − β₁)/√(1 − β₂).";
}
