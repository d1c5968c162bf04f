//! Of the prediction as one expression.

sentences! {
    /// The button that opens it, and its name.
    fn prediction() => "Prediction";
    /// The name of the buttons, one for each unit.
    fn write_out() => "Write out";
    /// A button of a unit.
    fn write_out_unit(unit) => "Write out {unit}";
    /// A button: every unit.
    fn all() => "All";
    /// A button: no unit.
    fn none() => "None";
    /// The list box that chooses which output.
    fn output() => "Output";
    /// What the expression tells.
    fn no_hidden_units() => "No hidden units: the prediction is this sum of the inputs.";
    /// What the buttons are for.
    fn which_weights() => "Write out a unit to see which weights stand behind it.";
    /// What follows from it.
    fn weights_have_to_change() => "To change the prediction, the weights have to change.";
    /// Why there is no button for every unit.
    fn too_long() => "All of them at once would be too long here.";
}
