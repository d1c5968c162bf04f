//! Of the loss curve, and of what learns.

sentences! {
    /// What the curve shows.
    fn per_epoch(loss) => "{loss} per epoch";
    /// What stands before the loss at the shown epoch.
    fn now(loss) => "{loss} now";
    /// The name of that number.
    fn loss() => "Loss";
    /// The name of the area of the curve that the keys walk.
    fn epoch_on_curve() => "Epoch on the curve";
    /// The list box for the scale of the axis.
    fn scale() => "Scale";
    /// What the dotted curve is.
    fn test_set() => "test set";
    /// Of the button with the name of an earlier run.
    fn remove_run(run) => "Remove {run}";
    /// Its tip.
    fn remove_run_tip(run) => "{run}. Press to take it off the curve.";
    /// Where something was edited, and what.
    fn edit(epoch, edit) => "Edit at epoch {epoch}: {edit}";

    /// How many predictions are right, while they are not yet counted.
    fn accuracy_later() => "accuracy …";
    /// How many predictions are right: "0.987 (148 of 150)".
    fn accuracy_is(accuracy) => "accuracy {accuracy}";
    /// The same, and of the test set.
    fn accuracies_are(accuracy, test) => "accuracy {accuracy}, test {test}";
    /// The name of that text.
    fn predictions() => "Predictions";
    /// Its tip.
    fn predictions_tip() => "Samples whose class is predicted, now";
    /// A button.
    fn show_accuracy() => "Accuracy per epoch and confusion matrix";

    /// What stands before the field for the learning rate.
    fn learning_rate_is(rate) => "learning rate {rate}";
    /// The name of that field.
    fn learning_rate() => "Learning rate";
    /// The name of the slider beside it.
    fn learning_rate_coarse() => "Learning rate, coarse";
    /// A button.
    fn explore_learning_rates() => "Explore learning rates";
}
