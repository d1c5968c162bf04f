//! Of several steps that were made as one.

sentences! {
    /// The question of the forward pass.
    fn what_do_they_come_to(n: count) => one "What does this {n} number come to?", other "What do these {n} numbers come to?";
    /// The question of the backward pass.
    fn how_changes_with_each(n: count, loss) => one "How does {loss} change with this {n} number?", other "How does {loss} change with each of these {n} numbers?";
    /// The question of the means over the samples.
    fn what_are_the_means(n: count) => one "What is the {n} mean over all samples?", other "What are the {n} means over all samples?";
    /// The question where the samples are added up by mistake.
    fn what_are_the_sums(n: count) => one "What is the {n} sum over all samples?", other "What are the {n} sums over all samples?";
    /// The question of the update.
    fn what_are_the_new_weights(n: count) => one "What is the {n} new weight?", other "What are the {n} new weights?";

    /// Of the forward pass.
    fn each_from_before() => "Each is computed from numbers that stand before it.";
    /// Of the backward pass.
    fn each_from_nearer_to_loss() => "Each follows from those nearer to the loss and from numbers of the forward pass.";
    /// Of the means over the samples.
    fn each_is_a_mean() => "The loss is the mean over the samples, so each derivative is the mean of theirs.";
    /// A mistake on purpose.
    fn each_is_added_up() => "Broken on purpose: the loss is the mean over the samples, and their derivatives are only added up.";
    /// Of the update.
    fn each_is_stepped() => "Each new weight is its old one and the step that its derivative leads to.";
    /// Which of many formulas are written.
    fn some_are_written(n: count, n_first) => one "The first {n_first} and the last of the {n} are written here; steps by value show each.", other "The first {n_first} and the last of the {n} are written here; steps by value show each.";
}
