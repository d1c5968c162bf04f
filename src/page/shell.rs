//! The page's frame: header, files, storage, keys, themes, and what is said when a fault stops it.

pub mod address;
mod character_keys;
pub mod fault;
pub mod files;
pub mod header;
pub mod help;
pub mod kept;
pub mod keyboard;
pub mod language;
mod lesson_file;
pub mod opened;
mod settings;
mod share;
pub mod storage;
pub mod table_file;
pub mod theme;
pub mod weights_file;
