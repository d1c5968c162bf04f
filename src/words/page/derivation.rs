//! Of the card of a step.

sentences! {
    /// The name of the card.
    fn step() => "Step";
    /// The name of what it says, where that scrolls.
    fn explanation() => "Explanation";
    /// The same before the first step.
    fn about_the_lesson() => "About the lesson";
    /// Which step of its phase.
    fn step_of(step, of) => "step {step} of {of}";
    /// Which line of its derivation.
    fn line_of(line, of) => "line {line} of {of}";
    /// Which of the numbers that it makes.
    fn number_of(number, of) => "number {number} of {of}";
    /// A sum of which only some terms have been added, with its total so far.
    fn so_far(total, term, of) => "so far\u{a0}{total}, term {term} of {of}";
    /// The list of buttons, one for each factor of a formula.
    fn factors() => "Factors";

    /// A button.
    fn copy_latex() => "Copy LaTeX";
    /// A button.
    fn save_tex() => "Save .tex";
    /// Its tip.
    fn save_tex_tip() => "All formulas of this update as a LaTeX document";
    /// The browser does not let it.
    fn tex_not_saved() => "The browser did not let the document be saved.";

    /// The button that unfolds the lesson's notes.
    fn more() => "more";
    /// The button that folds them up.
    fn less() => "less";
    /// Where the lesson comes from.
    fn source(source) => "Source: {source}";

    /// The name of the buttons that open more.
    fn more_about_step() => "More about this step";
    /// A button: the derivation line by line.
    fn line_by_line() => "Line by line";
    /// The same button once it is open.
    fn in_one_line() => "In one line";
    /// The name of the derivation line by line.
    fn derivation() => "Derivation";
    /// The reason of its last line.
    fn numbers_put_in() => "The numbers put in.";

    /// A button: all terms of a long sum.
    fn more_terms(n: count) => one "… {n} more term", other "… {n} more terms";
    /// The same, where a term may be more than one of the sum.
    fn all_terms(n: count) => one "All {n} term", other "All {n} terms";
    /// The same button once it is open.
    fn fewer_terms() => "Fewer terms";
    /// The name of the table of terms.
    fn terms_of(symbol) => "Terms of {symbol}";
    /// The head of its column of buttons, each with a number.
    fn term() => "term";
    /// The tip of such a button.
    fn add_up_to(term) => "Add up to term {term}";
    /// The head of a column.
    fn in_symbols() => "in symbols";
    /// The head of a column.
    fn in_numbers() => "in numbers";
    /// The head of a column: the value of the term.
    fn number() => "number";
    /// The head of a column: the sum up to there.
    fn total() => "so far";
}
