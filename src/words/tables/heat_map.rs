//! Of a map of a layer’s numbers.

sentences! {
    /// What a map is.
    fn heat_map() => "heat map";
    /// The name of a map of `symbol`.
    fn map_of(symbol, layer, rows, columns) => "Map of {symbol}, layer {layer}: {rows} rows, {columns} columns";
    /// The same with biases.
    fn map_with_biases_of(symbol, layer, rows, columns) => "Map of {symbol}, layer {layer}: {rows} rows, {columns} columns and the biases";
    /// The name of what says the number of a cell.
    fn number_in_map(symbol) => "Number in the map of {symbol}";

    /// A cell, by its symbol: it does not learn.
    fn is_fixed(symbol) => "{symbol}: fixed";
    /// A cell, by its symbol: no step has come to it.
    fn is_not_yet(symbol) => "{symbol}: not yet";
    /// Why a map is empty: the network learns.
    fn pause_to_see() => "Not yet: pause to see it.";
    /// Why a map is empty.
    fn update_computes() => "Not yet: the update computes it.";
    /// Why a map is empty.
    fn average_computes() => "Not yet: the average over the batch computes it.";
    /// Why a map is empty.
    fn backward_computes() => "Not yet: the backward pass computes it.";
    /// How much of a map is there.
    fn so_far(reached, n) => "{reached} of {n} so far.";
}
