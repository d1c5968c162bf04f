//! Formulas as MathML elements of the page.
