//! Every name in each notation, against what its source writes: HMKCode's 2-2-1 and the lecture's 3-2-1 with
//! biases, as LaTeX, and the general formulas of the sources themselves.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use backprop::network::{Param, UnitId};
use chainrule::explanation::formula::speech::Speech;
use chainrule::explanation::formula::{Formula, View, latex::Latex, mathml::Element, mathml::MathMl, write};
use chainrule::explanation::general_form::general_form;
use chainrule::explanation::matrix_form::orientation::Orientation;
use chainrule::explanation::matrix_form::{Layout, matrix_form};
use chainrule::explanation::{Detail, explain};
use chainrule::lesson::names::Brackets;
use chainrule::lesson::notation::{Aspect, Change, DeltaSign, WeightOrder};
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, Notation};
use chainrule::moment::Moment;
use chainrule::moment::step::StepKind;
use chainrule::session::saved::{restore, save};
use chainrule::session::{Action, Session};
use common::{HMKCODE, LECTURE, MAZUR, lesson, session};

fn latex(moment: &Moment, quantity: Quantity) -> String {
    write(&Formula::Name(quantity), moment, View::Symbols, &Latex)
}

fn in_notation(text: &str, notation: Notation) -> Session {
    session(&lesson(text)).update(Action::SetNotation(Some(notation)))
}

/// What a source calls an input, a weighted sum, a hidden activation, the output, its target, δ of the output, a
/// weight of either layer, the learning rate, and the derivatives by a weight and by an activation.
fn names(moment: &Moment) -> Vec<String> {
    let (hidden, output) = (UnitId::new(1, 1), UnitId::new(2, 0));
    let first = Param::Weight { layer: 1, to: 1, from: 0 };
    let second = Param::Weight { layer: 2, to: 0, from: 1 };
    let quantities = [
        Quantity::Activation(UnitId::new(0, 0)),
        Quantity::Sum(hidden),
        Quantity::Activation(hidden),
        Quantity::Activation(output),
        Quantity::Target(0),
        Quantity::Delta(output),
        Quantity::Param(first),
        Quantity::Param(second),
        Quantity::LearningRate,
        Quantity::Gradient(first),
        Quantity::ActivationGradient(hidden),
    ];
    quantities.into_iter().map(|quantity| latex(moment, quantity)).collect()
}

