//! Of the check of a derivative by a difference.

sentences! {
    /// A clause: what was measured. `by` is how far the parameter was moved up and down.
    fn gives(parameter, by, loss, x) => "nudging {parameter} by ±{by} and measuring the slope of {loss} gives {x}";
    /// The same with fewer digits than are shown.
    fn gives_fewer_digits(parameter, by, loss, x) => "nudging {parameter} by ±{by} and measuring the slope of {loss} gives {x}; further digits cannot be measured so";
    /// The same where the measurement tells nothing.
    fn cannot_tell(parameter, by, loss, x, doubt) => "nudging {parameter} by ±{by} and measuring the slope of {loss} cannot tell: it gives {x}, but may be off by {doubt}";
    /// The same where it differs, with the reason, a sentence.
    fn differs(parameter, by, loss, x, reason) => "nudging {parameter} by ±{by} and measuring the slope of {loss} gives {x}. {reason}";

    /// Why it differs.
    fn half_is_forgotten() => "Broken on purpose: the ½ of the loss is forgotten, the measurement has it.";
    /// Why it differs.
    fn slope_is_left_out() => "Broken on purpose: a factor g′(z) on the way back is left out, the measurement goes through it.";
    /// Why it differs.
    fn samples_are_added_up() => "Broken on purpose: the step added the samples up, the measurement takes their mean.";
    /// Why it differs.
    fn weights_were_new() => "The update order is layer by layer: the step went back through weights that were new already, the measurement uses the old ones.";
    /// Why it differs.
    fn is_at_kink() => "A unit is at the kink of its ReLU, where the slope jumps: the nudge measures both sides of it.";
    /// That it differs without a known reason.
    fn more_than_rounding() => "That is more than rounding explains.";

    /// A sentence for a listener, of a clause.
    fn check(found) => "Check: {found}.";
    /// The same where it differs; what is found is sentences.
    fn check_differs(found) => "The check differs: {found}";
}
