//! The laws that hold whatever the page is given: for each kind of input a function that takes any
//! bytes and fails if a law is broken. The fuzz targets call them, and `tests/fuzz.rs` with inputs that
//! are always the same.
//!
//! An input that begins with a zero byte, as no text does, is not the text itself: its other bytes are
//! the choices by which one is made. So a fuzzer reaches what lies behind the readers.

// Helpers fail as tests do; each crate that has them uses its part.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod draw;
mod make;
pub mod session;

use std::borrow::Cow;
use std::rc::Rc;

use backprop::activation::Activation;
use backprop::rng::Rng;
use chainrule::lesson::printed::parse_printed;
use chainrule::lesson::table::{Choices, ColumnRole, Reader, Table, TakenAs};
use chainrule::lesson::weights::{Answers, Format, NamedBytes, Rows, exported, read};
use chainrule::lesson::{Lesson, limits};
use chainrule::link::{self, Base, Opening};
use chainrule::session::design;
use chainrule::session::{Action, Session, saved};
use chainrule::text::fault::Fault;
use chainrule::text::format;
use chainrule::text::packed::{pack, unpack};

use crate::common;
use draw::Draw;

/// Actions after which a session that was read is looked at again.
const FEW_ACTIONS: usize = 3;
/// Actions in a sequence.
const MANY_ACTIONS: usize = 30;

/// Stands in a stored text before each document of what undo brings back.
const UNDO: &str = "\u{1e}";

/// A law: whether the input was one that is accepted, so that something could be looked at.
pub type Law = fn(&[u8]) -> bool;

/// Each kind of input by its name.
pub const ALL: [(&str, Law); 7] = [
    ("lesson", lesson),
    ("csv", csv),
    ("weights", weights),
    ("stored", stored),
    ("link", link),
    ("number", number),
    ("actions", actions),
];

/// The text that an input is or stands for, and choices for what is done with it.
fn text_of(bytes: &[u8], make: impl FnOnce(&mut Draw) -> String) -> (String, Vec<u8>) {
    match bytes.split_first() {
        Some((0, rest)) => {
            let mut draw = Draw::new(rest);
            let text = make(&mut draw);
            let left = std::iter::from_fn(|| (!draw.is_empty()).then(|| draw.byte())).collect();
            (text, left)
        }
        _ => (String::from_utf8_lossy(bytes).into_owned(), choices_for(bytes)),
    }
}

/// Choices that depend on every byte of an input.
fn choices_for(bytes: &[u8]) -> Vec<u8> {
    // FNV-1a.
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    let mut rng = Rng::new(hash);
    (0..200).map(|_| rng.next_u64() as u8).collect()
}

/// A fault is a sentence of one line that names its place.
fn is_said(fault: &Fault) {
    let text = fault.to_string();
    assert!(
        !fault.place().is_empty() && !fault.problem.is_empty() && !text.contains(char::is_control),
        "{text:?}"
    );
}

/// A lesson file: refused with its place, or read to the same lesson when it is written; and a session
/// of it keeps the laws.
pub fn lesson(bytes: &[u8]) -> bool {
    let (text, choices) = text_of(bytes, make::lesson_file);
    let lesson = match Lesson::from_json(&text) {
        Ok(lesson) => lesson,
        Err(fault) => {
            is_said(&fault);
            return false;
        }
    };
    let written = Lesson::from_json(&lesson.to_json()).unwrap_or_else(|fault| panic!("written, but {fault}"));
    session::is_read_back(&lesson, &written);
    if !is_small(&lesson) {
        return true;
    }
    match Session::new(lesson) {
        Ok(session) => follow(session, &mut Draw::new(&choices), FEW_ACTIONS),
        Err(notice) => assert!(notice.is_problem && !notice.text.is_empty()),
    }
    true
}

