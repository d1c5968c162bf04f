//! What the page itself says, around what the core tells: each part's controls, names and notices.

pub mod controls;
pub mod curve;
pub mod derivation;
pub mod diagram;
pub mod diagram_tools;
pub mod dialog;
pub mod files;
pub mod general_form;
pub mod go_to;
pub mod guide;
pub mod header;
pub mod help;
pub mod instant;
pub mod keyboard;
pub mod modes;
pub mod paths;
pub mod prediction;
pub mod run;
pub mod settings;
pub mod share;
pub mod spoken;
pub mod table_file;
pub mod transport;
pub mod variants;
pub mod weights_file;
pub mod your_turn;
