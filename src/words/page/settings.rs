//! Of the settings.

sentences! {
    /// The button and the heading.
    fn settings() => "Settings";

    /// The theme, with the list box to choose it.
    fn theme_is(theme) => "Theme {theme}";
    /// The name of that list box.
    fn theme() => "Theme";
    /// A theme: as the computer's own settings say.
    fn as_the_system() => "As the system";
    /// A theme.
    fn light() => "Light";
    /// A theme.
    fn dark() => "Dark";
    /// A theme: for a projector.
    fn projector() => "Projector";

    /// How many digits, with the list box to choose it.
    fn digits_are(digits) => "Digits {digits}";
    /// The name of that list box.
    fn digits() => "Digits";
    /// What it does.
    fn about_digits() => "Significant digits shown. Calculations use full precision.";

    /// Whose notation, with the list box to choose it.
    fn notation_is(notation) => "Notation {notation}";
    /// The name of that list box.
    fn notation() => "Notation";
    /// A notation.
    fn as_the_lesson_says() => "as the lesson says";
    /// What it does.
    fn about_notation() => "Every name on the page is written so: in diagram, formulas, tables and links. The numbers stay, but for δ where it is target − prediction.";
    /// What unfolds list boxes, one for each fact of the notation.
    fn change_single_names() => "Change single names";
    /// Of such a fact: as the notation has it.
    fn unchanged() => "unchanged";

    /// How much of a step is spoken, with the list box to choose it.
    fn speech_is(speech) => "Speech of a step {speech}";
    /// The name of that list box.
    fn speech() => "Speech of a step";

    /// A check box.
    fn character_keys() => "Character keys";
    /// Which keys those are, and why they can be switched off.
    fn about_character_keys(keys) => "{keys} and the diagram's +, −, 0. Switched off, they do nothing: for who speaks to the computer, or presses keys by accident.";

    /// A button.
    fn save_set_aside() => "Save what was set aside";
    /// What it saves.
    fn about_set_aside() => "This browser had stored it, and it could not be read.";
}
