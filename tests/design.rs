//! Designing a network: what a change leaves alone stays to the bit, every design is a lesson that
//! can be saved and opened, and what makes no sense is refused with a sentence.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

mod common;

use chainrule::activation::Activation;
use chainrule::classes::{Confusion, class_of, confusion, n_classes};
use chainrule::design::{Change, Drawing, apply};
use chainrule::generator::{Generator, Kind};
use chainrule::init::Scheme;
use chainrule::lesson::{Lesson, limits};
use chainrule::loss::Loss;
use chainrule::optimizer::Optimizer;
use chainrule::rng::Rng;
use chainrule::session::{Action, Session};
use common::{HMKCODE, LECTURE, XOR, lesson};

fn changed(lesson: &Lesson, change: Change) -> Lesson {
    apply(lesson, &change, &Drawing::default()).expect("accepted").0
}

fn refused(lesson: &Lesson, change: Change) -> String {
    apply(lesson, &change, &Drawing::default()).expect_err("refused")
}

fn generator(kind: Kind, n_inputs: usize) -> Generator {
    let n_samples = kind.default_samples(n_inputs);
    let teacher = if kind == Kind::Teacher { vec![3] } else { Vec::new() };
    Generator { kind, n_samples, noise: 0.0, seed: 1, held_out: 0.0, teacher }
}

#[test]
fn weights_that_a_change_does_not_touch_stay() {
    let lesson = lesson(LECTURE);
    let old = &lesson.network.params.0;
    let wider = changed(&lesson, Change::Units { layer: 1, n: 5 });
    let new = &wider.network.params.0;
    for unit in 0..old[0].weights.n_rows() {
        assert_eq!(new[0].weights.row(unit), old[0].weights.row(unit));
        assert_eq!(new[1].weights.at(0, unit), old[1].weights.at(0, unit));
    }
    assert_eq!((new[0].weights.n_rows(), new[1].weights.n_cols()), (5, 5));
    let back = changed(&wider, Change::Units { layer: 1, n: old[0].weights.n_rows() });
    assert_eq!(back.network.params, lesson.network.params);

    let deeper = changed(&lesson, Change::AddLayer { before: 2 });
    assert_eq!(deeper.network.params.0[0], old[0]);
    assert_eq!(deeper.network.n_layers(), 3);
    let shallow = changed(&deeper, Change::RemoveLayer(2));
    assert_eq!(shallow.network.params.0[0], old[0]);
    assert_eq!(shallow.network.n_layers(), 2);
}

#[test]
fn the_same_seed_draws_the_same_weights_and_the_next_seed_others() {
    let lesson = lesson(XOR);
    let drawn = |seed| {
        let drawing = Drawing { scheme: Scheme::Normal, scale: 1.0, seed };
        apply(&lesson, &Change::Draw, &drawing).expect("accepted").0.network
    };
    assert_eq!(drawn(5), drawn(5));
    assert_ne!(drawn(5).params, drawn(6).params);
    // No layer repeats the draw of another.
    assert_ne!(drawn(5).params.0[0].weights.at(0, 0), drawn(5).params.0[1].weights.at(0, 0));
}

#[test]
fn activation_and_loss_that_go_together_follow_each_other() {
    let lesson = lesson(XOR);
    let last = lesson.network.n_layers();
    let drawing = Drawing::default();
    let set = Change::Activation { layer: last, activation: Activation::Softmax };
    let (softmax, said) = apply(&lesson, &set, &drawing).expect("accepted");
    assert_eq!(softmax.rule.loss, Loss::CrossEntropy);
    assert!(said.is_some_and(|said| said.contains("cross-entropy") && said.contains("softmax")));
    let binary = changed(&softmax, Change::Loss(Loss::BinaryCrossEntropy));
    assert_eq!(binary.network.activation(last), Activation::Sigmoid);
    let tanh = changed(&binary, Change::Activation { layer: last, activation: Activation::Tanh });
    assert_eq!(tanh.rule.loss, Loss::HalfSquaredError);
    let hidden = Change::Activation { layer: 1, activation: Activation::Softmax };
    assert!(refused(&lesson, hidden).contains("last layer only"));
}

