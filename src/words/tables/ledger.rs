//! Of the tab Ledger: every weight and bias, and how far its update has come.

sentences! {
    /// A heading: a parameter before the update.
    fn old() => "old";
    /// A heading: a derivative as a product of symbols.
    fn product() => "product";
    /// A heading: a parameter after the update.
    fn new() => "new";
    /// In place of a number of a parameter that does not learn.
    fn fixed() => "fixed";
    /// A button, with the name of a derivative.
    fn go_to_step_of(derivative) => "Go to the step of {derivative}";

    /// A button that adds the columns of measured derivatives.
    fn central_differences() => "Central differences";
    /// What it does.
    fn says_central_differences(loss) => "Each weight moved up and down by 10⁻⁵ (times its size above 1), and {loss} measured";

    /// Of what the derivatives are, under the symbol of a derivative.
    fn mean_of(n: count, derivative) => one "{derivative}: mean of {n} sample", other "{derivative}: mean of {n} samples";
    /// The same, where the mean is broken on purpose.
    fn sum_of(n: count, derivative) => one "{derivative}: sum of {n} sample", other "{derivative}: sum of {n} samples";
    /// The same; `sample` says which one.
    fn of_sample(derivative, sample) => "{derivative}: {sample}";

    /// Before a list box of orders, which is a place.
    fn order_by(orders) => "order by {orders}";
    /// The name of the list box of orders.
    fn order() => "Order by";
    /// An order.
    fn as_in_the_network() => "as in the network";
    /// An order: the largest first.
    fn size_of(symbol) => "size of {symbol}";
    /// A button that goes to the largest derivative.
    fn to_the_largest() => "To the largest";
    /// The same, as a listener hears it.
    fn to_the_largest_of(derivative) => "To the largest {derivative}";
    /// What it does.
    fn to_the_step_of_the_largest(derivative) => "To the step of the largest {derivative}";
}
