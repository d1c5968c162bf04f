//! What the card of a step says: its question, its reason, and what a listener hears.

pub mod backward;
pub mod card;
pub mod check;
pub mod delta;
pub mod forward;
pub mod loss;
pub mod number;
pub mod speech;
pub mod spoken;
pub mod stretch;
pub mod update;
