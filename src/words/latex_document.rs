//! What stands in the LaTeX document of an update.

sentences! {
    /// The title of a lesson that has none.
    fn backpropagation() => "Backpropagation";
    /// The heading, of an epoch with one update.
    fn epoch(title, epoch) => "{title}: Epoch {epoch}";
    /// The heading, of an epoch with several.
    fn batch(title, epoch, batch, of) => "{title}: Epoch {epoch}, batch {batch} of {of}";
    /// The heading of a phase of one of several samples, which is called so in a sentence: "sample 2 of 4".
    fn phase_of_sample(phase, sample) => "{phase}, {sample}";
    /// The end of a document that has not all steps.
    fn only_the_first(n: count, most) => one "The update has {n} step; the first {most} stand here.", other "The update has {n} steps; the first {most} stand here.";
}
