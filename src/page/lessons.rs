//! The lessons that come with the page: fetched when they are chosen.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::lesson::table::Imported;
use crate::session::Action;
use crate::session::design::Change;
use crate::text::fault::Read;
use crate::words::page::{files, header};

/// A lesson that comes with the page: its file under `lessons/` and its title.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The file.
    pub file: &'static str,
    /// The title in the file.
    pub title: &'static str,
}

/// Lessons of a kind.
pub struct Group {
    /// Of which kind they are.
    pub heading: fn() -> &'static str,
    /// The lessons.
    pub lessons: &'static [BuiltIn],
}

/// The lessons that come with the page, in groups with their headings; the first one first.
pub const GROUPS: [Group; 3] = [
    Group { heading: header::small_networks, lessons: SMALL },
    Group { heading: header::with_a_guide, lessons: GUIDED },
    Group { heading: header::larger_networks, lessons: LARGER },
];

const SMALL: &[BuiltIn] = &[
    BuiltIn { file: "hmkcode.json", title: "HMKCode 2-2-1" },
    BuiltIn { file: "mazur.json", title: "Mazur 2-2-2" },
    BuiltIn { file: "lecture-3-2-1.json", title: "Lecture 3-2-1" },
    BuiltIn { file: "hmkcode-four-points.json", title: "HMKCode, four data points" },
    BuiltIn { file: "xor.json", title: "XOR 2-2-1 with momentum" },
];

const GUIDED: &[BuiltIn] = &[
    BuiltIn { file: "guided-chain-rule.json", title: "The chain rule in four clicks" },
    BuiltIn { file: "guided-softmax.json", title: "Softmax: scores become shares" },
    BuiltIn { file: "guided-learning-rates.json", title: "Which learning rate?" },
    BuiltIn { file: "guided-momentum.json", title: "Momentum: a ball that rolls on" },
    BuiltIn { file: "guided-sum-or-mean.json", title: "Sum or mean?" },
    BuiltIn { file: "guided-update-order.json", title: "Update order: which weights go back?" },
    BuiltIn { file: "guided-vanishing.json", title: "Why gradients vanish" },
];

const LARGER: &[BuiltIn] = &[
    BuiltIn { file: "encoder.json", title: "Encoder 8-3-8" },
    BuiltIn { file: "symmetry.json", title: "Symmetry 6-2-1" },
    BuiltIn { file: "approximate-sine.json", title: "One hidden layer learns a sine" },
    BuiltIn { file: "approximate-step.json", title: "One hidden layer learns a step" },
    BuiltIn { file: "approximate-bump.json", title: "One hidden layer learns a bump" },
    BuiltIn { file: "spirals.json", title: "Two spirals 2-16-16-1" },
    BuiltIn { file: "skalski.json", title: "Skalski’s moons 2-25-50-50-25-1" },
    BuiltIn { file: "iris.json", title: "Iris 4-8-3" },
    BuiltIn { file: "digits.json", title: "Handwritten digits 64-32-10" },
    BuiltIn { file: "deep-teacher.json", title: "Deep teacher 2-8-8-8-1" },
    BuiltIn { file: "deep-labels.json", title: "Shallow 2-44-1 on the labels" },
    BuiltIn { file: "deep-student.json", title: "Shallow 2-44-1 taught by the deep net" },
    BuiltIn { file: "vanishing-sigmoid.json", title: "Vanishing gradients: five layers of sigmoids" },
    BuiltIn { file: "vanishing-relu.json", title: "The same five layers with ReLU" },
];

/// The lesson that a first visit opens; built in, so that the page can always start.
pub const FIRST_LESSON: &str = include_str!("../../static/lessons/hmkcode.json");

/// The lesson that comes with the page and is called so: as its file, without the ending.
pub fn named(name: &str) -> Option<&'static BuiltIn> {
    lessons().find(|lesson| lesson.name() == name)
}

/// The lesson that comes with the page and has this title.
pub fn titled(title: &str) -> Option<&'static BuiltIn> {
    lessons().find(|lesson| lesson.title == title)
}

/// The lessons that come with the page.
pub fn lessons() -> impl Iterator<Item = &'static BuiltIn> {
    GROUPS.iter().flat_map(|group| group.lessons)
}

