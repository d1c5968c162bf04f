//! Text: numbers as people write and read them, JSON with the place of every fault, and text of strangers.
//! Uses nothing of the project.

pub mod document;
pub mod fault;
pub mod foreign;
pub mod format;
pub mod number;
pub mod packed;
pub mod patch;
