//! The larger lessons learn what their notes say, in the number of epochs that they say.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::confusion::confusion;
use backprop::trace::{Model, loss_over, outputs};
use chainrule::lesson::Lesson;
use chainrule::run::Run;
use common::{lesson, train};

fn built_in(name: &str) -> Lesson {
    let path = format!("{}/static/lessons/{name}.json", env!("CARGO_MANIFEST_DIR"));
    lesson(&std::fs::read_to_string(path).expect("a built-in lesson"))
}

/// Accuracy after `n_epochs`, on the training samples and on the held-out ones, if there are any.
fn accuracy(name: &str, n_epochs: u64) -> (f64, Option<f64>) {
    let lesson = built_in(name);
    let network = &train(&lesson, n_epochs).network;
    let n = lesson.n_classes().expect("classes");
    let of = |samples| confusion(network, samples, n).accuracy();
    (of(&lesson.data.train).expect("samples"), of(&lesson.data.test))
}

#[test]
fn logic_is_learned() {
    assert_eq!(accuracy("encoder", 1_600), (1.0, None));
    assert_eq!(accuracy("symmetry", 1_000), (1.0, None));
}

/// Rumelhart, Hinton and Williams, figure 2: weights of mirrored bits are opposite, and no sum of
/// others makes up for one (in their run the sizes are as 1 to 2 to 4).
#[test]
fn symmetry_is_found_as_its_authors_found_it() {
    let network = &train(&built_in("symmetry"), 4_000).network;
    for unit in 0..2 {
        let row = network.layer(1).weights.row(unit);
        for k in 0..3 {
            assert!((row[k] + row[5 - k]).abs() < 0.05 * row[k].abs(), "{row:?}");
        }
        let sizes = [row[0].abs(), row[1].abs(), row[2].abs()];
        let total: f64 = sizes.iter().sum();
        for size in sizes {
            // Any two differ, and no one is the sum of the others.
            assert!(0.1 * total < size && (total - 2.0 * size).abs() > 0.05 * total, "{row:?}");
        }
    }
}

#[test]
fn one_hidden_layer_comes_near_every_curve() {
    for (name, most) in
        [("approximate-sine", 0.0005), ("approximate-step", 0.005), ("approximate-bump", 0.02)]
    {
        let lesson = built_in(name);
        let model = train(&lesson, 600);
        let loss = loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter());
        assert!(loss < most, "{name}: {loss}");
    }
}

/// The student's targets are what the teacher answers after 2,000 epochs, to four places; of the 120
/// points that all three hold out, the teacher gets 108, the shallow net on the labels 104 and the one
/// that the teacher taught 109, of 177 parameters each.
#[test]
fn a_shallow_student_learns_from_a_deep_teacher() {
    let [teacher, labels, student] = ["deep-teacher", "deep-labels", "deep-student"].map(built_in);
    assert!(labels.network == student.network);
    let networks = [&teacher, &labels, &student].map(|lesson| {
        assert_eq!(lesson.network.n_params(), 177);
        assert!(lesson.data.test == teacher.data.test);
        let mut run = Run::new(Rc::new(lesson.clone())).expect("a finite start");
        run.advance_epochs(2_000).expect("a finite run");
        Rc::clone(run.front_model())
    });
    for sample in &student.data.train {
        let answer = outputs(&networks[0].network, &sample.input)[0];
        assert!((answer - sample.target[0]).abs() <= 5.1e-5, "{sample:?}");
    }
    let n_right = |model: Rc<Model>| confusion(&model.network, &teacher.data.test, 2).n_right();
    assert_eq!(networks.map(n_right), [108, 104, 109]);
}

/// Skalski's run, from his own data and start weights. The losses were computed independently, in
/// NumPy; late ones drift with the order of additions. The accuracy is the one that he published.
#[test]
fn skalskis_moons_end_where_his_program_does() {
    const LOSSES: [(u64, f64, f64); 10] = [
        (0, 0.6936484871866765, 1e-12),
        (50, 0.6934919166745673, 1e-12),
        (100, 0.6933371271884572, 1e-12),
        (500, 0.6923831585499741, 1e-6),
        (1000, 0.6910875862240591, 1e-6),
        (2000, 0.6787465452541144, 1e-6),
        (3000, 0.4247584517342277, 1e-6),
        (5000, 0.2382105769423531, 1e-6),
        (7500, 0.0904116302286018, 1e-6),
        (9999, 0.07429314895274869, 1e-6),
    ];
    let lesson = Rc::new(built_in("skalski"));
    let mut run = Run::new(Rc::clone(&lesson)).expect("finite");
    for (epoch, expected, tolerance) in LOSSES {
        run.advance_epochs(epoch - run.reached().epoch).expect("finite");
        let loss = run.loss_at(epoch).expect("reached");
        assert!(
            (loss - expected).abs() <= tolerance * expected,
            "epoch {epoch}: {loss}, expected {expected}"
        );
    }
    run.advance_epochs(1).expect("finite");
    let counted = confusion(&run.front_model().network, &lesson.data.test, 2);
    assert_eq!(counted.accuracy(), Some(0.98));
}

#[test]
fn points_flowers_and_digits_are_told_apart() {
    for (name, n_epochs, least) in [("spirals", 400, 0.95), ("iris", 50, 0.95), ("digits", 30, 0.95)] {
        let (train, held_out) = accuracy(name, n_epochs);
        let held_out = held_out.expect("held out samples");
        assert!(least <= held_out && least <= train, "{name}: {train}, {held_out}");
    }
}
