//! The session in the browser's storage: read once at the start, written when the page is quiet, every ten
//! seconds while it is not, and when the page is left.
//!
//! The [`database`] has room for much and is safe when the browser is killed, but what is begun in it as the
//! page is left may never end, and others wait for it. Then the smaller storages are written: [`local`], which
//! holds one session of all tabs, and that of the tab, which no other tab writes over. At the start the one
//! that was changed last counts.
//! Each tab has a session of its own there, so that no tab overwrites another's; a duplicated tab starts with
//! a copy.

mod claim;
mod database;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Date;
use web_sys::Storage;
use yew::prelude::*;

use crate::page::parts::browser::now;
use crate::page::parts::by_address::ByAddress;
use crate::session::{Action, Session, saved};
use crate::words::page::files as words;

const KEY: &str = "chainrule";
/// When that was changed last, and by which tab it was stored.
const STAMP_KEY: &str = "chainrule-saved";
/// Which tab this is, in the storage of the tab.
const TAB_KEY: &str = "chainrule-tab";
/// The address that was written last and by which tab, in the storage of the tab.
const ADDRESS_KEY: &str = "chainrule-address";
/// Where stored state that cannot be read is put, so that nothing is lost.
const ASIDE_KEY: &str = "chainrule-damaged";
/// What `static/start.js` leaves where the stored session is to be set aside unread.
const AFRESH_KEY: &str = "chainrule-afresh";
/// So many addresses are remembered.
const MAX_ADDRESSES: usize = 4;
/// How long the page is quiet before it stores, in milliseconds: dragging a number stores once.
const QUIET: u32 = 250;
/// How long it is not quiet before it stores all the same, in milliseconds.
const LONGEST: f64 = 10_000.0;

/// A stored session.
struct Record {
    /// Which tab has stored it.
    tab: String,
    /// When it was changed last, in milliseconds since 1970; 0 if it was never.
    stamp: f64,
    /// The session as text.
    text: String,
}

/// The browser's storage, where there is one.
pub fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

thread_local! {
    /// What this tab is called, once that is known.
    static TAB: RefCell<String> = const { RefCell::new(String::new()) };
    /// When the open session was changed last: a start alone makes no tab's session the latest.
    static CHANGED: Cell<f64> = const { Cell::new(0.0) };
}

/// The storage of the tab, where there is one.
fn of_tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Gives this tab a name that it keeps over a reload, and returns that under which it finds its session:
/// of a duplicate that of the tab that it was made from; and whether that is its own.
async fn name_tab() -> (String, bool) {
    let known = of_tab().and_then(|storage| storage.get_item(TAB_KEY).ok()?);
    let is_own = match &known {
        Some(name) => claim::claim(name).await,
        None => false,
    };
    if is_own && let Some(name) = &known {
        TAB.set(name.clone());
    } else {
        name_anew().await;
    }
    (known.unwrap_or_else(tab), is_own)
}

/// Gives this tab a name that no other has.
async fn name_anew() {
    let name = format!("{} {}", Date::now(), now());
    claim::claim(&name).await;
    if let Some(storage) = of_tab() {
        // Without it each start is a tab of its own.
        let _ = storage.set_item(TAB_KEY, &name);
    }
    TAB.set(name);
}

/// What this tab is called.
fn tab() -> String {
    TAB.with_borrow(Clone::clone)
}

/// What is stored.
pub struct Stored {
    /// The session: this tab's, else the one that was changed last; a sentence if there is one that cannot be
    /// read.
    pub session: Result<Session, Option<String>>,
    /// The tab under whose name it was looked for.
    pub tab: String,
    /// Whether this tab has stored it itself.
    pub is_own: bool,
}

/// Finds what is stored; `is_afresh` sets it aside unread.
pub async fn load(is_afresh: bool) -> Stored {
    let (tab, is_claimed) = name_tab().await;
    let mut is_found = false;
    let session = session_of(&tab, is_afresh, &mut is_found).await;
    Stored { session, tab, is_own: is_claimed && is_found }
}

async fn session_of(tab: &str, is_afresh: bool, is_own: &mut bool) -> Result<Session, Option<String>> {
    let mut records = match database::records(tab).await {
        Some(records) => records,
        None => {
            // What it may hold of this tab is not written over.
            name_anew().await;
            Vec::new()
        }
    };
    records.extend([local(), of_tab()].into_iter().flatten().filter_map(|storage| record_in(&storage)));
    *is_own = records.iter().any(|record| record.tab == tab);
    let candidates = records.into_iter().filter(|record| !*is_own || record.tab == tab);
    // Of those of the same time the last one: that of the smallest storage.
    let latest = candidates.max_by(|a, b| a.stamp.total_cmp(&b.stamp)).ok_or(None)?;
    if is_afresh {
        set_aside(&latest);
        return Err(None);
    }
    let restored = saved::restore(&latest.text).inspect(|_| CHANGED.set(latest.stamp));
    restored.map_err(|problem| {
        Some(match set_aside(&latest) {
            true => words::stored_set_aside(&problem),
            false => words::stored_not_set_aside(&problem),
        })
    })
}

/// Keeps the fragment of the address that this tab has written, and the last ones before it: a page that is
/// loaded again may be under way while the next one is written.
pub fn note_address(fragment: &str) {
    let Some(storage) = of_tab() else {
        return;
    };
    let written = written_addresses(&tab());
    let before = written.iter().map(String::as_str).filter(|before| *before != fragment);
    let all: Vec<&str> = [fragment].into_iter().chain(before).take(MAX_ADDRESSES).collect();
    // Without it a page that is loaded again opens what its address names.
    let _ = storage.set_item(ADDRESS_KEY, &format!("{}\n{}", tab(), all.join("\n")));
}

