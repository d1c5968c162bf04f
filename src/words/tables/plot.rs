//! Of the tab Plot: what a unit makes of one input or two.

sentences! {
    /// In place of a plot; how many inputs there are.
    fn no_plot(n) => "A plot shows what becomes of one input or two; this network has {n}.";
    /// Before the list box of units, which is a place.
    fn of_unit(units) => "unit {units}";
    /// The name of the list box of units.
    fn unit() => "Unit";
    /// A slider, a place, and its value, another.
    fn hidden_units_slider(slider, value) => "hidden units {slider}{value}";
    /// The name of the slider.
    fn hidden_units() => "Hidden units";
    /// A switch, which is a place.
    fn shares(switch) => "{switch} hidden units’ shares";
    /// Before a list box: what a new point is to be.
    fn new_points() => "new points";
    /// The name of the list box.
    fn name_of_new_points() => "New points";
    /// What a new point is to be: the numbers of a target.
    fn target(numbers) => "target {numbers}";

    /// A colour of the legend, of a unit by its symbol.
    fn above_half(unit) => "{unit} above ½";
    /// A colour of the legend.
    fn below_half(unit) => "{unit} below ½";
    /// A colour of the legend.
    fn high(unit) => "{unit} high";
    /// A colour of the legend.
    fn low(unit) => "{unit} low";
    /// A mark of the legend.
    fn target_above_half() => "target above ½";
    /// A mark of the legend.
    fn target_below_half() => "target below ½";

    /// What the axes are: two symbols, and from where to where.
    fn axes(across, span_across, up, span_up) => "across {across} {span_across}, up {up} {span_up}.";
    /// What the line is.
    fn line_is_at_half() => "The line is at ½.";
    /// What the marks are.
    fn small_marks() => "Small marks: test set.";
    /// How points are changed.
    fn change_points() => "Click to add a point, drag to move it, click it to take it away.";

    /// The name of the plot for the keyboard.
    fn points() => "Points: arrow keys move the cross, Enter adds a point, Delete takes one away";
    /// Where the cross is.
    fn cross_at(across, up) => "{across}, {up}";
    /// Where the cross is, and on which sample.
    fn cross_on_sample(across, up, number) => "{across}, {up}, on sample {number}";
}
