//! What is wrong with a cell, and what is accepted. Each problem is a clause behind a colon, with its full stop.

sentences! {
    /// Where a cell stands, and the problem with it.
    fn at(line, column, problem) => "Line {line}, column {column}: {problem}";
    /// The same of a column with a name.
    fn at_named(line, column, name, problem) => "Line {line}, column {column} “{name}”: {problem}";

    /// A problem.
    fn too_long(most) => "a cell of more than {most} bytes starts here. Is its quotation mark never closed?";
    /// A problem.
    fn quotation_mark_open() => "a quotation mark is opened here and never closed.";
    /// A problem.
    fn zero_byte() => "a zero byte, which stands in no text. Is this a CSV file?";
    /// A problem.
    fn not_utf8() => "the text is not encoded as UTF-8. Save the file as “CSV UTF-8”.";
    /// A problem.
    fn too_many_columns(most) => "more than {most} columns, the most that are accepted.";
    /// A problem.
    fn too_many_rows(most) => "more than {most} rows, the most that are accepted.";
    /// A problem: cells behind the last column.
    fn too_many(expected) => "a cell too many: {expected} are expected, as in the first row.";
    /// A problem: so many cells in the row.
    fn missing(n, expected) => "the cell is missing: the row has {n}, and {expected} are expected, as in the first row.";

    /// A problem of a number.
    fn beyond(text, most) => "“{text}” is beyond ±{most}, the most that is accepted. Standardise the column.";
    /// A problem of a number that even standardised is too large.
    fn beyond_all(text) => "“{text}” is beyond ±10¹⁰⁰, the most that is accepted.";
    /// A problem of a number standardised.
    fn beyond_standardised(z, most) => "standardised by the training rows, the number is {z}, beyond ±{most}. Choose another seed, or ignore the column.";
    /// A problem of a number with the sign of a currency.
    fn other_sign(text, sign) => "“{text}” has another sign than the numbers before it, “{sign}”.";
    /// A problem, with a number that is accepted.
    fn no_number(text, example) => "“{text}” is no number. A number such as {example} or -3e5 is accepted.";
    /// The same where a comma stands in it.
    fn no_number_with_point(text, example) => "“{text}” is no number. A number such as {example} or -3e5 is accepted, with the decimal point and thousands in groups of three.";
    /// The same where a point stands in it.
    fn no_number_with_comma(text, example) => "“{text}” is no number. A number such as {example} or -3e5 is accepted, with the decimal comma and thousands in groups of three.";
    /// A problem of a word.
    fn word_too_many(text, most) => "“{text}” is one word too many: at most {most} different ones are accepted. Ignore the column.";
}
