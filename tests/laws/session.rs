//! What holds of every session, whatever has happened to it.

use std::iter::successors;
use std::rc::Rc;

use chainrule::explanation::asked_quantity;
use chainrule::lesson::notation::Style;
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, limits};
use chainrule::link::{LeftOut, Link, Opening, PageView};
use chainrule::moment::step::Grain;
use chainrule::moment::time::Time;
use chainrule::run::LossCurve;
use chainrule::session::{Action, HINTS, Playback, Session, Settings, saved};

use crate::common::{Shown, bits, model_numbers, numbers, shown};

/// More steps than an update of the lessons that are drawn has phases.
const MOST_STEPS: usize = 400;
/// More slices than an epoch of them takes.
const MOST_SLICES: usize = 10_000;

/// Epoch, loss and held-out loss of each point of a curve, to the bit.
type Points = Vec<(u64, u64, Option<u64>)>;

/// Everything that a session shows and keeps, to the bit, but for what it says.
#[derive(Debug, PartialEq)]
pub struct Seen {
    shown: Shown,
    loss: u64,
    start: Rc<Lesson>,
    losses: Points,
    earlier: Vec<(u64, String, Points)>,
}

pub fn seen(session: &Session) -> Seen {
    Seen {
        shown: shown(session.moment()),
        loss: session.loss().to_bits(),
        start: Rc::clone(session.start()),
        losses: points(session.losses()),
        earlier: session
            .earlier()
            .iter()
            .map(|run| (run.number, run.name.clone(), points(&run.losses)))
            .collect(),
    }
}

fn points(curve: &LossCurve) -> Points {
    curve.points().iter().map(|p| (p.epoch, p.loss.to_bits(), p.test_loss.map(f64::to_bits))).collect()
}

/// What a session says and does by itself.
fn said(session: &Session) -> (Option<String>, Option<String>, Playback, bool, bool) {
    (
        session.notice().map(|notice| notice.text.clone()),
        session.outcome().map(str::to_owned),
        session.playback(),
        session.can_undo(),
        session.can_redo(),
    )
}

fn has_problem(session: &Session) -> bool {
    session.notice().is_some_and(|notice| notice.is_problem)
}

/// The session after `action`, and the laws of what an action does.
pub fn act(before: &Session, action: &Action) -> Session {
    let after = before.update(action.clone());
    let again = before.update(action.clone());
    assert!(
        seen(&after) == seen(&again) && said(&after) == said(&again) && same_settings(&after, &again),
        "the same action from the same session gives another one"
    );
    let is_edit = matches!(action, Action::Edit { .. });
    let is_change = is_edit || matches!(action, Action::Design { .. });
    if is_change && has_problem(&after) {
        assert!(seen(&after) == seen(before), "refused, but something has changed");
        assert!(same_settings(&after, before), "refused, but a setting has changed");
        let (_, outcome, playback, ..) = said(before);
        assert!(
            !is_edit || (after.playback() == playback && after.outcome() == outcome.as_deref()),
            "refused, but the run has stopped"
        );
        assert_eq!((after.can_undo(), after.can_redo()), (before.can_undo(), before.can_redo()));
    }
    let is_own = matches!(
        action,
        Action::Edit { continues: false, .. } | Action::Design { continues: false, .. } | Action::Open(_)
    );
    if is_own && seen(&after) != seen(before) {
        assert!(seen(&after.update(Action::Undo)) == seen(before), "undo does not bring back what was there");
    }
    after
}

