//! Of the paths from a parameter to the loss.

sentences! {
    /// The button that opens them, and their name.
    fn paths() => "Paths";
    /// How many there are.
    fn one_path(parameter, loss) => "One path leads from {parameter} to {loss}.";
    /// How many there are.
    fn several_paths(number, parameter, loss) => "{number} paths lead from {parameter} to {loss}; what comes along them adds up.";
    /// How many there are, of which the largest are listed.
    fn many_paths(number, parameter, loss, listed) => "{number} paths lead from {parameter} to {loss}: the {listed} largest, and the others together.";
    /// The same, where no counter holds their number.
    fn countless_paths(parameter, loss, listed) => "More than 10¹⁹ paths lead from {parameter} to {loss}: the {listed} largest, and the others together.";
    /// The name of the table.
    fn paths_of(parameter) => "Paths of {parameter}";
    /// The head of a column.
    fn path() => "path";
    /// The head of a column.
    fn product() => "product";
    /// The head of a column: the share of a path in the sum.
    fn share() => "share";
    /// A share.
    fn percent(number) => "{number} %";
    /// A row: the paths that are not listed.
    fn others(number) => "{number} others";
    /// The same, where no counter holds their number.
    fn countless_others() => "More than 10¹⁹ others";
    /// The last row, with the symbol of the derivative.
    fn sum_is(derivative) => "Sum: {derivative}";
    /// The tip of a path's button.
    fn light_path() => "Light this path";
}
