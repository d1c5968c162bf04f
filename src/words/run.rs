//! Of runs.

pub mod flow;
pub mod marks;
pub mod trial;

sentences! {
    /// How fast a run goes.
    fn pace(epochs, updates) => "{epochs} epochs/s · {updates} updates/s";

    /// When a task of classes is solved: a clause.
    fn classes_are_right() => "the class of every training sample is right";
    /// When a task of numbers is solved: a clause.
    fn outputs_are_near(tolerance) => "every output for a training sample is within {tolerance} of its target";

    /// An earlier run, by its number.
    fn earlier(number) => "run {number}";
    /// The same with what it was learned with.
    fn earlier_with(number, settings) => "run {number}: {settings}";
    /// What was edited in a run, and when.
    fn edited_at(change, epoch) => "{change} at epoch {epoch}";
    /// How often a run was edited.
    fn edits(n: count) => one "{n} edit", other "{n} edits";
}