/// A link opens what it was made of, to the bit, unless it says that it leaves something out.
pub fn is_carried(session: &Session, link: &Link, base: &Lesson, view: &PageView) {
    let opening = Opening::read(&link.fragment).expect("a link").unwrap_or_else(|fault| panic!("{fault}"));
    let opened = opening.open(opening.base().map(|_| base));
    let (shared, its_view) = opened.unwrap_or_else(|fault| panic!("made, but {fault}"));
    assert_eq!(&its_view, view);
    let opened = Session::of_link(&shared).expect("what was there is finite");
    let (before, after) = (seen(session), seen(&opened));
    assert!(same_settings(&opened, session), "another setting");
    let is_out = |part| link.left_out.contains(&part);
    if is_out(LeftOut::Run) {
        assert_eq!(opened.time(), Time::default());
        assert_eq!(opened.moment().network(), session.moment().network());
        return;
    }
    assert!(is_out(LeftOut::Texts) || after.start == before.start, "another lesson");
    if is_out(LeftOut::Learned) {
        assert_eq!(opened.time(), Time::default());
        return;
    }
    let model = |session: &Session| bits(&model_numbers(session.moment().model()));
    if !is_out(LeftOut::OptimizerState) {
        let is_same = after.shown == before.shown;
        // What is shown has the lesson in it.
        let at = |session: &Session| session.moment().position;
        let is_there = is_out(LeftOut::Texts) && at(&opened) == at(session);
        assert!(is_same || is_there, "another moment");
        assert!(model(&opened) == model(session), "another model");
    }
    assert_eq!(opened.moment().network(), session.moment().network());
    assert_eq!((opened.time(), opened.n_updates()), (session.time(), session.n_updates()));
    if !is_out(LeftOut::Ahead) && !is_out(LeftOut::Curve) {
        assert!(after.losses == before.losses, "another curve");
        assert_eq!(opened.marks(), session.marks());
        let again = chainrule::link::link(&opened, None, view);
        let first = chainrule::link::link(session, None, view);
        if !is_out(LeftOut::EarlierRuns) && !is_out(LeftOut::Texts) {
            assert_eq!(again, first, "linked to again it is another link");
        }
    }
}

fn same_settings(one: &Session, other: &Session) -> bool {
    let plain = |session: &Session| {
        let Settings {
            grain,
            by_line,
            asks_first,
            digits,
            notation,
            notation_changes,
            speed,
            run,
            start_weights: drawing,
            speaking: _,
        } = session.settings();
        (
            (grain, by_line, asks_first),
            digits,
            (notation, notation_changes),
            speed.to_bits(),
            run,
            drawing.scheme,
            drawing.scale.to_bits(),
            drawing.seed,
        )
    };
    plain(one) == plain(other)
}

/// All laws of a session as it is.
pub fn check(session: &Session) {
    let (moment, settings) = (session.moment(), session.settings());
    let chosen = settings.notation.unwrap_or(moment.lesson.notation);
    assert_eq!(
        moment.names.style(),
        Style::new(chosen, settings.notation_changes),
        "the names that are written"
    );
    is_finite(session);
    forward_and_back(session);
    asked_first(session);
    undo_and_redo(session);
    epoch_in_all_ways(session);
    export_and_import(session);
    store_and_restore(session);
}

/// No infinity and no NaN in anything that the page shows.
pub fn is_finite(session: &Session) {
    let moment = session.moment();
    let update = moment.update();
    let network = moment.network();
    let all_finite = |what: &str, numbers: &[f64]| {
        assert!(numbers.iter().all(|x| x.is_finite()), "{what} at {:?}: {numbers:?}", session.time());
    };
    for sample in 0..moment.n_samples() {
        let trace = moment.trace(sample).expect("a trace of each sample");
        for layer in 1..=network.n_layers() {
            all_finite("z", trace.forward.sums(layer));
            all_finite("a", trace.forward.activations(layer));
            all_finite("δ", trace.backward.deltas(layer));
            // Where an output is certain that of the loss is not shown: δ is found without it.
            if layer < network.n_layers() {
                all_finite("∂E/∂a", trace.backward.upstream(layer));
            }
        }
        all_finite("the loss's terms", trace.forward.loss_terms());
        all_finite("the loss", &[trace.forward.loss()]);
    }
    all_finite("the loss", &[update.pass.loss, session.loss()]);
    all_finite("the gradient", &numbers(&update.pass.gradients));
    all_finite("the steps", &numbers(&update.steps));
    all_finite("the new weights", &numbers(&update.after.network.params));
    for param in network.param_list() {
        for quantity in [
            Quantity::Gradient(param),
            Quantity::ScaledGradient(param),
            Quantity::FirstMoment(param),
            Quantity::SecondMoment(param),
            Quantity::CorrectedFirstMoment(param),
            Quantity::CorrectedSecondMoment(param),
        ] {
            all_finite("a number of the update", moment.value(quantity).as_slice());
        }
    }
    for point in
        session.losses().points().iter().chain(session.earlier().iter().flat_map(|run| run.losses.points()))
    {
        all_finite("the curve", &[point.loss, point.test_loss.unwrap_or(0.0)]);
    }
}

