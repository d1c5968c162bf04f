//! The terms of the page, in the order in which a first lecture meets them: what each is called, and what it means.

sentences! {
    /// A term.
    fn weight() => "weight";
    /// What it means.
    fn weight_means() => "A number on an edge: what the sending unit passes on is multiplied by it.";

    /// A term.
    fn bias() => "bias";
    /// What it means.
    fn bias_means() => "A number that a unit adds to its weighted sum, whatever the inputs are.";

    /// A term.
    fn weighted_sum() => "weighted sum";
    /// What it means.
    fn weighted_sum_means() => "What a unit receives: each value from the layer before times its weight, added up, plus the bias.";

    /// A term.
    fn activation_function() => "activation function";
    /// What it means.
    fn activation_function_means() => "What a unit makes of its weighted sum before it passes it on; without one, layers in a row could do no more than a single one.";

    /// A term.
    fn forward_pass() => "forward pass";
    /// What it means.
    fn forward_pass_means() => "From the inputs to the prediction and the loss, layer by layer.";

    /// A term.
    fn loss() => "loss";
    /// What it means.
    fn loss_means() => "One number for how wrong the prediction is; learning makes it smaller.";

    /// A term.
    fn partial() => "∂";
    /// What it means.
    fn partial_means() => "∂E/∂w is the partial derivative: how much E changes per small change of w while everything else stays.";

    /// A term.
    fn gradient() => "gradient";
    /// What it means.
    fn gradient_means() => "All the derivatives of the loss by the weights and biases together: the direction in which it grows fastest.";

    /// A term.
    fn chain_rule() => "chain rule";
    /// What it means.
    fn chain_rule_means() => "Where one quantity acts on the next, small changes are passed on in proportion, so along a path the derivatives multiply.";

    /// A term.
    fn paths() => "paths";
    /// What it means.
    fn paths_means() => "A weight may reach the loss along several paths; each brings its share of the change, so over paths they add up.";

    /// A term.
    fn delta() => "Δ, δ";
    /// What it means.
    fn delta_means() => "The derivative of the loss by a unit’s weighted sum: worked out once, it is a factor of every weight that leads to the unit and of all layers before.";

    /// A term.
    fn backward_pass() => "backward pass";
    /// What it means.
    fn backward_pass_means() => "From the loss back to the weights: each layer’s derivatives are made of those of the next layer, so none is worked out twice.";

    /// A term.
    fn minus() => "minus";
    /// What it means.
    fn minus_means() => "The derivative points to where the loss grows, so the step goes against it.";

    /// A term.
    fn learning_rate() => "learning rate";
    /// What it means.
    fn learning_rate_means() => "How far a step goes against the derivative: too small, learning takes long; too large, it overshoots and the loss grows.";

    /// A term.
    fn good_rate() => "a good rate";
    /// What it means.
    fn good_rate_means() => "The largest at which the loss still falls steadily; “Learning rates” tries many at once.";

    /// A term.
    fn update() => "update";
    /// What it means.
    fn update_means() => "All weights and biases make their step at the same time, from derivatives that belong to the old ones.";

    /// A term.
    fn batch() => "batch";
    /// What it means.
    fn batch_means() => "The samples whose derivatives are averaged into one update.";

    /// A term.
    fn epoch() => "epoch";
    /// What it means.
    fn epoch_means() => "One round in which every training sample has been used once.";

    /// A term.
    fn training_set() => "training set";
    /// What it means.
    fn training_set_means() => "The samples that the network learns from.";

    /// A term.
    fn test_set() => "test set";
    /// What it means.
    fn test_set_means() => "Samples that are kept apart and never learned from: they tell whether what was learned holds for new ones.";

    /// A term.
    fn accuracy() => "accuracy";
    /// What it means.
    fn accuracy_means() => "The share of samples whose class is predicted.";

    /// A term.
    fn momentum() => "momentum";
    /// What it means.
    fn momentum_means() => "A share of the last step goes into the next one, so that steps in one direction grow and those to and fro cancel.";
}
