//! Bookmarks: each of the built-in lessons shows what it names; one's own are kept, undone and carried.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use chainrule::lesson::Lesson;
use chainrule::lesson::bookmark::Place;
use chainrule::lesson::grain::Grain;
use chainrule::lesson::view::View;
use chainrule::link::{Opening, PageView, link};
use chainrule::moment::time::Time;
use chainrule::session::{Action, Session, saved};
use common::shown;

#[test]
fn every_bookmark_of_the_built_in_lessons_shows_what_it_names() {
    let mut n = 0;
    for (name, lesson) in common::lessons() {
        let start = common::session(&lesson);
        for (k, bookmark) in lesson.bookmarks.iter().enumerate() {
            // From the start, and from the middle of something else.
            let elsewhere =
                start.update(Action::NextEpoch).update(Action::NextEpoch).update(Action::EndOfPhase);
            for from in [&start, &elsewhere] {
                let there = from.update(Action::GoToBookmark(k));
                assert!(there.notice().is_none(), "{name}: {}: {:?}", bookmark.name, there.notice());
                assert_eq!(there.time().epoch, bookmark.epoch, "{name}: {}", bookmark.name);
                assert!(!there.is_running());
                if let Some(meaning) = bookmark.meaning(&lesson) {
                    let plan = &there.moment().plan;
                    let step = there.moment().step().expect("a step");
                    assert_eq!(Some(step.kind), plan.maker(meaning.quantity), "{name}: {}", bookmark.name);
                    if let Some(sample) = meaning.sample {
                        assert_eq!(there.moment().sample_in_data(), sample);
                    }
                }
                assert!(bookmark.step_by.is_none_or(|grain| there.grain() == grain));
                n += 1;
            }
        }
    }
    assert!(40 < n, "{n}");
}

#[test]
fn a_bookmark_follows_edits() {
    let lesson = common::lesson(common::HMKCODE);
    let k = lesson.bookmarks.iter().position(|one| one.name == "After the first update").expect("a bookmark");
    let session = common::session(&lesson);
    let plain = session.update(Action::GoToBookmark(k));
    let learning_rate = common::edit(chainrule::session::Edit::LearningRate(0.5));
    let edited = session.update(learning_rate).update(Action::GoToBookmark(k));
    assert_eq!(edited.time(), Time::epoch(1));
    assert_ne!(edited.moment().network(), plain.moment().network());
}

#[test]
fn coarse_steps_of_one_bookmark_do_not_hide_what_the_next_one_names() {
    let lesson = common::lesson(common::HMKCODE);
    let of = |name: &str| lesson.bookmarks.iter().position(|one| one.name == name).expect(name);
    let session = common::session(&lesson);
    let all = session.update(Action::GoToBookmark(of("Summarized: all six updates")));
    assert_eq!(all.grain(), Grain::Phase);
    let one = all.update(Action::GoToBookmark(of("Gradient descent")));
    assert_eq!(one.grain(), Grain::Unit);
    // A finer one is the reader's, and stays.
    let fine =
        session.update(Action::SetGrain(Grain::Term)).update(Action::GoToBookmark(of("Gradient descent")));
    assert_eq!(fine.grain(), Grain::Term);
}

fn marked() -> Session {
    let session = common::session(&common::lesson(common::FOUR_POINTS));
    let there = session.update(Action::NextEpoch).update(Action::EndOfPhase).update(Action::EndOfPhase);
    there.update(Action::AddBookmark(" mine ".to_owned(), vec![View::Matrix]))
}

#[test]
fn ones_own_bookmark_comes_back_to_the_same_moment_wherever_it_is_kept() {
    let session = marked();
    let k = session.bookmarks().len() - 1;
    let bookmark = &session.bookmarks()[k];
    assert_eq!(
        (bookmark.name.as_str(), bookmark.epoch, &bookmark.opens[..]),
        ("mine", 1, &[View::Matrix][..])
    );
    assert!(matches!(bookmark.place, Place::Step { .. }));
    assert_eq!(session.undo_name(), Some("bookmark “mine”"));
    let same = |other: &Session| {
        assert_eq!(other.bookmarks(), session.bookmarks());
        let there = other.update(Action::ToStart).update(Action::GoToBookmark(k));
        assert!(shown(there.moment()) == shown(session.moment()));
    };
    same(&session);
    same(&saved::restore(&saved::save_with_undo(&session)).expect("stored"));
    let linked = link(&session, None, &PageView::default()).expect("a link");
    let (shared, _) =
        Opening::read(&linked.fragment).expect("a link").expect("whole").open(None).expect("opens");
    same(&Session::of_link(&shared).expect("finite"));
    // Reset keeps it, a file has it.
    same(&session.update(Action::Reset));
    let file = session.update(Action::ToStart).exported().expect("a lesson").to_json();
    assert_eq!(Lesson::from_json(&file).expect("a lesson").bookmarks, *session.bookmarks());
    let undone = session.update(Action::Undo);
    assert_eq!(undone.bookmarks().len(), k);
    assert_eq!(undone.redo_name(), Some("bookmark “mine”"));
    assert_eq!(undone.update(Action::Redo).bookmarks().len(), k + 1);
    let removed = session.update(Action::RemoveBookmark(k));
    assert_eq!(removed.bookmarks().len(), k);
    let restored = saved::restore(&saved::save_with_undo(&removed)).expect("stored");
    assert_eq!(restored.undo_name(), Some("bookmark “mine” less"));
    assert_eq!(restored.update(Action::Undo).bookmarks().len(), k + 1);
}

