//! The prediction as one expression of the weights has the network's value, whatever is written out.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use backprop::activation::Activation;
use backprop::network::UnitId;
use backprop::rng::Rng;
use chainrule::explanation::formula::latex::Latex;
use chainrule::explanation::formula::{Formula, Function, View, write};
use chainrule::explanation::prediction::{MOST_TERMS, all_written_out, prediction};
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use common::{HMKCODE, below, json_files, lesson, session};

/// By what the activation functions are, not by the library's.
fn value(formula: &Formula, moment: &Moment) -> f64 {
    let of = |x: &Formula| value(x, moment);
    match formula {
        Formula::Quantity(quantity) => moment.value(*quantity).unwrap(),
        Formula::Rest { value, .. } => *value,
        Formula::Sum(terms) => terms.iter().map(of).sum(),
        Formula::Product(factors) => factors.iter().map(of).product(),
        Formula::Fraction(over, under) => of(over) / of(under),
        Formula::Exp(x) => libm::exp(of(x)),
        Formula::Call(Function::Activation(g), x) => {
            let z = of(&x[0]);
            match g {
                Activation::Sigmoid => 1.0 / (1.0 + libm::exp(-z)),
                Activation::Tanh => libm::tanh(z),
                Activation::Relu => z.max(0.0),
                other => panic!("no lesson has {other:?}"),
            }
        }
        other => panic!("{other:?} has no value"),
    }
}

/// The largest number of terms of a sum.
fn widest(formula: &Formula) -> usize {
    match formula {
        Formula::Sum(parts) => parts.len().max(parts.iter().map(widest).max().unwrap_or(0)),
        Formula::Product(parts) | Formula::Call(_, parts) => parts.iter().map(widest).max().unwrap_or(0),
        Formula::Fraction(over, under) => widest(over).max(widest(under)),
        Formula::Exp(x) => widest(x),
        _ => 0,
    }
}

#[test]
fn the_expression_has_the_predictions_value_whatever_is_written_out() {
    let mut rng = Rng::new(1);
    let mut n = 0;
    for (name, text) in json_files("static/lessons") {
        let session = session(&lesson(&text));
        let moment = session.moment();
        let network = moment.network();
        let outputs: Vec<UnitId> = network.units(network.n_layers()).collect();
        for _ in 0..20 {
            let output = outputs[below(&mut rng, outputs.len())];
            let all: Vec<UnitId> = (1..network.n_layers()).flat_map(|layer| network.units(layer)).collect();
            let written_out: BTreeSet<UnitId> =
                all.iter().copied().filter(|_| below(&mut rng, all.len().min(12)) < 4).collect();
            let found = prediction(moment, output, &written_out);
            assert!(widest(&found.expression) <= MOST_TERMS + 1, "{name}");
            // Of softmax's sum below the line the middle is left out.
            if network.activation(network.n_layers()) != Activation::Softmax {
                let (value, expected) =
                    (value(&found.expression, moment), moment.value(Quantity::Activation(output)).unwrap());
                assert!((value - expected).abs() < 1e-12, "{name}, {output:?}: {value}, not {expected}");
                n += 1;
            }
            for (unit, is_out) in found.units {
                assert_eq!(is_out, written_out.contains(&unit), "{name}, {unit:?}");
            }
        }
    }
    assert!(200 < n);
}

/// prediction = (i₁w₁ + i₂w₂)w₅ + (i₁w₃ + i₂w₄)w₆, as the lecture has it.
#[test]
fn the_lectures_expression_to_the_letter() {
    let session = session(&lesson(HMKCODE));
    let moment = session.moment();
    let output = UnitId::new(2, 0);
    let written = |units: BTreeSet<UnitId>| {
        write(&prediction(moment, output, &units).expression, moment, View::Symbols, &Latex)
    };
    assert_eq!(written(BTreeSet::new()), r"h_{1} \cdot w_{5} + h_{2} \cdot w_{6}");
    assert_eq!(
        written(all_written_out(moment).unwrap()),
        r"\left(i_{1} \cdot w_{1} + i_{2} \cdot w_{2}\right) \cdot w_{5} + \left(i_{1} \cdot w_{3} + i_{2} \cdot w_{4}\right) \cdot w_{6}"
    );
}