/// The lessons whose data can be given to any network, and what those are called.
pub fn data_sets() -> impl Iterator<Item = (&'static BuiltIn, &'static str)> {
    const NAMES: [(&str, &str); 2] = [("iris.json", "Iris"), ("digits.json", "Handwritten digits")];
    let of = |lesson: &'static BuiltIn| NAMES.iter().find(|(file, _)| *file == lesson.file);
    lessons().filter_map(move |lesson| of(lesson).map(|(_, name)| (lesson, *name)))
}

thread_local! {
    /// How many lessons have been chosen.
    static N_CHOSEN: Cell<u64> = const { Cell::new(0) };
    /// The files that have been fetched, by their names.
    static FETCHED: RefCell<HashMap<&'static str, Rc<str>>> = RefCell::default();
    /// The lesson of them that has been read last.
    static READ: RefCell<Option<(&'static str, Rc<Lesson>)>> = const { RefCell::new(None) };
}

/// Opens a built-in lesson, unless another is chosen before it has come.
pub fn open_built_in(lesson: &'static BuiltIn, dispatch: Callback<Action>) {
    let number = N_CHOSEN.get() + 1;
    N_CHOSEN.set(number);
    spawn_local(async move {
        let text = lesson.text().await;
        if N_CHOSEN.get() == number {
            dispatch.emit(match text {
                Ok(text) => opened(lesson.title, Lesson::from_json(&text)),
                Err(_) => Action::problem(files::lesson_not_loaded(&lesson.title)),
            });
        }
    });
}

impl BuiltIn {
    /// Its name: that of the file, without the ending.
    pub fn name(&self) -> &'static str {
        self.file.strip_suffix(".json").unwrap_or(self.file)
    }

    /// The lesson, read once as long as no other is; none where it cannot be had.
    pub async fn shared(&self) -> Option<Rc<Lesson>> {
        let read = READ.with_borrow(|read| read.clone().filter(|(file, _)| *file == self.file));
        if let Some((_, lesson)) = read {
            return Some(lesson);
        }
        let lesson = Rc::new(self.lesson().await?);
        READ.set(Some((self.file, Rc::clone(&lesson))));
        Some(lesson)
    }

    /// The file's text: fetched once.
    async fn text(&self) -> Result<Rc<str>, JsValue> {
        if self.file == SMALL[0].file {
            return Ok(FIRST_LESSON.into());
        }
        if let Some(text) = FETCHED.with_borrow(|fetched| fetched.get(self.file).cloned()) {
            return Ok(text);
        }
        let text: Rc<str> = fetch(&format!("lessons/{}", self.file)).await?.into();
        FETCHED.with_borrow_mut(|fetched| fetched.insert(self.file, Rc::clone(&text)));
        Ok(text)
    }

    async fn lesson(&self) -> Option<Lesson> {
        Lesson::from_json(&self.text().await.ok()?).ok()
    }
}

/// Makes the data of a built-in lesson, called `name`, those of the lesson that is open.
pub fn borrow_data(lesson: &'static BuiltIn, name: &'static str, dispatch: Callback<Action>) {
    spawn_local(async move {
        dispatch.emit(match lesson.lesson().await {
            Some(lesson) => {
                let change = Change::Import(Imported::of_lesson(&lesson, name).into());
                Action::Design { change, continues: false }
            }
            None => Action::problem(files::data_not_loaded(&name)),
        });
    });
}

/// Reads built-in lessons; a sentence if one cannot be had.
pub fn load_built_in(
    lessons: Vec<&'static BuiltIn>,
    then: impl FnOnce(Result<Vec<Lesson>, String>) + 'static,
) {
    spawn_local(async move {
        let mut read = Vec::new();
        for lesson in lessons {
            match lesson.lesson().await {
                Some(lesson) => read.push(lesson),
                None => return then(Err(files::lesson_not_loaded(&lesson.title))),
            }
        }
        then(Ok(read));
    });
}

async fn fetch(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}

/// Opens the lesson that was read, or says why it cannot.
pub fn opened(name: &str, read: Read<Lesson>) -> Action {
    match read {
        Ok(lesson) => Action::Open(lesson.into()),
        Err(fault) => Action::problem(files::not_a_lesson(&name, &fault)),
    }
}