#[test]
fn each_source_has_its_names_of_hmkcode() {
    for (notation, expected) in [
        (
            Notation::HmkCode,
            [
                "i_{1}",
                r"\mathrm{net}_{h_{2}}",
                "h_{2}",
                r"\mathrm{prediction}",
                r"\mathrm{actual}",
                r"\Delta",
                "w_{3}",
                "w_{6}",
                "a",
                r"\frac{\partial E}{\partial w_{3}}",
                r"\frac{\partial E}{\partial h_{2}}",
            ],
        ),
        (
            Notation::Lecture,
            [
                "x_{0}",
                "z_{1}^{[1]}",
                "a_{1}^{[1]}",
                "a_{0}^{[2]}",
                "y",
                r"\Delta_{0}^{[2]}",
                "w_{1,0}^{[1]}",
                "w_{0,1}^{[2]}",
                r"\alpha",
                r"\frac{\partial L}{\partial w_{1,0}^{[1]}}",
                r"\frac{\partial L}{\partial a_{1}^{[1]}}",
            ],
        ),
        (
            Notation::Nielsen,
            [
                "x_{1}",
                "z_{2}^{2}",
                "a_{2}^{2}",
                "a_{1}^{3}",
                "y",
                r"\delta_{1}^{3}",
                "w_{21}^{2}",
                "w_{12}^{3}",
                r"\eta",
                r"\frac{\partial C}{\partial w_{21}^{2}}",
                r"\frac{\partial C}{\partial a_{2}^{2}}",
            ],
        ),
        (
            Notation::Goodfellow,
            [
                "x_{1}",
                "a_{2}^{(1)}",
                "h_{2}^{(1)}",
                r"\hat{y}_{1}",
                "y",
                "g_{1}^{(2)}",
                "w_{21}^{(1)}",
                "w_{12}^{(2)}",
                r"\varepsilon",
                r"\frac{\partial J}{\partial w_{21}^{(1)}}",
                r"\frac{\partial J}{\partial h_{2}^{(1)}}",
            ],
        ),
        (
            Notation::Ng,
            [
                "x_{1}",
                "z_{2}^{[1]}",
                "a_{2}^{[1]}",
                "a_{1}^{[2]}",
                "y",
                r"\mathrm{dz}_{1}^{[2]}",
                "w_{21}^{[1]}",
                "w_{12}^{[2]}",
                r"\alpha",
                r"\frac{\partial L}{\partial w_{21}^{[1]}}",
                r"\frac{\partial L}{\partial a_{2}^{[1]}}",
            ],
        ),
        (
            // Units 1 and 2 are the inputs, 3 and 4 are hidden, 5 is the output.
            Notation::Rumelhart,
            [
                "o_{1}",
                r"\mathrm{net}_{4}",
                "o_{4}",
                "o_{5}",
                "t_{5}",
                r"\delta_{5}",
                "w_{41}",
                "w_{54}",
                r"\eta",
                r"\frac{\partial E}{\partial w_{41}}",
                r"\frac{\partial E}{\partial o_{4}}",
            ],
        ),
        (
            Notation::Russell,
            [
                "a_{1}",
                r"\mathrm{in}_{4}",
                "a_{4}",
                "a_{5}",
                "y_{5}",
                r"\Delta_{5}",
                "w_{1,4}",
                "w_{4,5}",
                r"\alpha",
                r"\frac{\partial L}{\partial w_{1,4}}",
                r"\frac{\partial L}{\partial a_{4}}",
            ],
        ),
    ] {
        assert_eq!(names(in_notation(HMKCODE, notation).moment()), expected, "{notation:?}");
    }
}

/// The lecture's page "Feed forward", and Nielsen's, Goodfellow's and Rumelhart's first equations for the same unit.
#[test]
fn each_source_has_its_weighted_sum_of_the_lectures_network() {
    for (notation, expected, bias) in [
        (
            Notation::Lecture,
            r"z_{0}^{[1]} = x_{0} \cdot w_{0,0}^{[1]} + x_{1} \cdot w_{0,1}^{[1]} + x_{2} \cdot w_{0,2}^{[1]} + b_{0}^{[1]}",
            "b_{0}^{[2]}",
        ),
        (
            Notation::Nielsen,
            r"z_{1}^{2} = x_{1} \cdot w_{11}^{2} + x_{2} \cdot w_{12}^{2} + x_{3} \cdot w_{13}^{2} + b_{1}^{2}",
            "b_{1}^{3}",
        ),
        (
            Notation::Goodfellow,
            r"a_{1}^{(1)} = x_{1} \cdot w_{11}^{(1)} + x_{2} \cdot w_{12}^{(1)} + x_{3} \cdot w_{13}^{(1)} + b_{1}^{(1)}",
            "b_{1}^{(2)}",
        ),
        (
            Notation::Rumelhart,
            r"\mathrm{net}_{4} = o_{1} \cdot w_{41} + o_{2} \cdot w_{42} + o_{3} \cdot w_{43} + \theta_{4}",
            r"\theta_{6}",
        ),
    ] {
        let session = in_notation(LECTURE, notation).update(Action::StepForward { coarser: false });
        let moment = session.moment();
        let said = explain(moment, Detail { digits: 5, max_terms: 10 });
        let equation = said.equations.first().expect("a sum");
        let left = write(&equation.left, moment, View::Symbols, &Latex);
        let right = write(&equation.symbols, moment, View::Symbols, &Latex);
        assert_eq!(format!("{left} = {right}"), expected, "{notation:?}");
        assert_eq!(latex(moment, Quantity::Param(Param::Bias { layer: 2, to: 0 })), bias);
    }
}

