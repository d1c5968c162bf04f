//! What the card of a step says: its question, its reason, and what a listener hears.

pub mod update;
