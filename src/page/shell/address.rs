//! The address of the page: it names what is seen, and opens the page there.
//!
//! A link's moment stands in the fragment, a lesson that comes with the page may stand in `?lesson=`. A page that
//! is loaded again goes on with its stored session, as long as its address is the one that it wrote itself.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Location, UrlSearchParams};
use yew::prelude::*;

use super::storage::{self, Stored};
use crate::lesson::Lesson;
use crate::lesson::view::View;
use crate::link::{Base, Link, Opening, PageView, Shared, link};
use crate::page::lessons::{self, BuiltIn};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::desk::Note;
use crate::session::saved::shared::not_read;
use crate::session::{Action, Notice, Session};
use crate::text::foreign;
use crate::words::lists::listed;
use crate::words::page::files as words;
use crate::words::paragraph;

/// The fragment that starts presenting, with whatever was open.
const PRESENT: &str = "present";
/// How long the page is quiet before its address is written, in milliseconds.
const QUIET: u32 = 300;
/// Characters of a lesson's name that a sentence repeats.
const NAME: usize = 40;

thread_local! {
    /// How the address asks for the page to be shown.
    static ASKED: RefCell<PageView> = RefCell::default();
    /// The fragment that the page was opened with or has written: another one was put there to be opened.
    static KNOWN: RefCell<String> = RefCell::default();
}

/// How the address asks for the page to be shown.
pub fn asked() -> PageView {
    ASKED.with_borrow(Clone::clone)
}

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}

