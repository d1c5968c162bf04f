//! How quantities are written. One [`Notation`] decides every name on the page; what it decides is its
//! [`Facts`]. Another source's notation is one more variant here.

mod changes;

use super::names::Brackets;
use crate::words::notation as words;
pub use changes::{Aspect, Change, Changes, Style};

/// Whose names the page writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Notation {
    /// w₁ w₂ … row by row through the layers, E, a, Δ, target, as HMKCode and Mazur number them.
    Numbered,
    /// w_{ij}^{(l)}, L, α, δ, as general pages write them.
    #[default]
    Indexed,
    /// HMKCode, *Backpropagation step by step* (2018): [`Self::Numbered`] with prediction and actual.
    HmkCode,
    /// J. Török, *Backpropagation* (lecture, 2022), page “Feed forward”: `w_{0,1}^{[1]}`, α, L.
    Lecture,
    /// M. Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: w^l_{jk}, η, C; the inputs are layer 1.
    Nielsen,
    /// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning* (2016), algorithms 6.3 and 6.4: a = b + W h,
    /// ŷ, ε, J; g is the derivative of J by a.
    Goodfellow,
    /// A. Ng, *Deep Learning Specialization*, notation of course 1: `w^{[l]}`, `a^{[l](i)}`, dz, α.
    Ng,
    /// D. Rumelhart, G. Hinton and R. Williams, *Parallel Distributed Processing* (1986), chapter 8: w_{ji}, net_j,
    /// o_j, t_j, θ_j, η; the units are numbered through the network.
    Rumelhart,
    /// S. Russell and P. Norvig, *Artificial Intelligence: A Modern Approach* (3rd edition, 2010), section 18.7:
    /// w_{i,j} from i to j, in_j, a_j, Δ_j, α; the units are numbered through the network.
    Russell,
}

/// How weights and units are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// Weights, biases and hidden units through the network: w₁, w₂, … and h₁, h₂, …; units have names.
    Running,
    /// Units layer by layer; the layer stands above: w₁₂⁽¹⁾.
    Layered,
    /// Units through the network from the first input on; no layer is written: w₃₁.
    ByUnit,
}

/// Which unit's number a weight begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightOrder {
    /// w_ij leads to i from j.
    ToFrom,
    /// w_ij leads from i to j.
    FromTo,
}

/// Which way vectors lie and what the rows of a matrix are, where the reader has not chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixRows {
    /// A row of W per receiving unit; columns are vectors.
    Receive,
    /// A row of W per sending unit; columns are vectors.
    Send,
}

/// What δ is: the derivative of a sample's loss by a weighted sum, or its negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeltaSign {
    /// ∂E/∂z, which begins with prediction − target.
    PredictionMinusTarget,
    /// −∂E/∂z, which begins with target − prediction.
    TargetMinusPrediction,
}

impl DeltaSign {
    /// What ∂E/∂z is multiplied by.
    pub fn factor(self) -> f64 {
        if self.negates() { -1.0 } else { 1.0 }
    }

    /// Whether δ is −∂E/∂z.
    pub fn negates(self) -> bool {
        self == Self::TargetMinusPrediction
    }
}

/// What a notation decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The word for it in lesson files and links.
    pub word: &'static str,
    /// How weights and units are counted.
    pub numbering: Numbering,
    /// The number of the first unit: 0 or 1.
    pub first: usize,
    /// The number of the inputs' layer: 0 or 1.
    pub first_layer: usize,
    /// What a layer's number stands in; a sample's stands in the other one.
    pub layer_in: Brackets,
    /// Whether a comma stands between indices, also between those of one digit.
    pub has_commas: bool,
    /// Which unit's number a weight begins with.
    pub order: WeightOrder,
    /// Which way matrices lie.
    pub rows: MatrixRows,
    /// The learning rate.
    pub rate: &'static str,
    /// The loss.
    pub loss: &'static str,
    /// The derivative of a sample's loss by a weighted sum, or its negative.
    pub delta: &'static str,
    /// Which of the two.
    pub delta_sign: DeltaSign,
    /// An input.
    pub input: &'static str,
    /// A weighted sum.
    pub sum: &'static str,
    /// The activation of a hidden unit.
    pub hidden: &'static str,
    /// That of an output.
    pub output: &'static str,
    /// A target.
    pub target: &'static str,
    /// A bias.
    pub bias: &'static str,
    /// The activation function.
    pub function: &'static str,
}

impl Facts {
    /// Each letter, and what it stands for.
    fn letters(&self) -> [(&'static str, &'static str); 8] {
        [
            (self.rate, words::the_learning_rate()),
            (self.loss, words::the_loss()),
            (self.delta, words::the_delta()),
            (self.sum, words::a_weighted_sum()),
            (self.hidden, words::an_activation()),
            (self.target, words::a_target()),
            (self.bias, words::a_bias()),
            (self.function, words::the_activation_function()),
        ]
    }

