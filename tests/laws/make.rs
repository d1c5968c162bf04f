//! What is drawn: lesson files, CSV files, stored sessions, numbers, actions.

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::network::Param;
use backprop::optimizer::{Constant, Optimizer};
use backprop::trace::UpdateOrder;
use chainrule::lesson::generator::{Generator, Kind};
use chainrule::lesson::notation::{self, Aspect};
use chainrule::lesson::view::View;
use chainrule::lesson::{Lesson, Notation};
use chainrule::link::PageView;
use chainrule::moment::step::{Grain, Lines, Position};
use chainrule::picture::workspace::Card;
use chainrule::session::design::{Change, StartWeights};
use chainrule::session::{Action, Edit, Notice, Pace, RunSettings, Session};
use serde_json::{Map, Value};

use super::draw::Draw;
use crate::common;

/// Small lessons that come with the page.
const BUILT_IN: [&str; 7] = [
    common::HMKCODE,
    common::FOUR_POINTS,
    common::LECTURE,
    common::MAZUR,
    common::XOR,
    include_str!("../../static/lessons/encoder.json"),
    include_str!("../../static/lessons/approximate-step.json"),
];

/// A lesson file, valid more often than not.
pub fn lesson_file(draw: &mut Draw) -> String {
    let mut file = if draw.chance(80) {
        serde_json::from_str(draw.pick(&BUILT_IN)).expect("a built-in lesson is JSON")
    } else {
        lesson(draw)
    };
    while draw.chance(40) {
        damage(&mut file, draw);
    }
    file.to_string()
}

/// An object with these entries; those that are null are left out.
fn object(entries: Vec<(&str, Value)>) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    entries.map(|(key, value)| (key.to_owned(), value)).collect()
}

fn lesson(draw: &mut Draw) -> Value {
    let (kind, n_inputs) = (draw.pick(&Kind::ALL), 1 + draw.below(4));
    let is_generated = draw.chance(90);
    let (n_inputs, n_outputs) =
        if is_generated { kind.suits(n_inputs, 1 + draw.below(3)) } else { (n_inputs, 1 + draw.below(3)) };
    let n_layers = 1 + draw.below(3);
    let loss = draw.pick(&Loss::ALL).word();
    let mut n_in = n_inputs;
    let mut layers = Vec::new();
    for layer in 1..=n_layers {
        let is_last = layer == n_layers;
        let n_out = if is_last { n_outputs } else { 1 + draw.below(4) };
        let activation = match loss {
            "binary_cross_entropy" if is_last => "sigmoid",
            "cross_entropy" if is_last => "softmax",
            _ => draw.pick(Activation::HIDDEN).word(),
        };
        layers.push(self::layer(draw, activation, n_out, n_in));
        n_in = n_out;
    }
    let n_samples = 1 + draw.below(5);
    let is_bounded = loss.ends_with("entropy");
    let data = if is_generated {
        generated(draw, kind)
    } else {
        samples(draw, n_samples, (n_inputs, n_outputs), is_bounded)
    };
    object(vec![
        ("format", "chainrule-lesson".into()),
        ("version", 1_u64.into()),
        ("title", "Drawn 2-2-1".into()),
        (
            "network",
            object(vec![
                ("inputs", n_inputs.into()),
                ("train_biases", draw.chance(30).then_some(false).into()),
                ("layers", layers.into_iter().collect()),
            ]),
        ),
        ("loss", loss.into()),
        ("optimizer", optimizer_file(draw)),
        ("update_order", draw.chance(60).then_some("layer_by_layer").into()),
        ("data", data),
        ("batch_size", draw.chance(80).then(|| 1 + draw.below(n_samples)).into()),
        ("shuffle", draw.chance(40).then(|| draw.count()).into()),
        ("notation", draw.pick(&["numbered", "indexed"]).into()),
        ("published", draw.chance(40).then(|| published(draw)).into()),
    ])
}