fn general(session: &Session, kind: StepKind) -> Vec<String> {
    let moment = session.moment();
    let step = moment.plan.find(kind, 0).expect("the step");
    let moment = moment.at(moment.plan.done(step));
    let form = general_form(&moment).expect("a form");
    form.general.iter().map(|formula| write(formula, &moment, View::Symbols, &Latex)).collect()
}

/// Nielsen, equations (23) and (BP4); Goodfellow, algorithm 6.3; Rumelhart, equation (5).
#[test]
fn general_forms_are_the_sources_equations() {
    let hidden = UnitId::new(1, 0);
    let sum = StepKind::WeightedSum(hidden);
    for (notation, expected) in [
        (Notation::Nielsen, r"z_{i}^{l} = \sum_{j} a_{j}^{l-1} \cdot w_{ij}^{l} + b_{i}^{l}"),
        (Notation::Goodfellow, r"a_{i}^{l} = \sum_{j} h_{j}^{l-1} \cdot w_{ij}^{l} + b_{i}^{l}"),
        (Notation::Rumelhart, r"\mathrm{net}_{i} = \sum_{j} o_{j} \cdot w_{ij} + \theta_{i}"),
        (Notation::Russell, r"\mathrm{in}_{i} = \sum_{j} a_{j} \cdot w_{ji} + b_{i}"),
    ] {
        assert_eq!(general(&in_notation(MAZUR, notation), sum), [expected], "{notation:?}");
    }
    for (notation, expected) in [
        (Notation::Nielsen, r"a_{i}^{l} = \sigma\left(z_{i}^{l}\right)"),
        (Notation::Goodfellow, r"h_{i}^{l} = f\left(a_{i}^{l}\right)"),
    ] {
        assert_eq!(
            general(&in_notation(MAZUR, notation), StepKind::Activation(hidden)),
            [expected],
            "{notation:?}"
        );
    }
}

/// Rumelhart et al., chapter 8: δ_j = (t_j − o_j) f′(net_j) for an output, δ_j = f′(net_j) Σ δ_k w_kj for a hidden
/// unit, Δw_ji = η δ_j o_i. Russell and Norvig, 18.7.4: Δ_k = Err_k × g′(in_k), w ← w + α × a_j × Δ_k.
#[test]
fn delta_has_the_sources_sign() {
    let formula = |session: &Session, kind: StepKind| {
        let moment = session.moment();
        let step = moment.plan.find(kind, 0).expect("the step");
        let moment = moment.at(moment.plan.done(step));
        let said = explain(&moment, Detail { digits: 5, max_terms: 10 });
        let equation = said.equations.last().expect("an equation");
        let write = |formula: &Formula, view| write(formula, &moment, view, &Latex);
        [
            write(&equation.left, View::Symbols),
            write(&equation.symbols, View::Symbols),
            write(&equation.symbols, View::Numbers(4)),
            write(&equation.result.into(), View::Numbers(4)),
        ]
    };
    let (output, hidden) = (UnitId::new(2, 0), UnitId::new(1, 0));
    let weight = Param::Weight { layer: 2, to: 0, from: 0 };
    // HMKCode's out = 0.191 and target 1, h₁ = 0.85, w₅ = 0.14.
    let rumelhart = in_notation(HMKCODE, Notation::Rumelhart);
    assert_eq!(
        formula(&rumelhart, StepKind::Delta(output)),
        [r"\delta_{5}", "t_{5} - o_{5}", "1 - 0.191", "0.809"]
    );
    assert_eq!(
        formula(&rumelhart, StepKind::ActivationGradient(hidden)),
        [r"\frac{\partial E}{\partial o_{3}}", r"-\delta_{5} \cdot w_{53}", r"-0.809 \times 0.14", "-0.1133"]
    );
    assert_eq!(
        formula(&rumelhart, StepKind::Gradient(weight)),
        [r"\frac{\partial E}{\partial w_{53}}", r"-\delta_{5} \cdot o_{3}", r"-0.809 \times 0.85", "-0.6877"]
    );
    // Mazur: a₅ = 0.7514 for a target of 0.01.
    let russell = in_notation(MAZUR, Notation::Russell);
    let [left, symbols, ..] = formula(&russell, StepKind::Delta(output));
    assert_eq!(
        (&*left, &*symbols),
        (r"\Delta_{5}", r"\left(y_{5} - a_{5}\right) \cdot a_{5} \cdot \left(1 - a_{5}\right)")
    );
    let letters = |kind: StepKind| -> Vec<String> {
        let moment = russell.moment();
        let step = moment.plan.find(kind, 0).expect("the step");
        let moment = moment.at(moment.plan.done(step));
        let form = matrix_form(&moment, Layout::default());
        let equations = form.blocks.iter().flat_map(|block| &block.equations);
        let all = equations.flat_map(|equation| equation.letters.iter().chain(&equation.symbols));
        all.map(|formula| write(formula, &moment, View::Symbols, &Latex)).collect()
    };
    let backward = letters(StepKind::Delta(output));
    assert!(
        backward.iter().any(|said| said.contains(r"\Delta^{(2)} = \left(y - a^{(2)}\right) \odot g'")),
        "{backward:#?}"
    );
    let update = letters(StepKind::Update(weight));
    assert!(
        update.iter().any(|said| said.contains(r"+ \alpha \cdot") && said.contains(r"\Delta_{5}")),
        "{update:#?}"
    );
    assert!(
        !update.iter().any(|said| said.contains(r"- \alpha \cdot") && said.contains(r"\Delta")),
        "{update:#?}"
    );
}

