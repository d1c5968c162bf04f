//! The browser's database (IndexedDB): one stored session per tab. Unlike the browser's other storage it
//! has room for megabytes and is written at once, so that little is lost when the browser is killed.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Record;

const NAME: &str = "chainrule";
const SESSIONS: &str = "sessions";
/// Sessions of so many tabs are kept, those that were stored last.
const MAX_KEPT: usize = 8;
/// How long the page waits for an answer at its start, in milliseconds.
const PATIENCE: u32 = 2_000;

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// The session that `tab` has stored, else those of all tabs; none where the browser has no such storage.
/// `None` if it does not answer: a page that the browser has put to sleep while it was writing keeps all
/// others waiting (WebKit).
pub async fn records(tab: &str) -> Option<Vec<Record>> {
    let records = Rc::new(RefCell::new(None));
    let answered = Promise::new(&mut |resolve, _| {
        let answer = move || {
            // It waits for nothing but this.
            let _ = resolve.call0(&JsValue::NULL);
        };
        Timeout::new(PATIENCE, answer.clone()).forget();
        let (tab, records) = (tab.to_owned(), Rc::clone(&records));
        spawn_local(async move {
            records.replace(Some(stored(&tab).await.unwrap_or_default()));
            answer();
        });
    });
    let _ = JsFuture::from(answered).await;
    records.take()
}

async fn stored(tab: &str) -> Result<Vec<Record>, Error> {
    let mut opening = Factory::new()?.open(NAME, Some(1))?;
    opening.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // It is new: nothing is in the way. Without it the transaction below fails.
            let _ = database.create_object_store(SESSIONS, ObjectStoreParams::new());
        }
    });
    let database = Rc::new(opening.await?);
    OPEN.with_borrow_mut(|open| *open = Some(Rc::clone(&database)));
    let transaction = database.transaction(&[SESSIONS], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(SESSIONS)?;
    if let Some(own) = store.get(JsValue::from(tab))?.await? {
        return Ok(read(&own).into_iter().collect());
    }
    let values = store.get_all(None, None)?.await?;
    let mut records: Vec<Record> = values.iter().filter_map(read).collect();
    records.sort_by(|a, b| b.stamp.total_cmp(&a.stamp));
    for old in records.drain(records.len().min(MAX_KEPT)..) {
        store.delete(JsValue::from(old.tab))?.await?;
    }
    Ok(records)
}

/// Stores the session of its tab in place of the one before; `failed` is called where it cannot be.
pub fn put(record: Record, failed: impl FnOnce() + 'static) {
    let database = OPEN.with_borrow(Clone::clone);
    spawn_local(async move {
        let stored = match database {
            Some(database) => write(&database, &record).await.is_ok(),
            None => false,
        };
        if !stored {
            failed();
        }
    });
}

async fn write(database: &Database, record: &Record) -> Result<(), Error> {
    let transaction = database.transaction(&[SESSIONS], TransactionMode::ReadWrite)?;
    let value = Array::of3(&JsValue::from(&record.tab), &record.stamp.into(), &JsValue::from(&record.text));
    transaction.object_store(SESSIONS)?.put(&value, Some(&JsValue::from(&record.tab)))?.await?;
    transaction.commit()?.await?;
    Ok(())
}

fn read(value: &JsValue) -> Option<Record> {
    let parts = Array::from(value);
    let (tab, text) = (parts.get(0).as_string()?, parts.get(2).as_string()?);
    Some(Record { tab, stamp: parts.get(1).as_f64()?, text })
}
