//! Chainrule: step through backpropagation, forwards and back, with exact numbers.

#[cfg(target_arch = "wasm32")]
pub mod app;
