//! A notation put together by hand: single facts in place of those of a source.

use super::{DeltaSign, Facts, MatrixRows, Notation, WeightOrder};
use crate::lesson::names::Brackets;
use crate::words::notation as words;

/// What of a notation can be changed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The number of the first unit.
    First,
    /// What a layer's number stands in.
    Layers,
    /// Which unit's number a weight begins with.
    Order,
    /// Which way matrices lie.
    Rows,
    /// The letter of the learning rate.
    Rate,
    /// The letter of the loss.
    Loss,
    /// The name of an output.
    Prediction,
    /// The name of a target.
    Target,
    /// The letter of δ.
    Delta,
    /// The sign of δ.
    DeltaSign,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::First,
        Self::Layers,
        Self::Order,
        Self::Rows,
        Self::Rate,
        Self::Loss,
        Self::Prediction,
        Self::Target,
        Self::Delta,
        Self::DeltaSign,
    ];

    /// What it is called before a choice.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => words::indices_from(),
            Self::Layers => words::layers_in(),
            Self::Order => words::indices_of_a_weight(),
            Self::Rows => words::rows_of_a_matrix(),
            Self::Rate => words::learning_rate_as(),
            Self::Loss => words::loss_as(),
            Self::Prediction => words::prediction_as(),
            Self::Target => words::target_as(),
            Self::Delta => words::delta_as(),
            Self::DeltaSign => words::sign_of_delta(),
        }
    }
}