fn layer(draw: &mut Draw, activation: &str, n_out: usize, n_in: usize) -> Value {
    let is_drawn = draw.chance(60);
    let row = |draw: &mut Draw, n: usize| (0..n).map(|_| usual(draw)).collect::<Value>();
    let weights = (0..n_out).map(|_| row(draw, n_in)).collect::<Value>();
    let init = object(vec![
        ("scheme", draw.pick(&Scheme::ALL).word().into()),
        ("seed", draw.count().into()),
        ("biases", draw.flag().into()),
    ]);
    let names = (0..n_out).map(|unit| Value::from(format!("unit {unit}").as_str()));
    object(vec![
        ("activation", activation.into()),
        ("weights", if is_drawn { Value::Null } else { weights }),
        ("units", is_drawn.then_some(n_out).into()),
        ("init", if is_drawn { init } else { Value::Null }),
        ("biases", if draw.chance(128) { row(draw, n_out) } else { Value::Null }),
        ("unit_names", if draw.chance(40) { names.collect() } else { Value::Null }),
    ])
}

/// A number that every lesson takes.
fn usual(draw: &mut Draw) -> f64 {
    let x = draw.number();
    if x.is_finite() { x.clamp(-1e6, 1e6) } else { 0.5 }
}

fn samples(draw: &mut Draw, n: usize, (n_inputs, n_outputs): (usize, usize), is_bounded: bool) -> Value {
    let mut rows = |n_cols: usize, is_bounded: bool| -> Value {
        let number = |draw: &mut Draw| {
            let x = usual(draw);
            if is_bounded { x.abs().min(1.0) } else { x }
        };
        (0..n).map(|_| (0..n_cols).map(|_| number(draw)).collect::<Value>()).collect()
    };
    let (inputs, targets) = (rows(n_inputs, false), rows(n_outputs, is_bounded));
    let held_out = draw.chance(40);
    let mut data = vec![("inputs", inputs.clone()), ("targets", targets.clone())];
    if held_out {
        data.extend([("test_inputs", inputs), ("test_targets", targets)]);
    }
    object(data)
}

fn generated(draw: &mut Draw, kind: Kind) -> Value {
    let widths = (0..draw.below(3)).map(|_| Value::from(1 + draw.below(4))).collect::<Value>();
    object(vec![
        ("generator", kind.word().into()),
        ("samples", (1 + draw.below(12)).into()),
        ("noise", draw.chance(80).then(|| f64::from(draw.byte()) / 100.0).into()),
        ("seed", draw.count().into()),
        ("held_out", draw.chance(80).then(|| draw.pick(&[0.1, 0.5, 0.9])).into()),
        ("teacher", if kind == Kind::Teacher { widths } else { Value::Null }),
    ])
}

fn published(draw: &mut Draw) -> Value {
    let quantity = |draw: &mut Draw| draw.pick(&["w₁", "w₁₁⁽¹⁾", "E", "L", "∂E/∂w₁", "w₁, layer by layer"]);
    let value = |draw: &mut Draw| draw.pick(&["0.191", "−.85", "1", "-0.0", "100000"]);
    (0..1 + draw.below(3))
        .map(|_| {
            object(vec![
                ("epoch", draw.below(4).into()),
                ("quantity", quantity(draw).into()),
                ("value", value(draw).into()),
            ])
        })
        .collect()
}

fn optimizer_file(draw: &mut Draw) -> Value {
    let rate = draw.pick(&[0.05, 0.5, 0.0, 1e-3, 10.0, 1_000.0]);
    let share = |draw: &mut Draw| f64::from(draw.byte()) / 256.0;
    let mut file: Vec<(&str, Value)> = vec![("learning_rate", rate.into())];
    let method = draw.pick(&["sgd", "momentum", "rmsprop", "adam"]);
    match method {
        "momentum" => file.push(("momentum", share(draw).into())),
        "rmsprop" => file.extend([("decay", share(draw).into()), ("epsilon", 1e-8.into())]),
        "adam" => file.extend([
            ("beta1", share(draw).into()),
            ("beta2", share(draw).into()),
            ("epsilon", 1e-8.into()),
        ]),
        _ => {}
    }
    file.push(("method", method.into()));
    object(file)
}

