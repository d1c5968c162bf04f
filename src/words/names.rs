//! Of units and quantities.

sentences! {
    /// A unit within a sentence, by its number in a layer.
    fn unit_of_layer(unit, layer) => "unit {unit} of layer {layer}";
    /// The same at the start of a sentence.
    fn unit_of_layer_at_start(unit, layer) => "Unit {unit} of layer {layer}";
    /// A unit within a sentence, by its number in the network.
    fn unit(unit) => "unit {unit}";
    /// The same at the start of a sentence.
    fn unit_at_start(unit) => "Unit {unit}";

    /// The mark at a symbol of before an update.
    fn old() => "old";
    /// The mark at a symbol of after an update.
    fn new() => "new";
    /// A symbol of before an update, in a line.
    fn symbol_before(symbol) => "{symbol}old";
    /// A symbol of after an update, in a line.
    fn symbol_after(symbol) => "new {symbol}";

    /// What is wrong with a quantity's name in a file: a clause.
    fn means_nothing(name) => "\"{name}\" means nothing here";
}