/// A step forward and one back lead where they came from.
pub fn forward_and_back(session: &Session) {
    for grain in Grain::ALL {
        let here = session.update(Action::SetGrain(grain));
        let (forward, back) = (Action::StepForward { coarser: false }, Action::StepBack { coarser: false });
        let there = here.update(forward.clone());
        if seen(&there).shown == seen(&here).shown || there.is_running() {
            continue;
        }
        // From within a stretch of the grain the step back goes to its start.
        let back_again = there.update(back.clone());
        let position = here.moment().position;
        if grain == Grain::Term
            || here.moment().plan.previous(there.moment().position, grain) == Some(position)
        {
            assert!(seen(&back_again).shown == seen(&here).shown, "forward and back by {grain:?}");
        }
        let once_more = back_again.update(forward);
        assert!(seen(&once_more) == seen(&there), "forward, back and forward by {grain:?}");
        assert!(seen(&once_more.update(back)) == seen(&back_again), "back once more by {grain:?}");
    }
}

/// What is asked for is told nowhere, and the step back from the answer comes to the question again.
fn asked_first(session: &Session) {
    let start = session.update(Action::Pause).update(Action::SetAsksFirst(true));
    for grain in Grain::ALL {
        let mut now = start.update(Action::SetGrain(grain));
        for _ in 0..6 {
            now = now.update(Action::StepForward { coarser: false });
            if now.is_running() || has_problem(&now) {
                break;
            }
            let moment = now.moment();
            if let (true, Some(asked)) = (moment.is_asking(), asked_quantity(moment)) {
                assert!(moment.told() < moment.position);
                assert!(moment.is_asked(asked) && !moment.is_reached(asked), "{asked:?} is told");
                let told = now.update(Action::StepForward { coarser: false });
                assert!(!told.moment().is_asking());
                assert!(
                    seen(&told.update(Action::StepBack { coarser: false })) == seen(&now),
                    "back to the question"
                );
                let mut hinted = now.clone();
                for _ in 0..=HINTS {
                    assert!(hinted.moment().is_asking());
                    hinted = hinted.update(Action::Hint);
                }
                let is_told = hinted.moment().shown(asked).is_some();
                assert!(is_told, "the last hint tells");
                assert!(grain == Grain::Term || seen(&hinted) == seen(&told), "as a step does");
            }
        }
    }
}

/// What is undone and made again is as it was, and so is what was undone before.
pub fn undo_and_redo(session: &Session) {
    if session.can_undo() {
        let undone = session.update(Action::Undo);
        assert!(undone.can_redo());
        let redone = undone.update(Action::Redo);
        assert!(seen(&redone) == seen(session), "undone and redone");
        assert!(seen(&redone.update(Action::Undo)) == seen(&undone), "undone once more");
    }
    if session.can_redo() {
        let redone = session.update(Action::Redo);
        assert!(seen(&redone.update(Action::Undo)) == seen(session), "redone and undone");
    }
}

