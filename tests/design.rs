//! Designing a network: what a change leaves alone stays to the bit, every design is a lesson that
//! can be saved and opened, and what makes no sense is refused with a sentence.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

mod common;

use backprop::activation::Activation;
use backprop::classes::class_of;
use backprop::confusion::{Confusion, confusion};
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::network::Network;
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{Sample, outputs};
use chainrule::lesson::generator::{Generator, Kind};
use chainrule::lesson::{Lesson, limits};
use chainrule::session::design::{Change, StartWeights, apply};
use chainrule::session::saved::{restore, save};
use chainrule::session::{Action, Edit, Playback, Session};
use common::{HMKCODE, LECTURE, XOR, lesson, pick};

fn changed(lesson: &Lesson, change: Change) -> Lesson {
    apply(lesson, &change, &StartWeights::default()).expect("accepted").0
}

fn refused(lesson: &Lesson, change: Change) -> String {
    apply(lesson, &change, &StartWeights::default()).expect_err("refused")
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
        let drawing = StartWeights { scheme: Scheme::Normal, scale: 1.0, seed };
        apply(&lesson, &Change::Draw, &drawing).expect("accepted").0.network
    };
    assert_eq!(drawn(5), drawn(5));
    assert_ne!(drawn(5).params, drawn(6).params);
    // No layer repeats the draw of another.
    assert_ne!(drawn(5).params.0[0].weights.at(0, 0), drawn(5).params.0[1].weights.at(0, 0));
}

/// Layers that come and go, in any order: no two have their weights from the same draw.
#[test]
fn layers_that_are_added_differ_from_each_other() {
    let mut rng = Rng::new(4);
    let mut network = lesson(XOR);
    for k in 0..60 {
        let n = network.network.n_layers();
        let change = match rng.below(3) {
            0 if 2 < n => Change::RemoveLayer(1 + rng.below(n - 1)),
            _ if n < limits::LAYERS => Change::AddLayer { before: 1 + rng.below(n) },
            _ => Change::RemoveLayer(1),
        };
        network = changed(&network, change);
        // Drawn numbers are some share of the layer's own largest one.
        let shares: Vec<f64> = (1..=network.network.n_layers())
            .map(|l| {
                let weights = &network.network.layer(l).weights;
                weights.at(0, 0) * ((weights.n_rows() + weights.n_cols()) as f64).sqrt()
            })
            .collect();
        for (l, share) in shares.iter().enumerate() {
            let is_other = |other: &f64| (other - share).abs() > 1e-9;
            assert!(shares[l + 1..].iter().all(is_other), "change {k}: layer {}", l + 1);
        }
    }
}

