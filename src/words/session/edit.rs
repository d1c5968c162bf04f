//! Of edits that are not taken.

sentences! {
    /// Of a quantity of this name.
    fn cannot_be(name, value, least, most) => "{name} cannot be {value}: a number between {least} and {most} is accepted. The old value stays.";
    /// Of the learning rate of this letter.
    fn rate_cannot_be(rate, value, least, most) => "The learning rate {rate} cannot be {value}: a number between {least} and {most} is accepted. The old value stays.";
    /// Of a sample in the plot.
    fn point_cannot_be(value, least, most) => "The point cannot be {value}: a number between {least} and {most} is accepted. The old value stays.";
    /// Of an optimiser's constant that is added to a root.
    fn small_constant_cannot_be(name, value) => "{name} cannot be {value}: a number above 0 and at most 1 is accepted. The old value stays.";
    /// Of an optimiser's constant that is a share.
    fn share_cannot_be(name, value) => "{name} cannot be {value}: a number 0 or more and below 1 is accepted. The old value stays.";

    /// Of a quantity of this name.
    fn not_finite(name) => "This value of {name} is not taken: the loss would grow beyond what a number can hold.";
    /// Of the learning rate of this letter.
    fn rate_not_finite(rate) => "This value of the learning rate {rate} is not taken: the loss would grow beyond what a number can hold.";
    /// Of the update order.
    fn order_not_finite() => "This value of the update order is not taken: the loss would grow beyond what a number can hold.";
    /// Of a mistake on purpose, by its name.
    fn mistake_not_finite(mistake) => "This value of the mistake “{mistake}” is not taken: the loss would grow beyond what a number can hold.";
    /// Of all mistakes on purpose, which are mended.
    fn machine_not_finite() => "This value of the machine is not taken: the loss would grow beyond what a number can hold.";
    /// Of a sample more or less.
    fn data_not_finite() => "This value of the data is not taken: the loss would grow beyond what a number can hold.";
    /// Of a sample in the plot.
    fn point_not_finite() => "This value of the point is not taken: the loss would grow beyond what a number can hold.";

    /// The only sample is not removed.
    fn last_sample_stays() => "The last sample stays: a network needs at least one training sample.";
    /// No sample is added.
    fn numbers_full(most) => "The data are full: at most {most} numbers.";
    /// No sample is added.
    fn samples_full(most) => "The data are full: at most {most} samples.";
    /// No sample is added, for a reason that is a clause.
    fn too_much(reason) => "{reason}.";
}
