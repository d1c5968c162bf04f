//! The example of the README prints the numbers of its article.

#[path = "../examples/hmkcode.rs"]
#[allow(dead_code, missing_docs)]
mod hmkcode;

/// HMKCode, *Backpropagation Step by Step*: prediction, error and the weights after the update.
#[test]
fn the_example_prints_the_numbers_of_the_article() {
    let update = hmkcode::first_update();
    assert_eq!(format!("{:.3}", update.pass.samples[0].forward.prediction()[0]), "0.191");
    assert_eq!(format!("{:.3}", update.pass.loss), "0.327");
    let weights = update.after.network.params.0.iter().flat_map(|layer| layer.weights.numbers().to_vec());
    let printed: Vec<String> = weights.map(|w| format!("{w:.2}")).collect();
    assert_eq!(printed, ["0.12", "0.23", "0.13", "0.10", "0.17", "0.17"]);
}
