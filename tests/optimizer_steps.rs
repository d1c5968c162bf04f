//! An update by an optimiser that remembers, number by number: what it visits, what each number is, what is said
//! of it, and what others make of the same derivatives.
//!
//! Everything is computed a second time here, in plain arithmetic, for one linear unit with two inputs and a bias
//! that learns two samples at once; the rules of the frameworks are run from their own start over the derivatives
//! that the run has had.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use backprop::mistakes::Mistake;
use backprop::network::Param;
use backprop::optimizer::Optimizer;
use chainrule::explanation::formula::latex::Latex;
use chainrule::explanation::formula::speech::Speech;
use chainrule::explanation::formula::{Formula, View, write};
use chainrule::explanation::matrix_form::{Layout, matrix_form};
use chainrule::explanation::variants::{has_variants, variants};
use chainrule::explanation::{Detail, Explanation, explain, explain_stretch};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::moment::step::{Grain, Phase, Position, StepKind};
use chainrule::session::saved::{restore, save, save_with_undo};
use chainrule::session::{Action, Edit, Session};
use common::{edit, is_close, lesson, session};

const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };
const ETA: f64 = 0.1;
const MU: f64 = 0.9;
const RHO: f64 = 0.8;
const BETA1: f64 = 0.7;
const BETA2: f64 = 0.95;
const EPSILON: f64 = 0.001;

const INPUTS: [[f64; 2]; 2] = [[1.5, -0.5], [0.25, 2.0]];
const TARGETS: [f64; 2] = [1.0, -0.75];
/// w₁, w₂, b.
const START: [f64; 3] = [0.4, -0.3, 0.2];

const SGD: &str = r#"{"method": "sgd", "learning_rate": 0.1}"#;
const MOMENTUM: &str = r#"{"method": "momentum", "learning_rate": 0.1, "momentum": 0.9}"#;
const NESTEROV: &str = r#"{"method": "nesterov", "learning_rate": 0.1, "momentum": 0.9}"#;
const RMSPROP: &str = r#"{"method": "rmsprop", "learning_rate": 0.1, "decay": 0.8, "epsilon": 0.001}"#;
const ADAM: &str =
    r#"{"method": "adam", "learning_rate": 0.1, "beta1": 0.7, "beta2": 0.95, "epsilon": 0.001}"#;
const OPTIMIZERS: [&str; 5] = [SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM];

fn two_samples(optimizer: &str) -> Lesson {
    lesson(&format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "notation": "numbered",
            "network": {{"inputs": 2, "layers": [
                {{"activation": "identity", "weights": [[0.4, -0.3]], "biases": [0.2]}}]}},
            "loss": "half_squared_error", "optimizer": {optimizer},
            "data": {{"inputs": [[1.5, -0.5], [0.25, 2]], "targets": [[1], [-0.75]]}}, "batch_size": 2}}"#
    ))
}

const PARAMS: [Param; 3] = [
    Param::Weight { layer: 1, to: 0, from: 0 },
    Param::Weight { layer: 1, to: 0, from: 1 },
    Param::Bias { layer: 1, to: 0 },
];

/// ∂E/∂w₁, ∂E/∂w₂, ∂E/∂b of half the squared error, the mean of both samples.
fn gradient([w1, w2, b]: [f64; 3]) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for ([x1, x2], y) in INPUTS.into_iter().zip(TARGETS) {
        let error = w1 * x1 + w2 * x2 + b - y;
        sum = [sum[0] + error * x1, sum[1] + error * x2, sum[2] + error];
    }
    sum.map(|g| g / 2.0)
}

/// m, v, m̂, v̂ and the new weight of an update, as far as the method has them.
#[derive(Clone, Copy, Default)]
struct Worked {
    m: f64,
    v: f64,
    m_hat: f64,
    v_hat: f64,
    new: f64,
}

/// βᵗ.
fn power(beta: f64, t: i32) -> f64 {
    (0..t).fold(1.0, |power, _| power * beta)
}

