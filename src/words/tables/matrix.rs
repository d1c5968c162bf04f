//! Of the tab Matrix.

sentences! {
    /// In place of the matrices of a large network, while it learns.
    fn waits() => "The network learns. Pause it to see its matrices.";
    /// The name of the region.
    fn matrix_form() => "Matrix form";
    /// Beside the name of a phase.
    fn in_matrices() => "in matrices and vectors";
    /// The name of the list box of orientations.
    fn orientation() => "Orientation";
    /// An orientation.
    fn as_the_notation() => "as the notation has it";
    /// A switch; δ by its symbol.
    fn write_out(delta) => "Write {delta} out";
    /// A switch.
    fn sample_by_sample() => "Sample by sample";
    /// Why a switch is idle.
    fn optimiser_takes_more(delta) => "This optimiser makes its step of more than the derivative: {delta} is written out in the phase Backward.";
    /// Why a switch is idle.
    fn no_hidden_delta(delta, phase) => "There is no {delta} of a hidden layer in the phase {phase}.";
    /// Why a switch is idle.
    fn no_mean(phase) => "There is no mean over samples to be worked out in the phase {phase}.";
    /// A button.
    fn copy_as_latex() => "Copy as LaTeX";
    /// A button.
    fn copy_as_numpy() => "Copy as NumPy";
    /// The name of the list of an equation’s numbers.
    fn cells() => "Cells";
}
