//! What opens with a step's formula.

pub mod general_form;
pub mod variants;
