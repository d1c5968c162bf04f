//! Of steps that ask for their number before they tell it.

sentences! {
    /// The switch.
    fn ask_first() => "Ask first";
    /// Its tip, with its key.
    fn ask_first_tip() => "Each step asks for its number before it tells it (Q)";
    /// What stands before the box for the answer, with the symbol that is asked for.
    fn your_turn(symbol, answer) => "Your turn: {symbol} = {answer}";
    /// The name of that box.
    fn your_answer(symbol) => "Your answer for {symbol}";
    /// The button that tells whether the answer is right.
    fn check() => "Check";
    /// A button: the formula as a hint.
    fn hint_formula() => "Hint: formula";
    /// A button: the numbers put in as a hint.
    fn hint_numbers() => "Hint: numbers";
    /// A button.
    fn show_answer() => "Show answer";
    /// What an answer is.
    fn right() => "Right.";
    /// A button.
    fn next_question() => "Next question";
    /// How the answers of the round have turned out.
    fn score(right, of, at_once) => "Right {right} of {of}, {at_once} at once";
    /// The tip of that.
    fn score_tip() => "Right answers of this round, and those that needed neither a hint nor a second try";
}
