//! Formulas for a listener. A formula is said from the inside out: what is inserted has been said before.

sentences! {
    /// The rate, whose letter alone may be heard as an article.
    fn learning_rate(letter) => "learning rate {letter}";
    /// Before the update.
    fn old(parameter) => "old {parameter}";
    /// After the update.
    fn new(parameter) => "new {parameter}";
    /// m or v of a parameter.
    fn of_parameter(letter, parameter) => "{letter} of {parameter}";
    /// Of one layer.
    fn of_layer(symbol, layer) => "{symbol} of layer {layer}";
    /// Of one sample.
    fn of_sample(symbol, sample) => "{symbol} of sample {sample}";
    /// The sign ^ above a letter.
    fn hat(letter) => "{letter} hat";

    /// The letter δ or Δ.
    fn delta() => "delta";
    /// The letter α.
    fn alpha() => "alpha";
    /// The letter β.
    fn beta() => "beta";
    /// The letter ε.
    fn epsilon() => "epsilon";
    /// The letter η.
    fn eta() => "eta";
    /// The letter θ.
    fn theta() => "theta";
    /// The letter μ.
    fn mu() => "mu";
    /// The letter ρ.
    fn rho() => "rho";
    /// The letter σ.
    fn sigma() => "sigma";
    /// The letter Σ.
    fn sum() => "sum";

    /// The number ∞.
    fn infinity() => "infinity";
    /// A number that is 0 but for the rest of rounding.
    fn about(x) => "about {x}";
    /// What has a minus sign before it.
    fn negative(x) => "negative {x}";
    /// A number with a power of ten.
    fn times_power_of_ten(mantissa, exponent) => "{mantissa} times 10 to the {exponent}";

    /// ∂of/∂by.
    fn derivative(of, by) => "the derivative of {of} by {by}";
    /// The derivative of a function: g′.
    fn prime(function) => "{function} prime";
    /// A function of what it is taken of.
    fn function_of(function, arguments) => "{function} of {arguments}";
    /// Two of them.
    fn and(left, right) => "{left} and {right}";

    /// left + right.
    fn sum_of(left, right) => "{left} plus {right}";
    /// The same behind a derivative.
    fn derivative_plus(left, right) => "{left}, plus {right}";
    /// left − right.
    fn minus(left, right) => "{left} minus {right}";
    /// left · right.
    fn product(left, right) => "{left} times {right}";
    /// The same behind a derivative, which would go on into the factor without a pause.
    fn derivative_times(left, right) => "{left}, times {right}";
    /// left ⊙ right.
    fn times_elementwise(left, right) => "{left} element by element times {right}";
    /// left = right.
    fn equals(left, right) => "{left} equals {right}";
    /// left ← right.
    fn becomes(left, right) => "{left} becomes {right}";
    /// left, right.
    fn comma(left, right) => "{left}, {right}";

    /// Σ over an index.
    fn sum_over(index, term) => "the sum over {index} of {term}";
    /// The same between two numbers.
    fn sum_over_range(index, first, last, term) => "the sum over {index} from {first} to {last} of {term}";
    /// What stands in parentheses.
    fn in_parentheses(x) => "open parenthesis {x} close parenthesis";
    /// 1/2.
    fn one_half() => "one half";
    /// 1/3.
    fn one_third() => "one third";
    /// 1/4.
    fn one_quarter() => "one quarter";
    /// Another fraction: where it ends can be seen, but not heard.
    fn fraction(over, under) => "the fraction {over} over {under}, end of fraction";
    /// x².
    fn squared(x) => "{x} squared";
    /// Another power.
    fn power(x, exponent) => "{x} to the {exponent}";
    /// The square root.
    fn root(x) => "the root of {x}";
    /// eˣ. Not "e", which sounds as the error E does.
    fn exponential(x) => "the exponential of {x}";
    /// A matrix of given numbers; the size, then the rows.
    fn matrix(n_rows, n_columns, rows) => "the {n_rows} by {n_columns} matrix {rows}";
    /// What stands transposed.
    fn transpose(x) => "the transpose of {x}";
    /// The dots of a sum.
    fn and_so_on() => "and so on";
}

/// Whether what has been said ends with the variable of a derivative.
fn ends_with_derivative(said: &str) -> bool {
    said.rsplit_once("the derivative of ").is_some_and(|(_, last)| {
        !["times", "plus", "minus", "parenthesis", ","].iter().any(|word| last.contains(word))
    })
}

/// left · right.
pub fn times(left: &str, right: &str) -> String {
    if ends_with_derivative(left) { derivative_times(&left, &right) } else { product(&left, &right) }
}

/// left + right.
pub fn plus(left: &str, right: &str) -> String {
    if ends_with_derivative(left) { derivative_plus(&left, &right) } else { sum_of(&left, &right) }
}

/// Rows of a matrix.
pub fn rows(rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
    rows.join("; ")
}

/// What stands in parentheses; a lone negative number needs none.
pub fn parenthesised(x: String) -> String {
    let is_lone = x.strip_prefix("negative ").is_some_and(|size| !size.contains(' '));
    if is_lone { x } else { in_parentheses(&x) }
}
