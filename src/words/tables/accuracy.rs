//! Of the tab Accuracy: how many predictions are right.

sentences! {
    /// In place of the accuracy, where there are no classes.
    fn needs_classes() => "The accuracy is counted where the targets tell classes: one output of 0 or 1, or one output per class.";
    /// In place of the classes, while a large network learns.
    fn waits() => "The confusion matrix of so large a network is counted when it pauses.";
    /// The caption of the curve.
    fn per_epoch() => "Accuracy per epoch";
    /// The curve's quantity.
    fn accuracy() => "accuracy";
    /// The name of the slider over the curve.
    fn epoch_of_the_accuracy() => "Epoch of the accuracy";
    /// Over how many samples the curve goes, of how many.
    fn over(n: count, counted) => one "over {counted} of the {n} training sample", other "over {counted} of the {n} training samples";

    /// The name of a table.
    fn training_classes() => "Training: classes";
    /// The name of a table.
    fn test_classes() => "Test: classes";
    /// The caption of a table: how many of how many are right.
    fn training_accuracy(accuracy, right, n) => "Training: accuracy {accuracy} ({right} of {n})";
    /// The caption of a table: how many of how many are right.
    fn test_accuracy(accuracy, right, n) => "Test: accuracy {accuracy} ({right} of {n})";
    /// In place of a table: its caption.
    fn sentence_of(caption) => "{caption}.";
    /// Why there is no table.
    fn no_room(n: count) => one "A table of {n} class would have no room here.", other "A table of {n} classes would have no room here.";
    /// The heading of the rows.
    fn class() => "class";
    /// The same for the eye, with what goes down and what goes across.
    fn true_and_predicted() => "true ↓ predicted →";
    /// A row: a class by its name, which is a place.
    fn true_class(class) => "true class {class}";
    /// A column: a class by its name, which is a place.
    fn predicted(class) => "predicted {class}";
}