#[test]
fn a_bookmark_without_a_name_or_one_too_many_is_refused_with_a_sentence() {
    let session = marked();
    for name in ["", "   ", &"x".repeat(61)] {
        let refused = session.update(Action::AddBookmark(name.to_owned(), Vec::new()));
        assert_eq!(refused.bookmarks(), session.bookmarks());
        assert!(
            refused
                .notice()
                .is_some_and(|notice| notice.text == "A bookmark has a name of 1 to 60 characters.")
        );
    }
    let mut full = session;
    while full.bookmarks().len() < 50 {
        full = full.update(Action::AddBookmark("again".to_owned(), Vec::new()));
    }
    let refused = full.update(Action::AddBookmark("again".to_owned(), Vec::new()));
    assert_eq!(refused.bookmarks().len(), 50);
    assert!(refused.notice().is_some_and(|notice| notice.is_problem));
}

#[test]
fn a_lesson_file_names_the_bookmark_that_it_cannot_have() {
    let text = common::HMKCODE;
    let with = |bookmark: &str| {
        let mut file: serde_json::Value = serde_json::from_str(text).expect("JSON");
        file["bookmarks"] = serde_json::json!([{"name": "good"}, serde_json::from_str::<serde_json::Value>(bookmark).expect("JSON")]);
        Lesson::from_json(&file.to_string()).expect_err(bookmark).to_string()
    };
    for (bookmark, says) in [
        (r#"{"name": ""}"#, "bookmarks[1].name: empty"),
        (r#"{"name": "x", "at": "w₉₉"}"#, "bookmarks[1].at: \"w₉₉\" means nothing here"),
        (r#"{"name": "x", "at": "E", "step": 2}"#, "bookmarks[1].at: give at, or batch and step, not both"),
        (r#"{"name": "x", "epoch": 99999999}"#, "bookmarks[1].epoch: 99999999, at most 10000000"),
        (r#"{"name": "x", "opens": ["chess"]}"#, "bookmarks[1].opens[0]: "),
        (r#"{"name": "x", "color": "red"}"#, "bookmarks[1].color: unknown key"),
    ] {
        let said = with(bookmark);
        assert!(said.starts_with(says), "{said}");
    }
}

#[test]
fn what_can_be_undone_has_a_name() {
    let session = common::session(&common::lesson(common::HMKCODE));
    let param = session.moment().network().param_list()[4];
    let edit =
        |value, continues| Action::Edit { edit: chainrule::session::Edit::Param(param, value), continues };
    let once = session.update(edit(0.2, false));
    assert_eq!(once.undo_name(), Some("w₅ 0.14 → 0.2"));
    // A gesture has the name of all of it.
    let dragged = once.update(edit(0.3, true)).update(edit(0.4, true));
    assert_eq!(dragged.undo_name(), Some("w₅ 0.14 → 0.4"));
    let undone = dragged.update(Action::Undo);
    assert_eq!((undone.undo_name(), undone.redo_name()), (None, Some("w₅ 0.14 → 0.4")));
    let rate = once.update(common::edit(chainrule::session::Edit::LearningRate(0.6)));
    assert_eq!(rate.undo_name(), Some("a 0.05 → 0.6"));
    assert_eq!(rate.update(Action::Reset).undo_name(), Some("reset"));
    assert_eq!(rate.update(Action::ResetWeights).undo_name(), Some("reset of the weights"));
    let other = rate.update(Action::Open(common::lesson(common::MAZUR).into()));
    assert_eq!(other.undo_name(), Some("open “Mazur 2-2-2”"));
    let added = rate.update(common::edit(chainrule::session::Edit::AddSample));
    assert_eq!(added.undo_name(), Some("samples 1 → 2"));
    let change = chainrule::session::design::Change::AddLayer { before: 1 };
    let designed = rate.update(Action::Design { change, continues: false });
    assert_eq!(designed.undo_name(), Some("a layer more"));
    // And after a reload.
    let stored = saved::restore(&saved::save_with_undo(&rate)).expect("stored");
    assert_eq!(stored.undo_name(), Some("a 0.05 → 0.6"));
    let back = stored.update(Action::Undo);
    assert_eq!((back.undo_name(), back.redo_name()), (Some("w₅ 0.14 → 0.2"), Some("a 0.05 → 0.6")));
}