#[test]
fn other_data_bring_their_inputs_and_outputs() {
    let xor = lesson(XOR);
    let encoder = changed(&xor, Change::Data(Generator { n_samples: 8, ..generator(Kind::Encoder, 8) }));
    assert_eq!((encoder.network.n_units(0), encoder.network.n_outputs()), (2, 2));
    let sine = changed(&xor, Change::Data(generator(Kind::Sine, 1)));
    assert_eq!((sine.title.as_str(), sine.source.as_str()), ("sine 1-2-1", ""));
    assert_eq!((sine.network.n_units(0), sine.network.n_outputs(), sine.data.train.len()), (1, 1, 200));
    // Shares of what is no share make no sense.
    let binary = changed(&xor, Change::Loss(Loss::BinaryCrossEntropy));
    let sine = changed(&binary, Change::Data(generator(Kind::Sine, 1)));
    assert_eq!(sine.rule.loss, Loss::HalfSquaredError);
    assert!(refused(&sine, Change::Loss(Loss::CrossEntropy)).contains("targets from 0 to 1"));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let lesson = lesson(HMKCODE);
    for (change, phrase) in [
        (Change::RemoveLayer(2), "output layer stays"),
        (Change::Units { layer: 1, n: 0 }, "from 1 to 256"),
        (Change::Units { layer: 1, n: 257 }, "from 1 to 256"),
        (Change::Units { layer: 2, n: 3 }, "data say"),
        (Change::BatchSize(2), "from 1 to 1"),
        (Change::Data(Generator { n_samples: 50_001, ..generator(Kind::Moons, 2) }), "from 1 to 50000"),
    ] {
        assert!(refused(&lesson, change.clone()).contains(phrase), "{change:?}");
    }
    let mut deep = lesson;
    while deep.network.n_layers() < limits::LAYERS {
        deep = changed(&deep, Change::AddLayer { before: 1 });
    }
    assert!(refused(&deep, Change::AddLayer { before: 1 }).contains("10 layers"));
    let mut wide = deep;
    for layer in 1..4 {
        wide = changed(&wide, Change::Units { layer, n: 256 });
    }
    wide = changed(&wide, Change::Units { layer: 4, n: 256 });
    assert!(refused(&wide, Change::Units { layer: 5, n: 256 }).contains("at most 200000"));
    // Nor one whose passes a reader would wait for.
    let many = |n_samples| Change::Data(Generator { n_samples, ..generator(Kind::Moons, 2) });
    let most = 1_000_000_000 / wide.network.n_params();
    let taken = changed(&wide, many(most));
    assert_eq!(taken.data.train.len() + taken.data.test.len(), most);
    let said = refused(&wide, many(most + 1));
    assert!(said.contains("products in a pass, at most 1,000,000,000: take fewer samples"), "{said}");
}

/// Any designs, one after the other: each is a valid lesson that steps and trains.
#[test]
fn random_designs_are_lessons() {
    let mut rng = Rng::new(12);
    let mut session = Session::new(lesson(XOR)).expect("finite");
    let mut n_accepted = 0;
    for k in 0..300 {
        let network = session.moment().network().clone();
        let layer = 1 + rng.below(network.n_layers());
        let n = session.moment().lesson.data.train.len();
        let change = match rng.below(11) {
            0 => Change::AddLayer { before: layer },
            1 => Change::RemoveLayer(layer),
            2 | 3 => Change::Units { layer, n: rng.below(9) },
            4 => Change::Activation { layer, activation: Activation::ALL[rng.below(7)] },
            5 => Change::Biases { layer, has: rng.below(2) == 0 },
            6 => Change::Loss(Loss::ALL[rng.below(4)]),
            7 => Change::Optimizer(Optimizer::all(0.1)[rng.below(4)]),
            8 => Change::BatchSize(1 + rng.below(n)),
            9 => Change::Shuffle((rng.below(2) == 0).then_some(k)),
            _ => Change::Data(Generator {
                noise: 0.1,
                held_out: 0.25,
                ..generator(Kind::ALL[rng.below(15)], 2 + rng.below(3))
            }),
        };
        let drawing = Drawing { seed: k, ..Drawing::default() };
        let before = session.current_lesson();
        let after = session.update(Action::Design { change: change.clone(), drawing });
        if after.notice().is_some_and(|notice| notice.is_problem) {
            assert!(after.current_lesson() == before, "{change:?}");
            continue;
        }
        n_accepted += 1;
        let designed = after.current_lesson();
        assert!(Lesson::from_json(&designed.to_json()) == Ok(designed), "{change:?}");
        assert_eq!(after.time().epoch, 0);
        assert!(after.update(Action::Undo).current_lesson() == before, "{change:?}");
        session = after.update(Action::NextEpoch).update(Action::StepForward { coarser: false });
    }
    assert!(200 < n_accepted, "{n_accepted}");
}

#[test]
fn classes_are_found_and_counted() {
    let xor = lesson(XOR);
    assert_eq!(n_classes(&xor), Some(2));
    assert_eq!(n_classes(&lesson(HMKCODE)), Some(2));
    assert_eq!(n_classes(&changed(&xor, Change::Data(generator(Kind::Sine, 1)))), None);
    assert_eq!((class_of(&[0.5]), class_of(&[0.51]), class_of(&[0.1, 0.7, 0.2])), (0, 1, 1));
    let counted = confusion(&xor.network, &xor.data.train, 2);
    assert_eq!(counted.n_samples(), 4);
    let one_wrong = Confusion { counts: vec![vec![2, 1], vec![0, 1]] };
    assert_eq!((one_wrong.n_right(), one_wrong.accuracy()), (3, Some(0.75)));
    assert_eq!(Confusion { counts: vec![vec![0; 2]; 2] }.accuracy(), None);
}
