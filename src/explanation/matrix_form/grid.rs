//! Matrices of formulas: which rows and columns a long one shows.

use crate::explanation::formula::Formula;

/// Which of `n` indices a shortened matrix shows: `None` where some are left out. The index
/// `focus` is always among them.
pub fn visible(n: usize, focus: Option<usize>, most: usize) -> Vec<Option<usize>> {
    if n <= most {
        return (0..n).map(Some).collect();
    }
    let near = most - 2;
    let mut kept: Vec<usize> = match focus {
        Some(focus) if near <= focus && focus < n - 1 => (0..near - 2).chain([focus]).collect(),
        _ => (0..near).collect(),
    };
    kept.push(n - 1);
    let mut shown = Vec::with_capacity(most);
    let mut next = 0;
    for index in kept {
        if next < index {
            shown.push(None);
        }
        shown.push(Some(index));
        next = index + 1;
    }
    shown
}

/// Cells for each row and column; a single cell stands without brackets.
pub fn grid(
    rows: &[Option<usize>],
    columns: &[Option<usize>],
    cell: impl Fn(usize, usize) -> Formula,
) -> Formula {
    let at = |row: &Option<usize>, column: &Option<usize>| match (row, column) {
        (Some(row), Some(column)) => cell(*row, *column),
        _ => Formula::Ellipsis,
    };
    match (rows, columns) {
        ([row], [column]) => at(row, column),
        _ => Formula::Matrix {
            rows: rows.iter().map(|row| columns.iter().map(|column| at(row, column)).collect()).collect(),
            shape: (extent(rows), extent(columns)),
        },
    }
}

/// How many indices there are, of which these are [`visible`]: the last one always is.
fn extent(visible: &[Option<usize>]) -> usize {
    visible.iter().rev().find_map(|index| *index).map_or(0, |last| last + 1)
}

pub fn column(rows: &[Option<usize>], cell: impl Fn(usize) -> Formula) -> Formula {
    grid(rows, &[Some(0)], |row, _| cell(row))
}

pub fn row(columns: &[Option<usize>], cell: impl Fn(usize) -> Formula) -> Formula {
    grid(&[Some(0)], columns, |_, column| cell(column))
}
