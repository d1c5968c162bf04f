//! An update as lines of Python that work it out anew with NumPy, from the numbers of the lesson.

use crate::explanation::matrix_form::orientation::Orientation;
use crate::moment::Moment;
use crate::text::foreign;
use crate::text::format;
use crate::words::numpy as words;
use backprop::activation::{Activation, LEAK};
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
use backprop::network::Params;
use backprop::optimizer::{Constant, Optimizer};
use backprop::trace::{Rule, Sample};

/// The most numbers that are written out.
pub const MOST_NUMBERS: usize = 20_000;
/// An array of more characters has a line for each of its rows.
const MAX_LINE: usize = 80;
/// Characters of a title that are shown.
const TITLE: usize = 80;

/// The update that `moment` shows, whole, as lines that Python 3 runs as they are, with every number in full and
/// matrices as `orientation` has them: X, Y, W1, b1 … are given; Z1, A1 …, E, delta1 …, dW1, db1 … and W1_new,
/// b1_new … come out, and the last ones are printed. Says in a sentence why there are none.
pub fn numpy_lines(moment: &Moment, orientation: Orientation) -> Result<String, String> {
    let script = Script {
        moment,
        orientation,
        rule: moment.lesson.rule,
        n_layers: moment.network().n_layers(),
        samples: moment.batch_samples().collect(),
    };
    let n = script.n_numbers();
    if MOST_NUMBERS < n {
        return Err(words::too_many_numbers(n, &format::count(MOST_NUMBERS as u64)));
    }
    Ok(script.text())
}

struct Script<'a> {
    moment: &'a Moment,
    orientation: Orientation,
    rule: Rule,
    n_layers: usize,
    samples: Vec<&'a Sample>,
}

