//! What undo and redo call a change, behind "Undo" and "Redo".

sentences! {
    /// Reset.
    fn reset() => "reset";
    /// The reset of the weights.
    fn reset_of_weights() => "reset of the weights";
    /// A lesson of this title is opened.
    fn open(title) => "open “{title}”";
    /// A link is opened.
    fn open_link() => "open a link";
    /// A page of the guide is opened.
    fn guide_page(number) => "page {number} of the guide";
    /// A bookmark is added.
    fn bookmark(name) => "bookmark “{name}”";
    /// A bookmark is taken away.
    fn bookmark_less(name) => "bookmark “{name}” less";
    /// An earlier run is taken away.
    fn earlier_run_less() => "an earlier run less";

    /// A layer is added.
    fn layer_more() => "a layer more";
    /// A layer is taken away.
    fn layer_less() => "a layer less";
    /// A layer has so many units.
    fn units(layer, n) => "units of layer {layer} → {n}";
    /// A layer has another activation function.
    fn activation(layer, activation) => "activation of layer {layer} → {activation}";
    /// A layer has biases.
    fn biases(layer) => "biases of layer {layer}";
    /// A layer has no biases.
    fn no_biases(layer) => "no biases of layer {layer}";
    /// Another loss.
    fn loss(loss) => "loss → {loss}";
    /// Another optimiser.
    fn optimiser(optimiser) => "optimiser → {optimiser}";
    /// Another batch size.
    fn batch_size(n) => "batch size → {n}";
    /// The samples are shuffled, or not.
    fn order_of_samples() => "the order of the samples";
    /// All weights are drawn again.
    fn new_weights() => "new initial weights";
    /// Other data.
    fn other_data() => "other data";
    /// The network of a file.
    fn weights_of_file() => "the weights of a file";
}
