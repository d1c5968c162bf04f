//! Every formula on the page is true: evaluated from its symbols, by its chain rule, and from the
//! numbers that it prints, it gives the number of its step. And some formulas to the letter.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use backprop::activation::Activation;
use backprop::mistakes::{Mistake, round_to_cents};
use backprop::network::{Param, UnitId};
use backprop::trace::UpdateOrder;
use chainrule::explanation::formula::latex::Latex;
use chainrule::explanation::formula::mathml::{Element, MathMl};
use chainrule::explanation::formula::speech::Speech;
use chainrule::explanation::formula::{Formula, Function, Sign, View, write};
use chainrule::explanation::{CheckVerdict, Detail, Equation, Explanation, derivation, explain};
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, Notation};
use chainrule::moment::step::{Position, StepKind};
use chainrule::moment::{ABOUT, Moment};
use chainrule::session::Action;
use chainrule::text::format;
use common::{golden_lesson, is_close, json_files, lesson, session};

/// All terms of a sum, however long it is.
const WHOLE: Detail = Detail { digits: 5, max_terms: usize::MAX };

/// The built-in lessons, the golden ones, and each of them with the other update order.
fn all_lessons() -> Vec<(String, Lesson)> {
    let built_in = json_files("static/lessons").into_iter().map(|(name, text)| (name, lesson(&text)));
    let golden = json_files("tests/golden").into_iter().map(|(name, text)| (name, golden_lesson(&text)));
    let simultaneous: Vec<(String, Lesson)> = built_in.chain(golden).collect();
    let by_layer = simultaneous.iter().map(|(name, lesson)| {
        let mut lesson = lesson.clone();
        lesson.rule.update_order = UpdateOrder::LayerByLayer;
        (format!("{name}, layer by layer"), lesson)
    });
    let by_layer: Vec<_> = by_layer.collect();
    let nesterov = SOFTPLUS.replace(r#""method": "momentum""#, r#""method": "nesterov""#);
    let mistaken = simultaneous.iter().filter(|(name, _)| MISTAKEN.contains(&name.as_str())).flat_map(
        |(name, lesson)| {
            let one = |mistake| {
                let lesson = Lesson { rule: lesson.rule.with_mistake(mistake, true), ..lesson.clone() };
                (format!("{name}, {mistake:?}"), lesson)
            };
            OTHER_MISTAKES.map(one)
        },
    );
    let mistaken: Vec<_> = mistaken.collect();
    // Two sources whose δ is −∂E/∂z.
    let turned = simultaneous.iter().chain(&mistaken).filter(|(name, _)| {
        MISTAKEN.iter().any(|few| name.starts_with(few)) || ["iris", "symmetry"].contains(&name.as_str())
    });
    let turned = turned.flat_map(|(name, lesson)| {
        [Notation::Rumelhart, Notation::Russell]
            .map(|notation| (format!("{name}, {notation:?}"), Lesson { notation, ..lesson.clone() }))
    });
    let turned: Vec<_> = turned.collect();
    let more = [
        ("softplus in Rumelhart’s notation", Lesson { notation: Notation::Rumelhart, ..lesson(SOFTPLUS) }),
        ("softplus", lesson(SOFTPLUS)),
        ("Nesterov momentum", lesson(&nesterov)),
    ];
    [simultaneous, by_layer, mistaken, turned, more.map(|(name, lesson)| (name.to_owned(), lesson)).to_vec()]
        .concat()
}

/// The lessons in which mistakes are made: linear and not, one sample and several, one output and two.
const MISTAKEN: [&str; 5] = ["hmkcode", "mazur", "xor", "hmkcode-four-points", "rmsprop-mse"];

/// Those beside the update order.
const OTHER_MISTAKES: [Mistake; 6] = [
    Mistake::NoSlope,
    Mistake::SignFlipped,
    Mistake::SumForMean,
    Mistake::TwoForHalf,
    Mistake::BiasNotUpdated,
    Mistake::Rounded,
];

/// What no other lesson has: softplus, tanh before a linear layer, binary cross-entropy with two
/// outputs, drawn weights, a test set.
const SOFTPLUS: &str = r#"{
    "format": "chainrule-lesson", "version": 1,
    "network": {"inputs": 2, "layers": [
        {"activation": "softplus", "units": 3, "init": {"scheme": "normal", "seed": 1}},
        {"activation": "tanh", "units": 2, "init": {"scheme": "normal", "seed": 2}},
        {"activation": "identity", "units": 1, "init": {"scheme": "normal", "seed": 3}},
        {"activation": "sigmoid", "units": 2, "init": {"scheme": "normal", "seed": 4}}
    ]},
    "loss": "binary_cross_entropy",
    "optimizer": {"method": "momentum", "learning_rate": 0.1, "momentum": 0.5},
    "data": {"inputs": [[0.5, -1], [2, 0.3]], "targets": [[1, 0], [0.25, 1]],
             "test_inputs": [[1, 1]], "test_targets": [[1, 1]]}
}"#;

/// The moments at which steps are done, at the start and after three epochs: all of them, or of a
/// large network 250 evenly spread ones.
fn moments(lesson: &Lesson) -> Vec<Moment> {
    let start = session(lesson);
    let later = (0..3).fold(start.clone(), |now, _| now.update(Action::NextEpoch));
    let mut all = Vec::new();
    for session in [start, later] {
        let moment = session.moment();
        let n_steps = moment.plan.n_steps();
        let stride = n_steps.div_ceil(250);
        let steps = (1..=n_steps).filter(|k| k % stride == 0 || *k == n_steps);
        all.extend(steps.map(|k| moment.at(moment.plan.done(k))));
    }
    all
}