impl Script<'_> {
    fn n_numbers(&self) -> usize {
        let network = self.moment.network();
        let facts = self.rule.optimizer.facts();
        let kept = 1 + usize::from(facts.has_first_moment) + usize::from(facts.has_second_moment);
        self.samples.len() * (network.n_units(0) + network.n_outputs()) + kept * network.n_params()
    }

    fn text(&self) -> String {
        let parts =
            [self.heading(), self.given(), self.forward(), self.loss(), self.backward(), self.print()];
        let parts: Vec<String> = parts.map(|lines| lines.join("\n")).into();
        parts.join("\n\n") + "\n"
    }

    fn heading(&self) -> Vec<String> {
        // A line break in a title would end the comment.
        let title = foreign::shown(&self.moment.lesson.title, TITLE);
        let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let epoch = self.moment.epoch + 1;
        let heading = match self.moment.lesson.n_batches() {
            1 => words::epoch(&title, &epoch),
            n => words::batch(&title, &epoch, &(self.moment.batch + 1), &n),
        };
        let lies = match self.orientation {
            Orientation::RowsReceive => words::rows_receive(),
            Orientation::RowsSend => words::rows_send(),
            Orientation::RowVectors => words::row_vectors(),
        };
        vec![comment(&heading), comment(lies), "import numpy as np".to_owned()]
    }

    /// What the update starts from.
    fn given(&self) -> Vec<String> {
        let per_sample = |n: usize, at: &dyn Fn(&Sample, usize) -> f64| {
            self.array(n, self.samples.len(), self.has_columns(), |unit, sample| {
                at(self.samples[sample], unit)
            })
        };
        let network = self.moment.network();
        let mut lines = vec![
            assigned("X", &per_sample(network.n_units(0), &|sample, unit| sample.input[unit])),
            assigned("Y", &per_sample(network.n_outputs(), &|sample, unit| sample.target[unit])),
            explained(&format!("m = {}", self.samples.len()), words::samples()),
        ];
        lines.extend(self.params("", &network.params));
        let optimizer = self.rule.optimizer;
        lines.push(explained(&format!("eta = {:?}", optimizer.learning_rate()), words::learning_rate()));
        let constants = optimizer.constants().into_iter();
        lines.extend(constants.map(|(constant, value)| format!("{} = {value:?}", variable(constant))));
        let state = &self.moment.model().optimizer_state;
        if optimizer.facts().has_first_moment {
            lines.extend(self.params("m_", &state.first_moment));
        }
        if optimizer.facts().has_second_moment {
            lines.extend(self.params("v_", &state.second_moment));
        }
        if optimizer.facts().corrects {
            lines.push(explained(&format!("t = {}", state.n_updates + 1), words::number_of_update()));
        }
        lines
    }

    /// The weights and biases, or what is remembered of each.
    fn params(&self, before: &str, params: &Params) -> Vec<String> {
        let mut lines = Vec::new();
        for (k, layer) in params.0.iter().enumerate() {
            let weights: &Matrix = &layer.weights;
            let as_given = self.orientation == Orientation::RowsReceive;
            let array =
                self.array(weights.n_rows(), weights.n_cols(), as_given, |to, from| weights.at(to, from));
            lines.push(assigned(&format!("{before}W{}", k + 1), &array));
            if let Some(biases) = &layer.biases {
                let array = self.array(biases.len(), 1, self.has_columns(), |to, _| biases[to]);
                lines.push(assigned(&format!("{before}b{}", k + 1), &array));
            }
        }
        lines
    }

    /// Rows of numbers, or for not `as_given` its columns.
    fn array(
        &self,
        n_rows: usize,
        n_columns: usize,
        as_given: bool,
        at: impl Fn(usize, usize) -> f64,
    ) -> Vec<Vec<f64>> {
        match as_given {
            true => (0..n_rows).map(|i| (0..n_columns).map(|j| at(i, j)).collect()).collect(),
            false => (0..n_columns).map(|j| (0..n_rows).map(|i| at(i, j)).collect()).collect(),
        }
    }

    /// Whether a sample is a column.
    fn has_columns(&self) -> bool {
        self.orientation != Orientation::RowVectors
    }

    /// The axes along which a layer's units stand, and the samples.
    fn axes(&self) -> (usize, usize) {
        if self.has_columns() { (0, 1) } else { (1, 0) }
    }

    fn activations(&self, layer: usize) -> String {
        if layer == 0 { "X".to_owned() } else { format!("A{layer}") }
    }

    fn forward(&self) -> Vec<String> {
        let network = self.moment.network();
        let (units, _) = self.axes();
        let mut lines = vec![comment(words::forward())];
        for l in 1..=self.n_layers {
            let a = self.activations(l - 1);
            let product = match self.orientation {
                Orientation::RowsReceive => format!("W{l} @ {a}"),
                Orientation::RowsSend => format!("W{l}.T @ {a}"),
                Orientation::RowVectors => format!("{a} @ W{l}"),
            };
            let bias = if network.has_biases(l) { format!(" + b{l}") } else { String::new() };
            lines.push(format!("Z{l} = {product}{bias}"));
            let value = match network.activation(l) {
                Activation::Identity => format!("Z{l}"),
                Activation::Sigmoid => format!("1 / (1 + np.exp(-Z{l}))"),
                Activation::Tanh => format!("np.tanh(Z{l})"),
                Activation::Relu => format!("np.maximum(Z{l}, 0)"),
                Activation::LeakyRelu => format!("np.where(Z{l} > 0, Z{l}, {LEAK:?} * Z{l})"),
                Activation::Softplus => format!("np.logaddexp(0, Z{l})"),
                Activation::Elu => format!("np.where(Z{l} > 0, Z{l}, np.expm1(np.minimum(Z{l}, 0)))"),
                Activation::Softmax => {
                    let powers = format!("P{l} = np.exp(Z{l} - Z{l}.max(axis={units}, keepdims=True))");
                    lines.push(explained(&powers, words::no_power_overflows()));
                    format!("P{l} / P{l}.sum(axis={units}, keepdims=True)")
                }
            };
            lines.push(format!("A{l} = {value}"));
        }
        lines
    }

    fn loss(&self) -> Vec<String> {
        let (l, (units, _)) = (self.n_layers, self.axes());
        let of_what = if self.samples.len() == 1 { words::error_of_sample() } else { words::mean_error() };
        let value = match self.rule.loss {
            Loss::HalfSquaredError => format!("0.5 * np.sum((A{l} - Y) ** 2) / m"),
            Loss::MeanSquaredError => format!("np.mean((A{l} - Y) ** 2)"),
            // −ln σ(z) = ln(1 + e⁻ᶻ), which does not overflow so.
            Loss::BinaryCrossEntropy => {
                format!("np.mean(Y * np.logaddexp(0, -Z{l}) + (1 - Y) * np.logaddexp(0, Z{l}))")
            }
            Loss::CrossEntropy => format!(
                "np.sum(Y * (np.log(P{l}.sum(axis={units}, keepdims=True)) - (Z{l} - Z{l}.max(axis={units}, keepdims=True)))) / m"
            ),
        };
        let as_known = match self.rule.loss {
            Loss::BinaryCrossEntropy => {
                Some(words::minus_mean_of(&format!("Y ln A{l} + (1 - Y) ln(1 - A{l})")))
            }
            Loss::CrossEntropy => Some(words::minus_sum_of(&format!("Y ln A{l}"))),
            _ => None,
        };
        let mut lines = vec![comment(of_what)];
        lines.extend(as_known.as_deref().map(comment));
        lines.push(format!("E = {value}"));
        lines
    }

    /// δ, the derivatives and the new weights: one after the other, or layer by layer.
    fn backward(&self) -> Vec<String> {
        let layers = || (1..=self.n_layers).rev();
        if self.rule.makes(Mistake::LayerByLayer) {
            let heading = comment(words::layer_by_layer());
            let of_layer = |l| [vec![self.delta(l)], self.gradients(l), self.update(l)].concat();
            return [heading].into_iter().chain(layers().flat_map(of_layer)).collect();
        }
        let what = match self.samples.len() {
            _ if self.rule.makes(Mistake::SumForMean) => words::sums_of_derivatives(),
            1 => words::derivatives(),
            _ => words::mean_derivatives(),
        };
        [
            vec![comment(words::backward())],
            layers().map(|l| self.delta(l)).collect(),
            vec![String::new(), comment(what)],
            (1..=self.n_layers).flat_map(|l| self.gradients(l)).collect(),
            vec![String::new(), comment(words::update())],
            (1..=self.n_layers).flat_map(|l| self.update(l)).collect(),
        ]
        .concat()
    }

    fn delta(&self, l: usize) -> String {
        let (next, is_output) = (l + 1, l == self.n_layers);
        let from = if is_output { self.slope_of_loss() } else { self.gradient_behind(next) };
        let has_slope = self.rule.takes_slope(is_output) && !(is_output && self.rule.loss.is_of_sums());
        let slope = self.slope(l).filter(|_| has_slope);
        match slope {
            Some(slope) => format!("delta{l} = ({from}) * {slope}"),
            None => format!("delta{l} = {from}"),
        }
    }

    fn slope_of_loss(&self) -> String {
        let (l, n) = (self.n_layers, self.moment.network().n_outputs());
        let gap = format!("A{l} - Y");
        match self.rule.loss {
            Loss::HalfSquaredError if self.rule.doubles() => format!("2 * ({gap})"),
            Loss::HalfSquaredError => gap,
            Loss::MeanSquaredError => format!("2 * ({gap}) / {n}"),
            Loss::BinaryCrossEntropy if n == 1 => gap,
            Loss::BinaryCrossEntropy => format!("({gap}) / {n}"),
            Loss::CrossEntropy
                if self.samples.iter().all(|sample| sample.target.iter().sum::<f64>() == 1.0) =>
            {
                gap
            }
            Loss::CrossEntropy => {
                format!("A{l} * Y.sum(axis={}, keepdims=True) - Y", self.axes().0)
            }
        }
    }

    fn gradient_behind(&self, next: usize) -> String {
        let new = if self.rule.makes(Mistake::LayerByLayer) { "_new" } else { "" };
        match self.orientation {
            Orientation::RowsReceive => format!("W{next}{new}.T @ delta{next}"),
            Orientation::RowsSend => format!("W{next}{new} @ delta{next}"),
            Orientation::RowVectors => format!("delta{next} @ W{next}{new}.T"),
        }
    }

    fn slope(&self, l: usize) -> Option<String> {
        Some(match self.moment.network().activation(l) {
            Activation::Identity => return None,
            Activation::Sigmoid | Activation::Softmax => format!("A{l} * (1 - A{l})"),
            Activation::Tanh => format!("(1 - A{l} ** 2)"),
            Activation::Relu => format!("(Z{l} > 0)"),
            Activation::LeakyRelu => format!("np.where(Z{l} > 0, 1, {LEAK:?})"),
            Activation::Softplus => format!("1 / (1 + np.exp(-Z{l}))"),
            Activation::Elu => format!("np.where(Z{l} > 0, 1, A{l} + 1)"),
        })
    }

    fn gradients(&self, l: usize) -> Vec<String> {
        let a = self.activations(l - 1);
        let product = match self.orientation {
            Orientation::RowsReceive => format!("delta{l} @ {a}.T"),
            Orientation::RowsSend => format!("{a} @ delta{l}.T"),
            Orientation::RowVectors => format!("{a}.T @ delta{l}"),
        };
        let over = if self.rule.makes(Mistake::SumForMean) { "" } else { " / m" };
        let mut lines = vec![format!("dW{l} = {product}{over}")];
        if self.learns_biases(l) {
            lines.push(format!("db{l} = delta{l}.sum(axis={}, keepdims=True){over}", self.axes().1));
        }
        lines
    }

    fn learns_biases(&self, l: usize) -> bool {
        self.rule.learns_biases() && self.moment.network().has_biases(l)
    }

    /// The layer's new weights and biases.
    fn update(&self, l: usize) -> Vec<String> {
        let names = [Some(format!("W{l}")), self.learns_biases(l).then(|| format!("b{l}"))];
        names.into_iter().flatten().flat_map(|w| self.update_of(&w)).collect()
    }

    fn update_of(&self, w: &str) -> Vec<String> {
        let mut lines = Vec::new();
        let step = match self.rule.optimizer {
            Optimizer::Sgd { .. } => format!("d{w}"),
            Optimizer::Momentum { .. } => {
                lines.push(format!("m_{w} = mu * m_{w} + d{w}"));
                format!("m_{w}")
            }
            Optimizer::Nesterov { .. } => {
                lines.push(format!("m_{w} = mu * m_{w} + d{w}"));
                format!("(d{w} + mu * m_{w})")
            }
            Optimizer::Rmsprop { .. } => {
                lines.push(format!("v_{w} = rho * v_{w} + (1 - rho) * d{w} ** 2"));
                format!("d{w} / (np.sqrt(v_{w}) + epsilon)")
            }
            Optimizer::Adam { .. } => {
                lines.push(format!("m_{w} = beta1 * m_{w} + (1 - beta1) * d{w}"));
                lines.push(format!("v_{w} = beta2 * v_{w} + (1 - beta2) * d{w} ** 2"));
                format!("(m_{w} / (1 - beta1 ** t)) / (np.sqrt(v_{w} / (1 - beta2 ** t)) + epsilon)")
            }
        };
        let sign = if self.rule.makes(Mistake::SignFlipped) { '+' } else { '-' };
        lines.push(format!("{w}_new = {w} {sign} eta * {step}"));
        if self.rule.makes(Mistake::Rounded) {
            // np.round would take halves to the even neighbour.
            lines.push(format!("{w}_new = np.sign({w}_new) * np.floor(np.abs({w}_new) * 100 + 0.5) / 100"));
        }
        lines
    }

    fn print(&self) -> Vec<String> {
        let mut lines = vec![format!("print(\"E =\", E)")];
        for l in 1..=self.n_layers {
            let biases = self.learns_biases(l).then(|| format!("b{l}"));
            for w in [Some(format!("W{l}")), biases].into_iter().flatten() {
                lines.push(format!("print(\"{}\", {w}_new, sep=\"\\n\")", words::new(&w)));
            }
        }
        lines
    }
}

/// A line for the reader alone.
fn comment(text: &str) -> String {
    format!("# {text}")
}

/// A line with what it is behind it.
fn explained(line: &str, text: &str) -> String {
    format!("{line}  # {text}")
}

/// What a constant is called.
fn variable(constant: Constant) -> &'static str {
    match constant {
        Constant::Momentum => "mu",
        Constant::Decay => "rho",
        Constant::Beta1 => "beta1",
        Constant::Beta2 => "beta2",
        Constant::Epsilon => "epsilon",
    }
}

/// The shortest digits from which each number is read back.
fn assigned(name: &str, rows: &[Vec<f64>]) -> String {
    let row = |row: &Vec<f64>| {
        let numbers: Vec<String> = row.iter().map(|x| format!("{x:?}")).collect();
        format!("[{}]", numbers.join(", "))
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    let start = format!("{name} = np.array([");
    let in_line = rows.join(", ");
    if start.len() + in_line.len() < MAX_LINE {
        return format!("{start}{in_line}])");
    }
    format!("{start}{}])", rows.join(&format!(",\n{}", " ".repeat(start.len()))))
}