/// The letters of the matrix form: Nielsen's (25) and (BP1) to (BP4), Goodfellow's algorithms 6.3 and 6.4.
#[test]
fn matrices_have_the_sources_letters() {
    let letters = |notation: Notation, kind: StepKind| -> Vec<String> {
        let session = in_notation(MAZUR, notation);
        let moment = session.moment();
        let step = moment.plan.find(kind, 0).expect("the step");
        let moment = moment.at(moment.plan.done(step));
        let layout = Layout { orientation: Orientation::of(notation.facts().rows), ..Layout::default() };
        let form = matrix_form(&moment, layout);
        let equations = form.blocks.iter().flat_map(|block| &block.equations);
        equations
            .filter_map(|equation| equation.letters.as_ref())
            .map(|letters| write(letters, &moment, View::Symbols, &Latex))
            .collect()
    };
    let forward = StepKind::WeightedSum(UnitId::new(1, 0));
    let nielsen = letters(Notation::Nielsen, forward);
    assert_eq!(nielsen[..2], [r"z^{2} = W^{2} \cdot x + b^{2}", r"a^{2} = \sigma\left(z^{2}\right)"]);
    let goodfellow = letters(Notation::Goodfellow, forward);
    assert_eq!(
        goodfellow[..2],
        [r"a^{(1)} = W^{(1)} \cdot x + b^{(1)}", r"h^{(1)} = \sigma\left(a^{(1)}\right)"]
    );
    assert_eq!(goodfellow[3], r"\hat{y} = \sigma\left(a^{(2)}\right)");
    let backward = StepKind::Delta(UnitId::new(2, 0));
    let goodfellow = letters(Notation::Goodfellow, backward);
    assert!(
        goodfellow.contains(&r"g^{(2)} = \left(\hat{y} - y\right) \odot f'\left(a^{(2)}\right)".to_owned()),
        "{goodfellow:?}"
    );
    assert!(
        goodfellow.contains(&r"\frac{\partial J}{\partial W^{(2)}} = g^{(2)} \cdot h^{(1)\top }".to_owned()),
        "{goodfellow:?}"
    );
}

