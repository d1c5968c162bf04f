//! Of what changes the drawing of the network, and of its parts that can be chosen.

sentences! {
    /// The name of the switches.
    fn diagram() => "Diagram";
    /// A button.
    fn zoom_out() => "Zoom out";
    /// A button.
    fn zoom_in() => "Zoom in";
    /// A button: as large as it has room.
    fn whole_network() => "Whole network";
    /// A switch: the network is changed in the drawing. Where there is little room only its short name is seen.
    fn edit_network(edit) => "{edit} network";
    /// Its short name.
    fn edit() => "Edit";
    /// A switch. Where there is little room only its short name is seen.
    fn unit_pictures(pictures) => "Unit {pictures}";
    /// Its short name.
    fn pictures() => "pictures";
    /// Its tip.
    fn unit_pictures_tip() => "What each hidden unit makes of the inputs";

    /// A button.
    fn add_unit(layer) => "Add a unit to layer {layer}";
    /// A button.
    fn remove_unit(layer) => "Remove a unit from layer {layer}";
    /// A button.
    fn add_layer(layer) => "Add a layer before layer {layer}";
    /// What it says where there is room.
    fn plus_layer() => "+ layer";
    /// A button.
    fn remove_layer(layer) => "Remove layer {layer}";

    /// The name of the boxes and buttons that choose a part of a large network.
    fn look_at_unit() => "Look at a unit";
    /// A list box.
    fn layer_of_unit() => "Layer of the unit";
    /// Which unit, with the box for its number.
    fn unit_of(unit, of) => "unit {unit} of {of}";
    /// The name of that box.
    fn unit_of_layer() => "Unit of the layer";
    /// Which of the unit's weights, with the box for the number of the unit that it comes from.
    fn weight_from(unit) => "weight from {unit}";
    /// The name of that box.
    fn weight_from_unit() => "Weight from unit";
    /// The button that chooses the unit's bias.
    fn bias() => "bias";
    /// The name of one of these boxes and what was typed there, which is refused.
    fn no_whole_number(name, typed, most) => "{name} cannot be “{typed}”: a whole number from 1 to {most} is accepted.";
    /// What is to be done while nothing is chosen.
    fn choose() => "Choose a unit or an edge by its number, or press it, to see its numbers.";

    /// Of dots that stand for units which are not drawn.
    fn show_one_of(first, last, layer) => "Show one of units {first} to {last} of layer {layer}";
    /// What keys do at a unit.
    fn keys() => "Arrow keys go to other units, with Shift to the weights into this one, Enter to the step.";
    /// A unit and its activation: "a₁ = 0.5".
    fn unit_is(unit, layer, activation) => "Unit {unit} of layer {layer}: {activation}";
    /// The same, with a weight into it and the derivative by that.
    fn unit_and_weight(unit, layer, activation, weight, derivative) => "Unit {unit} of layer {layer}: {activation}; {weight}, {derivative}";
    /// The same of a unit that is stuck.
    fn stuck_unit_is(unit, layer, state, activation) => "Unit {unit} of layer {layer}, {state}: {activation}";
    /// The same of a unit that is stuck.
    fn stuck_unit_and_weight(unit, layer, state, activation, weight, derivative) => "Unit {unit} of layer {layer}, {state}: {activation}; {weight}, {derivative}";
}
