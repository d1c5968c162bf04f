//! What is said of a table and of its import.

pub mod cells;
pub mod columns;
pub mod import;

sentences! {
    /// Name of what stands between cells.
    fn comma() => "comma";
    /// Name of what stands between cells.
    fn semicolon() => "semicolon";
    /// Name of what stands between cells.
    fn tab() => "tab";
    /// Name of what stands between cells.
    fn vertical_bar() => "vertical bar";
    /// Name of what stands between cells: one blank or tab, or several.
    fn blanks() => "blanks";

    /// Name of the decimal mark: 0.5.
    fn decimal_point() => "point";
    /// Name of the decimal mark: 0,5.
    fn decimal_comma() => "comma";

    /// Name of an encoding.
    fn windows_1252() => "Windows-1252, Western Europe";
    /// Name of an encoding.
    fn windows_1250() => "Windows-1250, Central Europe";

    /// What a cell may be taken as.
    fn numbers() => "numbers";
    /// What a cell may be taken as: a category, of which each word is an input or an output.
    fn words_one_hot() => "words, one-hot";

    /// What a column is for: to predict from.
    fn input() => "input";
    /// What a column is for: to be predicted.
    fn target() => "target";
    /// What a column is for: nothing.
    fn ignore() => "ignore";

    /// What was passed over in the file, a list.
    fn left_out(what) => "Left out: {what}.";
    /// Passed over: what stands before the table.
    fn title_lines(n: count) => one "{n} line of title before the table", other "{n} lines of title before the table";
    /// Passed over.
    fn comment_lines(n: count) => one "{n} line of comment", other "{n} lines of comment";
    /// Passed over.
    fn empty_rows(n: count) => one "{n} empty row", other "{n} empty rows";
    /// Passed over.
    fn empty_columns(n: count) => one "{n} empty column", other "{n} empty columns";
    /// Where the units are.
    fn line_holds_units(line) => "Line {line} holds the units of the columns.";
    /// How the file's text was read, by the name of an encoding.
    fn read_as(encoding) => "The text is no UTF-8 and read as {encoding}. Where letters are wrong, choose the other encoding, or save the file as “CSV UTF-8”.";

    /// The file is empty.
    fn file_is_empty() => "The file is empty: rows of cells are expected.";
    /// One column, with the name of a delimiter.
    fn only_one_column(delimiter) => "Line 1: only one column with the delimiter {delimiter}. An input and a target are needed: choose the delimiter that stands in the file.";
    /// Only a row of names.
    fn no_row_of_data() => "The file has names of columns but no row of data after them.";
}