/// Calls `check` for every equation of every step of every lesson.
fn for_each_equation(mut check: impl FnMut(&str, &Moment, &Equation)) {
    for (name, lesson) in all_lessons() {
        for moment in moments(&lesson) {
            let what = format!("{name}, epoch {}, {:?}", moment.epoch, moment.step().unwrap());
            for equation in &explain(&moment, WHOLE).equations {
                check(&what, &moment, equation);
            }
        }
    }
}

// What each formula says.

/// A formula's value from the values of its quantities.
fn value(formula: &Formula, moment: &Moment) -> f64 {
    let of = |x: &Formula| value(x, moment);
    match formula {
        Formula::Quantity(quantity) => moment.value(*quantity).unwrap(),
        Formula::Number(x) => *x,
        Formula::Sum(terms) => terms.iter().map(of).sum(),
        Formula::Product(factors) => factors.iter().map(of).product(),
        Formula::Difference(left, right) => of(left) - of(right),
        Formula::Negative(x) => -of(x),
        Formula::Fraction(over, under) => of(over) / of(under),
        Formula::Square(x) => of(x) * of(x),
        Formula::Root(x) => of(x).sqrt(),
        Formula::Exp(x) => libm::exp(of(x)),
        Formula::Call(Function::Activation(Activation::Tanh), x) => libm::tanh(of(&x[0])),
        Formula::Call(Function::Ln, x) => libm::log(of(&x[0])),
        Formula::Call(Function::Max, x) => of(&x[0]).max(of(&x[1])),
        Formula::Call(Function::Min, x) => of(&x[0]).min(of(&x[1])),
        Formula::Call(Function::Round, x) => round_to_cents(of(&x[0])),
        Formula::Partial(of, by) => partial(*of, *by, moment),
        Formula::Derivative(of, by) => slope(of, *by, moment),
        Formula::Rest { value, .. } => *value,
        Formula::Letter(_)
        | Formula::PartialLetters(..)
        | Formula::SumOver { .. }
        | Formula::Name(_)
        | Formula::Call(..)
        | Formula::Matrix { .. }
        | Formula::Transposed(_)
        | Formula::Elementwise(_)
        | Formula::Relation(..)
        | Formula::Ellipsis => {
            panic!("{formula:?} has no value")
        }
    }
}

/// The derivative of a formula by one of its quantities, the others held fast: dual numbers.
fn slope(formula: &Formula, by: Quantity, moment: &Moment) -> f64 {
    let of = |x: &Formula| value(x, moment);
    let d = |x: &Formula| slope(x, by, moment);
    match formula {
        Formula::Quantity(Quantity::SampleLoss(sample)) => {
            moment.value(Quantity::SampleGradient(*sample, by.param().unwrap())).unwrap()
        }
        Formula::Quantity(quantity) => f64::from(u8::from(*quantity == by)),
        Formula::Number(_) => 0.0,
        Formula::Sum(terms) => terms.iter().map(d).sum(),
        Formula::Product(factors) => (0..factors.len())
            .map(|k| {
                let others = (0..factors.len()).filter(|other| *other != k).map(|other| of(&factors[other]));
                d(&factors[k]) * others.product::<f64>()
            })
            .sum(),
        Formula::Difference(left, right) => d(left) - d(right),
        Formula::Negative(x) => -d(x),
        Formula::Fraction(over, under) => {
            (d(over) * of(under) - of(over) * d(under)) / (of(under) * of(under))
        }
        Formula::Square(x) => 2.0 * of(x) * d(x),
        Formula::Exp(x) => libm::exp(of(x)) * d(x),
        Formula::Call(Function::Activation(Activation::Tanh), x) => {
            let cosh = libm::cosh(of(&x[0]));
            d(&x[0]) / (cosh * cosh)
        }
        Formula::Call(Function::Ln, x) => d(&x[0]) / of(&x[0]),
        Formula::Call(Function::Max, x) => {
            if of(&x[0]) < of(&x[1]) {
                d(&x[1])
            } else {
                d(&x[0])
            }
        }
        Formula::Call(Function::Min, x) => {
            if of(&x[1]) < of(&x[0]) {
                d(&x[1])
            } else {
                d(&x[0])
            }
        }
        other => panic!("{other:?} has no derivative"),
    }
}

/// A factor of the chain rule. Only neighbours in the network have a derivative by each other.
fn partial(of: Quantity, by: Quantity, moment: &Moment) -> f64 {
    let value = |quantity| moment.value(quantity).unwrap();
    // A linear unit's activation stands for its sum.
    let as_sum = |quantity| match quantity {
        Quantity::Sum(UnitId { layer, unit }) => (layer, unit),
        Quantity::Activation(UnitId { layer, unit })
            if moment.network().activation(layer) == Activation::Identity =>
        {
            (layer, unit)
        }
        other => panic!("{other:?} is no weighted sum"),
    };
    match (of, by) {
        (Quantity::Loss, Quantity::Activation(UnitId { layer, unit })) => {
            value(Quantity::ActivationGradient(UnitId { layer, unit }))
        }
        (Quantity::Loss, Quantity::Sum(UnitId { layer, unit })) => {
            let is_negative = matches!(moment.names.notation(), Notation::Rumelhart | Notation::Russell);
            let delta = value(Quantity::Delta(UnitId { layer, unit }));
            if is_negative { -delta } else { delta }
        }
        (Quantity::Activation(UnitId { layer, unit }), Quantity::Sum(sum))
            if moment.network().activation(layer) == Activation::Softmax =>
        {
            assert_eq!(sum.layer, layer);
            let of_sum = value(Quantity::Activation(sum));
            value(of) * (f64::from(u8::from(sum.unit == unit)) - of_sum)
        }
        (Quantity::Activation(UnitId { layer, unit }), Quantity::Sum(_)) => {
            assert_eq!(as_sum(by), (layer, unit));
            value(Quantity::Slope(UnitId { layer, unit }))
        }
        (_, Quantity::Activation(UnitId { layer: before, unit: from })) => {
            let (layer, to) = as_sum(of);
            assert_eq!(before + 1, layer);
            value(moment.weight_behind(layer, to, from))
        }
        (_, Quantity::Param(param)) => {
            assert_eq!(as_sum(of), (param.layer(), param.to()));
            match param {
                Param::Weight { layer, from, .. } => {
                    value(Quantity::Activation(UnitId::new(layer - 1, from)))
                }
                Param::Bias { .. } => 1.0,
            }
        }
        _ => panic!("no derivative of {of:?} by {by:?}"),
    }
}

