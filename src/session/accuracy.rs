//! How many predictions are right, and which classes are taken for which: counted where no reader waits
//! for it.

use crate::lesson::Lesson;
use crate::text::format;
use crate::words::session as words;
use backprop::classes::{Goal, n_classes};
use backprop::confusion::{Confusion, confusion};
use backprop::network::Network;
use backprop::trace::Sample;

/// The most samples times parameters for which the predictions are counted while the network learns:
/// a few milliseconds.
const MAX_COUNTED_LIVE: u64 = 20_000_000;

/// The same where they are counted at every frame of every run: less than a millisecond.
const MAX_COUNTED_BESIDE: u64 = 500_000;

/// What has been counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count<T> {
    /// Nothing: there are no classes, or no samples.
    Nothing,
    /// Nothing yet: so many predictions are counted when the run pauses.
    Later,
    /// This.
    Counted(T),
}

/// The predictions for a lesson's samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predictions {
    /// For the training samples.
    pub training: Confusion,
    /// For the samples that are held out, if there are any.
    pub held_out: Option<Confusion>,
}

/// How many of how many samples are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Number of samples whose class is predicted.
    pub n: usize,
    /// Number of samples.
    pub of: usize,
}

impl Right {
    /// The accuracy with the counts that it comes from: "0.9 (108 of 120)".
    pub fn text(self) -> String {
        let Self { n, of } = self;
        words::right(&format::number(n as f64 / of as f64, 3), &n, &of)
    }
}

/// What `network` makes of the samples of a lesson whose task is to tell classes.
pub fn predictions(lesson: &Lesson, network: &Network, is_running: bool) -> Count<Predictions> {
    let data = &lesson.data;
    let Some(n) = lesson.n_classes().filter(|_| lesson.goal() == Goal::Classes) else {
        return Count::Nothing;
    };
    if waits(network, data.train.len() + data.test.len(), is_running) {
        return Count::Later;
    }
    let count = |samples: &[Sample]| confusion(network, samples, n);
    let held_out = (!data.test.is_empty()).then(|| count(&data.test));
    Count::Counted(Predictions { training: count(&data.train), held_out })
}

/// How many training samples and how many held-out ones, if there are any, are right, to stand beside a run
/// that must not wait for it.
pub fn right_beside_run(
    lesson: &Lesson,
    network: &Network,
    is_running: bool,
) -> Count<(Right, Option<Right>)> {
    let n = lesson.data.train.len() + lesson.data.test.len();
    let is_told = lesson.goal() == Goal::Classes;
    if is_told && is_running && MAX_COUNTED_BESIDE < network.n_products(n) {
        return Count::Later;
    }
    let right = |found: &Confusion| Right { n: found.n_right(), of: found.n_samples() };
    match predictions(lesson, network, is_running) {
        Count::Nothing => Count::Nothing,
        Count::Later => Count::Later,
        Count::Counted(found) => Count::Counted((right(&found.training), found.held_out.as_ref().map(right))),
    }
}

/// How many of the held-out samples `network` gets right.
pub fn held_out_right(lesson: &Lesson, network: &Network, is_running: bool) -> Count<Right> {
    let test = &lesson.data.test;
    if waits(network, test.len(), is_running) {
        return Count::Later;
    }
    match n_classes(test, network.n_outputs()) {
        Some(n) if !test.is_empty() => {
            Count::Counted(Right { n: confusion(network, test, n).n_right(), of: test.len() })
        }
        _ => Count::Nothing,
    }
}

fn waits(network: &Network, n_samples: usize, is_running: bool) -> bool {
    is_running && MAX_COUNTED_LIVE < network.n_products(n_samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One input x, one linear output 2x: what is above ½ counts as 1.
    fn lesson(train: &str, test: &str) -> Lesson {
        Lesson::from_json(&format!(
            r#"{{"format": "chainrule-lesson", "version": 1,
            "network": {{"inputs": 1, "layers": [{{"activation": "identity", "weights": [[2]], "biases": null}}]}},
            "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.1}},
            "data": {{{train}{test}}}}}"#
        ))
        .unwrap()
    }

    const TRAIN: &str = r#""inputs": [[0], [0.3], [0.1], [0.2]], "targets": [[0], [1], [1], [0]]"#;
    const TEST: &str = r#", "test_inputs": [[0.4], [0.9], [0]], "test_targets": [[1], [0], [0]]"#;

    #[test]
    fn classes_are_counted_by_hand() {
        let lesson = lesson(TRAIN, TEST);
        // 2x is 0, 0.6, 0.2 and 0.4: the third is taken for 0. Held out: 0.8, 1.8 and 0.
        let expected = Predictions {
            training: Confusion { counts: vec![vec![2, 0], vec![1, 1]] },
            held_out: Some(Confusion { counts: vec![vec![1, 1], vec![0, 1]] }),
        };
        for is_running in [false, true] {
            let found = predictions(&lesson, &lesson.network, is_running);
            assert_eq!(found, Count::Counted(expected.clone()));
            let found = held_out_right(&lesson, &lesson.network, is_running);
            assert_eq!(found, Count::Counted(Right { n: 2, of: 3 }));
        }
    }

    #[test]
    fn what_is_right_is_told_beside_a_run() {
        let lesson = lesson(TRAIN, TEST);
        let expected = (Right { n: 3, of: 4 }, Some(Right { n: 2, of: 3 }));
        for is_running in [false, true] {
            let found = right_beside_run(&lesson, &lesson.network, is_running);
            assert_eq!(found, Count::Counted(expected));
        }
        let mut large = lesson.clone();
        let samples = std::rc::Rc::make_mut(&mut large.data);
        samples.train = vec![samples.train.clone(); MAX_COUNTED_BESIDE as usize / 4 + 1].concat();
        assert_eq!(right_beside_run(&large, &large.network, true), Count::Later);
    }

    #[test]
    fn nothing_is_counted_where_there_is_nothing() {
        let none_held_out = lesson(TRAIN, "");
        assert_eq!(held_out_right(&none_held_out, &none_held_out.network, false), Count::Nothing);
        let Count::Counted(found) = predictions(&none_held_out, &none_held_out.network, false) else {
            panic!("classes are counted");
        };
        assert_eq!(found.held_out, None);
        let numbers = lesson(r#""inputs": [[0], [1]], "targets": [[0.5], [1.5]]"#, "");
        assert_eq!(predictions(&numbers, &numbers.network, false), Count::Nothing);
    }

    #[test]
    fn what_takes_long_waits_for_the_pause() {
        let network = &lesson(TRAIN, TEST).network;
        let (most, n_products) = (MAX_COUNTED_LIVE as usize, network.n_products(1));
        assert_eq!(n_products, 1);
        assert!(!waits(network, most, true));
        assert!(waits(network, most + 1, true));
        assert!(!waits(network, most + 1, false));
    }
}
