//! What several parts of the page share: controls, numbers, formulas, canvases.

pub mod browser;
pub mod by_address;
pub mod cells;
pub mod choice;
pub mod clipboard;
pub mod constant;
pub mod dialog;
pub mod epochs;
pub mod math;
pub mod number;
pub mod number_field;
pub mod picture;
pub mod surface;
pub mod symbol;
pub mod windowed;
