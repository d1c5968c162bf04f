//! Of runs on trial: what would become of the loss.

sentences! {
    /// What the loss does.
    fn converges() => "converges";
    /// What the loss does.
    fn oscillates() => "oscillates";
    /// What the loss does.
    fn diverges() => "diverges";
    /// What "converges" means.
    fn converges_means() => "neither of the others";
    /// What "oscillates" means.
    fn oscillates_means() => "stays bounded but goes on rising and falling: in the second half of the epochs the rises add up to more than a hundredth of the highest loss";
    /// What "diverges" means.
    fn diverges_means() => "leaves what a number can hold, or still grows at the end: in the second half of the epochs it only rises, or in the last quarter it more than doubles its highest value before";
}