/// A fact in place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Units are counted from 0.
    FromZero,
    /// Units are counted from 1.
    FromOne,
    /// Layers stand in these.
    Layers(Brackets),
    /// A weight's indices stand so.
    Order(WeightOrder),
    /// Matrices lie so.
    Rows(MatrixRows),
    /// The learning rate.
    Rate(&'static str),
    /// The loss.
    Loss(&'static str),
    /// An output.
    Prediction(&'static str),
    /// A target.
    Target(&'static str),
    /// δ.
    Delta(&'static str),
    /// What δ is.
    DeltaSign(DeltaSign),
}

impl Change {
    /// All of them; their words follow in the same order.
    pub const ALL: [Self; 27] = [
        Self::FromZero,
        Self::FromOne,
        Self::Layers(Brackets::Round),
        Self::Layers(Brackets::Square),
        Self::Layers(Brackets::None),
        Self::Order(WeightOrder::ToFrom),
        Self::Order(WeightOrder::FromTo),
        Self::Rows(MatrixRows::Receive),
        Self::Rows(MatrixRows::Send),
        Self::Rate("a"),
        Self::Rate("α"),
        Self::Rate("η"),
        Self::Rate("ε"),
        Self::Loss("E"),
        Self::Loss("L"),
        Self::Loss("J"),
        Self::Loss("C"),
        Self::Prediction("out"),
        Self::Prediction("prediction"),
        Self::Prediction("y\u{302}"),
        Self::Target("target"),
        Self::Target("y"),
        Self::Target("t"),
        Self::Delta("δ"),
        Self::Delta("Δ"),
        Self::DeltaSign(DeltaSign::PredictionMinusTarget),
        Self::DeltaSign(DeltaSign::TargetMinusPrediction),
    ];

    /// The word for it in stored states and links.
    pub fn word(self) -> &'static str {
        match self {
            Self::FromZero => "from-0",
            Self::FromOne => "from-1",
            Self::Layers(Brackets::Round) => "layers-round",
            Self::Layers(Brackets::Square) => "layers-square",
            Self::Layers(Brackets::None) => "layers-bare",
            Self::Order(WeightOrder::ToFrom) => "to-from",
            Self::Order(WeightOrder::FromTo) => "from-to",
            Self::Rows(MatrixRows::Receive) => "rows-receive",
            Self::Rows(MatrixRows::Send) => "rows-send",
            Self::Rate("a") => "rate-a",
            Self::Rate("α") => "rate-alpha",
            Self::Rate("η") => "rate-eta",
            Self::Rate(_) => "rate-epsilon",
            Self::Loss("E") => "loss-E",
            Self::Loss("L") => "loss-L",
            Self::Loss("J") => "loss-J",
            Self::Loss(_) => "loss-C",
            Self::Prediction("out") => "prediction-out",
            Self::Prediction("prediction") => "prediction-prediction",
            Self::Prediction(_) => "prediction-y-hat",
            Self::Target("target") => "target-target",
            Self::Target("y") => "target-y",
            Self::Target(_) => "target-t",
            Self::Delta("δ") => "delta-small",
            Self::Delta(_) => "delta-large",
            Self::DeltaSign(DeltaSign::PredictionMinusTarget) => "delta-of-loss",
            Self::DeltaSign(DeltaSign::TargetMinusPrediction) => "delta-of-descent",
        }
    }

    /// What lists show.
    pub fn name(self) -> &'static str {
        match self {
            Self::FromZero => "0",
            Self::FromOne => "1",
            Self::Layers(Brackets::Round) => "(2)",
            Self::Layers(Brackets::Square) => "[2]",
            Self::Layers(Brackets::None) => words::no_brackets(),
            Self::Order(WeightOrder::ToFrom) => words::to_from(),
            Self::Order(WeightOrder::FromTo) => words::from_to(),
            Self::Rows(MatrixRows::Receive) => words::receiving_rows(),
            Self::Rows(MatrixRows::Send) => words::sending_rows(),
            // As one character: lists have it in the font of text.
            Self::Prediction("y\u{302}") => "ŷ",
            Self::Rate(symbol)
            | Self::Loss(symbol)
            | Self::Prediction(symbol)
            | Self::Target(symbol)
            | Self::Delta(symbol) => symbol,
            Self::DeltaSign(DeltaSign::PredictionMinusTarget) => words::prediction_minus_target(),
            Self::DeltaSign(DeltaSign::TargetMinusPrediction) => words::target_minus_prediction(),
        }
    }

    /// What it changes.
    pub fn aspect(self) -> Aspect {
        match self {
            Self::FromZero | Self::FromOne => Aspect::First,
            Self::Layers(_) => Aspect::Layers,
            Self::Order(_) => Aspect::Order,
            Self::Rows(_) => Aspect::Rows,
            Self::Rate(_) => Aspect::Rate,
            Self::Loss(_) => Aspect::Loss,
            Self::Prediction(_) => Aspect::Prediction,
            Self::Target(_) => Aspect::Target,
            Self::Delta(_) => Aspect::Delta,
            Self::DeltaSign(_) => Aspect::DeltaSign,
        }
    }

    /// `facts` with this one.
    fn applied_to(self, mut facts: Facts) -> Facts {
        match self {
            Self::FromZero => facts.first = 0,
            Self::FromOne => facts.first = 1,
            Self::Layers(brackets) => facts.layer_in = brackets,
            Self::Order(order) => facts.order = order,
            Self::Rows(rows) => facts.rows = rows,
            Self::Rate(letter) => facts.rate = letter,
            Self::Loss(letter) => facts.loss = letter,
            Self::Prediction(name) => facts.output = name,
            Self::Target(name) => facts.target = name,
            Self::Delta(letter) => facts.delta = letter,
            Self::DeltaSign(sign) => facts.delta_sign = sign,
        }
        facts
    }
}

/// What a reader has changed of a notation: of each aspect one fact, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Changes([Option<Change>; Aspect::ALL.len()]);

impl Changes {
    /// The change of `aspect`.
    pub fn of(&self, aspect: Aspect) -> Option<Change> {
        self.0[aspect as usize]
    }

    /// The same with `change` of `aspect`, or as the notation has it.
    pub fn with(mut self, aspect: Aspect, change: Option<Change>) -> Self {
        self.0[aspect as usize] = change.filter(|change| change.aspect() == aspect);
        self
    }

    /// Every change, in the order of the aspects.
    pub fn iter(&self) -> impl Iterator<Item = Change> + '_ {
        self.0.iter().flatten().copied()
    }

    /// Whether units that the notation names by itself get other names.
    pub fn rename_units(&self) -> bool {
        self.of(Aspect::First).is_some() || self.of(Aspect::Prediction).is_some()
    }
}

impl FromIterator<Change> for Changes {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        changes.into_iter().fold(Self::default(), |all, change| all.with(change.aspect(), Some(change)))
    }
}

/// A notation as it is written: a source's, with what the reader has changed of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whose.
    pub notation: Notation,
    /// With these changes.
    pub changes: Changes,
    /// What it decides.
    pub facts: Facts,
    /// Whose letters stand in a formula for any network.
    pub general: Facts,
}

impl Style {
    /// That of `notation` as it is.
    pub fn of(notation: Notation) -> Self {
        Self::new(notation, Changes::default())
    }

    /// That of `notation` with `changes`, but for those that [`Self::refusal`] tells of.
    pub fn new(notation: Notation, changes: Changes) -> Self {
        let changed = |facts: &Facts| {
            changes.iter().fold(*facts, |facts, change| {
                let changed = change.applied_to(facts);
                if changed.clash().is_some() { facts } else { changed }
            })
        };
        Self { notation, changes, facts: changed(notation.facts()), general: changed(notation.general()) }
    }

    /// The first change by which a letter would stand for two things, and why: it is not made.
    pub fn refusal(&self) -> Option<(Change, String)> {
        self.changes.iter().find_map(|change| {
            let (letter, [one, other]) = change.applied_to(self.facts).clash()?;
            Some((change, words::letter_is_taken(&letter, &one, &other)))
        })
    }
}
