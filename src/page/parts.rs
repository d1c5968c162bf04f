//! What several parts of the page share: controls, numbers, formulas, canvases.

pub mod around;
pub mod browser;
pub mod by_address;
pub mod cells;
pub mod choice;
pub mod clipboard;
pub mod constant;
pub mod copy_button;
pub mod desk;
pub mod dialog;
pub mod download;
pub mod edit_field;
pub mod epochs;
pub mod fit;
pub mod graph;
pub mod icon;
pub mod leaves;
pub mod math;
pub mod number;
pub mod number_field;
pub mod picture;
pub mod probe;
pub mod resize;
pub mod surface;
pub mod symbol;
pub mod windowed;
