//! Of the tab Published: the numbers that a source prints, beside ours.

sentences! {
    /// In place of the table.
    fn prints_nothing() => "This lesson’s source prints no numbers.";
    /// Before the name of the lesson's source, which is a place.
    fn source(source) => "Source: {source}";
    /// What the comparison is of.
    fn is_of_the_start() => "The comparison uses the lesson as it was opened: edits change nothing here.";
    /// The name of the table.
    fn published_numbers() => "Published numbers";

    /// A heading: what the number is of.
    fn quantity() => "quantity";
    /// A heading: the number as the source prints it.
    fn printed() => "printed";
    /// A heading: the number as this page has it.
    fn ours() => "ours";
    /// A heading, of a column of buttons.
    fn show() => "show";
    /// A heading of the rows of the start.
    fn epoch_0() => "Epoch 0, the start";
    /// A heading of the rows of an epoch.
    fn epoch(epoch) => "Epoch {epoch}";

    /// How far the comparison is: `n` numbers in all.
    fn comparing(n: count, done) => one "Comparing: {done} of {n} numbers so far …", other "Comparing: {done} of {n} numbers so far …";
    /// A finding: `n` numbers in all.
    fn agree(n: count, agreeing) => one "{agreeing} of {n} numbers agree", other "{agreeing} of {n} numbers agree";
    /// A finding: numbers that the source has wrong.
    fn errata(n: count) => one "{n} erratum", other "{n} errata";
    /// A finding.
    fn differ(n: count) => one "{n} differs", other "{n} differ";
    /// A finding.
    fn not_reached(n: count) => one "{n} not reached: the run diverges", other "{n} not reached: the run diverges";
    /// A finding: numbers of quantities that are not known.
    fn unknown(n: count) => one "{n} unknown", other "{n} unknown";

    /// Verdict of a number.
    fn not_compared_yet() => "not compared yet";
    /// Verdict of a number.
    fn erratum() => "erratum";
    /// Verdict of a number.
    fn unknown_quantity() => "unknown quantity";
    /// Verdict of a number.
    fn the_run_diverges() => "the run diverges";

    /// A button in a row.
    fn show_it() => "Show";
    /// The same, as a listener hears it.
    fn show_at_epoch(quantity, epoch) => "Show {quantity} at epoch {epoch}";
}
