//! Of the list of keys, and what else stands there.

sentences! {
    /// The button.
    fn keyboard_help() => "Keyboard help";
    /// Its tip, with its key.
    fn keyboard_tip() => "Keyboard (?)";
    /// A heading.
    fn keyboard() => "Keyboard";
    /// What keys do in a box with a number.
    fn on_a_number() => "On a number: type it or drag it sideways. Enter takes it over, Escape brings the old one back; both give the keys back to the lesson, and so does Page Down.";
    /// What keys do on other controls.
    fn on_a_control() => "A control that was reached by Tab has the arrow keys, Home, End and Space for itself: ↑ ↓ change a number (with Shift ten times as far), ← → move a slider or go from tab to tab. After a click they are the lesson's. Page Down and Page Up always step, but in an open list or dialog.";
    /// What digits do.
    fn while_presenting() => "While presenting, 1 to 9 go to the lesson’s bookmarks, where it has so many.";
    /// Where keys are switched off.
    fn can_be_switched_off() => "Keys that are a character can be switched off in the settings.";
    /// A heading: the glossary.
    fn words() => "Words";
    /// Where a symbol is explained.
    fn about_symbols() => "Point at a symbol, tap it or give it the focus: the network’s card says what it is.";
}
