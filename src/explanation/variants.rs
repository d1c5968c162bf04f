//! How books and frameworks make the step of one method, each from the derivatives that this run has had.
//!
//! Momentum and Nesterov: PyTorch's `torch.optim.SGD`, Keras 3's `keras.optimizers.SGD`, Sutskever, Martens, Dahl and
//! Hinton 2013, section 2. RMSProp: `torch.optim.RMSprop`, `keras.optimizers.RMSprop` of Keras 3, TensorFlow's
//! `tf.compat.v1.train.RMSPropOptimizer`, Hinton's lecture 6e. Adam: Kingma and Ba 2015, algorithm 1 and the end of
//! section 2, `torch.optim.Adam`, `keras.optimizers.Adam`, and the optimiser in the source of BERT.

use super::method::{MethodPart, MomentEstimate};
use super::{Detail, Explainer};
use crate::explanation::formula::{Formula, Sign};
use crate::lesson::names::{Age, Symbol};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use crate::text::format;
use crate::words::depths::variants as words;
use backprop::mistakes::{Mistake, round_to_cents};
use backprop::network::Param;
use backprop::optimizer::Optimizer;

/// One way to make the step.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Who makes it so.
    pub who: &'static str,
    /// What of its equations is different, and at last that of the new weight.
    pub formulas: Vec<Formula>,
    /// What is different, in a sentence or two.
    pub remark: String,
    /// The new weight; `None` where the rule has none, as 0/0.
    pub weight: Option<f64>,
    /// The new weight if the learning rate were halved with this update; `None` where that tells nothing.
    pub at_half_rate: Option<f64>,
}

/// The ways to make the step that `moment` shows, that of this page first, with numbers in sentences of `digits`
/// significant digits; none where it shows no update, or plain gradient descent, which is made alike everywhere.
pub fn variants(moment: &Moment, digits: u8) -> Vec<Variant> {
    let optimizer = moment.lesson.rule.optimizer;
    let Some(StepKind::Update(param)) = moment.step().map(|step| step.kind) else {
        return Vec::new();
    };
    let explainer = Explainer { moment, detail: Detail { digits, max_terms: usize::MAX } };
    let Some(this) = Numbers::of(&explainer, param) else {
        return Vec::new();
    };
    match optimizer {
        Optimizer::Sgd { .. } => Vec::new(),
        Optimizer::Momentum { learning_rate, momentum } => this.momentum(learning_rate, momentum),
        Optimizer::Nesterov { learning_rate, momentum } => this.nesterov(learning_rate, momentum),
        Optimizer::Rmsprop { learning_rate, decay, epsilon } => this.rmsprop(learning_rate, decay, epsilon),
        Optimizer::Adam { learning_rate, epsilon, .. } => this.adam(learning_rate, epsilon),
    }
}

/// Whether the method that the lesson learns by is made differently elsewhere.
pub fn has_variants(moment: &Moment) -> bool {
    let facts = moment.lesson.rule.optimizer.facts();
    facts.has_first_moment || facts.has_second_moment
}

/// The numbers of one parameter's update.
struct Numbers<'a> {
    explainer: &'a Explainer<'a>,
    param: Param,
    /// w.
    weight: f64,
    /// g, of the batch.
    gradient: f64,
    /// m before the update, and after it; 0 where the method keeps none.
    first: [f64; 2],
    /// v after the update.
    second: f64,
    /// 1 − β₁ᵗ and 1 − β₂ᵗ.
    corrections: [f64; 2],
    /// t, from 1.
    t: u64,
}

impl<'a> Numbers<'a> {
    fn of(explainer: &'a Explainer, param: Param) -> Option<Self> {
        let moment = explainer.moment;
        let t = moment.model().optimizer_state.n_updates + 1;
        let kept = |quantity| moment.value(quantity).unwrap_or(0.0);
        Some(Self {
            explainer,
            param,
            weight: moment.value(Quantity::Param(param))?,
            gradient: moment.value(Quantity::MeanGradient(param))?,
            first: [kept(Quantity::OldFirstMoment(param)), kept(Quantity::FirstMoment(param))],
            second: kept(Quantity::SecondMoment(param)),
            corrections: moment.lesson.rule.optimizer.corrections(t),
            t,
        })
    }

    /// w − `step`, with what is done wrong on purpose; `None` where that is no number.
    fn moved(&self, step: f64) -> Option<f64> {
        let rule = self.explainer.moment.lesson.rule;
        let new = if rule.makes(Mistake::SignFlipped) { self.weight + step } else { self.weight - step };
        let kept = if rule.makes(Mistake::Rounded) { round_to_cents(new) } else { new };
        kept.is_finite().then_some(kept)
    }

