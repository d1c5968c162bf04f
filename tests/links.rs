//! Links: what they carry and what they leave out, how long they are, and which are refused.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use std::rc::Rc;

use chainrule::lesson::Lesson;
use chainrule::link::{Base, LeftOut, Link, MAX_CHARS, Opening, PageView, link};
use chainrule::moment::time::Time;
use chainrule::session::{Action, Session};
use chainrule::text::packed::{pack, unpack};
use common::{bits, draw_edit, draw_move, edit, model_numbers, shown};

fn plain(session: &Session, base: Option<&Base>) -> Link {
    link(session, base, &PageView::default()).expect("a link")
}

fn opened(fragment: &str, base: Option<&Lesson>) -> Session {
    let opening = Opening::read(fragment).expect("a link").expect("a whole link");
    let (shared, _) = opening.open(base).expect("a link that can be opened");
    Session::of_link(&shared).expect("finite")
}

fn refused(fragment: &str) -> String {
    let read = Opening::read(fragment).expect("a link");
    read.and_then(|opening| opening.open(None)).map(|_| ()).expect_err(fragment).to_string()
}

fn learned(session: &Session) -> Vec<u64> {
    bits(&model_numbers(session.moment().model()))
}

/// A session after moves and edits drawn by `seed`.
fn drawn(lesson: &Lesson, seed: u64, n: usize) -> Session {
    let mut rng = backprop::rng::Rng::new(seed);
    let mut session = common::session(lesson).update(Action::SetAsksFirst(seed.is_multiple_of(3)));
    for _ in 0..n {
        let action = match common::below(&mut rng, 4) {
            0 => edit(draw_edit(&mut rng, &session)),
            1 => Action::NextEpoch,
            _ => draw_move(&mut rng, &session),
        };
        session = session.update(action);
    }
    session.update(Action::Pause)
}

#[test]
fn links_of_a_hundred_sessions_open_at_the_same_bits() {
    let lessons = [common::HMKCODE, common::MAZUR, common::XOR, common::FOUR_POINTS, common::LECTURE];
    let lessons = lessons.map(common::lesson);
    let mut n_whole = 0;
    for seed in 0..100 {
        let lesson = &lessons[seed as usize % lessons.len()];
        let session = drawn(lesson, seed, 25);
        let base = Base { name: "it", lesson };
        let link = plain(&session, Some(&base));
        let again = opened(&link.fragment, Some(lesson));
        assert!(shown(again.moment()) == shown(session.moment()), "seed {seed}");
        assert_eq!(learned(&again), learned(&session), "seed {seed}");
        assert_eq!(again.settings(), session.settings());
        assert!(link.fragment.len() <= MAX_CHARS);
        if link.left_out.is_empty() {
            n_whole += 1;
            assert_eq!(again.losses().points(), session.losses().points());
            assert_eq!(again.marks(), session.marks());
        }
    }
    assert!(40 < n_whole, "{n_whole} of 100 leave nothing out");
}

#[test]
fn the_link_of_an_untouched_lesson_is_short_and_names_it() {
    let lesson = common::lesson(common::HMKCODE);
    let base = Base { name: "hmkcode", lesson: &lesson };
    let link = plain(&common::session(&lesson), Some(&base));
    assert!(link.fragment.len() < 120, "{}", link.fragment.len());
    let text = unpack(&link.fragment[3..]).expect("packed");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["moment"]["lesson"], "hmkcode");
    assert!(file["moment"].get("changes").is_none());
}

#[test]
fn what_a_lesson_has_otherwise_than_the_one_it_is_named_by_is_carried() {
    let lesson = common::lesson(common::HMKCODE);
    let other = Lesson { title: "Mine".to_owned(), ..lesson.clone() };
    let base = Base { name: "hmkcode", lesson: &lesson };
    let link = plain(&common::session(&other), Some(&base));
    let text = unpack(&link.fragment[3..]).expect("packed");
    let file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(file["moment"]["changes"], serde_json::json!({"title": "Mine"}));
    assert_eq!(**opened(&link.fragment, Some(&lesson)).start(), other);
    // Of a lesson of one's own the whole file.
    let link = plain(&common::session(&other), None);
    assert_eq!(**opened(&link.fragment, None).start(), other);
}