/// Update number t, from 1, of one parameter by textbook formulas.
fn work_out(method: &str, t: i32, w: f64, g: f64, before: Worked) -> Worked {
    let mut now = Worked::default();
    match method {
        MOMENTUM => {
            now.m = MU * before.m + g;
            now.new = w - ETA * now.m;
        }
        NESTEROV => {
            now.m = MU * before.m + g;
            now.new = w - ETA * (g + MU * now.m);
        }
        RMSPROP => {
            now.v = RHO * before.v + (1.0 - RHO) * g * g;
            now.new = w - ETA * g / (now.v.sqrt() + EPSILON);
        }
        ADAM => {
            now.m = BETA1 * before.m + (1.0 - BETA1) * g;
            now.v = BETA2 * before.v + (1.0 - BETA2) * g * g;
            now.m_hat = now.m / (1.0 - power(BETA1, t));
            now.v_hat = now.v / (1.0 - power(BETA2, t));
            now.new = w - ETA * now.m_hat / (now.v_hat.sqrt() + EPSILON);
        }
        _ => now.new = w - ETA * g,
    }
    now
}

/// What the update of a parameter makes, in order, with its number.
fn expected(method: &str, param: Param, worked: Worked) -> Vec<(Quantity, f64)> {
    let m = (Quantity::FirstMoment(param), worked.m);
    let v = (Quantity::SecondMoment(param), worked.v);
    let new = (Quantity::New(param), worked.new);
    match method {
        MOMENTUM | NESTEROV => vec![m, new],
        RMSPROP => vec![v, new],
        ADAM => vec![
            m,
            v,
            (Quantity::CorrectedFirstMoment(param), worked.m_hat),
            (Quantity::CorrectedSecondMoment(param), worked.v_hat),
            new,
        ],
        _ => vec![new],
    }
}

fn update_of(moment: &Moment, param: Param) -> usize {
    moment.plan.find(StepKind::Update(param), moment.n_samples() - 1).expect("an update")
}

/// The moment at which number `number`, from 1, of the update of a parameter is shown.
fn at_number(moment: &Moment, param: Param, number: usize) -> Moment {
    let step = update_of(moment, param);
    moment.at(Position { numbers: number, ..moment.plan.done(step) })
}

/// After `n` whole epochs.
fn after(method: &str, n: usize) -> Session {
    (0..n).fold(session(&two_samples(method)), |session, _| session.update(Action::NextEpoch))
}

fn by_term(session: Session) -> Session {
    session.update(Action::SetGrain(Grain::Term))
}

#[test]
fn every_number_is_the_textbooks_and_is_there_from_its_own_stop_on() {
    for method in OPTIMIZERS {
        let mut weights = START;
        let mut kept = [Worked::default(); 3];
        for t in 1..=3 {
            let now = after(method, t as usize - 1);
            let moment = now.moment();
            let gradients = gradient(weights);
            for (k, param) in PARAMS.into_iter().enumerate() {
                kept[k] = work_out(method, t, weights[k], gradients[k], kept[k]);
                let numbers = expected(method, param, kept[k]);
                let step = update_of(moment, param);
                assert_eq!(moment.plan.n_numbers(step), numbers.len(), "{method}");
                for (shown, _) in numbers.iter().enumerate() {
                    let there = at_number(moment, param, shown + 1);
                    for (number, (quantity, value)) in numbers.iter().enumerate() {
                        let found = there.shown(*quantity);
                        let what = format!("{method}, update {t}, {quantity:?} at number {}", shown + 1);
                        match found {
                            Some(found) => {
                                assert!(is_close(found, *value, 1e-12), "{what}: {found}, not {value}")
                            }
                            None => assert!(shown < number, "{what} is missing"),
                        }
                        assert_eq!(found.is_some(), number <= shown, "{what}");
                    }
                    // Nothing of the parameters behind it.
                    for later in &PARAMS[k + 1..] {
                        assert_eq!(there.shown(Quantity::New(*later)), None, "{method}");
                        assert_eq!(there.shown(Quantity::FirstMoment(*later)), None, "{method}");
                    }
                }
                weights[k] = kept[k].new;
            }
        }
    }
}

