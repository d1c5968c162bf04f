//! The matrix form gives the numbers of the trace.

use std::rc::Rc;

use super::*;
use crate::explanation::formula::Function;
use crate::lesson::Lesson;
use crate::moment::time::Time;
use crate::run::Run;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::optimizer::Optimizer;
use backprop::trace::UpdateOrder;

const LESSONS: [&str; 5] = [
    include_str!("../../../static/lessons/hmkcode.json"),
    include_str!("../../../static/lessons/hmkcode-four-points.json"),
    include_str!("../../../static/lessons/lecture-3-2-1.json"),
    include_str!("../../../static/lessons/mazur.json"),
    include_str!("../../../static/lessons/xor.json"),
];

fn lesson(text: &str) -> Lesson {
    Lesson::from_json(text).unwrap()
}

fn moments(lesson: Lesson) -> Vec<Moment> {
    let mut run = Run::new(Rc::new(lesson)).unwrap();
    let start = run.moment_at(Time::epoch(1)).unwrap();
    (0..=start.plan.n_steps()).map(|step| start.at(start.plan.done(step))).collect()
}

/// The numbers of a formula as a matrix; a number alone is 1 × 1.
fn value(formula: &Formula, moment: &Moment) -> Matrix {
    let one = |x: f64| Matrix::from_fn(1, 1, |_, _| x);
    let go = |formula: &Formula| value(formula, moment);
    let map =
        |m: &Matrix, f: &dyn Fn(f64) -> f64| Matrix::from_fn(m.n_rows(), m.n_cols(), |i, j| f(m.at(i, j)));
    let both = |a: &Matrix, b: &Matrix, f: &dyn Fn(f64, f64) -> f64| {
        assert_eq!((a.n_rows(), a.n_cols()), (b.n_rows(), b.n_cols()), "shapes of {formula:?}");
        Matrix::from_fn(a.n_rows(), a.n_cols(), |i, j| f(a.at(i, j), b.at(i, j)))
    };
    match formula {
        Formula::Quantity(q) => one(moment.value(*q).unwrap()),
        Formula::Number(x) => one(*x),
        Formula::Matrix(rows) => Matrix::from_fn(rows.len(), rows[0].len(), |i, j| go(&rows[i][j]).at(0, 0)),
        Formula::Sum(parts) => parts.iter().map(go).reduce(|a, b| both(&a, &b, &|a, b| a + b)).unwrap(),
        Formula::Difference(a, b) => both(&go(a), &go(b), &|a, b| a - b),
        Formula::Negative(x) => map(&go(x), &|x| -x),
        Formula::Square(x) => map(&go(x), &|x| x * x),
        Formula::Fraction(a, b) => one(go(a).at(0, 0) / go(b).at(0, 0)),
        Formula::Elementwise(parts) => {
            parts.iter().map(go).reduce(|a, b| both(&a, &b, &|a, b| a * b)).unwrap()
        }
        Formula::Product(parts) => parts
            .iter()
            .map(go)
            .reduce(|a, b| {
                let is_scalar = |m: &Matrix| m.n_rows() == 1 && m.n_cols() == 1;
                if is_scalar(&a) {
                    return map(&b, &|x| a.at(0, 0) * x);
                }
                if is_scalar(&b) {
                    return map(&a, &|x| b.at(0, 0) * x);
                }
                assert_eq!(a.n_cols(), b.n_rows(), "shapes of {formula:?}");
                Matrix::from_fn(a.n_rows(), b.n_cols(), |i, j| {
                    (0..a.n_cols()).map(|k| a.at(i, k) * b.at(k, j)).sum()
                })
            })
            .unwrap(),
        Formula::Call(Function::Ln, x) => map(&go(&x[0]), &libm::log),
        Formula::Call(Function::Activation(Activation::Sigmoid), x) => {
            map(&go(&x[0]), &|z| backprop::activation::sigmoid(backprop::math::CONSTANTS, z))
        }
        Formula::Call(Function::Activation(Activation::Tanh), x) => map(&go(&x[0]), &libm::tanh),
        Formula::Call(Function::Activation(Activation::Softmax), x) => {
            let z = go(&x[0]);
            let total: f64 = z.numbers().iter().map(|&z| libm::exp(z)).sum();
            map(&z, &|z| libm::exp(z) / total)
        }
        other => panic!("no number for {other:?}"),
    }
}

/// Every equation of every phase gives the trace's numbers.
fn check(lesson: Lesson) {
    let title = lesson.title.clone();
    for moment in moments(lesson) {
        for equation in matrix_form(&moment, MAX_CELLS).blocks.into_iter().flat_map(|block| block.equations) {
            let expected = value(&equation.result, &moment);
            for side in equation.between.iter().chain([&equation.symbols]) {
                let numbers = value(side, &moment);
                assert_eq!(numbers.n_rows(), expected.n_rows(), "{title}: rows of {side:?}");
                for (ours, theirs) in numbers.numbers().iter().zip(expected.numbers()) {
                    assert!((ours - theirs).abs() < 1e-12, "{title}: {ours} is not {theirs} in {side:?}");
                }
            }
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_trace() {
    for text in LESSONS {
        check(lesson(text));
    }
}

#[test]
fn every_optimizer_and_order_gives_the_numbers_of_the_trace() {
    let learning_rate = 0.1;
    for optimizer in [
        Optimizer::Momentum { learning_rate, momentum: 0.9 },
        Optimizer::Nesterov { learning_rate, momentum: 0.9 },
        Optimizer::Rmsprop { learning_rate, decay: 0.9, epsilon: 1e-8 },
        Optimizer::Adam { learning_rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    ] {
        for text in [LESSONS[1], LESSONS[2]] {
            let mut lesson = lesson(text);
            lesson.rule.optimizer = optimizer;
            check(lesson);
        }
    }
    for text in [LESSONS[0], LESSONS[3]] {
        let mut lesson = lesson(text);
        lesson.rule.update_order = UpdateOrder::LayerByLayer;
        check(lesson);
    }
    let mut mean_squared = lesson(LESSONS[3]);
    mean_squared.rule.loss = Loss::MeanSquaredError;
    check(mean_squared);
}

#[test]
fn each_step_belongs_to_one_block() {
    for text in LESSONS {
        for moment in moments(lesson(text)) {
            let form = matrix_form(&moment, MAX_CELLS);
            if moment.step().is_none() {
                assert!(form.results.is_empty() && form.blocks.iter().all(|block| !block.is_current));
                continue;
            }
            let equations = form.blocks.iter().flat_map(|block| &block.equations);
            let n_current = equations.filter(|equation| equation.is_current).count();
            // An update also computes what the optimiser remembers.
            let fits = if form.phase == Phase::Update { 0 < n_current } else { n_current == 1 };
            assert!(fits, "{n_current} equations of {:?}", form.results);
            assert_eq!(form.blocks.iter().filter(|block| block.is_current).count(), 1);
        }
    }
}

#[test]
fn a_long_matrix_keeps_the_cell_of_the_step() {
    assert_eq!(visible(3, None, 5), [Some(0), Some(1), Some(2)]);
    for most in MIN_CELLS..=MAX_CELLS {
        for n in [9, 10, 40] {
            for focus in 0..n {
                let shown = visible(n, Some(focus), most);
                assert!(shown.contains(&Some(focus)) && shown.contains(&Some(n - 1)), "{focus} of {n}");
                assert!(shown.len() <= most, "{focus} of {n}");
                assert!(shown.contains(&None));
            }
        }
    }
}