/// Whichever notation is chosen, at every step of both networks all that is written has an end, and another choice
/// or none changes no number.
#[test]
fn a_notation_changes_names_and_nothing_else() {
    for text in [HMKCODE, LECTURE, MAZUR] {
        let usual = session(&lesson(text));
        for notation in Notation::ALL {
            let mut session = usual.update(Action::SetNotation(Some(notation)));
            let mut plain = usual.clone();
            for _ in 0..session.moment().plan.n_steps() + 2 {
                session = session.update(Action::StepForward { coarser: false });
                plain = plain.update(Action::StepForward { coarser: false });
                let (moment, other) = (session.moment(), plain.moment());
                assert_eq!(moment.names.notation(), notation);
                assert_eq!((moment.position, moment.model()), (other.position, other.model()));
                let said = explain(moment, Detail { digits: 5, max_terms: 10 });
                for equation in &said.equations {
                    for view in [View::Symbols, View::Numbers(5)] {
                        let spoken = write(&equation.symbols, moment, view, &Speech);
                        assert!(!spoken.is_empty() && !spoken.contains(['[', '⁽', '\u{302}']), "{spoken}");
                        write(&equation.symbols, moment, view, &MathMl);
                    }
                    // Where δ is −∂E/∂z the formulas have other signs: tests/formulas.rs evaluates them.
                    let numbers =
                        |moment: &Moment| write(&equation.symbols, moment, View::Numbers(17), &Latex);
                    if !notation.facts().delta_sign.negates() {
                        assert_eq!(numbers(moment), numbers(other));
                    }
                }
            }
        }
    }
}

/// It holds for every lesson that is opened, through edits, undo, runs and a reload, until another is chosen.
#[test]
fn a_chosen_notation_is_kept() {
    let name = |session: &Session| {
        session.moment().name(Quantity::Param(Param::Weight { layer: 1, to: 0, from: 0 }))
    };
    let chosen = in_notation(HMKCODE, Notation::Nielsen);
    assert_eq!(name(&chosen), "w₁₁²");
    let opened = chosen.update(Action::Open(lesson(MAZUR).into()));
    assert_eq!(name(&opened), "w₁₁²");
    let ran = opened.update(Action::NextEpoch).update(Action::StepBack { coarser: false });
    assert_eq!(name(&ran), "w₁₁²");
    assert_eq!(name(&ran.update(Action::Undo)), "w₁₁²");
    assert_eq!(name(&ran.update(Action::Reset)), "w₁₁²");
    let restored = restore(&save(&ran)).expect("a session");
    assert_eq!((name(&restored), restored.settings().notation), ("w₁₁²".to_owned(), Some(Notation::Nielsen)));
    assert_eq!(name(&restored.update(Action::SetNotation(None))), "w₁");
    // Undone is what was done, not how it is written.
    let other = ran.update(Action::SetNotation(Some(Notation::Lecture))).update(Action::Undo);
    assert_eq!(name(&other), "w₀,₀[¹]");
}

/// Names that a file gives stay where they are words; symbols are of the lesson's own notation.
#[test]
fn words_of_a_file_stay() {
    let iris = std::fs::read_to_string("static/lessons/iris.json").expect("the lesson");
    let moment = in_notation(&iris, Notation::Nielsen);
    let input = Quantity::Activation(UnitId::new(0, 2));
    assert_eq!(moment.moment().name(input), "petal length");
    assert_eq!(in_notation(MAZUR, Notation::Lecture).moment().name(input_of(0)), "x₀");
    assert_eq!(session(&lesson(MAZUR)).moment().name(input_of(0)), "i₁");
}

fn input_of(unit: usize) -> Quantity {
    Quantity::Activation(UnitId::new(0, unit))
}

/// A lesson that says whose notation it is in is written so where nothing is chosen.
#[test]
fn a_lesson_may_say_any_notation() {
    for notation in Notation::ALL {
        let text = lesson(HMKCODE).to_json();
        let word = format!("\"notation\": \"{}\"", notation.word());
        let read = Lesson::from_json(&text.replace("\"notation\": \"numbered\"", &word)).expect("a lesson");
        assert_eq!(read.notation, notation);
        assert_eq!(Lesson::from_json(&read.to_json()).expect("a lesson"), read);
    }
}