/// By term there is a stop for each number, by weight one for all of them; gradient descent has the same stops.
#[test]
fn the_finest_grain_alone_opens_an_update() {
    for method in OPTIMIZERS {
        let now = session(&two_samples(method));
        let plan = &now.moment().plan;
        let stops = |grain| {
            let all = std::iter::successors(Some(Position::READY), |stop| plan.next(*stop, grain));
            let is_update =
                |stop: &Position| plan.step(stop.step).is_some_and(|step| step.phase == Phase::Update);
            all.filter(is_update).count()
        };
        let n = expected(method, PARAMS[0], Worked::default()).len();
        assert_eq!([stops(Grain::Term), stops(Grain::Unit), stops(Grain::Layer)], [3 * n, 3, 1], "{method}");
    }
}

fn said(session: &Session) -> Explanation {
    explain_stretch(session.moment(), session.grain(), DETAIL)
}

/// At the start of the update's first parameter, one step before it.
fn before_update(method: &str, n: usize) -> Session {
    let now = after(method, n);
    let step = update_of(now.moment(), PARAMS[0]);
    let stop = now.moment().plan.done(step - 1);
    now.update(Action::JumpTo(stop))
}

#[test]
fn each_number_has_a_question_one_equation_and_a_reason_of_its_own() {
    let forward = Action::StepForward { coarser: false };
    let questions = |method: &str| {
        let mut now = by_term(before_update(method, 0));
        let n = expected(method, PARAMS[0], Worked::default()).len();
        (0..n)
            .map(|k| {
                now = now.update(forward.clone());
                let Explanation { number, question, equations, why, effect, .. } = said(&now);
                assert_eq!(number, Some((k + 1, n)), "{method}");
                assert_eq!(equations.len(), 1, "{method}");
                // What the update does to the loss is said with the new weight.
                assert_eq!(effect.is_some(), k + 1 == n, "{method}");
                assert!(why.ends_with('.'), "{method}: {why}");
                question
            })
            .collect::<Vec<String>>()
    };
    assert_eq!(questions(MOMENTUM), ["What is the new m of w₁?", "What is the new w₁?"]);
    assert_eq!(questions(NESTEROV), ["What is the new m of w₁?", "What is the new w₁?"]);
    assert_eq!(questions(RMSPROP), ["What is the new v of w₁?", "What is the new w₁?"]);
    let of_adam = [
        "What is the new m of w₁?",
        "What is the new v of w₁?",
        "What is the m of w₁, corrected?",
        "What is the v of w₁, corrected?",
        "What is the new w₁?",
    ];
    assert_eq!(questions(ADAM), of_adam);

    // By weight all of them are there with one press, as is what `explain` says of the whole step.
    let now = before_update(ADAM, 0).update(forward.clone());
    let whole = said(&now);
    assert_eq!((whole.number, whole.equations.len()), (None, 5));
    assert_eq!(whole, explain(now.moment(), DETAIL));
    // Gradient descent is the same by either grain.
    let by_weight = before_update(SGD, 0).update(forward.clone());
    assert_eq!(said(&by_term(by_weight.clone())), said(&by_weight));
    assert_eq!(said(&by_weight).number, None);
}

#[test]
fn the_equations_are_of_what_the_plan_says_that_an_update_makes() {
    for method in OPTIMIZERS {
        let now = after(method, 1);
        for param in PARAMS {
            let at = now.moment().at(now.moment().plan.done(update_of(now.moment(), param)));
            let results: Vec<Quantity> =
                explain(&at, DETAIL).equations.iter().map(|equation| equation.result).collect();
            let made: Vec<Quantity> =
                expected(method, param, Worked::default()).iter().map(|(q, _)| *q).collect();
            assert_eq!(results, made, "{method}");
        }
    }
}

