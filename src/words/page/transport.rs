//! Of the bar that steps, plays and runs.

/// A speed, in steps per second.
pub fn at_speed(speed: f64) -> String {
    if speed <= 1.0 { step_per_second(&speed) } else { steps_per_second(&speed) }
}

sentences! {
    /// The button that Tab comes to first.
    fn skip() => "Skip to the step buttons";
    /// The name of the bar.
    fn transport() => "Transport";

    /// A button.
    fn to_start() => "To start";
    /// Its tip, with its key.
    fn to_start_tip() => "To start (Home)";
    /// A button.
    fn step_back() => "Step back";
    /// Its tip, with its key.
    fn step_back_tip() => "Step back (←)";
    /// A button.
    fn play() => "Play";
    /// Its tip, with its key.
    fn play_tip() => "Play (Space)";
    /// A button.
    fn pause() => "Pause";
    /// Its tip, with its key.
    fn pause_tip() => "Pause (Space)";
    /// A button.
    fn step_forward() => "Step forward";
    /// Its tip, with its key.
    fn step_forward_tip() => "Step forward (→)";
    /// A button.
    fn end_of_phase() => "End of phase";
    /// Its tip, with its key.
    fn end_of_phase_tip() => "End of phase (End)";
    /// A button.
    fn next_epoch() => "Next epoch";
    /// Its tip, with its key.
    fn next_epoch_tip() => "Next epoch (E)";
    /// A button: back to the lesson as it was opened.
    fn reset() => "Reset";
    /// Its tip, with its key.
    fn reset_tip() => "Reset (R)";
    /// A button: back to the start weights with what learns as it is.
    fn reset_weights() => "Reset weights";
    /// Its tip, with its key.
    fn reset_weights_tip() => "Reset weights (Shift R)";
    /// A button.
    fn undo() => "Undo";
    /// Its tip, with its key.
    fn undo_tip() => "Undo (U)";
    /// The same, with what is undone.
    fn undo_of(change) => "Undo: {change} (U)";
    /// A button.
    fn redo() => "Redo";
    /// Its tip, with its key.
    fn redo_tip() => "Redo (Shift U)";
    /// The same, with what is made again.
    fn redo_of(change) => "Redo: {change} (Shift U)";

    /// The name of the bar of steps.
    fn step() => "Step";
    /// Where the bar of steps stands.
    fn before_the_first_step() => "before the first step";
    /// Where the bar of steps stands, and the symbol of what the step computes.
    fn at_step(phase, step, of, symbol) => "{phase}, step {step} of {of}: {symbol}";
    /// The same, at a line of the step's derivation.
    fn at_line(phase, step, of, line, of_lines, symbol) => "{phase}, step {step} of {of}, line {line} of {of_lines}: {symbol}";
    /// The same, of one of several samples.
    fn at_step_of_sample(sample, phase, step, of, symbol) => "sample {sample}, {phase}, step {step} of {of}: {symbol}";
    /// The same, of one of several samples.
    fn at_line_of_sample(sample, phase, step, of, line, of_lines, symbol) => "sample {sample}, {phase}, step {step} of {of}, line {line} of {of_lines}: {symbol}";

    /// Of a part of the bar of steps, with the phases that repeat there for each sample.
    fn samples_with(n: count, phases) => one "{n} sample: {phases}", other "{n} samples: {phases}";
    /// A phase in that list.
    fn forward() => "forward";
    /// A phase in that list.
    fn error() => "error";
    /// A phase in that list.
    fn backward() => "backward";
    /// A phase in that list.
    fn average() => "average";
    /// A phase in that list.
    fn update() => "update";

    /// How steps are made, with the list box to choose it.
    fn step_by(grain) => "step by {grain}";
    /// The name of that list box.
    fn step_by_name() => "Step by";
    /// How fast steps are played, with the list box to choose it.
    fn play_at(speed) => "play at {speed}";
    /// The name of that list box.
    fn speed() => "Speed";
    /// A speed of at most one step in a second.
    fn step_per_second(speed) => "{speed} step/s";
    /// A speed of more.
    fn steps_per_second(speed) => "{speed} steps/s";

    /// What stands before the number of the epoch, where there is little room.
    fn epoch_short() => "epoch";
    /// The name of that number.
    fn epoch() => "Epoch";
    /// Which update of the epoch.
    fn batch(batch, of) => "batch {batch} of {of}";
}
