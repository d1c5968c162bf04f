//! What a listener hears around a step's formulas: where the step is, what it comes to, and signs in words.

sentences! {
    /// Where it is, a clause; the phase is a name.
    fn place(phase, step, n_steps) => "{phase}, step {step} of {n_steps}";
    /// The same of one sample of several, which is such as "sample 2 of 4".
    fn place_of_sample(phase, step, n_steps, sample) => "{phase}, step {step} of {n_steps}, {sample}";
    /// The same of one of the numbers that an update makes.
    fn place_of_number(phase, step, n_steps, number, n_numbers) => "{phase}, step {step} of {n_steps}, number {number} of {n_numbers}";
    /// The same of one line of a derivation.
    fn place_of_line(phase, step, n_steps, line, n_lines) => "{phase}, step {step} of {n_steps}, line {line} of {n_lines}";
    /// The same of one sample of several.
    fn place_of_line_of_sample(phase, step, n_steps, sample, line, n_lines) => "{phase}, step {step} of {n_steps}, {sample}, line {line} of {n_lines}";

    /// Where it is, a clause, and nothing but what it comes to.
    fn in_short(place, results) => "{place}: {results}";
    /// What comes after the result.
    fn in_full(equations) => "In full: {equations}";
    /// A clause, or a heading, as a sentence.
    fn sentence(clause) => "{clause}.";
    /// A clause: two sides of an equation, of which the first may be an equation itself.
    fn equals(left, right) => "{left}, equals {right}";
    /// A question: an equation of which the result is asked for.
    fn equals_what(left) => "{left}, equals what?";
    /// Of a sum that is not complete.
    fn so_far(total, term, n_terms) => "So far {total}, term {term} of {n_terms}.";
    /// What a symbol comes to; it begins the sentence, and stays as it is.
    fn symbol_is(symbol, x) => "{symbol} is {x}.";
    /// The same of what is said with an article.
    fn the_is(quantity, x) => "The {quantity} is {x}.";

    /// The sign = in a sentence.
    fn equals_sign() => "equals";
    /// The sign ½.
    fn one_half() => "one half";
    /// The raised t.
    fn to_the_t() => "to the t";
    /// The sign − between two numbers.
    fn minus() => "minus";
    /// The sign − before a number.
    fn negative() => "negative";
    /// The sign ∂.
    fn partial_sign() => "d";
    /// The sign / of a derivative.
    fn by() => "by";
    /// The signs ·, × and ⊙.
    fn times() => "times";
    /// The sign ±.
    fn plus_or_minus() => "plus or minus";
}

/// The sides of an equation.
pub fn equation(sides: Vec<String>) -> String {
    sides.into_iter().reduce(|left, right| equals(&left, &right)).unwrap_or_default()
}

/// What the left side of an equation comes to, both as [`super::speech`] says them.
pub fn is(left: &str, x: &str) -> String {
    match left.strip_prefix("the ") {
        Some(quantity) => the_is(&quantity, &x),
        None => symbol_is(&left, &x),
    }
}
