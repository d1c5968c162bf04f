//! Of a table of samples that is being opened.

sentences! {
    /// The name of what lets a file be chosen.
    fn csv_file() => "CSV file";
    /// The heading.
    fn import_csv() => "Import CSV";
    /// The button that makes the table the lesson's data.
    fn import() => "Import";
    /// The name of what says what will become of it.
    fn what_will_be_imported() => "What will be imported";
    /// Columns of a table.
    fn columns_of(n: count) => one "{n} column", other "{n} columns";

    /// How its text is written, with the list box to choose it.
    fn encoding_is(encoding) => "encoding {encoding}";
    /// The name of that list box.
    fn encoding() => "Encoding";
    /// What stands between its cells, with the list box to choose it.
    fn delimiter_is(delimiter) => "delimiter {delimiter}";
    /// The name of that list box.
    fn delimiter() => "Delimiter";
    /// The mark in its numbers, with the list box to choose it.
    fn decimal_is(decimal) => "decimal {decimal}";
    /// The name of that list box.
    fn decimal_mark() => "Decimal mark";
    /// A check box.
    fn first_row_holds_names() => "the first row holds names";

    /// The name of a list.
    fn notes() => "Notes on the file";
    /// The name of the table of columns.
    fn columns() => "Columns";
    /// The head of a column.
    fn column() => "column";
    /// The head of a column: input, target or nothing.
    fn use_as() => "use as";
    /// The head of a column: numbers or words.
    fn taken_as() => "taken as";
    /// The head of a column.
    fn holds() => "holds";
    /// The head of a column: a line of the file.
    fn line(line) => "line {line}";
    /// The name of a column without a name.
    fn column_number(column) => "column {column}";
    /// A list box in a column's row.
    fn use_of(column) => "Use of {column}";
    /// A list box in a column's row.
    fn kind_of(column) => "Kind of {column}";
    /// The row of columns that have none of their own.
    fn more_columns(n: count) => one "{n} more column", other "{n} more columns";
    /// The list box in that row.
    fn use_of_others() => "Use of the other columns";
    /// Of what is not the same for all of them.
    fn mixed() => "mixed";

    /// A check box.
    fn fill_missing() => "fill missing inputs: mean, commonest word";
    /// A check box.
    fn standardise_inputs() => "standardise inputs";
    /// A check box.
    fn standardise_targets() => "standardise targets";
    /// The share of samples that is kept apart, with the box for it.
    fn test_share_is(share) => "test share {share}";
    /// The name of that box.
    fn test_share() => "Test share";
    /// What was typed into it is refused.
    fn test_share_accepted(typed, most) => "Test share cannot be {typed}: a number from 0 to {most} is accepted. The old value stays.";
    /// What decides which samples those are, with the box for it.
    fn seed_is(seed) => "seed {seed}";
    /// The name of that box.
    fn seed() => "Held-out seed";
    /// What was typed into it is refused.
    fn seed_accepted(typed) => "Seed cannot be {typed}: a whole number is accepted. The old value stays.";
}
