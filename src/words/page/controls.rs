//! Of controls that stand in several places.

sentences! {
    /// The name of a number and what was typed for it, which is refused.
    fn no_number(name, typed) => "{name} cannot be “{typed}”: type a number such as 0.25. The old value stays.";
    /// A quantity of a formula and its number.
    fn quantity_is(symbol, number) => "{symbol}, {number}";

    /// The name of the optimiser's number with this symbol.
    fn momentum(symbol) => "momentum {symbol}";
    /// The same.
    fn decay(symbol) => "decay {symbol}";
    /// The same, of what keeps from dividing by zero.
    fn guard(symbol) => "guard {symbol}";

    /// A button that opens the slice of the loss along a parameter.
    fn slice(loss, parameter) => "Slice of {loss} along {parameter}";

    /// A button that gives a card all of the room.
    fn enlarge_network() => "Enlarge the network";
    /// The same.
    fn enlarge_derivation() => "Enlarge the derivation";
    /// The same.
    fn enlarge_curve() => "Enlarge the loss curve";
    /// The same.
    fn enlarge_tables() => "Enlarge the tables";
    /// The tip of a button: what it says, and its key.
    fn tip(name, key) => "{name} ({key})";
    /// The tip of the same button while a card has all of the room, with its key.
    fn all_cards_tip(key) => "Back to all cards ({key})";

    /// What a button says that has copied.
    fn copied() => "Copied";
    /// The browser does not let it copy.
    fn not_copied() => "The browser does not let this page copy to the clipboard.";
}