/// The fragments that the tab called `tab` has written last.
pub fn written_addresses(tab: &str) -> Vec<String> {
    let noted = of_tab().and_then(|storage| storage.get_item(ADDRESS_KEY).ok()?).unwrap_or_default();
    match noted.split_once('\n') {
        Some((writer, all)) if writer == tab => all.split('\n').map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Whatever the address names is to be opened, also what this tab has written itself.
pub fn forget_addresses() {
    if let Some(storage) = of_tab() {
        // What is not there need not be taken away.
        let _ = storage.remove_item(ADDRESS_KEY);
    }
}

fn record_in(storage: &Storage) -> Option<Record> {
    let text = storage.get_item(KEY).ok()??;
    let (stamp, tab) = stamp_in(storage);
    Some(Record { tab, stamp, text })
}

/// The time and the tab of what a storage holds.
fn stamp_in(storage: &Storage) -> (f64, String) {
    let stamp = storage.get_item(STAMP_KEY).ok().flatten().unwrap_or_default();
    let (time, tab) = stamp.split_once(' ').unwrap_or_default();
    (time.parse().unwrap_or(0.0), tab.to_owned())
}

/// Whether the reader has asked for a start without what is stored or linked, after a fault at the start.
pub fn starts_afresh() -> bool {
    let asked = local().and_then(|storage| {
        let asked = storage.get_item(AFRESH_KEY).ok()?;
        storage.remove_item(AFRESH_KEY).ok()?;
        asked
    });
    asked.is_some()
}

thread_local! {
    /// What was set aside at the start.
    static ASIDE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Puts away what is stored and not opened; whether it is kept over a reload.
fn set_aside(record: &Record) -> bool {
    ASIDE.set(Some(record.text.clone()));
    for storage in [local(), of_tab()].into_iter().flatten() {
        // There may be no room for both.
        let _ = storage.remove_item(KEY).and_then(|()| storage.remove_item(STAMP_KEY));
    }
    local().is_some_and(|storage| storage.set_item(ASIDE_KEY, &record.text).is_ok())
}

/// What was set aside since it could not be read.
pub fn aside() -> Option<String> {
    let kept = || local()?.get_item(ASIDE_KEY).ok()?;
    ASIDE.with_borrow(Clone::clone).or_else(kept)
}

/// Stores the session, as far as it has come: a run may be ahead of what is shown.
struct Store {
    latest: Rc<Session>,
    dispatch: Callback<Action>,
    tab: String,
    /// When it was stored last, on the clock of [`now`].
    at: Cell<f64>,
    /// Whether the reader has been told that nothing is stored.
    is_told: Rc<Cell<bool>>,
}

impl Store {
    /// Stores in both storages.
    fn store(&self) {
        let Some(record) = self.record() else { return };
        let in_local = local().is_some_and(|storage| put_in(&storage, &record));
        let (is_told, dispatch) = (Rc::clone(&self.is_told), self.dispatch.clone());
        database::put(record, move || {
            if !in_local && !is_told.replace(true) {
                dispatch.emit(Action::problem(words::stores_nothing()));
            }
        });
    }

    /// Stores what can be stored as the page is left.
    fn store_at_leaving(&self) {
        let Some(record) = self.record() else { return };
        let put = |storage: Option<Storage>| storage.is_some_and(|storage| put_in(&storage, &record));
        let (in_local, in_tab) = (put(local()), put(of_tab()));
        if !in_local && !in_tab {
            database::put(record, || {});
        }
    }

    /// What is to be stored now; none of a session that is too large, of which the reader has been told when
    /// it was opened.
    fn record(&self) -> Option<Record> {
        let session = &*self.latest;
        self.at.set(now());
        let text = saved::fits(session).then(|| saved::save_with_undo(session))?;
        Some(Record { tab: self.tab.clone(), stamp: CHANGED.get(), text })
    }
}

/// Whether there was room for it, with or without what can be undone. What another tab has changed since stays.
fn put_in(storage: &Storage, record: &Record) -> bool {
    let (time, tab) = stamp_in(storage);
    if tab != record.tab && record.stamp < time {
        return true;
    }
    let stamp = format!("{} {}", record.stamp, record.tab);
    let put = |text| storage.set_item(KEY, text).and_then(|()| storage.set_item(STAMP_KEY, &stamp));
    // Where there is no room for both the session is kept.
    put(&record.text).or_else(|_| put(saved::without_undo(&record.text))).is_ok()
}

/// Stores the session when it has changed and the page is quiet, every ten seconds where it is not, and
/// when the page is left.
#[hook]
pub fn use_saved(session: &Rc<Session>, dispatch: &Callback<Action>) {
    let store = use_mut_ref(|| Store {
        latest: Rc::clone(session),
        dispatch: dispatch.clone(),
        tab: tab(),
        at: Cell::new(now()),
        is_told: Rc::default(),
    });
    store.borrow_mut().latest = Rc::clone(session);
    // The first session is the one that was there at the start.
    let is_changed = use_mut_ref(|| false);
    use_effect_with(ByAddress(Rc::clone(session)), {
        let store = Rc::clone(&store);
        move |_| {
            if is_changed.replace(true) {
                CHANGED.set(Date::now());
            }
            let is_late = LONGEST < now() - store.borrow().at.get();
            let wait = if is_late { 0 } else { QUIET };
            let timeout = Timeout::new(wait, move || store.borrow().store());
            move || drop(timeout)
        }
    });
    use_effect_with((), move |()| {
        let on_hide = web_sys::window().map(|window| {
            gloo_events::EventListener::new(&window, "pagehide", move |_| store.borrow().store_at_leaving())
        });
        move || drop(on_hide)
    });
}