/// A lesson with 97 parameters: 8 inputs, 8 hidden units with biases, 2 outputs without, learned by `optimizer`.
fn hundred(optimizer: &str) -> Lesson {
    let text = format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "title": "Hundred", "loss": "half_squared_error",
        "network": {{"inputs": 8, "layers": [
            {{"activation": "sigmoid", "units": 9, "init": {{"scheme": "glorot_uniform", "seed": 4}}}},
            {{"activation": "identity", "units": 2, "init": {{"scheme": "glorot_uniform", "seed": 5, "biases": false}}}}]}},
        "optimizer": {optimizer},
        "data": {{"inputs": [[1, 0, 0.5, 2, 1, 0, 1, 1], [0, 1, 1, 0, 1, 0.25, 1, 0]], "targets": [[1, 0], [0, 1]]}}}}"#
    );
    Lesson::from_json(&text).expect("a lesson")
}

#[test]
fn a_long_run_of_a_hundred_parameters_has_room_for_its_weights() {
    let lesson = hundred(r#"{"method": "sgd", "learning_rate": 0.01}"#);
    assert_eq!(lesson.network.n_params(), 99);
    let mut session = common::session(&lesson).update(Action::RunEpochs(30_000));
    while session.is_running() {
        session = session.update(Action::RunSlice { work: 1_000_000, updates: 1_000_000 });
    }
    assert_eq!(session.time(), Time::epoch(30_000));
    let base = Base { name: "hundred", lesson: &lesson };
    let link = plain(&session, Some(&base));
    assert_eq!(link.left_out, [LeftOut::Curve]);
    assert!(link.fragment.len() <= MAX_CHARS);
    let again = opened(&link.fragment, Some(&lesson));
    assert_eq!(again.time(), session.time());
    assert_eq!(learned(&again), learned(&session));
    // Two times a hundred weights have no room: the start of a lesson of one's own is left out.
    let session = session.update(Action::StepForward { coarser: false });
    let link = plain(&session, None);
    assert_eq!(link.left_out, [LeftOut::Run]);
    let again = opened(&link.fragment, None);
    assert_eq!(again.moment().network(), session.moment().network());
    assert_eq!((again.time(), again.moment().position), (Time::default(), session.moment().position));
}

#[test]
fn what_has_no_room_is_left_out_and_said() {
    let lesson = hundred(
        r#"{"method": "adam", "learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}"#,
    );
    let mut session = common::session(&lesson).update(Action::RunEpochs(30_000));
    while session.is_running() {
        session = session.update(Action::RunSlice { work: 1_000_000, updates: 1_000_000 });
    }
    let base = Base { name: "hundred", lesson: &lesson };
    let link = plain(&session, Some(&base));
    assert_eq!(link.left_out, [LeftOut::Curve, LeftOut::OptimizerState]);
    let again = opened(&link.fragment, Some(&lesson));
    assert_eq!(again.moment().network(), session.moment().network());
    // Reached sooner, all of it is learned again.
    let sooner = session.update(Action::GoToEpoch(300));
    let link = plain(&sooner, None);
    assert_eq!(link.left_out, [LeftOut::Ahead]);
    assert_eq!(learned(&opened(&link.fragment, None)), learned(&sooner));
    let large = common::lesson(include_str!("../static/lessons/digits.json"));
    let base = Base { name: "digits", lesson: &large };
    let mut session = common::session(&large).update(Action::RunEpochs(1));
    while session.is_running() {
        session = session.update(Action::RunSlice { work: 1_000_000, updates: 1_000_000 });
    }
    let link = plain(&session, Some(&base));
    assert!(link.left_out.is_empty() || link.left_out == [LeftOut::Learned], "{:?}", link.left_out);
    let again = opened(&link.fragment, Some(&large));
    assert_eq!(again.time() == session.time(), !link.left_out.contains(&LeftOut::Learned));
    // A lesson of one's own with as many data fits no link.
    assert_eq!(link_of_own(&large), None);
}

fn link_of_own(lesson: &Lesson) -> Option<Link> {
    link(&common::session(lesson), None, &PageView::default())
}

#[test]
fn a_link_is_refused_with_the_place_of_its_fault() {
    let lesson = common::lesson(common::HMKCODE);
    let link = plain(&common::session(&lesson).update(Action::NextEpoch), None);
    let (version, packed) = link.fragment.split_once('.').expect("a version");
    let cut = format!("{version}.{}", &packed[..packed.len() / 2]);
    assert_eq!(refused(&cut), "file: some of its characters are missing or others than they were");
    assert_eq!(refused("v9.abc"), "file: version 9, expected 1: it may be of a later page");
    let with = |key: &str, value: serde_json::Value| {
        let mut file: serde_json::Value =
            serde_json::from_str(&unpack(packed).expect("packed")).expect("JSON");
        file["moment"][key] = value;
        format!("{version}.{}", pack(&file.to_string()))
    };
    for (key, value, says) in [
        ("now", serde_json::json!("x"), "moment.now: text, expected"),
        (
            "now",
            serde_json::json!([1_000_000_000_u64, 0]),
            "moment.reached: it would take too long to come to",
        ),
        ("reached", serde_json::json!([0, 0]), "moment.reached: times out of order"),
        ("changes", serde_json::json!({"format": 1}), "moment.lesson: format: a number, expected text"),
        ("changes", serde_json::Value::Null, "moment.lesson: missing"),
        ("other", serde_json::json!(1), "moment.other: unknown key"),
        ("settings", serde_json::json!({"digits": 99}), "moment.settings.digits: digits out of range"),
        (
            "model",
            serde_json::json!({"epoch": 1, "batch": 0, "n_updates": 1, "params": []}),
            "moment.model.params",
        ),
        ("edits", serde_json::json!([{"model": [5, 0, []]}]), "moment.reached: times out of order"),
        (
            "edits",
            serde_json::json!([{"model": [0, 0, [[9, 0, 0, 1.0]]]}]),
            "moment.edits[0].model[0]: no such weight",
        ),
    ] {
        let said = refused(&with(key, value));
        assert!(said.starts_with(says), "{key}: {said}");
    }
    for other in ["", "present", "v", "v1", "version.2", "x1.abc"] {
        assert!(Opening::read(other).is_none(), "{other}");
    }
}

#[test]
fn a_link_opened_on_a_page_can_be_taken_back() {
    let lesson = common::lesson(common::HMKCODE);
    let there =
        common::session(&lesson).update(Action::NextEpoch).update(Action::StepForward { coarser: false });
    let opening = Opening::read(&plain(&there, None).fragment).expect("a link").expect("a whole one");
    let (shared, _) = opening.open(None).expect("can be opened");
    let here = common::session(&common::lesson(common::XOR)).update(Action::NextEpoch);
    let opened = here.update(Action::OpenLink(Rc::new(shared)));
    assert!(shown(opened.moment()) == shown(there.moment()));
    assert_ne!(opened.opening(), here.opening());
    let back = opened.update(Action::Undo);
    assert!(shown(back.moment()) == shown(here.moment()));
    assert_eq!(back.opening(), here.opening());
    assert!(shown(back.update(Action::Redo).moment()) == shown(there.moment()));
}

/// A link that a version of the page has made.
#[derive(serde::Deserialize)]
struct Made {
    fragment: String,
    lesson: String,
    title: String,
    epoch: u64,
    step: usize,
    /// Whether the step's number is asked for.
    #[serde(default)]
    is_asking: bool,
    /// Layer (from 0), receiving and sending unit of a weight, and its value.
    weight: [usize; 3],
    value: f64,
}

#[test]
fn links_that_were_made_open_for_ever() {
    let made: Vec<Made> = serde_json::from_str(include_str!("cases/links.json")).expect("cases");
    assert_eq!(made.len(), 5);
    for Made { fragment, lesson, title, epoch, step, is_asking, weight: [layer, to, from], value } in made {
        let file = std::fs::read_to_string(format!("static/lessons/{lesson}.json")).expect("a lesson");
        let base = Lesson::from_json(&file).expect("a lesson");
        let session = opened(&fragment, Some(&base));
        assert_eq!(session.start().title, title);
        assert_eq!((session.time().epoch, session.moment().position.step), (epoch, step), "{title}");
        assert_eq!(session.moment().is_asking(), is_asking, "{title}");
        let found = session.moment().network().params.0[layer].weights.row(to)[from];
        assert!(common::is_close(found, value, 1e-4), "{title}: {found}, expected {value}");
    }
}

/// How many mutated links are opened: `LINKS=1000000 cargo test --release --test links mutated` for a long look.
fn n_mutated() -> u64 {
    std::env::var("LINKS").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000)
}

