//! What each symbol and term of the page means.

pub mod quantities;
pub mod terms;
