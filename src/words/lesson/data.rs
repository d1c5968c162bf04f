//! The names of data that are drawn from a seed.

sentences! {
    /// A truth table.
    fn and() => "AND";
    /// A truth table.
    fn or() => "OR";
    /// A truth table.
    fn xor() => "XOR";
    /// A truth table: whether the number of ones is odd.
    fn parity() => "parity";
    /// A truth table: whether the inputs read the same from behind.
    fn symmetry() => "symmetry";
    /// One input is 1, and the outputs are to be the inputs.
    fn encoder() => "encoder";
    /// A curve.
    fn line() => "line";
    /// A curve.
    fn sine() => "sine";
    /// A curve.
    fn step() => "step";
    /// A curve.
    fn bump() => "bump";
    /// Points of two classes.
    fn two_gaussians() => "two Gaussians";
    /// Points of two classes.
    fn circles() => "circles";
    /// Points of two classes.
    fn moons() => "moons";
    /// Points of two classes.
    fn two_spirals() => "two spirals";
    /// Targets that another network computes.
    fn teacher_network() => "teacher network";
}
