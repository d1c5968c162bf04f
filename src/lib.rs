//! Chainrule: step through backpropagation, forwards and back, with exact numbers.
//!
//! ```
//! use chainrule::lesson::Lesson;
//! use chainrule::session::{Action, Session};
//!
//! let lesson = Lesson::from_json(include_str!("../static/lessons/hmkcode.json")).unwrap();
//! let session = Session::new(lesson).unwrap();
//! let after_one_epoch = session.update(Action::NextEpoch);
//! assert_eq!(chainrule::text::format::number(session.loss(), 5), "0.32724");
//! assert_eq!(chainrule::text::format::number(after_one_epoch.loss(), 5), "0.27696");
//! ```
//!
//! The core is plain Rust without clock, storage or randomness. It does not know the page: see
//! `ARCHITECTURE.md`. Each folder uses only those before it;
//! the first is the crate `backprop`.

pub mod explanation;
pub mod lesson;
pub mod link;
pub mod moment;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod picture;
pub mod run;
pub mod session;
pub mod text;
pub mod words;
