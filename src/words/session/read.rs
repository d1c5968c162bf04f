//! What is wrong with a link or with what the browser has stored, each a clause behind its place; and what a link
//! leaves out.

sentences! {
    /// Why a link is not opened: a clause.
    fn link_cannot_be_opened(why) => "This link cannot be opened: {why}.";
    /// The version of a link.
    fn later_link(version, expected) => "version {version}, expected {expected}: it may be of a later page";
    /// The version of what is stored.
    fn version(version, most) => "{version}, expected 1 to {most}";
    /// What must be there.
    fn missing() => "missing";
    /// A list with nothing in it.
    fn empty() => "empty";
    /// The first of all edits.
    fn start_is_missing() => "the start is missing";
    /// Edits one before the other.
    fn edits_out_of_order() => "edits out of order";
    /// Times one before the other.
    fn times_out_of_order() => "times out of order";
    /// A model of another time than the one that is shown.
    fn of_another_time() => "of another time";
    /// More edits than a link has with what has been learned.
    fn one_edit_at_most() => "one edit at most, of what is shown";
    /// An epoch that is too far to be learned again.
    fn too_far(most) => "it would take too long to come to, at most {most} epochs are learned again";
    /// The loss of what is stored.
    fn not_finite() => "the loss is beyond what a number can hold";
    /// A lesson of an edit.
    fn lesson_does_not_fit() => "a lesson that does not fit the start";
    /// A model of an edit.
    fn model_of_another_network() => "a model of another network";
    /// Data of an edit.
    fn no_such_data() => "no such data";
    /// Points of a curve.
    fn no_such_points() => "no such points";
    /// A weight of an edit.
    fn no_such_weight() => "no such weight";
    /// A number too large.
    fn at_most(n, most) => "{n}, at most {most}";
    /// A number of one of several.
    fn but_there_are(number, n) => "{number}, but there are {n}";
    /// An epoch.
    fn more_epochs_than_updates() => "more epochs than updates";
    /// Weights before an edit.
    fn too_many_weights(n: count, most) => one "{n} weight, at most {most}", other "{n} weights, at most {most}";
    /// Weights of a model.
    fn wrong_layers(n: count, expected) => one "{n} layer, expected {expected}", other "{n} layers, expected {expected}";
    /// Weights of a layer.
    fn wrong_numbers(n: count, expected) => one "{n} number, expected {expected}", other "{n} numbers, expected {expected}";
    /// Earlier runs by number.
    fn impossible_numbers() => "numbers that cannot be";
    /// The digits that are shown.
    fn digits_out_of_range() => "digits out of range";
    /// The speed of steps.
    fn no_such_speed() => "not one of the speeds";
    /// How fast a run goes and when it stops.
    fn run_out_of_range() => "pace or loss out of range";
    /// What drawn weights are multiplied by.
    fn scale_out_of_range() => "scale out of range";

    /// What a link leaves out, in a list.
    fn curve() => "the loss curve up to here";
    /// What a link leaves out, in a list.
    fn edits() => "the edits one by one";
    /// What a link leaves out, in a list.
    fn optimiser_state() => "what the optimiser remembers";
    /// What a link leaves out, in a list.
    fn learned() => "what has been learned: it opens before the first epoch";
    /// What a link leaves out, in a list.
    fn run() => "the run up to here: it starts with these weights";
    /// What a link leaves out, in a list.
    fn ahead() => "the run beyond this epoch";
    /// What a link leaves out, in a list.
    fn texts() => "the lesson’s notes, guide and published numbers";
    /// What a link leaves out, in a list.
    fn earlier_runs() => "earlier runs";
}
