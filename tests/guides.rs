//! The guides of the lessons that come with the page: each page can be opened from any other, shows the
//! numbers that it names, and what it says in words is so.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use backprop::network::Param;
use chainrule::lesson::Lesson;
use chainrule::lesson::guide::GuideText;
use chainrule::moment::step::Position;
use chainrule::moment::time::Time;
use chainrule::session::{Action, Edit, Session};
use common::json_files;

fn guided() -> Vec<Session> {
    let lessons = json_files("static/lessons").into_iter().map(|(_, text)| common::lesson(&text));
    lessons.filter(|lesson| !lesson.guide.is_empty()).map(|lesson| Session::new(lesson).unwrap()).collect()
}

fn of(title: &str) -> Session {
    guided().into_iter().find(|session| session.start().title == title).expect(title)
}

/// Lets a run come to its end.
fn at_rest(mut session: Session) -> Session {
    while session.is_running() {
        session = session.update(Action::RunSlice { work: 1_000_000, updates: 1_000 });
    }
    session
}

fn page(session: &Session, number: usize) -> Session {
    at_rest(session.update(Action::OpenGuidePage(number)))
}

#[test]
fn there_are_guides() {
    assert!(7 <= guided().len());
}

#[test]
fn every_page_shows_its_step_and_has_the_numbers_of_its_text() {
    for session in guided() {
        let title = &session.start().title;
        for (k, about) in session.guide().iter().enumerate() {
            let shown = session.update(Action::OpenGuidePage(k));
            assert_eq!(shown.guide_page(), k);
            let moment = shown.moment();
            assert_eq!(moment.epoch, about.epoch, "{title}, page {k}");
            match about.place(session.start()) {
                None => assert_eq!(moment.position, Position::READY, "{title}, page {k}"),
                Some(place) => {
                    assert!(moment.shown(place.quantity).is_some(), "{title}, page {k}");
                    let step = moment.step().map(|step| step.kind);
                    assert_eq!(step, moment.plan.maker(place.quantity), "{title}, page {k}");
                    if let Some(sample) = place.sample {
                        assert_eq!(moment.sample_in_data(), sample, "{title}, page {k}");
                    }
                }
            }
            for part in about.parts(session.start()) {
                if let GuideText::Number { name, quantity } = part {
                    let quantity = quantity.expect(&name);
                    assert!(moment.shown(quantity).is_some(), "{title}, page {k}: {name}");
                }
            }
        }
    }
}

#[test]
fn pages_can_be_opened_in_any_order_and_after_anything() {
    for session in guided() {
        let n = session.guide().len();
        let straight: Vec<Session> = (0..n).map(|k| page(&session, k)).collect();
        let mut wandering = session.clone();
        for k in (0..n).rev().chain([0, n - 1, n / 2, 0]) {
            wandering = wandering.update(Action::StepForward { coarser: true }).update(Action::NextEpoch);
            wandering = page(&wandering, k);
            let expected = &straight[k];
            assert_eq!(wandering.time(), expected.time());
            assert_eq!(wandering.moment().position, expected.moment().position);
            assert_eq!(wandering.moment().network(), expected.moment().network());
            assert_eq!(wandering.moment().lesson.rule, expected.moment().lesson.rule);
        }
    }
}

#[test]
fn undo_goes_back_to_the_page_before() {
    let session = page(&of("The chain rule in four clicks"), 2);
    let back = page(&session, 4).update(Action::Undo);
    assert_eq!(back.guide_page(), 2);
    assert_eq!(back.moment().position, session.moment().position);
}

#[test]
fn reset_and_another_lesson_begin_at_the_first_page() {
    let session = page(&of("Which learning rate?"), 3);
    assert_eq!(session.update(Action::Reset).guide_page(), 0);
    let other = of("Sum or mean?").start().clone();
    assert_eq!(session.update(Action::Open(other)).guide_page(), 0);
    // There is no such page.
    assert_eq!(session.update(Action::OpenGuidePage(99)).guide_page(), 3);
}

#[test]
fn a_stored_session_comes_back_on_its_page() {
    let session = page(&of("Momentum: a ball that rolls on"), 3);
    let text = chainrule::session::saved::save_with_undo(&session);
    let restored = chainrule::session::saved::restore(&text).unwrap();
    assert_eq!(restored.guide_page(), 3);
    assert_eq!(restored.guide(), session.guide());
    assert_eq!(restored.update(Action::Undo).guide_page(), 0);
}

#[test]
fn a_lesson_with_a_guide_is_written_and_read_back() {
    for session in guided() {
        let lesson = session.start();
        assert_eq!(Lesson::from_json(&lesson.to_json()).unwrap(), **lesson);
    }
}

