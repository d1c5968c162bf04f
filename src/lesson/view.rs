//! What stands open beside the network: on the card of the step, or among the tables.

/// Something that can be opened: by a guide's page, a bookmark or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The derivation line by line.
    Lines,
    /// The formula for any network.
    GeneralForm,
    /// Every path to the loss.
    Paths,
    /// The prediction as one expression.
    Prediction,
    /// Forward beside reverse mode.
    TwoWays,
    /// An optimiser's step as others make it.
    Variants,
    /// The table of every parameter.
    Ledger,
    /// The matrix form.
    Matrix,
    /// The samples.
    Data,
    /// The numbers that the source prints.
    Published,
    /// What the network computes over its inputs.
    Plot,
    /// The weights as a map.
    Weights,
    /// Other settings side by side.
    Compare,
    /// The layers, the loss, the data.
    Design,
    /// Broken on purpose, and the flow of gradients.
    Experiments,
    /// The loss along one parameter or over two.
    Slice,
    /// What another learning rate would do.
    LearningRates,
    /// Every derivative beside its central difference.
    GradientCheck,
    /// The accuracy per epoch, and which class is predicted for which.
    Accuracy,
}

impl View {
    /// All of them: first those of the step's card, then those among the tables.
    pub const ALL: [Self; 19] = [
        Self::Lines,
        Self::GeneralForm,
        Self::Paths,
        Self::Prediction,
        Self::TwoWays,
        Self::Variants,
        Self::Ledger,
        Self::Matrix,
        Self::Data,
        Self::Published,
        Self::Plot,
        Self::Weights,
        Self::Compare,
        Self::Design,
        Self::Experiments,
        Self::Slice,
        Self::LearningRates,
        Self::GradientCheck,
        Self::Accuracy,
    ];

    /// The word for it in files and links; the page calls what it opens by the same word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::GeneralForm => "general",
            Self::Paths => "paths",
            Self::Prediction => "prediction",
            Self::TwoWays => "modes",
            Self::Variants => "variants",
            Self::Ledger => "ledger",
            Self::Matrix => "matrix",
            Self::Data => "data",
            Self::Published => "published",
            Self::Plot => "plot",
            Self::Weights => "weights",
            Self::Compare => "compare",
            Self::Design => "design",
            Self::Experiments => "experiments",
            Self::Slice => "slice",
            Self::LearningRates => "rates",
            Self::GradientCheck => "check",
            Self::Accuracy => "accuracy",
        }
    }

    /// The view that the page calls by this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}
