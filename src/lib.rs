//! Chainrule: step through backpropagation, forwards and back, with exact numbers.
//!
//! ```
//! use chainrule::lesson::Lesson;
//! use chainrule::session::{Action, Session};
//!
//! let lesson = Lesson::from_json(include_str!("../static/lessons/hmkcode.json")).unwrap();
//! let session = Session::new(lesson).unwrap();
//! let after_one_epoch = session.update(Action::NextEpoch);
//! assert_eq!(chainrule::format::number(session.loss(), 5), "0.32724");
//! assert_eq!(chainrule::format::number(after_one_epoch.loss(), 5), "0.27696");
//! ```
//!
//! The core is plain Rust without clock, storage or randomness. It does not know the page: see
//! `ARCHITECTURE.md`. In reading order:

// The mathematics: knows numbers only.
pub mod activation;
pub mod decimal;
pub mod generator;
pub mod gradient;
pub mod init;
pub mod kernel;
pub mod lanes;
pub mod loss;
pub mod math;
pub mod matrix;
pub mod network;
pub mod optimizer;
pub mod rng;
pub mod trace;

// The lesson: knows what a learner sees.
pub mod chart;
pub mod classes;
pub mod design;
pub mod explain;
pub mod format;
pub mod formula;
pub mod heat_map;
pub mod image;
pub mod json;
pub mod layout;
pub mod lesson;
pub mod matrix_form;
pub mod moment;
pub mod names;
pub mod pace;
pub mod plot;
pub mod published;
pub mod quantity;
pub mod ranking;
pub mod raster;
pub mod run;
pub mod selection;
pub mod session;
pub mod slider;
pub mod step;
pub mod table;
pub mod unit_pictures;

// The page.
#[cfg(target_arch = "wasm32")]
pub mod app;