/// Whether two ways of computing come to the same: rounding is all that may differ. Differences of
/// numbers near 1 leave 10⁻¹⁵ of it.
fn is_same(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs() + 2e-15
}

#[test]
fn every_formula_gives_the_number_of_its_step() {
    let mut n = 0;
    for_each_equation(|what, moment, equation| {
        let (found, expected) = (value(&equation.symbols, moment), moment.value(equation.result).unwrap());
        assert!(is_same(found, expected), "{what}: {found}, not {expected}");
        n += 1;
    });
    assert!(4_000 < n, "{n} formulas");
}

#[test]
fn every_chain_of_derivatives_gives_the_number_of_its_step() {
    let mut n = 0;
    for_each_equation(|what, moment, equation| match &equation.chain {
        None => {}
        // a = g(z) is spelled out in the symbols.
        Some(Formula::Call(Function::AnyActivation(_), z)) => {
            assert!(matches!(z[..], [Formula::Quantity(Quantity::Sum(_))]))
        }
        Some(chain) => {
            let (found, expected) = (value(chain, moment), moment.value(equation.result).unwrap());
            assert!(is_same(found, expected), "{what}: {found}, not {expected}");
            n += 1;
        }
    });
    assert!(1_500 < n, "{n} chains");
}

#[test]
fn a_formula_uses_only_what_the_learner_has_seen() {
    for_each_equation(|what, moment, equation| {
        // Of several numbers that a step makes each has a stop of its own.
        let stop = moment.stop_of(equation.result).unwrap();
        let there = moment.at(stop);
        for quantity in equation.symbols.quantities() {
            assert!(there.is_reached(quantity), "{what}: {quantity:?} comes later");
        }
        assert_eq!(explain(&there, WHOLE).equations.last(), Some(equation), "{what}");
        assert_eq!(Position { numbers: moment.position.numbers, ..stop }, moment.position, "{what}");
    });
}

/// Every line of every derivation has the value of its step.
#[test]
fn every_line_of_a_derivation_gives_the_number_of_its_step() {
    let mut n = 0;
    for (name, lesson) in all_lessons() {
        for moment in moments(&lesson) {
            let lines = derivation(&moment, WHOLE);
            let explanation = explain(&moment, WHOLE);
            let equation = explanation.equations.last().unwrap();
            let derives = matches!(
                moment.step().unwrap().kind,
                StepKind::Delta(_)
                    | StepKind::ActivationGradient(_)
                    | StepKind::Gradient(_)
                    | StepKind::MeanGradient(_)
            );
            assert_eq!(chainrule::explanation::derives(&moment), derives, "{name}, {:?}", moment.step());
            assert_eq!(lines.is_empty(), !derives, "{name}, {:?}", moment.step());
            let expected = moment.value(equation.result).unwrap();
            for (k, line) in lines.iter().enumerate() {
                let found = value(&line.formula, &moment);
                let what =
                    || format!("{name}, epoch {}, {:?}, line {k}", moment.epoch, moment.step().unwrap());
                // 1 − a of an output near 1, and terms that cancel, leave fewer digits.
                let is_close = (found - expected).abs() <= 1e-9 * expected.abs() + 1e-13;
                assert!(is_close, "{}: {found}, not {expected}: {line:?}", what());
                assert!(line.rule.ends_with('.'), "{}: “{}”", what(), line.rule);
                assert!(0 == k || lines[k - 1].formula != line.formula, "{}: says nothing new", what());
                n += 1;
            }
            if let Some(last) = lines.last() {
                let (found, expected) = (value(&last.formula, &moment), value(&equation.symbols, &moment));
                assert!(is_same(found, expected), "{name}, {:?}: {found}, not {expected}", moment.step());
            }
        }
    }
    assert!(4_000 < n, "{n} lines");
}

/// While only some terms of a sum are shown, they add up to the total that is shown.
#[test]
fn every_part_of_a_sum_gives_its_total() {
    let mut n = 0;
    for (name, lesson) in all_lessons() {
        for moment in moments(&lesson) {
            let Position { terms: n_terms, .. } = moment.position;
            for terms in (1..=n_terms).filter(|terms| *terms <= 3 || n_terms <= terms + 1) {
                let moment = moment.at(Position { terms, ..moment.position });
                let explanation = explain(&moment, WHOLE);
                let equation = explanation.equations.last().unwrap();
                let Some(part) = &equation.partial else {
                    assert_eq!(terms, n_terms, "{name}, {:?}", moment.step());
                    continue;
                };
                assert_eq!((part.n_shown, part.n_terms), (terms, n_terms), "{name}");
                let found = value(&part.terms, &moment);
                assert!(
                    is_same(found, part.total),
                    "{name}, {:?}: {found}, not {}",
                    moment.step(),
                    part.total
                );
                assert_eq!(moment.shown(equation.result), None, "{name}, {:?}", moment.step());
                n += 1;
            }
        }
    }
    assert!(1_000 < n, "{n} parts");
}