#[test]
fn a_fault_of_a_guide_is_said_with_its_place() {
    let hmkcode = |guide: &str| {
        let text = include_str!("../static/lessons/hmkcode.json");
        let end = text.rfind('}').unwrap();
        let said = Lesson::from_json(&format!("{},\"guide\":{guide}}}", &text[..end])).err();
        said.map(|fault| fault.to_string()).unwrap_or_default()
    };
    let first = r#"{"text":"a"}"#;
    assert_eq!(
        hmkcode(&format!(r#"[{first},{{"text":"The error is {{E}}.","at":"E","opens":["paths"]}}]"#)),
        ""
    );
    for (guide, expected) in [
        (r#"[{"text":"{nothing}"}]"#, r#"guide[0].text: "{nothing}" means nothing here"#),
        (r#"[{"text":"a"},{"text":"b","at":"w₉"}]"#, r#"guide[1].at: "w₉" means nothing here"#),
        (r#"[{"text":" "}]"#, "guide[0].text: empty"),
        (r#"[{"at":"E"}]"#, "guide[0].text: missing"),
        (r#"[{"text":"a","at":"E"}]"#, "guide[0]: the first page is the lesson’s start and has a text only"),
        (
            r#"[{"text":"a"},{"text":"a","epoch":10001}]"#,
            "guide[1].epoch: 10001, at most 10,000 of this network",
        ),
        (r#"[{"text":"a","epoch":5,"run_to":5}]"#, "guide[0].run_to: 5, expected 6 to 10000"),
        (r#"[{"text":"a","learning_rate":-1}]"#, "guide[0].learning_rate: -1, expected 0 to 1000"),
        (r#"[{"text":"a","title":"b"}]"#, "unknown key"),
        (r#"[{"text":"a","opens":["everything"]}]"#, "guide[0].opens[0]"),
    ] {
        assert!(hmkcode(guide).contains(expected), "{guide}: {}", hmkcode(guide));
    }
    let long = format!(r#"[{{"text":"{}"}}]"#, "a".repeat(401));
    assert!(hmkcode(&long).contains("401 characters, at most 400"), "{}", hmkcode(&long));
    let many = format!("[{}]", vec![r#"{"text":"a"}"#; 51].join(","));
    assert!(hmkcode(&many).contains("guide: 51 pages, at most 50"), "{}", hmkcode(&many));
}

fn losses(session: &Session) -> Vec<f64> {
    session.losses().points().iter().map(|point| point.loss).collect()
}

/// Whether a run of this page diverges, or what its last loss is.
fn end(title: &str, number: usize) -> Result<f64, String> {
    let session = page(&of(title), number);
    match session.notice() {
        Some(notice) => Err(notice.text.clone()),
        None => Ok(*losses(&session).last().unwrap()),
    }
}

#[test]
fn the_learning_rates_do_what_the_guide_says() {
    let title = "Which learning rate?";
    assert!((of(title).loss() - 0.327).abs() < 5e-4);
    assert!((end(title, 1).unwrap() - 0.016).abs() < 5e-4);
    assert!(losses(&page(&of(title), 2))[3] < 1e-3);
    // The prediction goes to the other side of the target with every update.
    let swinging = page(&of(title), 3);
    let out = |epoch| {
        let shown = swinging.update(Action::GoToEpoch(epoch)).update(Action::EndOfPhase);
        shown.moment().trace(0).unwrap().forward.prediction()[0] - 1.0
    };
    let sides: [f64; 2] = [out(38), out(39)];
    assert!((sides[0] - 0.23).abs() < 5e-3 && (sides[1] + 0.30).abs() < 5e-3, "{sides:?}");
    let diverged = end(title, 4);
    assert!(diverged.as_ref().is_err_and(|text| text.contains("diverged")), "{diverged:?}");
}

#[test]
fn the_update_orders_differ_as_the_guide_says() {
    let title = "Update order: which weights go back?";
    // Mazur 2015 prints the second; the first is the rule's.
    assert!((page(&of(title), 2).loss() - 0.291_027_774).abs() < 1e-9);
    assert!((page(&of(title), 5).loss() - 0.291_027_924).abs() < 1e-9);
}

#[test]
fn momentum_helps_as_the_guide_says() {
    let title = "Momentum: a ball that rolls on";
    let (plain, with) = (page(&of(title), 1), page(&of(title), 4));
    let (plain, with) = (losses(&plain), losses(&with));
    assert_eq!((plain.len(), with.len()), (201, 201));
    let after_plain = page(&page(&of(title), 1), 4);
    assert_eq!(after_plain.earlier()[0].name, "α 0.5, gradient descent");
    assert!(with[200] < 0.1 * plain[200], "{} and {}", with[200], plain[200]);
    assert!((10..14).any(|epoch| with[epoch] < with[epoch + 1]));
    // In the first update nothing is remembered.
    let param = Param::Weight { layer: 1, to: 0, from: 0 };
    let step = |number: usize| {
        let shown = page(&of(title), number);
        let (old, new) = (shown.moment().model(), &shown.moment().update().after);
        new.network.params.at(param) - old.network.params.at(param)
    };
    let (first, later) = (step(2), step(3));
    let gradient = page(&of(title), 2).moment().update().pass.gradients.at(param);
    assert!((first + 0.5 * gradient).abs() < 1e-15);
    assert!(first.abs() < later.abs(), "{first} {later}");
}

#[test]
fn sum_and_mean_do_what_the_guide_says() {
    let title = "Sum or mean?";
    let losses_of = |number| losses(&page(&of(title), number));
    let mean = losses_of(3);
    assert!(mean.windows(2).all(|pair| pair[1] < pair[0]));
    assert!(end(title, 4).is_ok());
    let diverged = end(title, 5);
    assert!(diverged.as_ref().is_err_and(|text| text.contains("diverged")), "{diverged:?}");
    assert!(end(title, 6).unwrap() < mean[40]);
    // Four times as far: one update by the sum is one by the mean at four times the rate.
    let rate = |rate| Action::Edit { edit: Edit::LearningRate(rate), continues: false };
    let by_mean = of(title).update(rate(0.2)).update(Action::NextEpoch).loss();
    let by_sum = page(&of(title), 4).update(Action::GoToEpoch(1)).loss();
    assert!((by_sum - by_mean).abs() < 1e-15);
}

#[test]
fn gradients_vanish_as_the_guide_says() {
    let title = "Why gradients vanish";
    let stays = losses(&page(&of(title), 4));
    assert!(stays.iter().skip(5).all(|loss| (loss - core::f64::consts::LN_2).abs() < 0.02), "{stays:?}");
    assert_eq!(page(&of(title), 4).time(), Time::epoch(60));
}