/// Changes one thing somewhere in a document, also within the documents that its texts are.
pub fn damage(value: &mut Value, draw: &mut Draw) {
    let n_parts = match value {
        Value::Array(items) => items.len(),
        Value::Object(entries) => entries.len(),
        _ => 0,
    };
    if 0 < n_parts && !draw.chance(30) {
        let at = draw.below(n_parts);
        let part = match value {
            Value::Array(items) => items.get_mut(at),
            Value::Object(entries) => entries.values_mut().nth(at),
            _ => None,
        };
        return damage(part.expect("a part"), draw);
    }
    match value {
        Value::Array(items) if 0 < n_parts && draw.flag() => {
            let at = draw.below(n_parts);
            match draw.below(3) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                _ => items.swap(0, at),
            }
        }
        Value::Object(entries) if 0 < n_parts && draw.flag() => {
            let at = draw.below(n_parts);
            let mut list: Vec<(String, Value)> = std::mem::take(entries).into_iter().collect();
            match draw.below(3) {
                0 => drop(list.remove(at)),
                1 => list[at].0 = draw.pick(&["", "title", "weights", "units", "é"]).to_owned(),
                _ => {
                    let other = list[draw.below(n_parts)].1.clone();
                    list[at].1 = other;
                }
            }
            entries.extend(list);
        }
        Value::String(text) if text.starts_with('{') => {
            if let Ok(mut within) = serde_json::from_str(text) {
                damage(&mut within, draw);
                *text = within.to_string();
            }
        }
        _ => {
            *value = match draw.below(8) {
                0..4 => draw.number().into(),
                4 | 5 => draw.count().into(),
                6 => draw.pick(&["", "sigmoid", "relu", "adam", "moons", "w₁", "\u{0}\u{202e}"]).into(),
                _ => draw.pick(&[Value::Null, true.into(), Value::Array(Vec::new()), Map::new().into()]),
            }
        }
    }
}

/// How a page shows its session.
pub fn page_view(draw: &mut Draw) -> PageView {
    let is_presenting = draw.flag();
    PageView {
        opens: if draw.flag() { vec![draw.pick(&View::ALL)] } else { Vec::new() },
        enlarged: draw.flag().then(|| draw.pick(&Card::ALL)),
        is_presenting,
        has_tables: is_presenting && draw.flag(),
        theme: draw.flag().then(|| "dark".to_owned()),
    }
}

