//! Of the tab Slice: the loss along one parameter, or over two.

sentences! {
    /// The symbol of the loss and the list box of parameters, which are places.
    fn loss_along(loss, parameters) => "{loss} along {parameters}";
    /// The name of that list box.
    fn along() => "Along";
    /// Before the list box of second parameters, which is a place.
    fn and_along(parameters) => "and along {parameters}";
    /// The name of that list box.
    fn name_of_second() => "And along";
    /// No second parameter.
    fn nothing() => "nothing";
    /// While the network learns.
    fn waits() => "So many samples are looked at when the run pauses.";

    /// A slider, a place, and its value, another.
    fn range_slider(slider, value) => "range {slider}{value}";
    /// The name of the slider.
    fn range_of(parameter) => "Range of {parameter}";
    /// The same, where there are two parameters.
    fn range_of_both() => "Range of both";
    /// How far it goes to either side of two parameters.
    fn reaches(one, reach, other, reach_of_other) => "{one} ±{reach}, {other} ±{reach_of_other}";

    /// The name of the table of numbers.
    fn in_numbers() => "Slice in numbers";
    /// A row, with the symbol of a derivative.
    fn slope(derivative) => "slope of the tangent, {derivative}";
    /// A row.
    fn by_this_update(parameter) => "{parameter} by this update";
    /// What the update does to a parameter.
    fn old_to_new(old, new, step) => "{old} to {new}, a step of {step}";
    /// A row.
    fn loss_at_old(loss, parameter) => "{loss} at the old {parameter}";
    /// A row.
    fn loss_predicted(loss, parameter) => "{loss} predicted at the new {parameter}, on the tangent";
    /// A row.
    fn loss_at_new(loss, parameter) => "{loss} at the new {parameter}, all else as before";
    /// A row.
    fn loss_after_all(loss) => "{loss} after the whole update";
    /// A row.
    fn loss_here(loss) => "{loss} here";
    /// A row.
    fn loss_at_both(loss) => "{loss} at both new values, all else as before";
    /// A row: how many.
    fn points_of_the_way() => "points of the way of the run";

    /// Whose loss it is, a clause, and what stays.
    fn loss_is(batch_loss) => "{batch_loss}; all other weights and biases are as they are before this update.";
    /// What the lines and the arrow of a map are.
    fn lines_are() => "Lines join equal loss; the arrow against the gradient shows where, as the axes are drawn, it leads, not how far.";
    /// Where updates go layer by layer.
    fn layer_by_layer() => "Updated layer by layer, the derivative that the update uses is the slope of this curve in the output layer only.";
}
