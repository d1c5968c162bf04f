//! Of keys: their names, and what they do.

sentences! {
    /// A key.
    fn page_down() => "Page Down";
    /// A key.
    fn page_up() => "Page Up";
    /// A key.
    fn space() => "Space";
    /// A key.
    fn home() => "Home";
    /// A key.
    fn end() => "End";
    /// A key.
    fn escape() => "Escape";
    /// A key while Shift is held.
    fn with_shift(key) => "Shift {key}";

    /// What a key does.
    fn step_forward_coarser() => "Step forward, by a larger step";
    /// What a key does.
    fn step_back_coarser() => "Step back, by a larger step";
    /// What a key does.
    fn clicker_forward() => "Step forward (a presenter's clicker)";
    /// What a key does.
    fn clicker_back() => "Step back (a presenter's clicker)";
    /// What a key does.
    fn play_or_pause() => "Play or pause";
    /// What a key does.
    fn to_the_start() => "To the start";
    /// What a key does.
    fn to_the_end_of_phase() => "To the end of the phase";
    /// What a key does.
    fn reset() => "Reset to the lesson's start";
    /// What a key does.
    fn reset_weights() => "Reset the weights, keep the learning rate and the data";
    /// What a key does.
    fn undo() => "Undo the last edit";
    /// What a key does.
    fn present() => "Present, or stop presenting";
    /// What a key does.
    fn enlarge_network() => "Enlarge the network, or back";
    /// What a key does.
    fn enlarge_derivation() => "Enlarge the derivation, or back";
    /// What a key does.
    fn enlarge_curve() => "Enlarge the loss curve, or back";
    /// What a key does.
    fn enlarge_tables() => "Enlarge the tables; while presenting, show them instead of the derivation";
    /// What a key opens.
    fn line_by_line() => "The derivation line by line, or back";
    /// What a key opens.
    fn general_form() => "The general form of the step's formula, or back";
    /// What a key opens.
    fn paths() => "The paths to the loss, or back";
    /// What a key opens.
    fn prediction() => "The prediction as one expression, or back";
    /// What a key opens.
    fn modes() => "Forward mode and reverse mode, or back";
    /// What a key opens.
    fn variants() => "An optimiser’s update in books and frameworks, or back";
    /// Where a key goes.
    fn seventh_bookmark() => "While presenting: the seventh bookmark";
    /// Where a key goes.
    fn eighth_bookmark() => "While presenting: the eighth bookmark";
    /// Where a key goes.
    fn ninth_bookmark() => "While presenting: the ninth bookmark";
    /// What a key does.
    fn go_to() => "Go to a bookmark, a phase, a sample";
    /// What a key does.
    fn guide_on() => "On in the lesson’s guide";
    /// What a key does.
    fn guide_back() => "Back in the lesson’s guide";
    /// What a key does.
    fn ask_first() => "Ask first: each step asks for its number, or back";
    /// What a key does.
    fn share() => "Share: a link to this moment";
    /// What a key does.
    fn zoom() => "Zoom to what the step is about, or back";
    /// What a key does.
    fn darken() => "Darken the screen, or back";
    /// What a key does.
    fn clicker_darken() => "Darken the screen, or back (a presenter's clicker)";
    /// What a key does.
    fn spot() => "A spot of light at the pointer, while the key is held";
    /// What a key does.
    fn back() => "Back from dark, enlarged or presenting";
    /// What a key does.
    fn show_this_list() => "Show this list";
}