#[test]
fn activation_and_loss_that_go_together_follow_each_other() {
    let lesson = changed(&lesson(XOR), Change::Kind(Kind::Encoder));
    let last = lesson.network.n_layers();
    let drawing = StartWeights::default();
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
        (Change::AddLayer { before: 0 }, "There is no layer 0"),
        (Change::RemoveLayer(3), "the network has layers 1 to 2"),
        (Change::Biases { layer: 3, has: true }, "There is no layer 3"),
        (Change::Optimizer(Optimizer::Sgd { learning_rate: 1_000.5 }), "learning rate from 0 to 1000"),
        (Change::Optimizer(Optimizer::Momentum { learning_rate: 0.1, momentum: 1.0 }), "below 1"),
        (Change::Data(Generator { noise: f64::NAN, ..generator(Kind::Moons, 2) }), "noise cannot be NaN"),
        (Change::Data(Generator { held_out: 1.0, ..generator(Kind::Moons, 2) }), "from 0 to 0.9"),
        (Change::Data(Generator { teacher: vec![3], ..generator(Kind::Moons, 2) }), "moons"),
        (
            Change::Data(Generator {
                n_samples: 50_000,
                teacher: vec![256; 9],
                ..generator(Kind::Teacher, 2)
            }),
            "products, at most 1,000,000,000: take fewer samples or a smaller teacher",
        ),
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

#[test]
fn a_single_output_has_no_share_of_anything() {
    let xor = lesson(XOR);
    for change in
        [Change::Loss(Loss::CrossEntropy), Change::Activation { layer: 2, activation: Activation::Softmax }]
    {
        let said = refused(&xor, change);
        assert!(said.contains("is always 1") && said.contains("binary cross-entropy"), "{said}");
    }
    // Nor has one that other data have left.
    let shares = changed(&changed(&xor, Change::Kind(Kind::Encoder)), Change::Loss(Loss::CrossEntropy));
    let single = changed(&shares, Change::Kind(Kind::Sine));
    assert_eq!(single.rule.loss, Loss::HalfSquaredError);
    assert_eq!(changed(&shares, Change::Kind(Kind::Bump)).rule.loss, Loss::BinaryCrossEntropy);
}

#[test]
fn outputs_that_do_not_reach_the_targets_are_told_of() {
    let xor = lesson(XOR);
    let (sine, said) = apply(&xor, &Change::Kind(Kind::Sine), &StartWeights::default()).expect("accepted");
    assert_eq!(sine.network.activation(sine.network.n_layers()), Activation::Identity);
    let said = said.expect("a sentence");
    assert!(said.contains("from −1 to 1, which sigmoid outputs do not reach"), "{said}");
    for (activation, is_fit) in [(Activation::Relu, false), (Activation::Tanh, true)] {
        let change = Change::Activation { layer: sine.network.n_layers(), activation };
        let (_, said) = apply(&sine, &change, &StartWeights::default()).expect("accepted");
        assert_eq!(said.is_none(), is_fit, "{activation:?}: {said:?}");
    }
}

#[test]
fn tables_of_bits_have_as_many_as_one_likes() {
    let xor = lesson(XOR);
    for (kind, n_usual) in [(Kind::Parity, 4), (Kind::Symmetry, 6), (Kind::Encoder, 8)] {
        let usual = changed(&xor, Change::Kind(kind));
        assert_eq!(usual.network.n_units(0), n_usual, "{kind:?}");
        let five = changed(&usual, Change::Inputs(5));
        let n_rows = if kind == Kind::Encoder { 5 } else { 32 };
        assert_eq!((five.network.n_units(0), five.data.train.len()), (5, n_rows), "{kind:?}");
        assert!(refused(&five, Change::Inputs(11)).contains("10"), "{kind:?}");
    }
    assert!(refused(&xor, Change::Inputs(3)).contains("choose other data"));
    // From one cloud to another noise and held-out share are kept.
    let noisy = Generator { noise: 0.2, held_out: 0.3, ..generator(Kind::Moons, 2) };
    let circles = changed(&changed(&xor, Change::Data(noisy)), Change::Kind(Kind::Circles));
    let kept = circles.data.generator.as_ref().map(|generator| (generator.noise, generator.held_out));
    assert_eq!(kept, Some((0.2, 0.3)));
}

#[test]
fn a_title_that_tells_the_shape_goes_with_it() {
    let shaped = Lesson { title: "A net of 2-2-1 units".to_owned(), ..lesson(XOR) };
    let title = changed(&shaped, Change::Units { layer: 1, n: 5 }).title;
    assert_eq!(title, "A net of 2-5-1 units (changed)");
}

#[test]
fn how_weights_are_drawn_is_remembered_and_stored() {
    let drawing = StartWeights { scheme: Scheme::Zeros, scale: 2.5, seed: 7 };
    let session = Session::new(lesson(XOR)).expect("finite").update(Action::SetStartWeights(drawing));
    assert_eq!(session.settings().start_weights, drawing);
    assert_eq!(restore(&save(&session)).map(|back| back.settings().start_weights), Ok(drawing));
    let change = Change::Units { layer: 1, n: 3 };
    let wider = session.update(Action::Design { change, continues: false }).current_lesson();
    assert_eq!(wider.network.layer(1).weights.at(2, 0), 0.0);
}

/// The width dragged while the network learns: it goes on as the wider one, and one undo takes the
/// whole gesture back.
#[test]
fn a_gesture_is_undone_at_once_and_a_run_goes_on() {
    let slice = Action::RunSlice { work: 1_000, updates: 10 };
    let running =
        Session::new(lesson(XOR)).expect("finite").update(Action::RunEpochs(500)).update(slice.clone());
    let before = running.current_lesson();
    let mut dragged = running;
    for n in 3..9 {
        let change = Change::Units { layer: 1, n };
        dragged = dragged.update(Action::Design { change, continues: 3 < n }).update(slice.clone());
    }
    assert_eq!(dragged.moment().network().n_units(1), 8);
    assert!(matches!(dragged.playback(), Playback::Running { .. }) && 0 < dragged.time().epoch);
    // So does one whose learning rate is edited, from where it is.
    let epoch = dragged.time().epoch;
    let faster = dragged.update(Action::Edit { edit: Edit::LearningRate(0.2), continues: false });
    let on = faster.update(slice);
    assert!(epoch < on.time().epoch, "{epoch}");
    let back = on.update(Action::Undo).update(Action::Undo);
    assert!(back.current_lesson() == before);
    assert_eq!(back.playback(), Playback::Paused);
}

/// The classes counted without the kernel.
fn counted_by_traces(network: &Network, samples: &[Sample], n_classes: usize) -> Confusion {
    let mut counts = vec![vec![0; n_classes]; n_classes];
    for sample in samples {
        counts[class_of(&sample.target)][class_of(&outputs(network, &sample.input))] += 1;
    }
    Confusion { counts }
}

/// Any designs, one after the other: each is a valid lesson that steps and trains.
#[test]
fn random_designs_are_lessons() {
    let mut rng = Rng::new(12);
    let mut session = Session::new(lesson(XOR)).expect("finite");
    let (mut n_accepted, mut n_exported) = (0, 0);
    for k in 0..300 {
        let network = session.moment().network().clone();
        let layer = 1 + rng.below(network.n_layers());
        let n = session.moment().lesson.data.train.len();
        let change = match rng.below(11) {
            0 => Change::AddLayer { before: layer },
            1 => Change::RemoveLayer(layer),
            2 | 3 => Change::Units { layer, n: rng.below(9) },
            4 => Change::Activation { layer, activation: pick(&mut rng, &Activation::ALL) },
            5 => Change::Biases { layer, has: rng.below(2) == 0 },
            6 => Change::Loss(Loss::ALL[rng.below(4)]),
            7 => Change::Optimizer(pick(&mut rng, &Optimizer::all(0.1))),
            8 => Change::BatchSize(1 + rng.below(n)),
            9 => Change::Shuffle((rng.below(2) == 0).then_some(k)),
            _ => Change::Data(Generator {
                noise: 0.1,
                held_out: 0.25,
                ..generator(Kind::ALL[rng.below(15)], 2 + rng.below(3))
            }),
        };
        let drawing = StartWeights { seed: k, ..StartWeights::default() };
        let before = session.current_lesson();
        let drawn = session.update(Action::SetStartWeights(drawing));
        let after = drawn.update(Action::Design { change: change.clone(), continues: false });
        if after.notice().is_some_and(|notice| notice.is_problem) {
            assert!(after.current_lesson() == before, "{change:?}");
            continue;
        }
        n_accepted += 1;
        let designed = after.current_lesson();
        if let Some(n) = designed.n_classes() {
            let counted = counted_by_traces(&designed.network, &designed.data.train, n);
            assert_eq!(confusion(&designed.network, &designed.data.train, n), counted, "{change:?}");
        }
        // A run that diverged has left weights that no file may hold: export says so.
        let Ok(exported) = after.exported() else {
            session = Session::new(lesson(XOR)).expect("finite");
            continue;
        };
        assert!(exported == designed && Lesson::from_json(&exported.to_json()) == Ok(designed), "{change:?}");
        n_exported += 1;
        assert_eq!(after.time().epoch, 0);
        assert!(after.update(Action::Undo).current_lesson() == before, "{change:?}");
        session = after.update(Action::NextEpoch).update(Action::StepForward { coarser: false });
    }
    assert!(200 < n_accepted && 200 < n_exported, "{n_accepted}, {n_exported}");
}

#[test]
fn classes_are_found_and_counted() {
    let xor = lesson(XOR);
    assert_eq!(xor.n_classes(), Some(2));
    assert_eq!(lesson(HMKCODE).n_classes(), Some(2));
    assert_eq!(changed(&xor, Change::Data(generator(Kind::Sine, 1))).n_classes(), None);
    assert_eq!((class_of(&[0.5]), class_of(&[0.51]), class_of(&[0.1, 0.7, 0.2])), (0, 1, 1));
    let counted = confusion(&xor.network, &xor.data.train, 2);
    assert_eq!(counted_by_traces(&xor.network, &xor.data.train, 2), counted);
    assert_eq!(counted.n_samples(), 4);
    for (name, class, expected) in
        [("iris", 1, Some("versicolor")), ("digits", 7, Some("7")), ("xor", 1, None)]
    {
        let path = format!("{}/static/lessons/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let lesson = lesson(&std::fs::read_to_string(path).expect("a built-in lesson"));
        assert_eq!(lesson.class_name(class), expected, "{name}");
    }
    let one_wrong = Confusion { counts: vec![vec![2, 1], vec![0, 1]] };
    assert_eq!((one_wrong.n_right(), one_wrong.accuracy()), (3, Some(0.75)));
    assert_eq!(Confusion { counts: vec![vec![0; 2]; 2] }.accuracy(), None);
}
