//! Of forward mode beside reverse mode.

sentences! {
    /// The button that opens it.
    fn two_ways() => "Two ways";
    /// Its name.
    fn two_ways_through() => "Two ways through the chain rule";
    /// A heading.
    fn forward_from(parameter, loss) => "Forward mode: from {parameter} to {loss}";
    /// A heading.
    fn reverse_from(loss, parameter) => "Reverse mode: from {loss} back to {parameter}";
    /// Lines of a layer that are left out.
    fn more_of_layer(n: count) => one "… and {n} more of this layer", other "… and {n} more of this layer";

    /// The name of the table.
    fn multiplications_of_both() => "Multiplications";
    /// The head of its column of modes.
    fn multiplications() => "multiplications";
    /// The head of a column: how many for one parameter.
    fn for_one(parameter) => "for {parameter}";
    /// The head of a column: how many for all parameters.
    fn for_all(number) => "for all {number}";
    /// A row.
    fn forward_mode() => "forward mode";
    /// A row.
    fn reverse_mode() => "reverse mode";
    /// What follows.
    fn this_is_backpropagation(number) => "Forward mode goes through the network once for each weight. Reverse mode goes back once, keeps what it finds at each unit, and has the derivatives of all {number} weights: this is backpropagation.";
}
