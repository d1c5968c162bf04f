//! Of formulas that a listener hears.

/// Formulas one after the other.
pub fn formulas(said: &[String]) -> String {
    said.join(". ")
}

/// Sides of an equation without its left one.
pub fn sides(said: &[String]) -> String {
    let said: Vec<String> = said.iter().map(|side| equals(side)).collect();
    said.join(", ")
}

sentences! {
    /// A side of an equation.
    fn equals(side) => "equals {side}";
    /// An equation and the number that comes of it.
    fn comes_to(left, right, number) => "{left} equals {right}, equals {number}";
}
