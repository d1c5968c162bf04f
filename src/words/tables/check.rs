//! Of the tab Gradient check, and of the ledger's measured derivatives.

sentences! {
    /// The name of the region.
    fn check_of_all() => "Gradient check of every derivative";
    /// The name of what sums the findings up.
    fn name_of_findings() => "Findings";
    /// While the network learns.
    fn waits() => "Derivatives are checked when the run pauses.";
    /// A heading; `derivative` is the symbol of one.
    fn of_the_update(derivative) => "{derivative} of the update";

    /// How a derivative is measured; `batch_loss` says whose loss it is, a clause.
    fn moves(batch_loss) => "ε moves a parameter up and down, times its size where that is above 1; {batch_loss}.";
    /// What is compared with what.
    fn tolerance_is() => "The tolerance is what the difference may miss: its truncation, estimated from third differences (∝ ε²), and the rounding of the loss and of the outputs over ε (∝ 1/ε). Within it a derivative agrees; where the tolerance is as large as what is measured, nothing can be told; a kink is a unit whose activation function bends within 2ε.";

    /// A finding: how many of all.
    fn agree(agreeing, n) => "{agreeing} of {n} agree";
    /// A finding.
    fn differ(n: count) => one "{n} differ", other "{n} differ";
    /// A finding.
    fn at_a_kink(n: count) => one "{n} at a kink", other "{n} at a kink";
    /// A finding.
    fn cannot_be_told(n: count) => one "{n} cannot be told", other "{n} cannot be told";

    /// Verdict of a derivative.
    fn kink() => "kink";
    /// Verdict of a derivative.
    fn cannot_tell() => "cannot tell";
    /// How much it says that they agree.
    fn to_digits(n: count) => one "to {n} digit at least, or all that can be measured", other "to {n} digits at least, or all that can be measured";
    /// How much another verdict says.
    fn tolerance(tolerance) => "tolerance {tolerance}";
    /// A verdict, and how much it says.
    fn verdict_says(verdict, says) => "{verdict}: {says}";

    /// A button: the graph of a parameter.
    fn error_against_epsilon(parameter) => "Error against ε for {parameter}";
    /// The caption of the graph.
    fn graph_of(derivative) => "Error of {derivative} against ε:";
    /// A line of the graph.
    fn measured() => "measured";
    /// A line of the graph.
    fn truncation() => "truncation ∝ ε²";
    /// A line of the graph.
    fn rounding() => "rounding ∝ 1/ε";
}