/// What stands behind the "#".
fn fragment() -> String {
    let hash = location().and_then(|location| location.hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// The address of the page, without what it names.
fn page_address() -> Option<String> {
    let location = location()?;
    Some(format!("{}{}", location.origin().ok()?, location.pathname().ok()?))
}

/// The address of a link.
pub fn address_of(link: &Link) -> String {
    format!("{}#{}", page_address().unwrap_or_default(), link.fragment)
}

/// The session to start with: what the address names, else what is stored; a sentence for the reader where
/// that cannot be opened.
pub async fn first_session(otherwise: impl FnOnce(Option<Notice>) -> Session) -> Session {
    KNOWN.set(fragment());
    // After a fault at the start neither is opened.
    let is_afresh = storage::starts_afresh();
    let asked = if is_afresh { None } else { opened().await };
    let Stored { session: stored, tab, is_own } = storage::load(is_afresh).await;
    let is_written_here = storage::written_addresses(&tab).contains(&fragment());
    let problem = |text: String| Notice { text, is_problem: true };
    let instead = |text: Option<String>| {
        otherwise(text.map(|text| problem(paragraph([&*text, words::first_lesson_is_open()]))))
    };
    let shared = match asked {
        None => return stored.unwrap_or_else(instead),
        Some(Err(text)) => return stored.unwrap_or_else(instead).update(Action::problem(text)),
        Some(Ok(shared)) => shared,
    };
    let unread = match stored {
        Ok(stored) if is_written_here => return stored,
        // What this tab had open comes back by undo.
        Ok(stored) if is_own => return stored.update(Action::OpenLink(Rc::new(shared))),
        Ok(_) => None,
        Err(unread) => unread,
    };
    match (Session::of_link(&shared), unread) {
        (Ok(session), None) => session,
        (Ok(session), Some(text)) => {
            session.update(Action::problem(paragraph([&*text, words::address_is_open()])))
        }
        (Err(notice), _) => instead(Some(notice.text)),
    }
}

/// What the address names: `None` where it names nothing.
async fn opened() -> Option<Result<Shared, String>> {
    let fragment = fragment();
    if fragment == PRESENT {
        ASKED.set(PageView { is_presenting: true, ..PageView::default() });
    }
    match Opening::read(&fragment) {
        Some(Ok(opening)) => Some(open(&opening).await),
        Some(Err(fault)) => Some(Err(not_read(&fault))),
        None => {
            let query = location()?.search().ok()?;
            let name = UrlSearchParams::new_with_str(&query).ok()?.get("lesson")?;
            Some(open_lesson(&name).await)
        }
    }
}

async fn open(opening: &Opening) -> Result<Shared, String> {
    let base = match opening.base() {
        Some(name) => Some(lesson_named(name).await?),
        None => None,
    };
    let (shared, view) = opening.open(base.as_deref()).map_err(|fault| not_read(&fault))?;
    ASKED.set(view);
    Ok(shared)
}

async fn open_lesson(name: &str) -> Result<Shared, String> {
    Ok(Shared::of_lesson(lesson_named(name).await?))
}

async fn lesson_named(name: &str) -> Result<Rc<Lesson>, String> {
    let Some(lesson) = lessons::named(name) else {
        let known = listed(lessons::lessons().map(BuiltIn::name));
        let name = foreign::shown(name, NAME);
        return Err(words::no_such_lesson(&name, &known));
    };
    lesson.shared().await.ok_or_else(|| words::lesson_not_loaded(&lesson.title))
}

/// What is open and chosen, as the panels tell it.
#[derive(Clone, Default, PartialEq)]
pub struct Noted {
    card: Option<View>,
    tables: Option<View>,
    theme: Option<&'static str>,
}

impl Reducible for Noted {
    type Action = Note;

    fn reduce(self: Rc<Self>, note: Note) -> Rc<Self> {
        let noted = Self::clone(&self);
        Rc::new(match note {
            Note::OnCard(card) => Self { card, ..noted },
            // The first tab is open where nothing is said.
            Note::AmongTables(view) => Self { tables: view.filter(|view| *view != View::Ledger), ..noted },
            Note::Theme(theme) => Self { theme, ..noted },
        })
    }
}

impl Noted {
    /// The view with what was noted.
    pub fn in_view(&self, view: PageView) -> PageView {
        let opens = self.card.into_iter().chain(self.tables).collect();
        PageView { opens, theme: self.theme.map(str::to_owned), ..view }
    }
}

/// Makes a link to what is seen, and calls `then` with it: at once, unless the lesson that it builds on is to be
/// fetched first.
pub fn link_to(session: Rc<Session>, view: PageView, then: impl FnOnce(Option<Link>) + 'static) {
    let built_in = lessons::titled(&session.start().title);
    spawn_local(async move {
        let base = match built_in {
            Some(lesson) => lesson.shared().await.map(|base| (lesson.name(), base)),
            None => None,
        };
        let base = base.as_ref().map(|(name, lesson)| Base { name, lesson });
        then(link(&session, base.as_ref(), &view));
    });
}

/// Keeps the address naming what is seen, written when the page is quiet; and opens what is put there.
#[hook]
pub fn use_address(session: &Rc<Session>, view: PageView) {
    use_effect_with((ByAddress(Rc::clone(session)), view), |(session, view)| {
        let (session, view) = (Rc::clone(&session.0), view.clone());
        let timeout = Timeout::new(QUIET, move || link_to(session, view, |link| write(link.as_ref())));
        move || drop(timeout)
    });
    use_effect_with((), |()| {
        let on_change = web_sys::window().map(|window| {
            EventListener::new(&window, "hashchange", |_| {
                let fragment = fragment();
                if fragment == PRESENT || Opening::read(&fragment).is_some() {
                    // The session is stored as the page is left, and comes back by undo.
                    storage::forget_addresses();
                    let _ = location().map(|location| location.reload());
                } else {
                    KNOWN.set(fragment);
                }
            })
        });
        move || drop(on_change)
    });
}

/// Writes the address of a link; that of the page alone where there is none. What was put there stays.
fn write(link: Option<&Link>) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    let Some((history, page)) =
        history.zip(page_address()).filter(|_| KNOWN.with_borrow(|known| *known == fragment()))
    else {
        return;
    };
    let address = link.map_or(page, address_of);
    // Where the browser refuses (too many in a short time) the next one is written.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    KNOWN.set(fragment());
    storage::note_address(link.map_or("", |link| &link.fragment));
}
