//! Of the tab Experiments: mistakes on purpose, and the flow of the derivatives.

sentences! {
    /// The name of the group of switches.
    fn broken_on_purpose() => "Broken on purpose";
    /// What they are.
    fn known_mistakes() => "Known mistakes, to be made from here on. The step says what it computes then, and its check measures what would be right.";
    /// A button that turns all switches off.
    fn mend_all() => "Mend all";

    /// The name of the region.
    fn gradient_flow() => "Gradient flow";
    /// Before the list box of quantities, which is a place.
    fn per_layer_and_epoch(quantities) => "per layer and epoch {quantities}";
    /// The name of the list box.
    fn size_of() => "Size of";
    /// What the chart's lines are.
    fn lines_are() => "a line for each layer, its number at its end";
    /// Until there are numbers.
    fn measuring() => "measuring …";
    /// The name of the table.
    fn derivatives_per_layer() => "Derivatives per layer";
    /// The caption of the table, over all samples.
    fn over_all(n: count, epoch) => one "At epoch {epoch}, over all {n} sample.", other "At epoch {epoch}, over all {n} samples.";
    /// The caption of the table, over some samples.
    fn over_some(n: count, epoch, counted) => one "At epoch {epoch}, over {counted} of the {n} sample.", other "At epoch {epoch}, over {counted} of the {n} samples.";
    /// What the table's bars are.
    fn bars_are() => "Bars: how many are how large, each half a power of ten, 10⁻¹² to 10³; outlined: 0.";
    /// A row: the last layer.
    fn output_layer(layer) => "{layer}, output";
    /// The name of the list of units that let nothing through.
    fn stuck_units() => "Stuck units";
    /// Units that are left out.
    fn more_units(n: count) => one "… and {n} more.", other "… and {n} more.";
}