    /// The equation of the new weight.
    fn to_new(&self, step: Formula) -> Formula {
        let new = Formula::Name(Quantity::New(self.param));
        equals(new, self.explainer.stepped(Quantity::Param(self.param).into(), step))
    }

    /// The last `n` equations of this page.
    fn here(&self, n: usize) -> Vec<Formula> {
        let mut equations = self.explainer.update_equations(self.param);
        let last = equations.split_off(equations.len().saturating_sub(n));
        last.into_iter().map(|equation| equals(equation.left, equation.symbols)).collect()
    }

    fn g(&self) -> Formula {
        MethodPart::Gradient.of(self.param)
    }

    fn name(&self, quantity: Quantity) -> String {
        self.explainer.name(quantity)
    }

    fn momentum(&self, eta: f64, mu: f64) -> Vec<Variant> {
        let [old, new] = self.first;
        let from_mean = product(vec![Quantity::LearningRate.into(), u()]);
        let mean = Formula::Sum(vec![
            product(vec![Quantity::Momentum.into(), old_u()]),
            product(vec![rest_of(Quantity::Momentum), self.g()]),
        ]);
        vec![
            Variant {
                who: words::pytorch_and_this_page(),
                formulas: self.here(2),
                remark: self.rate_outside(),
                weight: self.moved(eta * new),
                at_half_rate: self.moved(eta / 2.0 * new),
            },
            Variant {
                who: "Keras; Sutskever et al. 2013",
                formulas: vec![equals(u(), self.velocity(old_u())), self.to_new(u())],
                remark: self.rate_inside(),
                weight: self.moved(mu * (eta * old) + eta * self.gradient),
                at_half_rate: self.moved(mu * (eta * old) + eta / 2.0 * self.gradient),
            },
            Variant {
                who: words::ng(),
                formulas: vec![equals(u(), mean), self.to_new(from_mean)],
                remark: words::as_mean(
                    &format::number(1.0 - mu, self.explainer.detail.digits),
                    &self.name(Quantity::LearningRate),
                ),
                weight: self.moved(eta * ((1.0 - mu) * new)),
                at_half_rate: self.moved(eta / 2.0 * ((1.0 - mu) * new)),
            },
        ]
    }

    /// μ·`u` + η·g: the velocity with the learning rate inside, of the one before it.
    fn velocity(&self, u: Formula) -> Formula {
        Formula::Sum(vec![
            product(vec![Quantity::Momentum.into(), u]),
            product(vec![Quantity::LearningRate.into(), self.g()]),
        ])
    }

    fn rate_outside(&self) -> String {
        words::rate_outside(&self.name(Quantity::LearningRate))
    }

    fn rate_inside(&self) -> String {
        words::rate_inside(&self.name(Quantity::LearningRate))
    }

    fn nesterov(&self, eta: f64, mu: f64) -> Vec<Variant> {
        let [old, new] = self.first;
        // With the learning rate inside: the velocity, and the step of it and of what comes next.
        let velocity = |rate: f64| mu * (eta * old) + rate * self.gradient;
        let inside = |rate: f64| self.moved(mu * velocity(rate) + rate * self.gradient);
        let theta = |age| Formula::Letter(Symbol { age, ..Symbol::new("θ") });
        // From the place looked at, θ − μ·u, back to θ: the velocity's own share of the step falls away.
        let stands = |rate: f64| self.moved(rate * self.gradient);
        let to_theta = self.explainer.stepped(theta(None), u());
        vec![
            Variant {
                who: words::pytorch_and_this_page(),
                formulas: self.here(2),
                remark: self.rate_outside(),
                weight: self.moved(eta * (self.gradient + mu * new)),
                at_half_rate: self.moved(eta / 2.0 * (self.gradient + mu * new)),
            },
            Variant {
                who: "Keras",
                formulas: vec![equals(u(), self.velocity(old_u())), self.to_new(self.velocity(u()))],
                remark: self.rate_inside(),
                weight: inside(eta),
                at_half_rate: inside(eta / 2.0),
            },
            Variant {
                who: "Sutskever et al. 2013",
                formulas: vec![equals(u(), self.velocity(old_u())), equals(theta(Some(Age::New)), to_theta)],
                remark: words::looks_ahead().to_owned(),
                weight: stands(eta),
                at_half_rate: stands(eta / 2.0),
            },
        ]
    }