#[test]
fn back_from_each_number_is_the_one_before() {
    let back = Action::StepBack { coarser: false };
    let forward = Action::StepForward { coarser: false };
    let mut now = by_term(before_update(ADAM, 1));
    let mut stops = vec![now.moment().position];
    for _ in 0..15 {
        now = now.update(forward.clone());
        stops.push(now.moment().position);
    }
    assert_eq!(now.moment().position, now.moment().plan.end());
    for stop in stops.iter().rev().skip(1) {
        now = now.update(back.clone());
        assert_eq!(now.moment().position, *stop);
    }
}

#[test]
fn the_reasons_have_the_numbers_of_the_update() {
    let why = |method: &str, n_epochs: usize, number: usize| {
        let now = after(method, n_epochs);
        let at = at_number(now.moment(), PARAMS[0], number);
        explain_stretch(&at, Grain::Term, DETAIL).why
    };
    let g = gradient(START)[0];
    assert!(is_close(g, 0.018_75, 1e-12), "{g}");
    assert_eq!(
        why(MOMENTUM, 0, 1),
        "m, in many books the velocity, is the share μ = 0.9 of the old m and the derivative. After many equal derivatives it is 1/(1 − μ) = 10 times one of them. At first the old m is 0, and m is the derivative."
    );
    assert!(!why(MOMENTUM, 1, 1).contains("At first"));
    assert!(why(MOMENTUM, 0, 2).contains("so far this is plain gradient descent"));
    // √v is 0.0084 and ε 0.001, which shortens the step by a tenth: not said.
    assert!(!why(RMSPROP, 0, 2).contains("1/√(1 − ρ)"));
    assert!(why(RMSPROP, 0, 1).contains("the old mean counts ρ = 0.8, the new square 1 − ρ = 0.2"));
    assert!(why(ADAM, 0, 1).contains("the old mean counts β₁ = 0.7, the new derivative 1 − β₁ = 0.3"));
    assert_eq!(
        why(ADAM, 0, 3),
        "m started at 0: after t = 1 update the derivatives count for 1 − β₁ᵗ = 0.3 of it, that 0 for the rest. Divided by 1 − β₁ᵗ it is a mean of the derivatives alone, of one so far: the derivative, 0.01875."
    );
    // 1 − 0.95² = 0.0975.
    assert_eq!(
        why(ADAM, 1, 4),
        "v started at 0: after t = 2 updates the squares count for 1 − β₂ᵗ = 0.0975 of it, that 0 for the rest. Divided by 1 − β₂ᵗ it is a mean of the squares alone."
    );

    // With an ε that does not count, the first step is as long as the learning rate, and 1/√(1 − ρ) of it.
    let text = |method: &str| method.replace("0.001", "1e-8");
    let first = |method: &str| {
        let now = session(&two_samples(&text(method)));
        let step = update_of(now.moment(), PARAMS[0]);
        explain_stretch(&now.moment().at(now.moment().plan.done(step)), Grain::Term, DETAIL).why
    };
    assert!(
        first(ADAM).ends_with(
            "√v̂ is the size of the derivative, 0.01875: the step is nearly a = 0.1, whatever the derivative."
        ),
        "{}",
        first(ADAM)
    );
    assert!(
        first(RMSPROP).ends_with("the step 1/√(1 − ρ) = 2.2361 times a = 0.1, whatever the derivative."),
        "{}",
        first(RMSPROP)
    );
}

#[test]
fn after_many_updates_the_correction_is_said_to_be_forgotten() {
    let now = after(&ADAM.replace("0.1,", "0.001,"), 60);
    let at = at_number(now.moment(), PARAMS[0], 3);
    assert_eq!(
        explain(&at, DETAIL).why,
        "By update t = 61 the start at 0 is forgotten: 1 − β₁ᵗ is 1 to the digits shown."
    );
}