/// The next epoch entered, stepped to and run to is the same one, or none.
pub fn epoch_in_all_ways(session: &Session) {
    let start = session.update(Action::Pause).update(Action::SetGrain(Grain::Phase));
    let epoch = start.time().epoch;
    let entered = start.update(Action::NextEpoch);
    if entered.is_running() {
        // It takes long, and is run.
        return;
    }
    let run = run_to(&start, epoch + 1);
    let refused = has_problem(&entered);
    assert_eq!(refused, has_problem(&run), "entered: {:?}; run: {:?}", entered.notice(), run.notice());
    let stepped = step_to(&start, epoch + 1);
    if let Some(stepped) = &stepped {
        assert_eq!(
            refused,
            has_problem(stepped),
            "entered: {:?}; stepped: {:?}",
            entered.notice(),
            stepped.notice()
        );
    }
    if refused {
        assert_eq!(run.time().epoch, epoch);
        return;
    }
    assert_eq!(entered.time(), Time::epoch(epoch + 1));
    assert!(seen(&entered) == seen(&run), "entered and run");
    assert!(stepped.is_none_or(|stepped| seen(&entered) == seen(&stepped)), "entered and stepped");
    // And from there the way back is there.
    assert!(
        seen(&entered.update(Action::GoToEpoch(epoch))).shown
            == seen(&run.update(Action::GoToEpoch(epoch))).shown
    );
}

/// By steps, as long as those are not too many.
fn step_to(session: &Session, epoch: u64) -> Option<Session> {
    let mut now = session.clone();
    for _ in 0..MOST_STEPS {
        if epoch <= now.time().epoch || has_problem(&now) {
            return Some(now);
        }
        now = now.update(Action::StepForward { coarser: false });
    }
    None
}

fn run_to(session: &Session, epoch: u64) -> Session {
    let mut now = session.update(Action::RunTo(epoch));
    for _ in 0..MOST_SLICES {
        if !now.is_running() {
            return now;
        }
        now = now.update(Action::RunSlice { work: 50, updates: u64::MAX });
    }
    panic!("the run does not come to an end");
}

/// What is exported is imported to the same bits.
pub fn export_and_import(session: &Session) {
    let Ok(lesson) = session.exported() else {
        return;
    };
    let text = lesson.to_json();
    if text.len() <= limits::FILE_BYTES {
        is_read_back(
            &lesson,
            &Lesson::from_json(&text).unwrap_or_else(|fault| panic!("exported, but {fault}")),
        );
    }
}

/// Two lessons are the same, to the bit.
pub fn is_read_back(lesson: &Lesson, read: &Lesson) {
    assert!(lesson == read, "read back as another lesson");
    assert_eq!(bits(&numbers(&lesson.network.params)), bits(&numbers(&read.network.params)));
}

/// What is stored comes back as it was.
pub fn store_and_restore(session: &Session) {
    if !saved::fits(session) {
        return;
    }
    let text = saved::save(session);
    let restored = saved::restore(&text).unwrap_or_else(|fault| panic!("stored, but {fault}"));
    assert!(seen(&restored) == seen(session), "stored and restored");
    assert!(same_settings(&restored, session), "its settings, stored and restored");
    assert!(saved::save(&restored) == text, "stored again");
    let text = saved::save_with_undo(session);
    let restored = saved::restore(&text).unwrap_or_else(|fault| panic!("stored with undo, but {fault}"));
    assert!(saved::save_with_undo(&restored) == text, "stored again with undo");
    let mut pair = [session.clone(), restored];
    for action in [Action::Redo, Action::Undo, Action::Undo, Action::Undo] {
        pair = pair.map(|session| session.update(action.clone()));
        let [kept, restored] = &pair;
        if restored.can_undo() != kept.can_undo() {
            // There was no room for more.
            break;
        }
        assert!(seen(restored) == seen(kept), "{action:?} of what was stored and restored");
    }
}

/// All that undo and redo bring back is finite, whatever stood in the text.
pub fn all_undone_is_finite(session: &Session, is_small: impl Fn(&Lesson) -> bool) {
    let can_undo = |now: &Session| now.can_undo().then(|| now.update(Action::Undo));
    let can_redo = |now: &Session| now.can_redo().then(|| now.update(Action::Redo));
    let undone = successors(Some(session.clone()), can_undo);
    for state in undone.chain(successors(Some(session.clone()), can_redo)) {
        if is_small(state.start()) && is_small(&state.moment().lesson) {
            is_finite(&state);
        }
    }
}