    fn rmsprop(&self, eta: f64, decay: f64, epsilon: f64) -> Vec<Variant> {
        let step = |under: f64| self.moved(eta * self.gradient / under);
        let scaled = |under: Formula| product(vec![Quantity::LearningRate.into(), self.g().over(under)]);
        let v = || MethodPart::New(MomentEstimate::Second).of(self.param);
        let root = |x: Formula| Formula::Root(Box::new(x));
        let with_epsilon = |x: Formula| Formula::Sum(vec![x, Quantity::Epsilon.into()]);
        // v starts at 1: so much of that is left.
        let left = libm::pow(decay, self.t as f64);
        let from_one = Formula::Sum(vec![
            product(vec![Quantity::Decay.into(), old_u()]),
            product(vec![rest_of(Quantity::Decay), self.g().squared()]),
        ]);
        vec![
            Variant {
                who: words::pytorch_and_this_page(),
                formulas: self.here(1),
                remark: words::epsilon_beside_root().to_owned(),
                weight: step(self.second.sqrt() + epsilon),
                at_half_rate: None,
            },
            Variant {
                who: "Keras 3",
                formulas: vec![self.to_new(scaled(root(with_epsilon(v()))))],
                remark: words::epsilon_inside_root().to_owned(),
                weight: step((self.second + epsilon).sqrt()),
                at_half_rate: None,
            },
            Variant {
                who: "TensorFlow 1",
                formulas: vec![equals(u(), from_one), self.to_new(scaled(root(with_epsilon(u()))))],
                remark: words::mean_from_one().to_owned(),
                weight: step((self.second + left + epsilon).sqrt()),
                at_half_rate: None,
            },
            Variant {
                who: words::hinton(),
                formulas: vec![self.to_new(scaled(root(v())))],
                remark: words::no_epsilon().to_owned(),
                weight: step(self.second.sqrt()),
                at_half_rate: None,
            },
        ]
    }

    fn adam(&self, eta: f64, epsilon: f64) -> Vec<Variant> {
        let (m, [c1, c2]) = (self.first[1], self.corrections);
        let root = |x: Formula| Formula::Root(Box::new(x));
        let [m_kept, v_kept] =
            [Quantity::FirstMoment, Quantity::SecondMoment].map(|kept| Formula::from(kept(self.param)));
        let ratio = m_kept.over(Formula::Sum(vec![root(v_kept), Quantity::Epsilon.into()]));
        let rate = || Formula::from(Quantity::LearningRate);
        let scale = root(Quantity::BiasCorrection2.into()).over(Quantity::BiasCorrection1.into());
        let number = |x: f64| format::number(x, self.explainer.detail.digits);
        let [c1_name, c2_name] =
            [Quantity::BiasCorrection1, Quantity::BiasCorrection2].map(|by| self.name(by));
        vec![
            Variant {
                who: words::kingma_ba(),
                formulas: self.here(1),
                remark: words::epsilon_beside_corrected_root().to_owned(),
                weight: self.moved(eta * (m / c1) / ((self.second / c2).sqrt() + epsilon)),
                at_half_rate: None,
            },
            Variant {
                who: words::kingma_ba_end(),
                formulas: vec![self.to_new(product(vec![rate(), scale, ratio.clone()]))],
                remark: words::corrections_in_rate(&c2_name, &number(1.0 / c2.sqrt())),
                weight: self.moved(eta * c2.sqrt() / c1 * m / (self.second.sqrt() + epsilon)),
                at_half_rate: None,
            },
            Variant {
                who: words::bert(),
                formulas: vec![self.to_new(product(vec![rate(), ratio]))],
                remark: words::without_correction(&c1_name, &c2_name, &number(c1 / c2.sqrt())),
                weight: self.moved(eta * m / (self.second.sqrt() + epsilon)),
                at_half_rate: None,
            },
        ]
    }
}

fn equals(left: Formula, right: Formula) -> Formula {
    Formula::Relation(Sign::Equals, vec![left, right])
}

fn product(factors: Vec<Formula>) -> Formula {
    Formula::Product(factors)
}

/// 1 − x.
fn rest_of(x: Quantity) -> Formula {
    Formula::Number(1.0).minus(x.into())
}

/// What another rule remembers in the place of m or v.
fn u() -> Formula {
    Formula::Letter(Symbol::new("u"))
}

/// The same before the update.
fn old_u() -> Formula {
    Formula::Letter(Symbol { age: Some(Age::Old), ..Symbol::new("u") })
}
