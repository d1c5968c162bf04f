//! What a column holds, in a few words, and what of it may not be meant.

sentences! {
    /// The name of a column without a name.
    fn unnamed(place) => "column {place}";

    /// What it holds.
    fn nothing() => "nothing";
    /// What it holds.
    fn no_numbers() => "no numbers";
    /// What it holds: the smallest and the largest number.
    fn range(least, most) => "{least} to {most}";
    /// The same with the sign of a currency, or %.
    fn range_with_sign(least, most, sign) => "{least} to {most} {sign}";
    /// What it holds.
    fn more_words(n) => "more than {n} words";
    /// What it holds: the number of different words, and which.
    fn different_words(n, words) => "{n}: {words}";
    /// The same where more follow.
    fn different_words_and_more(n, words) => "{n}: {words}, …";
    /// What it holds, and how many of its cells are missing.
    fn with_missing(holds, n) => "{holds}; {n} missing";

    /// A hint.
    fn holds_dates(column) => "“{column}” holds dates, which are words here: the year or a number of days would be a number.";
    /// A hint.
    fn tells_rows_apart(column) => "“{column}” differs in nearly every row, as names do.";
    /// A hint.
    fn has_groups_of_two(column) => "“{column}” has digits in groups as in India: 1,23,456 is 123456.";
}
