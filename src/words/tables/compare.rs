//! Of the tab Compare: runs side by side.

sentences! {
    /// A button.
    fn keep_this_run() => "Keep this run";
    /// A button: opens three lessons that belong together.
    fn deep_beside_shallow() => "Deep beside shallow";
    /// A number field, which is a place.
    fn epochs(field) => "{field} epochs";
    /// The name of the number field.
    fn epochs_for_all() => "Epochs for all";
    /// A button.
    fn stop_all() => "Stop all";
    /// A button.
    fn run_all() => "Run all";
    /// In place of the table.
    fn hint() => "Keep the run that is open, change its design or open another lesson, and keep that too: the kept runs stand side by side here and learn together. Or set a deep network beside two shallow ones with as many parameters.";

    /// The name of the table.
    fn runs_side_by_side() => "Runs side by side";
    /// The heading of the rows.
    fn what() => "what";
    /// A row.
    fn network() => "network";
    /// A row: how many.
    fn parameters() => "parameters";
    /// A row: how many.
    fn samples() => "samples";
    /// A row.
    fn epoch() => "epoch";
    /// A row.
    fn loss() => "loss";
    /// A row.
    fn test_loss() => "test loss";
    /// A row.
    fn test_accuracy() => "test accuracy";
    /// A row of plots.
    fn output() => "output";
    /// A row of buttons.
    fn run() => "run";
    /// A button.
    fn open() => "Open";
    /// The same, as a listener hears it, with the title of a lesson.
    fn open_lesson(title) => "Open {title}";
    /// A button, with the title of a lesson.
    fn remove_lesson(title) => "Remove {title}";
    /// What a plot is of.
    fn the_output() => "The output";
    /// In place of a plot.
    fn no_plot() => "no plot: more than two inputs";
}
