//! The matrix form gives the numbers of the trace.

use std::rc::Rc;

use super::*;
use crate::explanation::formula::latex::Latex;
use crate::explanation::formula::{Function, View, write};
use crate::lesson::{Lesson, Notation};
use crate::moment::time::Time;
use crate::run::Run;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
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

/// Every orientation, with and without everything that is written on demand.
fn layouts() -> impl Iterator<Item = Layout> {
    let switches = [(false, false), (true, false), (false, true), (true, true)];
    Orientation::ALL.iter().flat_map(move |&orientation| {
        switches.map(|(writes_deltas_out, goes_by_sample)| Layout {
            orientation,
            writes_deltas_out,
            goes_by_sample,
            ..Layout::default()
        })
    })
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
        Formula::Matrix { rows, shape } => {
            assert_eq!((rows.len(), rows[0].len()), *shape, "shape of {formula:?}");
            Matrix::from_fn(rows.len(), rows[0].len(), |i, j| go(&rows[i][j]).at(0, 0))
        }
        Formula::Transposed(x) => {
            let x = go(x);
            Matrix::from_fn(x.n_cols(), x.n_rows(), |i, j| x.at(j, i))
        }
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
        Formula::Call(Function::Round, x) => map(&go(&x[0]), &backprop::mistakes::round_to_cents),
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

/// Every side of every equation of every phase gives the trace's numbers, however it is written.
fn check(lesson: Lesson) {
    let title = lesson.title.clone();
    // Where the last digits decide between two hundredths, both are right.
    let tolerance = if lesson.rule.makes(Mistake::Rounded) { 0.010_000_1 } else { 1e-12 };
    let phases = moments(lesson);
    let is_first = |k: usize| k == 0 || phases[k].phase() != phases[k - 1].phase();
    for (k, layout) in (0..phases.len()).flat_map(|k| layouts().map(move |layout| (k, layout))) {
        if !is_first(k) {
            continue;
        }
        let moment = &phases[k];
        for equation in matrix_form(moment, layout).blocks.into_iter().flat_map(|block| block.equations) {
            let expected = value(&equation.result, moment);
            for side in equation.symbols.iter().chain(&equation.numbers) {
                let numbers = value(side, moment);
                let shape = |m: &Matrix| (m.n_rows(), m.n_cols());
                assert_eq!(shape(&numbers), shape(&expected), "{title}, {layout:?}: {side:?}");
                for (ours, theirs) in numbers.numbers().iter().zip(expected.numbers()) {
                    assert!(
                        (ours - theirs).abs() < tolerance,
                        "{title}, {layout:?}: {ours}, {theirs}: {side:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_trace() {
    for text in LESSONS {
        // Of the second one δ is −∂E/∂z.
        for notation in [Notation::Indexed, Notation::Russell] {
            check(Lesson { notation, ..lesson(text) });
        }
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
            let form = matrix_form(&moment, Layout { writes_deltas_out: true, ..Layout::default() });
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

#[test]
fn mistakes_on_purpose_stand_in_the_equations() {
    for mistake in Mistake::ALL {
        for text in [LESSONS[0], LESSONS[1], LESSONS[3], LESSONS[4]] {
            let mut lesson = lesson(text);
            lesson.rule = lesson.rule.with_mistake(mistake, true);
            check(lesson);
        }
    }
}

/// Without what stands below matrices.
fn symbols(formula: &Formula, moment: &Moment) -> String {
    let latex = write(formula, moment, View::Symbols, &Latex);
    let mut parts = latex.split(r"\underset{");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let matrix = part.split_once("}{").unwrap().1.replacen(r"\end{bmatrix}}", r"\end{bmatrix}", 1);
        text + &matrix
    })
}

fn at_phase(text: &str, phase: Phase) -> Moment {
    moments(lesson(text)).into_iter().find(|moment| moment.phase() == Some(phase)).unwrap()
}

fn written(moment: &Moment, layout: Layout) -> Vec<Vec<String>> {
    let equations = matrix_form(moment, layout).blocks.into_iter().flat_map(|block| block.equations);
    let sides = |equation: MatrixEquation| {
        let sides = [&equation.left].into_iter().chain(&equation.symbols);
        sides.map(|side| symbols(side, moment)).collect()
    };
    equations.map(sides).collect()
}

/// The lecture's page (HMKCode, Backpropagation Step by Step, 2019: the update in matrices).
#[test]
fn hmkcodes_update_reads_as_on_the_lectures_page() {
    let moment = at_phase(LESSONS[0], Phase::Update);
    let layout = Layout { writes_deltas_out: true, ..Layout::default() };
    let column = |cells: &str| format!(r"\begin{{bmatrix}}{cells}\end{{bmatrix}}");
    let new = |k: usize| format!("w_{{{k}}}^{{\\mathrm{{new}}}}");
    let hidden = format!("{} & {} \\\\ {} & {}", new(1), new(3), new(2), new(4));
    let expected = [
        [
            column(&format!(r"{} \\ {}", new(5), new(6))),
            format!(r"{} - a \cdot \Delta \cdot {}", column(r"w_{5} \\ w_{6}"), column(r"h_{1} \\ h_{2}")),
            format!(
                "{} - {}",
                column(r"w_{5} \\ w_{6}"),
                column(r"a \cdot h_{1} \cdot \Delta \\ a \cdot h_{2} \cdot \Delta")
            ),
        ],
        [
            column(&hidden),
            format!(
                r"{} - a \cdot \Delta \cdot {} \cdot {}",
                column(r"w_{1} & w_{3} \\ w_{2} & w_{4}"),
                column(r"i_{1} \\ i_{2}"),
                column("w_{5} & w_{6}")
            ),
            format!(
                "{} - {}",
                column(r"w_{1} & w_{3} \\ w_{2} & w_{4}"),
                column(
                    r"a \cdot i_{1} \cdot \Delta \cdot w_{5} & a \cdot i_{1} \cdot \Delta \cdot w_{6} \\ a \cdot i_{2} \cdot \Delta \cdot w_{5} & a \cdot i_{2} \cdot \Delta \cdot w_{6}"
                )
            ),
        ],
    ];
    for orientation in [Orientation::RowsSend, Orientation::RowVectors] {
        let mut found = written(&moment, Layout { orientation, ..layout });
        found.reverse();
        assert_eq!(found, expected, "{orientation:?}");
    }
}

/// A matrix that is shortened says how many rows and columns it has, not how many it shows.
#[test]
fn shapes_count_what_dots_stand_for() {
    let all = |n: usize| visible(n, None, MIN_CELLS);
    for (n_rows, n_columns) in [(2, 40), (40, 2), (1, 9), (100, 100)] {
        let matrix = grid(&all(n_rows), &all(n_columns), |_, _| Formula::Number(0.0));
        let Formula::Matrix { shape, .. } = matrix else { panic!("{matrix:?}") };
        assert_eq!(shape, (n_rows, n_columns));
    }
}

/// Of many samples the first ones and the last stand there, and the mean is that of all.
#[test]
fn many_samples_are_shortened() {
    let mut lesson = lesson(LESSONS[1]);
    let more: Vec<_> = lesson.data.train.iter().cloned().cycle().take(12).collect();
    Rc::make_mut(&mut lesson.data).train = more;
    lesson.batch_size = 12;
    let moment = moments(lesson).into_iter().find(|moment| moment.phase() == Some(Phase::Average)).unwrap();
    let layout = Layout { goes_by_sample: true, ..Layout::default() };
    for equation in matrix_form(&moment, layout).blocks.iter().flat_map(|block| &block.equations) {
        let samples = |formula: &Formula| -> Vec<usize> {
            let sample = |quantity: Quantity| match quantity {
                Quantity::SampleGradient(sample, _) => Some(sample),
                _ => None,
            };
            let mut samples: Vec<usize> = formula.quantities().into_iter().filter_map(sample).collect();
            samples.dedup();
            samples
        };
        assert_eq!(samples(&equation.numbers[1]), [0, 1, 11]);
        let (sum, mean) = (value(&equation.numbers[2], &moment), value(&equation.result, &moment));
        for (sum, mean) in sum.numbers().iter().zip(mean.numbers()) {
            assert!((sum - mean).abs() < 1e-12, "{sum} is not {mean}");
        }
    }
}