/// The measured derivative agrees as far as it can tell, except where a nudge carries a ReLU across its kink.
#[test]
fn every_derivative_agrees_with_the_measured_one() {
    for (name, lesson) in all_lessons() {
        // What is computed wrong differs: `tests/mistakes.rs`.
        if lesson.rule.mistakes_made().any(Mistake::is_of_derivatives) {
            continue;
        }
        for moment in moments(&lesson) {
            if let Some(check) = explain(&moment, WHOLE).check {
                assert!(
                    check.verdict != CheckVerdict::Differs || is_near_a_kink(&moment),
                    "{name}, epoch {}, {:?}: {check:?}",
                    moment.epoch,
                    moment.step()
                );
            }
        }
    }
}

fn is_near_a_kink(moment: &Moment) -> bool {
    let network = moment.network();
    let samples = &moment.update().pass.samples;
    (1..=network.n_layers())
        .filter(|layer| network.activation(*layer).has_kink())
        .any(|layer| samples.iter().any(|sample| sample.forward.sums(layer).iter().any(|z| z.abs() < 1e-3)))
}

#[test]
fn the_mistaken_order_is_found_out_by_the_measured_derivative() {
    let mut mazur = lesson(common::MAZUR);
    mazur.rule.update_order = UpdateOrder::LayerByLayer;
    let moment = session(&mazur).moment().clone();
    for (layer, expected) in [(1, CheckVerdict::Differs), (2, CheckVerdict::Agrees { digits: 6 })] {
        let param = Param::Weight { layer, to: 0, from: 0 };
        let step = moment.plan.find(StepKind::Gradient(param), 0).unwrap();
        let check = explain(&moment.at(moment.plan.done(step)), WHOLE).check.unwrap();
        assert_eq!(check.verdict, expected, "layer {layer}");
    }
}

// What each formula looks like.

/// The formula's numbers and its result, at full precision.
fn numbers_line(moment: &Moment, equation: &Equation) -> Element {
    write(&equation.symbols, moment, View::Numbers(format::FULL_DIGITS), &MathMl)
}

/// Typed into a calculator as it is printed, each line of numbers gives the result: signs and
/// parentheses are where they must be.
#[test]
fn every_line_of_numbers_gives_the_number_of_its_step() {
    for_each_equation(|what, moment, equation| {
        let line = numbers_line(moment, equation);
        let (found, expected) = (printed_value(&line), moment.value(equation.result).unwrap());
        if moment.is_zero_on_paper(equation.result, moment.sample()) {
            assert!(found.abs() <= 1e-13, "{what}: {} is {found}, not about 0", line.to_xml());
            return;
        }
        let is_same = (found - expected).abs() <= 1e-9 * expected.abs() + 1e-13;
        assert!(is_same, "{what}: {} is {found}, not {expected}", line.to_xml());
    });
}

/// A piece of a printed line.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Sign(char),
    Function(String),
}

fn printed_value(element: &Element) -> f64 {
    let mut tokens = Vec::new();
    read(element, &mut tokens);
    let mut rest = tokens.as_slice();
    let value = printed_sum(&mut rest);
    assert!(rest.is_empty(), "{rest:?} is left of {}", element.to_xml());
    value
}

/// The line from left to right, as it is seen: groups without parentheses cannot be seen.
fn read(element: &Element, tokens: &mut Vec<Token>) {
    let part = |k: usize| printed_value(&element.children[k]);
    match element.tag {
        "mrow" => element.children.iter().for_each(|child| read(child, tokens)),
        "mo" => tokens.extend(element.text.chars().map(Token::Sign)),
        "mi" => tokens.push(Token::Function(element.text.clone())),
        "mn" if element.text.starts_with(ABOUT) => tokens.push(Token::Number(0.0)),
        "mn" => {
            let unsigned = element.text.strip_prefix('−').unwrap_or(&element.text);
            if unsigned != element.text {
                tokens.push(Token::Sign('−'));
            }
            tokens.push(Token::Number(format::parse(unsigned).unwrap()));
        }
        "mfrac" => tokens.push(Token::Number(part(0) / part(1))),
        "msqrt" => tokens.push(Token::Number(part(0).sqrt())),
        "msup" if element.children[0].text == "e" => tokens.push(Token::Number(libm::exp(part(1)))),
        "msup" => {
            let base = &element.children[0];
            let is_ambiguous = base.tag == "mn" && (base.text.starts_with('−') || base.text.contains('×'));
            assert!(!is_ambiguous && part(1) == 2.0, "{}", element.to_xml());
            tokens.push(Token::Number(part(0) * part(0)));
        }
        tag => panic!("<{tag}> in a line of numbers"),
    }
}

/// sum = [−] product {+ product | − product}
fn printed_sum(rest: &mut &[Token]) -> f64 {
    let sign = if take(rest, '−') { -1.0 } else { 1.0 };
    let mut total = sign * printed_product(rest);
    loop {
        if take(rest, '+') {
            total += printed_product(rest);
        } else if take(rest, '−') {
            total -= printed_product(rest);
        } else {
            return total;
        }
    }
}

