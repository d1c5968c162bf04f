//! What an import comes to, what it lacks, and what the source of its lesson says.

sentences! {
    /// What comes of the choices: four counts, and the names of the output's activation and of the loss.
    fn plan(training, test, inputs, outputs, activation, loss) => "{training}, {test}; {inputs}, {outputs}: {activation}, {loss}.";

    /// What becomes of rows.
    fn rows_with_missing_cell_left_out(n: count) => one "{n} row with a missing cell is left out.", other "{n} rows with a missing cell are left out.";
    /// What becomes of rows.
    fn rows_without_target_left_out(n: count) => one "{n} row without a target is left out.", other "{n} rows without a target are left out.";
    /// What becomes of cells.
    fn missing_cells_filled(n: count) => one "{n} missing cell is filled by the mean or the commonest word of all rows.", other "{n} missing cells are filled by the mean or the commonest word of all rows.";

    /// What lacks.
    fn choose_target() => "Choose a target: a column that the network is to predict.";
    /// What lacks.
    fn choose_input() => "Choose an input: a column to predict from.";
    /// What is too much.
    fn too_many_inputs(n, most) => "There would be {n} inputs, at most {most}; each word of a column is one. Ignore some columns.";
    /// What is too much.
    fn too_many_outputs(n, most) => "There would be {n} outputs, at most {most}; each word of a column is one. Ignore some columns.";
    /// What is too much.
    fn too_many_numbers(n, most) => "The samples would be {n} numbers, at most {most}. Ignore some columns.";
    /// Nothing is left.
    fn cell_missing_in_every_row() => "In every row a cell is missing: ignore the columns where most are, or fill them.";
    /// What is accepted.
    fn test_share_range(most) => "The test share is a number from 0 to {most}.";
    /// A target of one word.
    fn target_says_the_same(place, column) => "Column {place} “{column}” says the same in every row: a target has two different words at least.";

    /// Where the samples are from.
    fn from_file(n: count, file) => one "{file}, {n} row.", other "{file}, {n} rows.";
    /// The same with rows that are kept apart.
    fn from_file_with_test_set(n: count, file, test, seed) => one "{file}, {n} row, {test} of them the test set by seed {seed}.", other "{file}, {n} rows, {test} of them the test set by seed {seed}.";
    /// What was done to columns, a list.
    fn standardised(columns) => "Standardised by (mean, standard deviation) of the training rows: {columns}.";
    /// The same where more follow.
    fn standardised_and_more(columns) => "Standardised by (mean, standard deviation) of the training rows: {columns}, …";
    /// One of the list.
    fn column_with_mean(column, mean, deviation) => "{column} ({mean}, {deviation})";
}