    /// What a letter stands for where it stands for something else as well: the letter, and both.
    fn clash(&self) -> Option<(&'static str, [&'static str; 2])> {
        let letters = self.letters();
        let pairs = letters
            .iter()
            .enumerate()
            .flat_map(|(k, one)| letters[..k].iter().map(move |other| (other, one)));
        pairs.into_iter().find(|(one, other)| one.0 == other.0).map(|(one, other)| (one.0, [one.1, other.1]))
    }
}

impl Notation {
    /// All of them: what lessons say first, then the sources.
    pub const ALL: [Self; 9] = [
        Self::Numbered,
        Self::Indexed,
        Self::HmkCode,
        Self::Lecture,
        Self::Nielsen,
        Self::Goodfellow,
        Self::Ng,
        Self::Rumelhart,
        Self::Russell,
    ];

    /// The word for it in lesson files and links.
    pub fn word(self) -> &'static str {
        self.facts().word
    }

    /// What lists show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Numbered => words::numbered(),
            Self::Indexed => words::indexed(),
            Self::HmkCode => words::hmkcode(),
            Self::Lecture => words::lecture(),
            Self::Nielsen => words::nielsen(),
            Self::Goodfellow => words::goodfellow(),
            Self::Ng => words::ng(),
            Self::Rumelhart => words::rumelhart(),
            Self::Russell => words::russell(),
        }
    }

    /// What it decides.
    pub fn facts(self) -> &'static Facts {
        match self {
            Self::Numbered => &NUMBERED,
            Self::Indexed => &INDEXED,
            Self::HmkCode => &HMKCODE,
            Self::Lecture => &LECTURE,
            Self::Nielsen => &NIELSEN,
            Self::Goodfellow => &GOODFELLOW,
            Self::Ng => &NG,
            Self::Rumelhart => &RUMELHART,
            Self::Russell => &RUSSELL,
        }
    }

    /// Whose letters stand in a formula for any network: a notation that numbers weights through has none of its
    /// own.
    pub fn general(self) -> &'static Facts {
        match self.facts() {
            own if own.numbering == Numbering::Running => &INDEXED,
            own => own,
        }
    }
}

const NUMBERED: Facts = Facts {
    word: "numbered",
    numbering: Numbering::Running,
    first: 1,
    first_layer: 0,
    layer_in: Brackets::Round,
    has_commas: false,
    order: WeightOrder::ToFrom,
    rows: MatrixRows::Receive,
    rate: "a",
    loss: "E",
    delta: "Δ",
    delta_sign: DeltaSign::PredictionMinusTarget,
    input: "i",
    sum: "net",
    hidden: "h",
    output: "out",
    target: "target",
    bias: "b",
    function: "g",
};

const INDEXED: Facts = Facts {
    word: "indexed",
    numbering: Numbering::Layered,
    rate: "α",
    loss: "L",
    delta: "δ",
    input: "x",
    sum: "z",
    hidden: "a",
    output: "a",
    target: "y",
    ..NUMBERED
};

const HMKCODE: Facts =
    Facts { word: "hmkcode", rows: MatrixRows::Send, output: "prediction", target: "actual", ..NUMBERED };

const LECTURE: Facts =
    Facts { word: "lecture", first: 0, layer_in: Brackets::Square, has_commas: true, delta: "Δ", ..INDEXED };

const NIELSEN: Facts = Facts {
    word: "nielsen",
    first_layer: 1,
    layer_in: Brackets::None,
    rate: "η",
    loss: "C",
    function: "σ",
    ..INDEXED
};

const GOODFELLOW: Facts = Facts {
    word: "goodfellow",
    rate: "ε",
    loss: "J",
    delta: "g",
    sum: "a",
    hidden: "h",
    output: "y\u{302}",
    function: "f",
    ..INDEXED
};

const NG: Facts = Facts { word: "ng", layer_in: Brackets::Square, delta: "dz", ..INDEXED };

const RUMELHART: Facts = Facts {
    word: "rumelhart",
    numbering: Numbering::ByUnit,
    rate: "η",
    loss: "E",
    input: "o",
    sum: "net",
    hidden: "o",
    output: "o",
    target: "t",
    bias: "θ",
    function: "f",
    delta_sign: DeltaSign::TargetMinusPrediction,
    ..INDEXED
};

const RUSSELL: Facts = Facts {
    word: "russell-norvig",
    numbering: Numbering::ByUnit,
    has_commas: true,
    order: WeightOrder::FromTo,
    rows: MatrixRows::Send,
    delta: "Δ",
    input: "a",
    sum: "in",
    delta_sign: DeltaSign::TargetMinusPrediction,
    ..INDEXED
};
