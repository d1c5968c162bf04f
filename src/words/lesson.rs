//! What is said of a lesson: its data, its file, and its limits.

pub mod data;
pub mod file;
pub mod kind;
pub mod limits;

sentences! {
    /// What a step may be: a term of a sum.
    fn term() => "term";
    /// What a step may be: a value of a unit.
    fn value() => "value";
    /// What a step may be.
    fn layer() => "layer";
    /// What a step may be: the forward pass, the backward pass or the update.
    fn phase() => "phase";
}
