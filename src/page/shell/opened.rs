//! What is opened, by button, drop or paste: each kind of file has a dialog, which asks for nothing until there is one.

use web_sys::File;
use yew::prelude::*;

use super::lesson_file::LessonFile;
use super::table_file::TableFile;
use super::weights_file::WeightsFile;
use crate::lesson::Lesson;
use crate::page::parts::by_address::ByAddress;
use crate::session::Action;

/// A file, or several that belong together, by what it is.
#[derive(Clone, PartialEq)]
pub enum Opened {
    /// JSON.
    Lesson(File),
    /// Rows of cells.
    Table(File),
    /// The weights of another program, in one file or several.
    Weights(Vec<File>),
}

/// What was opened last, and what sets it.
#[hook]
pub fn use_opened() -> (Option<Opened>, Callback<Opened>) {
    let opened = use_state(|| None::<Opened>);
    let setter = opened.setter();
    let open = use_callback((), move |file, ()| setter.set(Some(file)));
    ((*opened).clone(), open)
}

/// The props of [`OpenedFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What was opened last; each is another.
    pub opened: Option<Opened>,
    /// The lesson that is open, whose samples the weights of another program may keep.
    pub lesson: ByAddress<Lesson>,
    /// What to call when the reader acts.
    pub dispatch: Callback<Action>,
    /// What opens any files that are chosen in a dialog.
    pub open_files: Callback<Vec<File>>,
}

/// The dialog of what is opened.
#[component]
pub fn OpenedFile(props: &Props) -> Html {
    let Props { opened, lesson, dispatch, open_files } = props.clone();
    let (mut lesson_file, mut table, mut weights) = (None, None, None);
    match opened {
        Some(Opened::Lesson(file)) => lesson_file = Some(file),
        Some(Opened::Table(file)) => table = Some(file),
        Some(Opened::Weights(files)) => weights = Some(files),
        None => {}
    }
    html! {
        <>
            <LessonFile file={lesson_file} dispatch={dispatch.clone()} />
            <TableFile file={table} dispatch={dispatch.clone()} open_files={open_files.clone()} />
            <WeightsFile files={weights} {lesson} {dispatch} {open_files} />
        </>
    }
}