/// Whether all laws of a session can be looked at in little time.
fn is_small(lesson: &Lesson) -> bool {
    const MOST: u64 = 20_000;
    let n_samples = lesson.data.train.len() + lesson.data.test.len();
    lesson.network.n_products(n_samples) <= MOST && n_samples <= 200
}

/// Looks at a session, and again after each of some actions.
fn follow(mut now: Session, draw: &mut Draw, n_actions: usize) {
    let mut log = Log(Vec::new());
    session::check(&now);
    for _ in 0..n_actions {
        if draw.is_empty() || !is_small(&now.moment().lesson) {
            return;
        }
        let action = make::action(draw, &now);
        log.0.push(format!("{action:?}"));
        now = session::act(&now, &action);
        if is_small(&now.moment().lesson) {
            session::check(&now);
        }
    }
}

/// What has been done, told where a law is broken.
struct Log(Vec<String>);

impl Drop for Log {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("after these actions:\n{}", self.0.join("\n"));
        }
    }
}

/// A sequence of actions on a lesson, from its first byte on drawn.
pub fn actions(bytes: &[u8]) -> bool {
    let mut draw = Draw::new(bytes);
    let Ok(lesson) = Lesson::from_json(&make::lesson_file(&mut draw)) else {
        return false;
    };
    if !is_small(&lesson) {
        return false;
    }
    let Ok(session) = Session::new(lesson) else {
        return false;
    };
    follow(session, &mut draw, MANY_ACTIONS);
    true
}

/// A session of a small lesson after some actions.
fn drawn_session(draw: &mut Draw) -> Session {
    let lesson = Lesson::from_json(&make::lesson_file(draw)).ok().filter(is_small);
    let lesson = lesson.unwrap_or_else(|| common::lesson(common::XOR));
    let mut session = Session::new(lesson).unwrap_or_else(|_| common::session(&common::lesson(common::XOR)));
    for _ in 0..draw.below(12) {
        session = session.update(make::action(draw, &session));
    }
    session
}

/// A stored session: refused with its place, or one that works and can be stored again.
pub fn stored(bytes: &[u8]) -> bool {
    let (text, choices) = text_of(bytes, |draw| {
        let session = drawn_session(draw);
        let text = saved::save_with_undo(&session);
        let mut documents: Vec<_> = text
            .split(UNDO)
            .map(|document| serde_json::from_str(document).expect("what is stored is JSON"))
            .collect();
        for _ in 0..draw.below(3) {
            // As often the session as what undo brings back.
            let at = if draw.flag() { 0 } else { draw.below(documents.len()) };
            make::damage(&mut documents[at], draw);
        }
        let documents: Vec<String> = documents.iter().map(ToString::to_string).collect();
        documents.join(UNDO)
    });
    match saved::restore(&text) {
        Ok(session) => {
            if is_small(session.start()) && is_small(&session.moment().lesson) {
                session::is_finite(&session);
                session::store_and_restore(&session);
                session::all_undone_is_finite(&session, is_small);
                let mut draw = Draw::new(&choices);
                let mut now = session;
                for _ in 0..FEW_ACTIONS {
                    now = now.update(make::action(&mut draw, &now));
                    if is_small(&now.moment().lesson) {
                        session::is_finite(&now);
                    }
                }
            }
            true
        }
        Err(fault) => {
            is_said(&fault);
            false
        }
    }
}

