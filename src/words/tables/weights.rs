//! Of the tab Weights: maps of a layer.

sentences! {
    /// Before the list box of maps, which is a place.
    fn show_maps(maps) => "maps {maps}";
    /// The name of the list box of maps.
    fn maps() => "Maps";
    /// What can be chosen: the value, the derivative and the step.
    fn all_three() => "all three";
    /// Before the list box of layers, which is a place.
    fn of_layer(layers) => "layer {layers}";
    /// The name of the list box of layers.
    fn layer() => "Layer";
    /// What can be chosen: the layer that the current step is about.
    fn of_the_step() => "of the step";
    /// What can be chosen: a layer, and how many rows and columns its map has.
    fn size(layer, rows, columns) => "{layer}: {rows} × {columns}";
    /// Before the list box of what has one scale, which is a place.
    fn one_scale_for(layers) => "one scale for {layers}";
    /// The name of that list box.
    fn name_of_scale() => "One scale for";
    /// What can be chosen to have one scale.
    fn all_layers() => "all layers";
    /// What can be chosen to have one scale.
    fn this_layer() => "this layer";

    /// What a map is.
    fn map_is(layer) => "Layer {layer}: a row for each unit that receives, a column for each that sends.";
    /// What a map is, with biases.
    fn map_with_biases_is(layer) => "Layer {layer}: a row for each unit that receives, a column for each that sends; the last column is the bias.";
    /// What the colours are, and what can be done.
    fn colours_are() => "A dash marks a negative value; colour strength follows √|value|. A click or Enter goes to the step that computes the number.";
}