#[test]
fn each_number_in_latex_and_speech() {
    let now = after(ADAM, 0);
    let written = |number: usize| {
        let at = at_number(now.moment(), PARAMS[0], number);
        let explanation = explain_stretch(&at, Grain::Term, DETAIL);
        (explanation.latex(&[], &at, 5), explanation.spoken(&at, 5))
    };
    let (latex, speech) = written(3);
    assert_eq!(
        latex,
        "\\begin{align*}\n\\hat{m}_{w_{1}} &= \\frac{m_{w_{1}}}{1 - {\\beta_{1}}^t} \\\\\n  &= \\frac{0.005625}{0.3} \\\\\n  &= 0.01875\n\\end{align*}\n"
    );
    assert_eq!(
        speech,
        "Update, step 1 of 3, number 3 of 5. What is the m of w 1, corrected? m hat of w 1 is 0.01875. In full: m hat of w 1, \
         equals the fraction m of w 1 over 1 minus beta 1 to the t, end of fraction, equals the fraction 0.005625 over 0.3, \
         end of fraction, equals 0.01875. m started at 0: after t equals 1 update the derivatives count for 1 minus beta 1 to \
         the t equals 0.3 of it, that 0 for the rest. Divided by 1 minus beta 1 to the t it is a mean of the derivatives \
         alone, of one so far: the derivative, 0.01875."
    );
    assert!(written(5).0.contains(r"w_{1}^{\mathrm{new}}"), "{}", written(5).0);
}

/// A matrix of the update is current only while its own number is shown.
#[test]
fn the_matrix_form_follows_the_numbers() {
    let now = after(ADAM, 1);
    let current = |number: usize| {
        let at = at_number(now.moment(), PARAMS[0], number);
        let form = matrix_form(&at, Layout::default());
        form.blocks
            .iter()
            .flat_map(|block| &block.equations)
            .filter(|equation| equation.is_current)
            .map(|equation| equation.result.quantities()[0])
            .collect::<Vec<Quantity>>()
    };
    assert_eq!(current(1), [Quantity::FirstMoment(PARAMS[0])]);
    assert_eq!(current(2), [Quantity::SecondMoment(PARAMS[0])]);
    assert!(current(5).contains(&Quantity::New(PARAMS[0])));
}

#[test]
fn edits_leave_a_whole_update_whole_and_a_part_of_it_a_part() {
    let now = after(ADAM, 1);
    let step = update_of(now.moment(), PARAMS[1]);
    let weight = |value| edit(Edit::Param(PARAMS[0], value));
    let done = now.moment().plan.done(step);
    let whole = now.update(Action::JumpTo(done)).update(weight(0.7));
    assert_eq!(whole.moment().position, done);
    let part = Position { numbers: 2, ..done };
    let edited = now.update(Action::JumpTo(part)).update(weight(0.7));
    assert_eq!(edited.moment().position, part);
    let at_0_7 = {
        let old = now.moment().model().network.params.clone();
        let (w2, b) = (old.at(PARAMS[1]), old.at(PARAMS[2]));
        gradient([0.7, w2, b])[1]
    };
    let m_old = now.moment().value(Quantity::OldFirstMoment(PARAMS[1])).expect("an old m");
    let m = edited.moment().shown(Quantity::FirstMoment(PARAMS[1])).expect("a new m");
    assert!(is_close(m, BETA1 * m_old + (1.0 - BETA1) * at_0_7, 1e-12));
}