/// product = factor {× factor}; no sign follows another.
fn printed_product(rest: &mut &[Token]) -> f64 {
    let mut product = printed_factor(rest);
    while take(rest, '×') {
        product *= printed_factor(rest);
    }
    product
}

/// factor = number | (sum) | function(sum, …)
fn printed_factor(rest: &mut &[Token]) -> f64 {
    if take(rest, '(') {
        let value = printed_sum(rest);
        assert!(take(rest, ')'));
        return value;
    }
    let (first, others) = rest.split_first().unwrap();
    *rest = others;
    match first {
        Token::Number(x) => *x,
        Token::Function(name) => {
            assert!(take(rest, '('));
            let mut arguments = vec![printed_sum(rest)];
            while take(rest, ',') {
                arguments.push(printed_sum(rest));
            }
            assert!(take(rest, ')'));
            match name.as_str() {
                "ln" => libm::log(arguments[0]),
                "tanh" => libm::tanh(arguments[0]),
                "max" => arguments[0].max(arguments[1]),
                "round" => round_to_cents(arguments[0]),
                "min" => arguments[0].min(arguments[1]),
                other => panic!("a function {other}"),
            }
        }
        Token::Sign(sign) => panic!("{sign} follows a sign"),
    }
}

fn take(rest: &mut &[Token], sign: char) -> bool {
    let is_there = rest.first() == Some(&Token::Sign(sign));
    if is_there {
        *rest = &rest[1..];
    }
    is_there
}

/// left = chain = symbols = result, as the step card joins them.
fn in_symbols(equation: &Equation) -> Formula {
    let mut sides = vec![equation.left.clone()];
    sides.extend(equation.chain.clone());
    sides.push(equation.symbols.clone());
    Formula::Relation(Sign::Equals, sides)
}

fn in_numbers(equation: &Equation) -> Formula {
    Formula::Relation(Sign::Equals, vec![equation.symbols.clone(), equation.result.into()])
}

#[test]
fn every_formula_is_sound_mathml_latex_and_speech() {
    for_each_equation(|what, moment, equation| {
        for (formula, view) in [
            (in_symbols(equation), View::Symbols),
            (in_numbers(equation), View::Numbers(5)),
            (in_numbers(equation), View::Numbers(2)),
        ] {
            let xml = format!("<math>{}</math>", write(&formula, moment, view, &MathMl).to_xml());
            let document =
                roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{what}: {error}: {xml}"));
            document
                .descendants()
                .filter(roxmltree::Node::is_element)
                .for_each(|node| check_element(node, &xml));
            assert!(!xml.contains('?') && !xml.contains("undefined"), "{what}: {xml}");

            let latex = write(&formula, moment, view, &Latex);
            assert!(latex.is_ascii() && !latex.contains('?'), "{what}: {latex}");
            let mut depth = 0;
            for c in latex.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(0 <= depth, "{what}: {latex}");
            }
            assert_eq!(depth, 0, "{what}: {latex}");
            assert_eq!(latex.matches(r"\left").count(), latex.matches(r"\right").count(), "{what}: {latex}");

            let speech = write(&formula, moment, view, &Speech);
            let is_word = |c: char| c.is_alphanumeric() || " .,".contains(c);
            assert!(speech.chars().all(|c| is_word(c) && !"₁₂₃¹²³".contains(c)), "{what}: {speech}");
            assert!(!speech.contains("  ") && speech.trim() == speech, "{what}: {speech}");
        }
    });
}

/// The number of children that MathML Core asks for; leaves have text; classes are roles.
fn check_element(node: roxmltree::Node, xml: &str) {
    let n = node.children().filter(roxmltree::Node::is_element).count();
    let is_sound = match node.tag_name().name() {
        "mi" | "mn" | "mo" => n == 0 && node.text().is_some_and(|text| !text.trim().is_empty()),
        "mfrac" | "msub" | "msup" | "mover" => n == 2,
        "msubsup" => n == 3,
        "msqrt" => n == 1,
        "mrow" | "math" => 0 < n,
        _ => false,
    };
    assert!(is_sound, "{node:?} in {xml}");
    let roles = ["value", "weight", "error", "grad", "new", "rate"];
    assert!(node.attribute("class").is_none_or(|class| roles.contains(&class)), "{node:?} in {xml}");
}

