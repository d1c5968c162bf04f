//! What most readers would choose of a table.

use super::Table;
use super::column::{Column, TakenAs};
use super::import::{Choices, ColumnChoice, ColumnRole};

/// What targets are called, the surest names first. “y” is none beside an “x”: those are two coordinates.
const TARGETS: &[&str] = &[
    "label",
    "target",
    "class",
    "output",
    "outcome",
    "species",
    "survived",
    "diagnosis",
    "variety",
    "result",
    "quality",
    "price",
    "y",
];

/// Targets beyond this are standardised unless the reader says otherwise: from usual start weights
/// and learning rates they would be far away.
const FAR: f64 = 10.0;
/// Of fewer rows none is held out.
const FEW_ROWS: usize = 10;
const HELD_OUT: f64 = 0.2;

impl Table {
    /// What most readers would choose: the column that is named as targets are is the target, or else the last one, and
    /// the others are inputs, but for those that count the rows, tell them apart as names do, or hold next to nothing;
    /// targets that are 0 and 1, or few whole numbers, are classes.
    pub fn suggest(&self) -> Choices {
        let mut columns: Vec<ColumnChoice> =
            self.columns().iter().map(|column| self.choice(column)).collect();
        let mut is_far = false;
        if let Some(target) = self.target(&columns) {
            columns[target].role = ColumnRole::Target;
            if self.columns()[target].names_classes() {
                columns[target].taken_as = TakenAs::Words;
            }
            is_far = FAR < self.columns()[target].magnitude();
        }
        let inputs =
            || columns.iter().zip(self.columns()).filter(|(choice, _)| choice.role == ColumnRole::Input);
        // Truth tables stay as they stand.
        let standardises_inputs = inputs().any(|(_, column)| 1.0 < column.magnitude());
        Choices {
            standardises_inputs,
            columns,
            fills_missing: false,
            standardises_targets: is_far,
            held_out: if self.n_rows() < FEW_ROWS { 0.0 } else { HELD_OUT },
            seed: 1,
        }
    }

    fn choice(&self, column: &Column) -> ColumnChoice {
        let taken_as = if column.is_numeric() { TakenAs::Numbers } else { TakenAs::Words };
        let is_name = taken_as == TakenAs::Words && (column.n_words().is_none() || column.tells_rows_apart());
        let counts_rows = self.dialect.has_header && column.counts_rows();
        let is_of_use = self.n_rows() <= 2 * column.n_present() && !is_name && !counts_rows;
        ColumnChoice { role: if is_of_use { ColumnRole::Input } else { ColumnRole::Ignore }, taken_as }
    }

    /// The column that is the target.
    fn target(&self, choices: &[ColumnChoice]) -> Option<usize> {
        let of_use = || (0..choices.len()).filter(|k| choices[*k].role == ColumnRole::Input);
        let name = |k: usize| self.columns()[k].name.split(" (").next().unwrap_or_default().to_lowercase();
        let has_x = || (0..choices.len()).any(|k| name(k) == "x");
        let rank = |k: usize| {
            let name = name(k);
            TARGETS.iter().position(|target| *target == name).filter(|_| name != "y" || !has_x())
        };
        let mut named = None::<(usize, usize)>;
        for k in of_use() {
            if let Some(rank) = rank(k) {
                named = Some(named.map_or((rank, k), |best| best.min((rank, k))));
            }
        }
        let names_classes =
            |k: usize| choices[k].taken_as == TakenAs::Words || self.columns()[k].names_classes();
        let (first, last) = (of_use().next()?, of_use().next_back()?);
        // Without names it stands first in some files, as in those of handwritten digits.
        let is_first =
            !self.dialect.has_header && self.columns()[first].names_classes() && !names_classes(last);
        Some(named.map_or(if is_first { first } else { last }, |(_, k)| k))
    }
}
