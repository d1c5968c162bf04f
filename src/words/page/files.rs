//! Of files, and of what the browser stores.

sentences! {
    /// It cannot be opened.
    fn not_read(name) => "“{name}” could not be read.";
    /// It cannot be opened.
    fn not_read_by_browser() => "The browser could not read the file.";
    /// It cannot be opened, and why.
    fn not_a_lesson(name, fault) => "“{name}” is not a lesson that can be opened. {fault}.";
    /// It cannot be opened.
    fn too_large_for_lesson(name, most) => "“{name}” is too large for a lesson: at most {most} MB are accepted.";
    /// It cannot be opened.
    fn too_large_for_weights(most) => "The file is too large for the weights of a lesson: at most {most} MB are accepted.";
    /// What is called so in place of a file's name.
    fn pasted_text() => "pasted text";
    /// How large a file is.
    fn bytes(n: count) => one "{n} byte", other "{n} bytes";
    /// A file is being read, with a bar that shows how far.
    fn reading(progress) => "Reading {progress}";
    /// The heading of a dialog.
    fn open_lesson() => "Open lesson";

    /// A lesson cannot be saved.
    fn too_large_to_save(bytes, most) => "The lesson would be a file of {bytes} bytes, and at most {most} MB can be opened again: import fewer rows or columns.";
    /// A lesson cannot be saved.
    fn lesson_not_saved() => "The browser did not let the lesson be saved.";
    /// Weights cannot be saved.
    fn weights_not_saved() => "The browser did not let the weights be saved.";
    /// A file cannot be saved.
    fn file_not_saved() => "The browser did not let the file be saved.";

    /// A lesson that comes with the page cannot be fetched.
    fn lesson_not_loaded(name) => "The lesson “{name}” could not be loaded. Is the network there?";
    /// The data of such a lesson cannot be fetched.
    fn data_not_loaded(name) => "The data “{name}” could not be loaded. Is the network there?";
    /// The address names a lesson that there is not; with the names that there are.
    fn no_such_lesson(name, names) => "No lesson is called “{name}”: {names} are there.";
    /// What is shown in the place of what cannot be.
    fn first_lesson_is_open() => "The first lesson is open instead.";
    /// What is shown in the place of what cannot be.
    fn address_is_open() => "What the address names is open instead.";

    /// What was stored cannot be read, and why.
    fn stored_set_aside(fault) => "What this browser had stored could not be read and was set aside: the settings give it as a file ({fault}).";
    /// The same, where nothing more can be stored.
    fn stored_not_set_aside(fault) => "What this browser had stored could not be read and there is no room to set it aside: until a reload the settings give it as a file ({fault}).";
    /// Nothing can be stored.
    fn stores_nothing() => "This browser stores nothing: its storage is full or switched off. What is done here is gone when the page is left; “Export” saves the lesson as a file.";
}