/// A name with characters that mean something in XML or LaTeX stays a name.
#[test]
fn strange_names_are_written_out() {
    let text = common::HMKCODE.replacen(r#""i₁""#, r#""<&\"{_$""#, 1);
    let moment = session(&lesson(&text)).moment().clone();
    let moment = moment.at(moment.plan.done(1));
    let formula = in_symbols(&explain(&moment, WHOLE).equations[0]);
    let xml = write(&formula, &moment, View::Symbols, &MathMl).to_xml();
    let document = roxmltree::Document::parse(&xml).unwrap();
    assert!(document.descendants().any(|node| node.text() == Some("<&\"{_$")), "{xml}");
    let latex = write(&formula, &moment, View::Symbols, &Latex);
    assert_eq!(latex, r#"h_{1} = \mathrm{<\&"\{\_\$} \cdot w_{1} + i_{2} \cdot w_{2}"#);
}

#[test]
fn a_long_sum_is_shortened_in_the_middle() {
    let moons = golden_lesson(include_str!("golden/skalski-moons.json"));
    let moment = session(&moons).moment().clone();
    let step = moment.plan.find(StepKind::WeightedSum(UnitId::new(5, 0)), 0).unwrap();
    let moment = moment.at(moment.plan.done(step));
    let explanation = explain(&moment, Detail { digits: 5, max_terms: 4 });
    assert_eq!(
        write(&explanation.equations[0].symbols, &moment, View::Symbols, &Latex),
        r"a_{1}^{(4)} \cdot w_{11}^{(5)} + a_{2}^{(4)} \cdot w_{12}^{(5)} + \dots + b_{1}^{(5)}"
    );
}

// Formulas to the letter.

fn explained(text: &str, kind: StepKind, sample: usize) -> (Moment, Explanation) {
    let moment = session(&lesson(text)).moment().clone();
    let moment = moment.at(moment.plan.done(moment.plan.find(kind, sample).unwrap()));
    let explanation = explain(&moment, WHOLE);
    (moment, explanation)
}

fn weight(layer: usize, to: usize, from: usize) -> Param {
    Param::Weight { layer, to, from }
}

/// A step; its formula in LaTeX; in numbers; in words.
type Written = (StepKind, &'static str, &'static str, &'static str);

fn check_written(text: &str, expected: &[Written]) {
    for (kind, symbols, numbers, speech) in expected {
        let (moment, explanation) = explained(text, *kind, 0);
        let equation = explanation.equations.last().unwrap();
        let latex = |formula, view| write(&formula, &moment, view, &Latex);
        assert_eq!(latex(in_symbols(equation), View::Symbols), *symbols);
        assert_eq!(latex(in_numbers(equation), View::Numbers(5)), *numbers);
        assert_eq!(write(&in_symbols(equation), &moment, View::Symbols, &Speech), *speech);
    }
}

#[test]
fn hmkcode_to_the_letter() {
    check_written(
        common::HMKCODE,
        &[
            (
                StepKind::WeightedSum(UnitId::new(1, 0)),
                r"h_{1} = i_{1} \cdot w_{1} + i_{2} \cdot w_{2}",
                r"2 \times 0.11 + 3 \times 0.21 = 0.85",
                "h 1 equals i 1 times w 1 plus i 2 times w 2",
            ),
            (
                StepKind::WeightedSum(UnitId::new(2, 0)),
                r"\mathrm{out} = h_{1} \cdot w_{5} + h_{2} \cdot w_{6}",
                r"0.85 \times 0.14 + 0.48 \times 0.15 = 0.191",
                "out equals h 1 times w 5 plus h 2 times w 6",
            ),
            (
                StepKind::Loss,
                r"E = \frac{1}{2} \cdot {\left(\mathrm{out} - \mathrm{target}\right)}^2",
                r"\frac{1}{2} \times {\left(0.191 - 1\right)}^2 = 0.32724",
                "E equals one half times open parenthesis out minus target close parenthesis squared",
            ),
            (
                StepKind::Delta(UnitId::new(2, 0)),
                r"\Delta = \frac{\partial E}{\partial \mathrm{out}} = \mathrm{out} - \mathrm{target}",
                "0.191 - 1 = -0.809",
                "delta equals the derivative of E by out equals out minus target",
            ),
            (
                StepKind::Gradient(weight(2, 0, 0)),
                r"\frac{\partial E}{\partial w_{5}} = \frac{\partial E}{\partial \mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial w_{5}} = \Delta \cdot h_{1}",
                r"-0.809 \times 0.85 = -0.68765",
                "the derivative of E by w 5 equals the derivative of E by out, times the derivative of out by w 5 equals delta times h 1",
            ),
            (
                StepKind::ActivationGradient(UnitId::new(1, 1)),
                r"\frac{\partial E}{\partial h_{2}} = \frac{\partial E}{\partial \mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial h_{2}} = \Delta \cdot w_{6}",
                r"-0.809 \times 0.15 = -0.12135",
                "the derivative of E by h 2 equals the derivative of E by out, times the derivative of out by h 2 equals delta times w 6",
            ),
            (
                StepKind::Gradient(weight(1, 0, 0)),
                r"\frac{\partial E}{\partial w_{1}} = \frac{\partial E}{\partial \mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial h_{1}} \cdot \frac{\partial h_{1}}{\partial w_{1}} = \Delta \cdot w_{5} \cdot i_{1}",
                r"-0.809 \times 0.14 \times 2 = -0.22652",
                "the derivative of E by w 1 equals the derivative of E by out, times the derivative of out by h 1, times the derivative of h 1 by w 1 equals delta times w 5 times i 1",
            ),
            (
                StepKind::Update(weight(2, 0, 0)),
                r"w_{5}^{\mathrm{new}} = w_{5} - a \cdot \frac{\partial E}{\partial w_{5}}",
                r"0.14 - 0.05 \times \left(-0.68765\right) = 0.17438",
                "new w 5 equals w 5 minus learning rate a times the derivative of E by w 5",
            ),
        ],
    );
}

#[test]
fn hmkcode_in_mathml() {
    let w = |k: u32| format!(r#"<msub class="weight"><mi>w</mi><mn>{k}</mn></msub>"#);
    let v = |name: &str, k: u32| format!(r#"<msub class="value"><mi>{name}</mi><mn>{k}</mn></msub>"#);
    let out = r#"<mi class="value">out</mi>"#;
    let e = r#"<mi class="error">E</mi>"#;
    let partial =
        |of: &str, by: &str| format!("<mfrac><mrow><mi>∂</mi>{of}</mrow><mrow><mi>∂</mi>{by}</mrow></mfrac>");
    // The derivative that the step computes is one thing: its letters have no colours of their own.
    let gradient = |k: u32| {
        format!(
            r#"<mfrac class="grad"><mrow><mi>∂</mi><mi class="error">E</mi></mrow><mrow><mi>∂</mi><msub class="weight"><mi>w</mi><mn>{k}</mn></msub></mrow></mfrac>"#
        )
    };
    let row = |parts: &[&str]| format!("<mrow>{}</mrow>", parts.concat());
    let (dot, equals) = ("<mo>·</mo>", "<mo>=</mo>");
    let delta = r#"<mi class="grad">Δ</mi>"#;
    let (h1, i1) = (v("h", 1), v("i", 1));
    for (kind, expected) in [
        (
            StepKind::WeightedSum(UnitId::new(1, 0)),
            row(&[
                &h1,
                equals,
                &row(&[&row(&[&i1, dot, &w(1)]), "<mo>+</mo>", &row(&[&v("i", 2), dot, &w(2)])]),
            ]),
        ),
        (
            StepKind::Gradient(weight(2, 0, 0)),
            row(&[
                &gradient(5),
                equals,
                &row(&[&partial(e, out), dot, &partial(out, &w(5))]),
                equals,
                &row(&[delta, dot, &h1]),
            ]),
        ),
        (
            StepKind::Gradient(weight(1, 0, 0)),
            row(&[
                &gradient(1),
                equals,
                &row(&[&partial(e, out), dot, &partial(out, &h1), dot, &partial(&h1, &w(1))]),
                equals,
                &row(&[delta, dot, &w(5), dot, &i1]),
            ]),
        ),
    ] {
        let (moment, explanation) = explained(common::HMKCODE, kind, 0);
        let formula = in_symbols(&explanation.equations[0]);
        assert_eq!(write(&formula, &moment, View::Symbols, &MathMl).to_xml(), expected);
    }
}

#[test]
fn hmkcode_in_words() {
    for (kind, question, why) in [
        (
            StepKind::Loss,
            "How wrong is the prediction?",
            "out is 0.191 where 1 is right: E grows with the square of the gap. The ½ is there to cancel the 2 that the derivative brings.",
        ),
        (
            StepKind::Delta(UnitId::new(2, 0)),
            "How does the error change with out?",
            "out is 0.809 too low. This gap, Δ, goes back to every weight.",
        ),
        (
            StepKind::Gradient(weight(2, 0, 0)),
            "How does the error change with w₅?",
            "w₅ carries h₁ into out, which changes 0.85 times as fast as w₅. out is 0.809 too low. Raising w₅ a little lowers E.",
        ),
        (
            StepKind::Update(weight(2, 0, 0)),
            "What is the new w₅?",
            "A short step against the derivative lowers E: w₅ goes up by 0.034383. The learning rate a says how far.",
        ),
    ] {
        let (_, explanation) = explained(common::HMKCODE, kind, 0);
        assert_eq!((explanation.question.as_str(), explanation.why.as_str()), (question, why));
    }
}

#[test]
fn mazur_to_the_letter() {
    check_written(
        common::MAZUR,
        &[
            (
                StepKind::WeightedSum(UnitId::new(2, 0)),
                r"\mathrm{net}_{o_{1}} = h_{1} \cdot w_{5} + h_{2} \cdot w_{6} + b_{3}",
                r"0.59327 \times 0.4 + 0.59688 \times 0.45 + 0.6 = 1.1059",
                "net o 1 equals h 1 times w 5 plus h 2 times w 6 plus b 3",
            ),
            (
                StepKind::Activation(UnitId::new(2, 0)),
                r"o_{1} = g\left(\mathrm{net}_{o_{1}}\right) = \frac{1}{1 + e^{-\mathrm{net}_{o_{1}}}}",
                r"\frac{1}{1 + e^{-1.1059}} = 0.75137",
                "o 1 equals g of net o 1 equals the fraction 1 over 1 plus the exponential of negative net o 1, end of fraction",
            ),
            (
                StepKind::Delta(UnitId::new(2, 0)),
                r"\Delta_{o_{1}} = \frac{\partial E}{\partial o_{1}} \cdot \frac{\partial o_{1}}{\partial \mathrm{net}_{o_{1}}} = \left(o_{1} - \mathrm{target}_{o_{1}}\right) \cdot o_{1} \cdot \left(1 - o_{1}\right)",
                r"\left(0.75137 - 0.01\right) \times 0.75137 \times \left(1 - 0.75137\right) = 0.1385",
                "delta o 1 equals the derivative of E by o 1, times the derivative of o 1 by net o 1 equals open parenthesis o 1 minus target o 1 close parenthesis times o 1 times open parenthesis 1 minus o 1 close parenthesis",
            ),
            (
                StepKind::ActivationGradient(UnitId::new(1, 0)),
                r"\frac{\partial E}{\partial h_{1}} = \frac{\partial E}{\partial \mathrm{net}_{o_{1}}} \cdot \frac{\partial \mathrm{net}_{o_{1}}}{\partial h_{1}} + \frac{\partial E}{\partial \mathrm{net}_{o_{2}}} \cdot \frac{\partial \mathrm{net}_{o_{2}}}{\partial h_{1}} = \Delta_{o_{1}} \cdot w_{5} + \Delta_{o_{2}} \cdot w_{7}",
                r"0.1385 \times 0.4 + \left(-0.038098\right) \times 0.5 = 0.03635",
                "the derivative of E by h 1 equals the derivative of E by net o 1, times the derivative of net o 1 by h 1, plus the derivative of E by net o 2, times the derivative of net o 2 by h 1 equals delta o 1 times w 5 plus delta o 2 times w 7",
            ),
        ],
    );
}

#[test]
fn the_lecture_to_the_letter() {
    check_written(
        common::LECTURE,
        &[
            (
                StepKind::WeightedSum(UnitId::new(1, 0)),
                r"z_{1}^{(1)} = x_{1} \cdot w_{11}^{(1)} + x_{2} \cdot w_{12}^{(1)} + x_{3} \cdot w_{13}^{(1)} + b_{1}^{(1)}",
                r"1 \times 0.2 + 0.5 \times \left(-0.3\right) + \left(-1\right) \times 0.4 + 0.1 = -0.25",
                "z 1 of layer 1 equals x 1 times w 1 1 of layer 1 plus x 2 times w 1 2 of layer 1 plus x 3 times w 1 3 of layer 1 plus b 1 of layer 1",
            ),
            (
                StepKind::Gradient(Param::Bias { layer: 1, to: 1 }),
                r"\frac{\partial L}{\partial b_{2}^{(1)}} = \frac{\partial L}{\partial z_{2}^{(1)}} \cdot \frac{\partial z_{2}^{(1)}}{\partial b_{2}^{(1)}} = \delta_{2}^{(1)} \cdot 1",
                r"0.011349 \times 1 = 0.011349",
                "the derivative of L by b 2 of layer 1 equals the derivative of L by z 2 of layer 1, times the derivative of z 2 of layer 1 by b 2 of layer 1 equals delta 2 of layer 1 times 1",
            ),
            (
                StepKind::Update(weight(1, 1, 2)),
                r"w_{23}^{(1)\,\mathrm{new}} = w_{23}^{(1)} - \alpha \cdot \frac{\partial L}{\partial w_{23}^{(1)}}",
                r"-0.2 - 0.5 \times \left(-0.011349\right) = -0.19433",
                "new w 2 3 of layer 1 equals w 2 3 of layer 1 minus learning rate alpha times the derivative of L by w 2 3 of layer 1",
            ),
        ],
    );
}

#[test]
fn momentum_to_the_letter() {
    let (moment, explanation) = explained(common::XOR, StepKind::Update(weight(2, 0, 1)), 3);
    let memory = in_symbols(&explanation.equations[0]);
    assert_eq!(
        write(&memory, &moment, View::Symbols, &Latex),
        r"m_{w_{12}^{(2)}} = \mu \cdot m_{w_{12}^{(2)}}^{\mathrm{old}} + \frac{\partial L}{\partial w_{12}^{(2)}}"
    );
    assert_eq!(
        write(&memory, &moment, View::Symbols, &Speech),
        "m of w 1 2 of layer 2 equals mu times old m of w 1 2 of layer 2 plus the derivative of L by w 1 2 of layer 2"
    );
}

#[test]
fn elu_and_nesterov_momentum_to_the_letter() {
    let text = common::XOR.replace(r#""activation": "sigmoid""#, r#""activation": "elu""#);
    let text = text.replace(r#""method": "momentum""#, r#""method": "nesterov""#);
    let written = |kind, k: usize| {
        let (moment, explanation) = explained(&text, kind, 3);
        let symbols = in_symbols(&explanation.equations[k]);
        let latex = write(&symbols, &moment, View::Symbols, &Latex);
        (latex, write(&symbols, &moment, View::Symbols, &Speech), explanation.why)
    };
    let (latex, speech, why) = written(StepKind::Activation(UnitId::new(1, 0)), 0);
    assert_eq!(
        latex,
        r"a_{1}^{(1)} = g\left(z_{1}^{(1)}\right) = \max\left(0, z_{1}^{(1)}\right) + \min\left(0, e^{z_{1}^{(1)}} - 1\right)"
    );
    assert_eq!(
        speech,
        "a 1 of layer 1 equals g of z 1 of layer 1 equals max of 0 and z 1 of layer 1 plus min of 0 and the exponential of z 1 of layer 1 minus 1"
    );
    assert_eq!(why, "The ELU lets a positive sum through and bends any other smoothly, to no less than −1.");
    let (latex, speech, why) = written(StepKind::Update(weight(2, 0, 1)), 1);
    assert_eq!(
        latex,
        r"w_{12}^{(2)\,\mathrm{new}} = w_{12}^{(2)} - \alpha \cdot \left(\frac{\partial L}{\partial w_{12}^{(2)}} + \mu \cdot m_{w_{12}^{(2)}}\right)"
    );
    assert!(speech.contains("plus mu times m of w 1 2 of layer 2"), "{speech}");
    assert!(why.starts_with("Nesterov momentum adds to the derivative"), "{why}");
}

/// A power of ten is written as one, printed and spoken.
#[test]
fn tiny_numbers_to_the_letter() {
    let text = common::HMKCODE.replacen("0.11,", "0.000011,", 1);
    let (moment, explanation) = explained(&text, StepKind::WeightedSum(UnitId::new(1, 0)), 0);
    let numbers = in_numbers(&explanation.equations[0]);
    let view = View::Numbers(5);
    assert_eq!(
        write(&numbers, &moment, view, &Latex),
        r"2 \times 1.1\times 10^{-5} + 3 \times 0.21 = 0.63002"
    );
    assert_eq!(
        write(&numbers, &moment, view, &Speech),
        "2 times 1.1 times 10 to the negative 5 plus 3 times 0.21 equals 0.63002"
    );
    assert!(is_close(printed_value(&numbers_line(&moment, &explanation.equations[0])), 0.630_022, 1e-14));
}
