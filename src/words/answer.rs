//! What a typed answer is told. A sentence about a mistake says what the number is instead, and why it is not the one.

pub mod backward;
pub mod common;
pub mod forward;
pub mod update;

sentences! {
    /// To an answer that is right.
    fn right() => "Right.";
    /// To an answer with too few digits.
    fn too_short() => "Right so far, but too short to tell: type more digits.";
    /// To an answer within a hundredth.
    fn near() => "Near, but not to the digits that you typed: perhaps a number was rounded on the way.";
    /// To any other answer.
    fn is_not(name) => "That is not {name}.";
    /// Between what the number is and what else it may be.
    fn comes_out_otherwise() => "The same number comes out in another way, too.";

    /// To an empty answer.
    fn nothing_typed() => "Nothing is typed: type a number between −10³⁰⁸ and 10³⁰⁸ such as 0.25, with a power of ten as in 2.5e-3.";
    /// To an answer that is no number.
    fn no_number(typed) => "“{typed}” cannot be taken: type a number between −10³⁰⁸ and 10³⁰⁸ such as 0.25, with a power of ten as in 2.5e-3.";
}