/// What was stored before there were numbers has no word of them: it was whole.
#[test]
fn sessions_are_stored_with_their_number_and_older_ones_are_whole() {
    let now = after(ADAM, 1);
    let step = update_of(now.moment(), PARAMS[1]);
    for numbers in 1..=5 {
        let stop = Position { numbers, ..now.moment().plan.done(step) };
        let stored = save(&now.update(Action::JumpTo(stop)));
        let back = restore(&stored).expect("a stored session");
        assert_eq!(back.moment().position, stop);
        let field = format!(r#""numbers":{numbers},"#);
        assert_eq!(stored.matches(&field).count(), usize::from(numbers < 5), "{stored}");
        let older = restore(&stored.replace(&field, "")).expect("an older session");
        assert_eq!(older.moment().position, now.moment().plan.done(step));
    }
    // What undo brings back as well.
    let stop = Position { numbers: 3, ..now.moment().plan.done(step) };
    let edited = now.update(Action::JumpTo(stop)).update(edit(Edit::Param(PARAMS[0], 0.7)));
    let back = restore(&save_with_undo(&edited)).expect("a stored session").update(Action::Undo);
    assert_eq!(back.moment().position, stop);
}

// What others make of the same derivatives.

/// The derivatives of w₁ in updates 1…t, and w₁ before update t.
fn history(method: &str, t: usize) -> (Vec<f64>, f64) {
    let derivatives = (0..t).map(|n| {
        let now = after(method, n);
        now.moment().value(Quantity::MeanGradient(PARAMS[0])).expect("a derivative")
    });
    (derivatives.collect(), after(method, t - 1).moment().network().params.at(PARAMS[0]))
}

fn shown_variants(method: &str, t: usize) -> Vec<(String, f64, Option<f64>)> {
    let now = after(method, t - 1);
    let at = at_number(now.moment(), PARAMS[0], 1);
    let found = variants(&at, 5);
    found.iter().map(|one| (one.who.to_owned(), one.weight.expect("a number"), one.at_half_rate)).collect()
}

fn agree(method: &str, t: usize, expected: &[(&str, f64, Option<f64>)]) {
    let found = shown_variants(method, t);
    assert_eq!(found.len(), expected.len(), "{method}");
    for ((who, weight, half), (name, expected, expected_half)) in found.iter().zip(expected) {
        assert!(who.contains(name), "{method}: {who}, not {name}");
        assert!(is_close(*weight, *expected, 1e-12), "{method}, {who}, update {t}: {weight}, not {expected}");
        assert_eq!(half.is_some(), expected_half.is_some(), "{method}, {who}");
        if let (Some(half), Some(expected)) = (half, expected_half) {
            assert!(is_close(*half, *expected, 1e-12), "{method}, {who}, half: {half}, not {expected}");
        }
    }
}

/// torch.optim.SGD: buf = momentum * buf + g; p = p - lr * buf, nesterov: p = p - lr * (g + momentum * buf).
/// keras.optimizers.SGD: velocity = momentum * velocity - lr * g; w = w + velocity, nesterov:
/// w = w + momentum * velocity - lr * g.
#[test]
fn momentum_in_frameworks() {
    let torch = |g: &[f64], w: f64, lr: f64, is_nesterov: bool| {
        let buf = g.iter().fold(0.0, |buf, g| MU * buf + g);
        let g = g[g.len() - 1];
        w - lr * if is_nesterov { g + MU * buf } else { buf }
    };
    for t in 1..=3 {
        // The last update has a learning rate of its own.
        let velocity = |g: &[f64], last: f64| {
            let (newest, older) = g.split_last().expect("a derivative");
            let velocity = older.iter().fold(0.0, |velocity, g| MU * velocity - ETA * g);
            MU * velocity - last * newest
        };
        let (g, w) = history(MOMENTUM, t);
        let mean = g.iter().fold(0.0, |mean, g| MU * mean + (1.0 - MU) * g);
        agree(
            MOMENTUM,
            t,
            &[
                ("PyTorch", torch(&g, w, ETA, false), Some(torch(&g, w, ETA / 2.0, false))),
                ("Keras", w + velocity(&g, ETA), Some(w + velocity(&g, ETA / 2.0))),
                ("Ng", w - ETA * mean, Some(w - ETA / 2.0 * mean)),
            ],
        );
        let (g, w) = history(NESTEROV, t);
        let keras = |last: f64| w + MU * velocity(&g, last) - last * g[t - 1];
        // Sutskever et al.: v = μ v − ε ∇f(θ + μ v); θ = θ + v. The weight here is θ + μ v.
        let sutskever = |last: f64| {
            let before = if t == 1 { 0.0 } else { velocity(&g[..t - 1], ETA) };
            let theta = w - MU * before;
            theta + velocity(&g, last)
        };
        agree(
            NESTEROV,
            t,
            &[
                ("PyTorch", torch(&g, w, ETA, true), Some(torch(&g, w, ETA / 2.0, true))),
                ("Keras", keras(ETA), Some(keras(ETA / 2.0))),
                ("Sutskever", sutskever(ETA), Some(sutskever(ETA / 2.0))),
            ],
        );
    }
}

/// torch.optim.RMSprop: square_avg from 0, p = p - lr * g / (sqrt(square_avg) + eps). keras.optimizers.RMSprop:
/// velocity from 0, w = w - lr * g / sqrt(velocity + epsilon). TensorFlow 1: the same with rms from 1.
#[test]
fn rmsprop_in_frameworks() {
    for t in 1..=3 {
        let (g, w) = history(RMSPROP, t);
        let mean = |start: f64| g.iter().fold(start, |mean, g| RHO * mean + (1.0 - RHO) * g * g);
        let newest = g[t - 1];
        agree(
            RMSPROP,
            t,
            &[
                ("PyTorch", w - ETA * newest / (mean(0.0).sqrt() + EPSILON), None),
                ("Keras", w - ETA * newest / (mean(0.0) + EPSILON).sqrt(), None),
                ("TensorFlow 1", w - ETA * newest / (mean(1.0) + EPSILON).sqrt(), None),
                ("Hinton", w - ETA * newest / mean(0.0).sqrt(), None),
            ],
        );
    }
}

/// Kingma and Ba, algorithm 1; keras.optimizers.Adam: alpha = lr * sqrt(1 - beta_2^t) / (1 - beta_1^t),
/// w = w - m * alpha / (sqrt(v) + epsilon); BERT: update = m / (sqrt(v) + epsilon).
#[test]
fn adam_in_frameworks() {
    for t in 1..=3 {
        let (g, w) = history(ADAM, t);
        let m = g.iter().fold(0.0, |m, g| m + (g - m) * (1.0 - BETA1));
        let v = g.iter().fold(0.0, |v, g| v + (g * g - v) * (1.0 - BETA2));
        let n = t as i32;
        let alpha = ETA * (1.0 - power(BETA2, n)).sqrt() / (1.0 - power(BETA1, n));
        let hat = (m / (1.0 - power(BETA1, n)), v / (1.0 - power(BETA2, n)));
        agree(
            ADAM,
            t,
            &[
                ("algorithm 1", w - ETA * hat.0 / (hat.1.sqrt() + EPSILON), None),
                ("section 2", w - m * alpha / (v.sqrt() + EPSILON), None),
                ("BERT", w - ETA * (m / (v.sqrt() + EPSILON)), None),
            ],
        );
    }
    let now = after(ADAM, 0);
    let found = variants(&at_number(now.moment(), PARAMS[0], 1), 5);
    // 1/√0.05 and 0.3/√0.05.
    assert!(found[1].remark.contains("1/√(1 − β₂ᵗ) = 4.4721 times as much"), "{}", found[1].remark);
    assert!(found[2].remark.contains("(1 − β₁ᵗ)/√(1 − β₂ᵗ) = 1.3416 times as long"), "{}", found[2].remark);
}

#[test]
fn gradient_descent_is_made_alike_everywhere() {
    let now = after(SGD, 0);
    assert!(!has_variants(now.moment()));
    let step = update_of(now.moment(), PARAMS[0]);
    assert_eq!(variants(&now.moment().at(now.moment().plan.done(step)), 5), Vec::new());
    // Another method has them only at its updates.
    let now = after(ADAM, 0);
    assert!(has_variants(now.moment()));
    assert_eq!(variants(&now.moment().at(now.moment().plan.done(1)), 5), Vec::new());
}

/// The first of the ways is what the page does, also where something is done wrong on purpose.
#[test]
fn the_first_way_is_that_of_the_page() {
    let mistakes = [None, Some(Mistake::SignFlipped), Some(Mistake::Rounded), Some(Mistake::SumForMean)];
    for method in &OPTIMIZERS[1..] {
        for mistake in mistakes {
            let mut broken = two_samples(method);
            if let Some(mistake) = mistake {
                broken.rule = broken.rule.with_mistake(mistake, true);
            }
            let now = session(&broken).update(Action::NextEpoch);
            for param in PARAMS {
                let at = at_number(now.moment(), param, 1);
                let expected = at.value(Quantity::New(param)).expect("a new weight");
                let found = variants(&at, 5)[0].weight.expect("a number");
                assert!(is_close(found, expected, 1e-12), "{method}, {mistake:?}: {found}, not {expected}");
            }
        }
    }
}

/// 0/0 is no number.
#[test]
fn a_rule_that_has_no_number_says_so() {
    let text = r#"{"format": "chainrule-lesson", "version": 1,
        "network": {"inputs": 1, "layers": [{"activation": "identity", "weights": [[0.5]], "biases": null}]},
        "loss": "half_squared_error", "optimizer": OPTIMIZER,
        "data": {"inputs": [[0]], "targets": [[1]]}}"#;
    for method in &OPTIMIZERS[1..] {
        let now = session(&lesson(&text.replace("OPTIMIZER", method)));
        let at = at_number(now.moment(), PARAMS[0], 1);
        for variant in variants(&at, 5) {
            let is_without_epsilon = variant.who.starts_with("Hinton");
            let expected = if is_without_epsilon { None } else { Some(0.5) };
            assert_eq!(variant.weight, expected, "{method}, {}", variant.who);
        }
        for number in 1..=at.plan.n_numbers(at.position.step) {
            let at = at_number(now.moment(), PARAMS[0], number);
            let why = explain_stretch(&at, Grain::Term, DETAIL).why;
            assert!(!why.contains("NaN") && !why.contains('∞'), "{method}: {why}");
        }
    }
}