/// What an element means, and every name that it calls a part by: `$base`.
fn intents<'a>(element: &'a Element, found: &mut Vec<(&'a str, Vec<&'static str>)>) {
    fn names(element: &Element) -> Vec<&'static str> {
        let below = element.children.iter().flat_map(names);
        element.arg.into_iter().chain(below).collect()
    }
    if let Some(intent) = &element.intent {
        found.push((intent, element.children.iter().flat_map(names).collect()));
    }
    element.children.iter().for_each(|child| intents(child, found));
}

/// MathML 4, section 5: what stands above is told from a power, and each name is that of a part.
#[test]
fn formulas_say_what_they_mean() {
    for (notation, weight, derivative) in [
        (Notation::HmkCode, "indexed-by:infix($base,$index)", "partial-derivative($of,$by)"),
        (
            Notation::Nielsen,
            "of-layer:infix(indexed-by:infix($base,$index),3)",
            "partial-derivative($of,$by)",
        ),
        (Notation::Rumelhart, "indexed-by:infix($base,$index)", "partial-derivative($of,$by)"),
    ] {
        let session = in_notation(HMKCODE, notation);
        let written = |quantity| write(&Formula::Name(quantity), session.moment(), View::Symbols, &MathMl);
        let param = Param::Weight { layer: 2, to: 0, from: 1 };
        assert_eq!(written(Quantity::Param(param)).intent.as_deref(), Some(weight), "{notation:?}");
        assert_eq!(written(Quantity::Gradient(param)).intent.as_deref(), Some(derivative));
        assert_eq!(written(Quantity::New(param)).intent, Some(format!("new:prefix({weight})")));
    }
    let mut n = 0;
    for (text, notation) in
        [HMKCODE, LECTURE, MAZUR].into_iter().flat_map(|text| Notation::ALL.map(|one| (text, one)))
    {
        let mut session = in_notation(text, notation);
        for _ in 0..session.moment().plan.n_steps() {
            session = session.update(Action::StepForward { coarser: false });
            let moment = session.moment();
            for equation in &explain(moment, Detail { digits: 5, max_terms: 10 }).equations {
                let element = write(&equation.symbols, moment, View::Symbols, &MathMl);
                let mut found = Vec::new();
                intents(&element, &mut found);
                for (intent, names) in found {
                    let called =
                        intent.split('$').skip(1).map(|rest| rest.split([',', ')']).next().expect("a name"));
                    for name in called {
                        assert!(names.contains(&name), "{intent}: no {name} in {element:?}");
                    }
                    n += 1;
                }
            }
        }
    }
    assert!(1_000 < n, "{n} intents");
}

/// Each single fact that can be changed changes names, whichever notation it is put into, and is kept as a session and
/// as words; formulas stay true.
#[test]
fn a_notation_can_be_put_together_by_hand() {
    let own = in_notation(HMKCODE, Notation::Indexed)
        .update(Action::ChangeNotation(Aspect::First, Some(Change::FromZero)))
        .update(Action::ChangeNotation(Aspect::Layers, Some(Change::Layers(Brackets::Square))))
        .update(Action::ChangeNotation(Aspect::Order, Some(Change::Order(WeightOrder::FromTo))))
        .update(Action::ChangeNotation(Aspect::Rate, Some(Change::Rate("η"))))
        .update(Action::ChangeNotation(Aspect::Loss, Some(Change::Loss("J"))))
        .update(Action::ChangeNotation(Aspect::Prediction, Some(Change::Prediction("y\u{302}"))))
        .update(Action::ChangeNotation(Aspect::Target, Some(Change::Target("t"))))
        .update(Action::ChangeNotation(Aspect::Delta, Some(Change::Delta("Δ"))))
        .update(Action::ChangeNotation(
            Aspect::DeltaSign,
            Some(Change::DeltaSign(DeltaSign::TargetMinusPrediction)),
        ));
    // Of w₃, which leads from the first input to the second hidden unit.
    let expected = [
        "x_{0}",
        "z_{1}^{[1]}",
        "a_{1}^{[1]}",
        r"\hat{y}_{0}",
        "t",
        r"\Delta_{0}^{[2]}",
        "w_{01}^{[1]}",
        "w_{10}^{[2]}",
        r"\eta",
        r"\frac{\partial J}{\partial w_{01}^{[1]}}",
        r"\frac{\partial J}{\partial a_{1}^{[1]}}",
    ];
    assert_eq!(names(own.moment()), expected);
    let delta = Quantity::Delta(UnitId::new(2, 0));
    assert!((own.moment().value(delta).expect("a number") - 0.809).abs() < 1e-12);
    let restored = restore(&save(&own)).expect("a session");
    assert_eq!(names(restored.moment()), expected);
    assert_eq!(restored.settings().notation_changes, own.settings().notation_changes);
    let usual =
        Aspect::ALL.into_iter().fold(own, |now, aspect| now.update(Action::ChangeNotation(aspect, None)));
    assert_eq!(names(usual.moment()), names(in_notation(HMKCODE, Notation::Indexed).moment()));
    // A state that knows of no changes reads as one without.
    let saved = save(&usual);
    assert!(!saved.contains("notation_changes"), "{saved}");
}

