//! Of the session: its notices, and what undo calls a change.

pub mod design;
pub mod edit;
pub mod read;
pub mod undo;

sentences! {
    /// A file has no room for a weight that large; `most` is the largest.
    fn weight_too_large(most) => "A weight has grown beyond ±{most}, the most that a lesson file may hold: go back to an earlier epoch and export from there.";
    /// A lesson that the browser's storage has no room for. “Export” is a button.
    fn lesson_too_large() => "This lesson is too large to be stored: a reload of the page opens the one before. “Export” saves it as a file.";
    /// What is not opened.
    fn lesson_not_finite() => "With the numbers of this lesson the loss is beyond what a number can hold.";
    /// What is not opened.
    fn link_not_finite() => "With the numbers of this link the loss is beyond what a number can hold.";
    /// What is not brought back.
    fn undone_not_finite() => "With the numbers of what was there the loss is beyond what a number can hold.";

    /// A run's end.
    fn diverged(epoch, loss) => "The run diverged at epoch {epoch}: {loss} grew beyond what a number can hold.";
    /// What can still be done then.
    fn can_be_visited(last) => "Every epoch up to {last} can still be visited.";
    /// What to do about it where the curvature is known; `rate` is the learning rate's letter.
    fn take_rate_below(ratio, curvature, rate, bound) => "At the end it grew {ratio}-fold per epoch, as an error of curvature λmax = {curvature} does: try a learning rate {rate} below 2/λmax = {bound}.";
    /// What to do about it.
    fn take_half(rate, half) => "Try half the learning rate, {rate} = {half}, or smaller weights.";
    /// A run's end.
    fn stopped_as_asked(epoch) => "Stopped at epoch {epoch}, as asked.";
    /// A run's end.
    fn stopped_below(epoch, loss, least) => "Stopped at epoch {epoch}: {loss} is below {least}.";
    /// A run's end; `goal` is a clause.
    fn solved(epoch, goal) => "Solved at epoch {epoch}: {goal}.";

    /// What Reset has done.
    fn lesson_reset() => "Reset to the lesson's start.";
    /// What Reset has done, and how many epochs are gone. U is a key.
    fn lesson_reset_from_epochs(n: count) => one "Reset to the lesson's start: {n} epoch is gone. Undo (U) brings it back.", other "Reset to the lesson's start: {n} epochs are gone. Undo (U) brings them back.";
    /// What Reset has done, and how many edits are gone.
    fn lesson_reset_from_edits(n: count) => one "Reset to the lesson's start: {n} edit is gone. Undo (U) brings it back.", other "Reset to the lesson's start: {n} edits are gone. Undo (U) brings them back.";
    /// What Reset has done, and what is gone: [`epochs`] and [`edits`].
    fn lesson_reset_from_both(epochs, edits) => "Reset to the lesson's start: {epochs} and {edits} are gone. Undo (U) brings them back.";
    /// What the reset of the weights has done.
    fn weights_reset() => "Reset the weights, with learning rate and data as they are.";
    /// What the reset of the weights has done, and how many epochs are gone.
    fn weights_reset_from_epochs(n: count) => one "Reset the weights, with learning rate and data as they are: {n} epoch is gone. Undo (U) brings it back.", other "Reset the weights, with learning rate and data as they are: {n} epochs are gone. Undo (U) brings them back.";
    /// How what was reset comes back. U is a key.
    fn undo_goes_back() => "Undo (U) goes back to the step before.";
    /// How many epochs, in [`lesson_reset_from_both`].
    fn epochs(n: count) => one "{n} epoch", other "{n} epochs";
    /// How many edits, in [`lesson_reset_from_both`].
    fn edits(n: count) => one "{n} edit", other "{n} edits";

    /// Why a bookmark is not added.
    fn bookmarks_full(n: count) => one "There is {n} bookmark, the most that a lesson has: remove one first.", other "There are {n} bookmarks, the most that a lesson has: remove one first.";
    /// Why a bookmark is not added.
    fn bookmark_name(most) => "A bookmark has a name of 1 to {most} characters.";

    /// Which share of samples is right, and how many that are of how many.
    fn right(share, n, all) => "{share} ({n} of {all})";
}
