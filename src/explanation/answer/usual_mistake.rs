//! Mistakes that learners make in a step. What each comes to stands with the step, in `forward.rs`, `backward.rs`
//! and `update.rs`; which sentence is said of it, in `said.rs`.

/// A mistake in a step, as a learner makes it. Units and samples count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsualMistake {
    /// No mistake of the learner's: what is right where the machine makes one on purpose.
    Mended,
    /// The sign is the other way round: of the number, of what is put into g, of the step.
    Sign,
    /// Twice the number.
    TwoTooMany,
    /// Half of it.
    HalfTooMany,
    /// The sum over samples or outputs where their mean is asked.
    SumForMean,
    /// The mean where the sum is asked.
    MeanForSum,
    /// A sum where a product belongs, in one term or in all.
    ProductAdded,
    /// A term of a sum is left out: a value that arrives, an output, a sample, a path back.
    ForgottenTerm(usize),
    /// The bias is left out.
    ForgottenBias,
    /// The weights of another unit of the layer.
    WeightsOf(usize),
    /// A column of the matrix of weights for its row, or the other way round.
    Transposed,
    /// z is passed on as it is.
    NoActivation,
    /// g′(z) for g(z).
    SlopeForActivation,
    /// e to the z, not divided by the sum of all.
    NotNormalised,
    /// The gap, or the derivative, for its square.
    NotSquared,
    /// The part of the target alone: without what counts where the target is 0.
    MissForgotten,
    /// The logarithm to base ten.
    DecimalLog,
    /// Without g′: of this unit, or of those behind it.
    NoSlope,
    /// g′ where it cancels against the slope of the loss.
    SlopeTooMany,
    /// The activation a for g′.
    ActivationForSlope,
    /// z for g′.
    SumForSlope,
    /// g′ taken at a and not at z.
    SlopeOfActivation,
    /// g′ without ∂E/∂a.
    SlopeAlone,
    /// The weights on the way back are left out.
    NoWeight,
    /// The weights alone.
    NoDelta,
    /// The new weights, which belong to the next pass.
    NewWeights,
    /// w for the activation that it is multiplied by.
    WeightForInput,
    /// The weight or bias itself.
    ParamItself,
    /// The activation that the weight carries is left out.
    NoInput,
    /// The activation of another sender.
    InputOf(usize),
    /// The activation at the other end of the weight.
    OtherEnd,
    /// The derivative of one sample for the mean of all.
    OneSample(usize),
    /// The learning rate is left out.
    NoRate,
    /// The learning rate is multiplied twice.
    RateTwice,
    /// w − η w.
    ParamForDerivative,
    /// The change without the weight, with either sign.
    ChangeAlone,
    /// ∂E/∂w itself.
    DerivativeItself,
    /// The old weight.
    NotChanged,
    /// The step of plain gradient descent.
    PlainStep,
    /// The step of momentum without Nesterov's look ahead.
    NoLookAhead,
    /// v for √v.
    NoRoot,
    /// m and v are not divided by their corrections.
    NoCorrection,
    /// Multiplied by the correction.
    CorrectionTimes,
    /// Divided by the other correction.
    OtherCorrection,
    /// Divided by 1 − β for 1 − βᵗ.
    FirstPower,
    /// The shares of old and new are exchanged.
    SharesSwapped,
    /// Without any shares.
    NoShares,
    /// The old mean is left out.
    OldForgotten,
    /// The new one counts whole.
    RestForgotten,
}