/// A letter that stands for something else already is refused with a sentence, also where another notation brings it.
#[test]
fn no_letter_stands_for_two_things() {
    let refused = |session: &Session| session.notice().map(|notice| notice.text.clone());
    let by_a = |notation| {
        in_notation(MAZUR, notation).update(Action::ChangeNotation(Aspect::Rate, Some(Change::Rate("a"))))
    };
    for notation in Notation::ALL {
        // “a” is the activation of a hidden unit there, or of Goodfellow’s the weighted sum.
        let (facts, now) = (notation.facts(), by_a(notation));
        let is_taken = facts.hidden == "a" || facts.sum == "a";
        assert_eq!(refused(&now).is_some(), is_taken, "{notation:?}");
        assert_eq!(now.moment().names.learning_rate(), if is_taken { facts.rate } else { "a" });
        assert_eq!(now.settings().notation_changes.of(Aspect::Rate).is_none(), is_taken);
        for change in Change::ALL {
            let changed =
                in_notation(MAZUR, notation).update(Action::ChangeNotation(change.aspect(), Some(change)));
            let facts = changed.moment().names.facts();
            let letters = [
                facts.rate,
                facts.loss,
                facts.delta,
                facts.sum,
                facts.hidden,
                facts.target,
                facts.bias,
                facts.function,
            ];
            let distinct: std::collections::BTreeSet<&str> = letters.into_iter().collect();
            assert_eq!(distinct.len(), letters.len(), "{notation:?}, {change:?}");
        }
    }
    let sentence = "“a” would stand for the learning rate and for an activation: the notation keeps its own letter. Another one is accepted.";
    assert_eq!(refused(&by_a(Notation::Ng)).as_deref(), Some(sentence));
    let brought = by_a(Notation::Rumelhart).update(Action::SetNotation(Some(Notation::Ng)));
    assert_eq!(refused(&brought).as_deref(), Some(sentence));
    assert_eq!(brought.moment().names.learning_rate(), "α");
}

/// Every single change in every notation leaves every general form and its words whole.
#[test]
fn every_change_can_be_written_at_every_step() {
    for notation in Notation::ALL {
        for change in Change::ALL {
            let mut session =
                in_notation(MAZUR, notation).update(Action::ChangeNotation(change.aspect(), Some(change)));
            for _ in 0..session.moment().plan.n_steps() {
                session = session.update(Action::StepForward { coarser: false });
                let moment = session.moment();
                let form = general_form(moment).expect("a form");
                for formula in form.general.iter().chain(&form.filled) {
                    let spoken = write(formula, moment, View::Symbols, &Speech);
                    assert!(
                        !spoken.is_empty() && !spoken.contains(['[', '⁽', '\u{302}']),
                        "{change:?}: {spoken}"
                    );
                }
            }
        }
    }
}