/// The fragment of an address: refused with its place, or a session that works and is linked to again. One that
/// is made of a session carries it whole, or says what it leaves out.
pub fn link(bytes: &[u8]) -> bool {
    let (fragment, choices) = text_of(bytes, |draw| {
        let session = drawn_session(draw);
        let base = common::lesson(common::HMKCODE);
        let base = Base { name: "hmkcode", lesson: &base };
        let view = make::page_view(draw);
        let Some(link) = link::link(&session, draw.flag().then_some(&base), &view) else {
            return String::new();
        };
        session::is_carried(&session, &link, base.lesson, &view);
        if draw.flag() {
            return link.fragment;
        }
        let (version, packed) = link.fragment.split_once('.').expect("a version and a text");
        let mut document =
            serde_json::from_str(&unpack(packed).expect("packed")).expect("what a link holds is JSON");
        make::damage(&mut document, draw);
        format!("{version}.{}", pack(&document.to_string()))
    });
    let read = match Opening::read(&fragment) {
        Some(read) => read,
        None => return false,
    };
    let base = common::lesson(common::HMKCODE);
    let opened = read.and_then(|opening| opening.open(opening.base().map(|_| &base)));
    let (shared, _) = match opened {
        Ok(opened) => opened,
        Err(fault) => {
            is_said(&fault);
            return false;
        }
    };
    match Session::of_link(&shared) {
        Ok(session) => {
            if is_small(session.start()) && is_small(&session.moment().lesson) {
                session::is_finite(&session);
                follow(session, &mut Draw::new(&choices), 1);
            }
        }
        Err(notice) => assert!(notice.is_problem && !notice.text.is_empty()),
    }
    true
}

/// A CSV file: refused with its line, or a table whose data a lesson takes.
pub fn csv(bytes: &[u8]) -> bool {
    let (file, choices) = match bytes.split_first() {
        Some((0, rest)) => (Cow::Owned(make::csv_file(&mut Draw::new(rest))), choices_for(rest)),
        _ => (Cow::Borrowed(bytes), choices_for(bytes)),
    };
    let whole = read_table(&file, usize::MAX);
    for n_bytes in [1, 7] {
        assert!(read_table(&file, n_bytes) == whole, "read in slices of {n_bytes} bytes it is another table");
    }
    let table = match whole {
        Ok(table) => table,
        Err(sentence) => {
            is_sentence(&sentence);
            return false;
        }
    };
    import(&table, &table.suggest());
    let mut draw = Draw::new(&choices);
    for _ in 0..2 {
        import(&table, &drawn_choices(&table, &mut draw));
    }
    true
}

fn read_table(bytes: &[u8], n_bytes: usize) -> Result<Table, String> {
    let mut reader = Reader::new(bytes.into(), None)?;
    while !reader.advance(n_bytes)? {}
    reader.finish()
}

fn is_sentence(text: &str) {
    assert!(!text.is_empty() && !text.contains(char::is_control), "{text:?}");
}

fn drawn_choices(table: &Table, draw: &mut Draw) -> Choices {
    let mut choices = table.suggest();
    for column in &mut choices.columns {
        column.role = draw.pick(&ColumnRole::ALL);
        column.taken_as = draw.pick(&TakenAs::ALL);
    }
    choices.fills_missing = draw.flag();
    choices.standardises_inputs = draw.flag();
    choices.standardises_targets = draw.flag();
    choices.held_out = draw.pick(&[0.0, 0.5, 0.9, 1.0]);
    choices.seed = draw.count();
    choices
}

fn import(table: &Table, choices: &Choices) {
    let imported = match table.import(choices, "a file.csv") {
        Ok(imported) => imported,
        Err(sentence) => return is_sentence(&sentence),
    };
    let plan = table.plan(choices).expect("what is imported is planned");
    let data = &imported.data;
    assert_eq!((data.train.len(), data.test.len()), (plan.n_train, plan.n_test));
    for sample in data.train.iter().chain(&data.test) {
        assert_eq!((sample.input.len(), sample.target.len()), (plan.n_inputs, plan.n_outputs));
        assert!(sample.input.iter().chain(&sample.target).all(|x| x.abs() <= limits::MAGNITUDE));
    }
    let change = design::Change::Import(Rc::new(imported));
    let before = common::session(&common::lesson(common::XOR));
    let after = session::act(&before, &Action::Design { change, continues: false });
    session::export_and_import(&after);
    if is_small(&after.moment().lesson) {
        session::check(&after);
    }
}

