//! Text: numbers as people write and read them, and JSON with the place of every fault. Uses nothing of
//! the project.

pub mod foreign;
pub mod format;
pub mod json;
pub mod number;