#[test]
fn the_ways_in_latex_and_speech() {
    let now = after(ADAM, 0);
    let at = at_number(now.moment(), PARAMS[0], 1);
    let keras = variants(&at, 5).swap_remove(1);
    let last = keras.formulas.last().expect("a formula");
    assert_eq!(
        write(last, &at, View::Symbols, &Latex),
        r"w_{1}^{\mathrm{new}} = w_{1} - a \cdot \frac{\sqrt{1 - {\beta_{2}}^t}}{1 - {\beta_{1}}^t} \cdot \frac{m_{w_{1}}}{\sqrt{v_{w_{1}}} + \varepsilon}"
    );
    let now = after(MOMENTUM, 0);
    let at = at_number(now.moment(), PARAMS[0], 1);
    let formulas: Vec<Formula> = variants(&at, 5).swap_remove(1).formulas;
    let spoken: Vec<String> = formulas.iter().map(|one| write(one, &at, View::Symbols, &Speech)).collect();
    assert_eq!(
        spoken,
        [
            "u equals mu times old u plus learning rate a times the derivative of E by w 1",
            "new w 1 equals w 1 minus u"
        ]
    );
}

/// Every lesson's optimiser, of every notation: the numbers of an update are the equations of its card.
#[test]
fn every_lesson_has_its_numbers() {
    for (name, lesson) in common::lessons() {
        let now = session(&lesson);
        let moment = now.moment();
        for step in 1..=moment.plan.n_steps() {
            let n = moment.plan.n_numbers(step);
            let done = moment.at(moment.plan.done(step));
            let is_update = matches!(moment.plan.step(step).expect("a step").kind, StepKind::Update(_));
            let is_plain = matches!(lesson.rule.optimizer, Optimizer::Sgd { .. });
            assert_eq!(1 < n, is_update && !is_plain, "{name}");
            if is_update {
                assert_eq!(explain(&done, DETAIL).equations.len(), n, "{name}");
            }
        }
    }
}
