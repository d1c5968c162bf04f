//! What the fuzz targets share with the tests: the laws, and what those are said in.

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../../tests/laws/mod.rs"]
pub mod laws;