/// A CSV file, mostly one that can be read.
pub fn csv_file(draw: &mut Draw) -> Vec<u8> {
    let delimiter = draw.pick(&[",", ";", "\t", "|", " "]);
    let line_end = draw.pick(&["\n", "\r\n", "\r"]);
    let (n_cols, n_rows) = (1 + draw.below(5), draw.below(12));
    let kinds: Vec<usize> = (0..n_cols).map(|_| draw.below(5)).collect();
    let mut text = String::new();
    if draw.chance(30) {
        text.push('\u{feff}');
    }
    for row in 0..=n_rows {
        if draw.chance(20) {
            text += draw.pick(&["# a, comment", "% \"", "//", "#", " \t"]);
            text += line_end;
        }
        let n_cells = if draw.chance(6) { n_cols + 1 } else { n_cols };
        for k in 0..n_cells {
            if 0 < k {
                text += delimiter;
            }
            text += &match kinds.get(k) {
                _ if draw.chance(6) => draw
                    .pick(&[
                        "",
                        "\"",
                        "\"\"",
                        "1e400",
                        "−1,5",
                        "NaN",
                        "1.234.567",
                        "é\u{301}",
                        "?",
                        "NA",
                        "5%",
                        "$1,200",
                        " \"x\"",
                        "2024-05-31",
                        "#",
                        "(cm)",
                    ])
                    .to_owned(),
                _ if row == 0 => format!("column {k}"),
                Some(0) => draw.pick(&["red", "blue", "\"green, dark\"", "0"]).to_owned(),
                Some(1) => draw.byte().to_string(),
                Some(2) => format!("{},{}", draw.byte() as i8, draw.byte()),
                Some(3) => {
                    format!("{}{}000 €", 1 + draw.byte() % 99, draw.pick(&[" ", "\u{a0}", ".", "'", ""]))
                }
                _ => format!("{}", draw.number()),
            };
        }
        text += line_end;
    }
    let mut bytes = match draw.below(8) {
        0 => [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        1 => [b"\xFE\xFF".to_vec(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat(),
        2 => text.chars().map(|c| c as u32 as u8).collect(),
        _ => text.into_bytes(),
    };
    while draw.chance(20) && !bytes.is_empty() {
        let at = draw.below(bytes.len());
        bytes[at] = draw.byte();
    }
    bytes
}

/// Numbers as people and programs write them, and nearly so.
pub fn number_text(draw: &mut Draw) -> String {
    let x = draw.number();
    let mut text = match draw.below(6) {
        0 => format!("{x}"),
        1 => format!("{x:e}"),
        2 => format!("{x:.*}", draw.below(30)),
        3 => chainrule::text::format::number(x, draw.byte() % 20),
        4 => chainrule::text::format::exact(x),
        _ => (0..draw.below(24))
            .map(|_| draw.pick(&['0', '1', '5', '9', '.', ',', '-', '−', 'e', '+', '×', '¹', ' ']))
            .collect(),
    };
    while draw.chance(30) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = draw.pick(&places);
        text.insert(at, draw.pick(&['0', '9', '.', ',', '-', 'e', '⁻', '²', '\u{202e}', ' ']));
    }
    text
}

/// Anything that can happen, and something that cannot now and then.
pub fn action(draw: &mut Draw, now: &Session) -> Action {
    let coarser = draw.chance(80);
    let epoch = now.time().epoch;
    match draw.below(40) {
        0..5 => Action::StepForward { coarser },
        5..8 => Action::StepBack { coarser },
        8 => Action::JumpTo(position(draw, now)),
        9 => Action::GoToEpoch(draw.count()),
        10 => Action::EndOfPhase,
        11..14 => Action::NextEpoch,
        14 => Action::ToStart,
        15 => draw.pick(&[Action::Play, Action::Pause, Action::Tick]),
        16 => Action::RunEpochs(draw.count()),
        17 => Action::RunTo(epoch + draw.below(6) as u64),
        18..21 => Action::RunSlice { work: 1 + draw.below(300) as u64, updates: 1 + draw.below(40) as u64 },
        21..30 => Action::Edit { edit: edit(draw, now), continues: draw.chance(60) },
        30..36 => Action::Design { change: change(draw, now), continues: draw.chance(40) },
        36 => draw.pick(&[
            Action::Undo,
            Action::Undo,
            Action::Redo,
            Action::Reset,
            Action::ResetWeights,
            Action::RemoveEarlier(1),
        ]),
        37 => match Lesson::from_json(&lesson_file(draw)) {
            Ok(lesson) => Action::Open(Rc::new(lesson)),
            Err(_) => Action::Undo,
        },
        38 => match draw.below(6) {
            4 => Action::SetByLine(draw.flag()),
            5 => match draw.below(3) {
                0 => Action::SetAsksFirst(draw.flag()),
                1 => Action::Hint,
                _ => Action::Answer(draw.pick(&["0.5", "", "1e999", "−0.25", "x"]).to_owned()),
            },
            0 => Action::SetGrain(draw.pick(&Grain::ALL)),
            1 => match draw.byte() {
                byte if usize::from(byte) < Notation::ALL.len() => {
                    Action::SetNotation(Notation::ALL.get(usize::from(byte)).copied())
                }
                b'n' => Action::SetNotation(None),
                byte @ 128.. => match notation::Change::ALL.get(usize::from(byte - 128)) {
                    Some(change) => Action::ChangeNotation(change.aspect(), Some(*change)),
                    None => Action::ChangeNotation(Aspect::ALL[usize::from(byte) % Aspect::ALL.len()], None),
                },
                byte => Action::SetDigits(byte),
            },
            2 => Action::SetSpeed(if draw.flag() { 2.0 } else { draw.number() }),
            _ => Action::SetStartWeights(StartWeights {
                scheme: draw.pick(&Scheme::ALL),
                scale: draw.number(),
                seed: draw.count(),
            }),
        },
        39 if draw.flag() => match draw.below(4) {
            0 => Action::RemoveBookmark(draw.below(3)),
            1 => Action::OpenGuidePage(draw.below(3)),
            2 => Action::GoToBookmark(draw.below(12)),
            _ => Action::AddBookmark(draw.pick(&["here", "", "Δ"]).to_owned(), vec![draw.pick(&View::ALL)]),
        },
        _ => match draw.below(3) {
            0 => Action::SetRun(RunSettings {
                pace: draw
                    .flag()
                    .then(|| draw.pick(&[Pace::Epochs(1), Pace::Epochs(5), Pace::Full, Pace::Epochs(7)])),
                loss_below: draw.flag().then(|| draw.number()),
                when_solved: draw.flag(),
            }),
            1 => Action::Notify(Notice { text: "Something is said.".to_owned(), is_problem: draw.flag() }),
            _ => Action::DismissNotice,
        },
    }
}

fn position(draw: &mut Draw, now: &Session) -> Position {
    let n_steps = now.moment().plan.n_steps();
    let lines = if draw.chance(30) { Lines::First(draw.below(9)) } else { Lines::All };
    Position { step: draw.below(n_steps + 3), lines, terms: draw.below(6), numbers: draw.below(6) }
}

/// One of the first `n`, or one beyond.
fn index(draw: &mut Draw, n: usize) -> usize {
    if draw.chance(6) { n + draw.below(2) } else { draw.below(n) }
}

fn edit(draw: &mut Draw, now: &Session) -> Edit {
    let moment = now.moment();
    let network = moment.network();
    let sample = index(draw, moment.lesson.data.train.len());
    match draw.below(16) {
        0..6 => {
            let layer = 1 + draw.below(network.n_layers());
            let to = index(draw, network.n_units(layer));
            let from = index(draw, network.n_units(layer - 1));
            let is_bias = network.has_biases(layer) && draw.chance(80);
            let param = if is_bias { Param::Bias { layer, to } } else { Param::Weight { layer, to, from } };
            Edit::Param(param, draw.number())
        }
        6 | 7 => Edit::Input { sample, unit: index(draw, network.n_units(0)), value: draw.number() },
        8 | 9 => Edit::Target { sample, unit: index(draw, network.n_outputs()), value: draw.number() },
        10 => Edit::LearningRate(draw.number()),
        11 => Edit::Constant(draw.pick(&Constant::ALL), draw.number()),
        12 => match draw.below(8) {
            0 => Edit::Mend,
            1 => Edit::UpdateOrder(draw.pick(&UpdateOrder::ALL)),
            _ => Edit::Mistake(draw.pick(&Mistake::ALL), draw.flag()),
        },
        13 => draw.pick(&[Edit::AddSample, Edit::RemoveSample(sample)]),
        14 => Edit::AddPoint { at: [draw.number(), draw.number()], like: sample },
        _ => Edit::MovePoint { sample, at: [draw.number(), draw.number()] },
    }
}

fn change(draw: &mut Draw, now: &Session) -> Change {
    let lesson = &now.moment().lesson;
    let layer = 1 + index(draw, lesson.network.n_layers());
    match draw.below(16) {
        0 => Change::AddLayer { before: layer },
        1 => Change::RemoveLayer(layer),
        2 | 3 => Change::Units { layer, n: if draw.chance(8) { draw.below(300) } else { 1 + draw.below(6) } },
        4 | 5 => Change::Activation { layer, activation: draw.pick(&Activation::ALL) },
        6 => Change::Biases { layer, has: draw.flag() },
        7 | 8 => Change::Loss(draw.pick(&Loss::ALL)),
        9 => {
            let rate = if draw.chance(20) { draw.number() } else { 0.1 };
            Change::Optimizer(draw.pick(&Optimizer::all(rate)))
        }
        10 => Change::BatchSize(draw.below(8)),
        11 => Change::Shuffle(draw.flag().then(|| draw.count())),
        12 => Change::Draw,
        13 => Change::Kind(draw.pick(&Kind::ALL)),
        14 => Change::Inputs(draw.below(12)),
        _ => Change::Data(Generator {
            kind: draw.pick(&Kind::ALL),
            n_samples: draw.below(14),
            noise: if draw.chance(20) { draw.number() } else { draw.pick(&[0.0, 0.1, 10.0]) },
            seed: draw.count(),
            held_out: draw.pick(&[0.0, 0.25, 0.9, 1.0]),
            teacher: (0..draw.below(3)).map(|_| draw.below(5)).collect(),
        }),
    }
}