#[test]
fn mutated_links_are_refused_or_opened_and_nothing_breaks() {
    let lessons = [common::HMKCODE, common::MAZUR, common::XOR].map(common::lesson);
    let mut rng = backprop::rng::Rng::new(7);
    let (mut n_opened, mut n_refused) = (0, 0);
    let texts: Vec<(String, &Lesson)> = (0..30)
        .map(|seed| {
            let lesson = &lessons[seed as usize % lessons.len()];
            let base = Base { name: "it", lesson };
            let link = plain(&drawn(lesson, seed, 12), (seed % 2 == 0).then_some(&base));
            (unpack(&link.fragment[3..]).expect("packed"), lesson)
        })
        .collect();
    for _ in 0..n_mutated() {
        let (text, lesson) = common::pick(&mut rng, &texts);
        // Either the link itself, as a chat or a hand damages it, or what it holds, as no page would write it.
        let (mut bytes, is_packed) = match common::below(&mut rng, 2) {
            0 => (format!("v1.{}", pack(&text)).into_bytes(), true),
            _ => (text.into_bytes(), false),
        };
        for _ in 0..=common::below(&mut rng, 3) {
            let at = common::below(&mut rng, bytes.len().max(1));
            match common::below(&mut rng, 4) {
                0 => bytes.truncate(at.max(4)),
                1 => bytes.insert(at, common::pick(&mut rng, b"0123456789eE.-+,[]{}\"nulAZ_".as_slice())),
                2 => _ = (at < bytes.len()).then(|| bytes.remove(at)),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = common::pick(&mut rng, b"0123456789eE.-+,[]{}\"nulAZ_".as_slice());
                    }
                }
            }
        }
        let mutated = String::from_utf8_lossy(&bytes).into_owned();
        let fragment = if is_packed { mutated } else { format!("v1.{}", pack(&mutated)) };
        let Some(read) = Opening::read(&fragment) else {
            continue;
        };
        match read.and_then(|opening| opening.open(opening.base().map(|_| lesson))) {
            Ok((shared, _)) => {
                n_opened += 1;
                match Session::of_link(&shared) {
                    Ok(session) => assert!(session.loss().is_finite()),
                    Err(notice) => assert!(notice.is_problem),
                }
            }
            Err(fault) => {
                n_refused += 1;
                assert!(!fault.to_string().contains(char::is_control));
            }
        }
    }
    assert!(0 < n_opened && 0 < n_refused, "{n_opened} opened, {n_refused} refused");
}
