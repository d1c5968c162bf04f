//! What stands beside the matrices of a phase.

sentences! {
    /// A heading.
    fn error() => "Error";
    /// A heading.
    fn output_layer() => "Output layer";
    /// A heading, of the only one.
    fn hidden_layer() => "Hidden layer";
    /// A heading, of one of several.
    fn hidden_layer_of(number) => "Hidden layer {number}";

    /// A way in which matrices lie.
    fn rows_receive() => "z = W a: rows receive";
    /// A way in which matrices lie.
    fn rows_send() => "z = Wᵀ a: rows send";
    /// A way in which matrices lie.
    fn row_vectors() => "z = a W: samples in rows";

    /// An equation, as it is heard; its left side may be an equation, too.
    fn equals(left, right) => "{left}, equals {right}";
}