/// Weights of another program: refused with a sentence, or a network that a lesson takes, however what the file
/// leaves open is answered. What is made are exported weights, some bytes of which are others.
pub fn weights(bytes: &[u8]) -> bool {
    let (file, choices) = match bytes.split_first() {
        Some((0, rest)) => {
            let mut draw = Draw::new(rest);
            let lesson = Lesson::from_json(&make::lesson_file(&mut draw)).ok().filter(is_small);
            let network = lesson.unwrap_or_else(|| common::lesson(common::XOR)).network;
            let mut file = exported(&network, draw.pick(&Format::ALL));
            for _ in 0..draw.below(3) {
                let at = draw.below(file.len());
                file[at] ^= draw.byte();
            }
            (Cow::Owned(file), choices_for(rest))
        }
        _ => (Cow::Borrowed(bytes), choices_for(bytes)),
    };
    let model = match read(&[NamedBytes { name: "net.weights", bytes: &file }]) {
        Ok(model) => model,
        Err(sentence) => {
            is_sentence(&sentence);
            return false;
        }
    };
    let mut draw = Draw::new(&choices);
    let answers = Answers {
        rows: Some(draw.pick(&Rows::ALL)),
        hidden: Some(draw.pick(Activation::HIDDEN)),
        output: Some(draw.pick(&Activation::ALL)),
    };
    let network = match model.network(&answers, "net.weights") {
        Ok(network) => network,
        Err(sentence) => {
            is_sentence(&sentence);
            return true;
        }
    };
    let change = design::Change::Weights(Rc::new(network));
    let before = common::session(&common::lesson(common::XOR));
    let after = session::act(&before, &Action::Design { change, continues: false });
    session::export_and_import(&after);
    if is_small(&after.moment().lesson) {
        session::check(&after);
    }
    true
}

/// A number, typed or printed: what is read is finite, and written so that it is read back.
pub fn number(bytes: &[u8]) -> bool {
    let (text, _) = text_of(bytes, make::number_text);
    if let Some(printed) = parse_printed(&text)
        && text.chars().filter(char::is_ascii_digit).count() <= 15
    {
        let x = format::parse(&text).unwrap_or_else(|| panic!("{text:?} is printed but cannot be typed"));
        assert!(printed.agrees(x), "{text:?} does not agree with itself");
    }
    let Some(x) = format::parse(&text) else {
        return false;
    };
    assert!(x.is_finite(), "{text:?}");
    assert_eq!(format::parse(&format::exact(x)), Some(x), "{text:?}: {}", format::exact(x));
    for n in [-1, 1] {
        assert!(format::nudged(x, n).is_finite(), "{text:?} by {n}");
    }
    for digits in 2..=15 {
        is_rounded(x, digits);
    }
    true
}

/// `x` written with so many digits is at most half of the last one away.
fn is_rounded(x: f64, digits: u8) {
    let text = format::number(x, digits);
    assert_eq!(
        format::number(-x, digits),
        match text.strip_prefix('−') {
            Some(positive) => positive.to_owned(),
            None if text == "0" => text.clone(),
            None => format!("−{text}"),
        }
    );
    // The largest numbers may round beyond all f64.
    let Some(read) = format::parse(&text) else {
        assert!(1.7e308 < x.abs(), "{text} cannot be read");
        return;
    };
    let exponent: i32 =
        format!("{:e}", x.abs()).split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let unit = libm::pow(10.0, f64::from(exponent - i32::from(digits) + 1));
    // What misses a half by no more than the noise goes up as the half does; near the end of an f64's
    // digits, or of all f64, the distance itself is rounded.
    let slack = (format::NOISE + 4.0 * f64::EPSILON) * x.abs() + f64::from_bits(1);
    assert!((read - x).abs() <= 0.5 * unit + slack, "{x:e} with {digits} digits is {text}");
}
