//! What the tabs beside the network say.

pub mod accuracy;
pub mod check;
pub mod compare;
pub mod data;
pub mod design;
pub mod experiments;
pub mod heat_map;
pub mod images;
pub mod ledger;
pub mod matrix;
pub mod plot;
pub mod published;
pub mod rates;
pub mod slice;
pub mod weights;

sentences! {
    /// The name of the card of the tabs, and of their list.
    fn tables() => "Tables";
    /// A tab: every weight and bias of the network.
    fn ledger_tab() => "Ledger";
    /// A tab: the matrix form.
    fn matrix_tab() => "Matrix";
    /// A tab: the samples.
    fn data_tab() => "Data";
    /// A tab: what the source prints.
    fn published_tab() => "Published";
    /// A tab: the plot of a unit.
    fn plot_tab() => "Plot";
    /// A tab: maps of the weights.
    fn weights_tab() => "Weights";
    /// A tab: runs side by side.
    fn compare_tab() => "Compare";
    /// A tab: the network and its data, to be changed.
    fn design_tab() => "Design";
    /// A tab: mistakes on purpose, and the flow of the derivatives.
    fn experiments_tab() => "Experiments";
    /// A tab: the loss along a parameter.
    fn slice_tab() => "Slice";
    /// A tab: the loss by other learning rates.
    fn rates_tab() => "Learning rates";
    /// A tab, and what opens it: every derivative measured.
    fn check_tab() => "Gradient check";
    /// A tab: how many predictions are right.
    fn accuracy_tab() => "Accuracy";

    /// In place of a tab, while steps ask first; Q is a key.
    fn could_tell() => "This could tell an answer. It is here at the end of the update, while the network learns, and as soon as steps do not ask first (Q).";
    /// A button, with the name of the tab that it closes.
    fn close(tab) => "Close {tab}";
    /// The same with its key.
    fn close_by_key(tab) => "Close {tab} (Delete, on its tab)";

    /// A heading: a weight or bias.
    fn parameter() => "parameter";
    /// A heading: a layer, or its number.
    fn layer() => "layer";
    /// A heading: a derivative that is measured.
    fn central_difference() => "central difference";
    /// A heading: how far a derivative is from what is measured.
    fn error() => "error";
    /// A heading: whether two numbers agree.
    fn verdict() => "verdict";
    /// A verdict.
    fn agrees() => "agrees";
    /// A verdict.
    fn differs() => "differs";
    /// In a legend: samples that are kept apart.
    fn test_set() => "test set";
    /// In place of a number that no step has come to.
    fn not_yet() => "not yet";
    /// Several findings in one line: those before, and the next one.
    fn and_next(findings, next) => "{findings}, {next}";
}

/// Findings in one line; empty, where there are none.
pub fn findings(all: impl IntoIterator<Item = String>) -> String {
    all.into_iter().reduce(|before, next| and_next(&before, &next)).unwrap_or_default()
}
