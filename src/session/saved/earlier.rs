//! Stored earlier runs, with their curves in a form of the caller's.

use super::file::EarlierFile;
use crate::run::LossCurve;
use crate::run::earlier::{EarlierRun, EarlierRuns};
use crate::text::document::Object;
use crate::text::fault::{Read, Within, fault};
use crate::words::session::read as words;

/// The number of a run that was stored without one.
const FIRST: u64 = 1;

/// The first run, if it has no name, and the others.
pub fn write<C>(
    runs: &EarlierRuns,
    curve: impl Fn(&LossCurve) -> C,
) -> (Option<C>, Vec<Object<EarlierFile<C>>>) {
    let is_nameless = |run: &EarlierRun| run.number == FIRST && run.name.is_empty();
    let first = runs.all().first().filter(|run| is_nameless(run));
    let file = |run: &EarlierRun| EarlierFile {
        number: run.number,
        name: run.name.clone(),
        losses: curve(&run.losses),
    };
    let others = runs.all().iter().filter(|run| !is_nameless(run));
    (first.map(|run| curve(&run.losses)), others.map(|run| Object(file(run))).collect())
}

/// What [`write`] has written.
pub fn read<C>(
    ghost: Option<&C>,
    files: &[Object<EarlierFile<C>>],
    curve: impl Fn(&C) -> Read<LossCurve>,
) -> Read<EarlierRuns> {
    let mut runs = Vec::new();
    if let Some(ghost) = ghost {
        runs.push(EarlierRun::new(FIRST, "", curve(ghost).of("ghost")?));
    }
    for (k, Object(file)) in files.iter().enumerate() {
        let losses = curve(&file.losses).of("losses").at(k).of("earlier")?;
        runs.push(EarlierRun::new(file.number, &file.name, losses));
    }
    EarlierRuns::new(runs).map_or_else(|| fault(words::impossible_numbers()).of("earlier"), Ok)
}
