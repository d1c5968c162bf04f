//! Which units of a long column are drawn.

/// The most units that one layer can be asked to draw.
const MAX_REQUIRED: usize = 3;

/// Which units of a layer are drawn, top to bottom, at most `most` places with those that stand for
/// left out ones, which are `None`. The first of `required` are drawn whatever they are; to want one more
/// that is drawn already changes nothing.
pub fn drawn(n_units: usize, required: &[usize], most: usize) -> Vec<Option<usize>> {
    if n_units <= most {
        return (0..n_units).map(Some).collect();
    }
    let required = &required[..required.len().min(MAX_REQUIRED)];
    let mut firm = Vec::new();
    let mut list = spread(n_units, &firm, most);
    // Twice: one that is drawn by itself may have to go for a later one.
    for &unit in required.iter().chain(required).filter(|unit| **unit < n_units) {
        if !list.contains(&Some(unit)) {
            firm.push(unit);
            list = spread(n_units, &firm, most);
        }
    }
    list
}

/// The units `firm`, the first and the last ones, and one between them, in `most` places.
fn spread(n_units: usize, firm: &[usize], most: usize) -> Vec<Option<usize>> {
    let mut kept = vec![0, n_units - 1];
    let mut keep = |unit: usize| {
        let Err(at) = kept.binary_search(&unit) else { return };
        kept.insert(at, unit);
        if most < places(&kept).len() {
            kept.remove(at);
        }
    };
    firm.iter().for_each(|unit| keep(*unit));
    let (head, tail) = ((most - 2) / 2, n_units - (most - 3) / 2);
    if !firm.iter().any(|unit| (head..tail).contains(unit)) {
        keep((head + tail) / 2);
    }
    (1..most).flat_map(|k| [k, n_units - 1 - k]).for_each(keep);
    places(&kept)
}

/// These units in order, and `None` where at least two are left out between them; one alone is drawn.
fn places(kept: &[usize]) -> Vec<Option<usize>> {
    let mut list = Vec::with_capacity(2 * kept.len());
    for (k, &unit) in kept.iter().enumerate() {
        match k.checked_sub(1).map_or(0, |before| unit - kept[before] - 1) {
            0 => {}
            1 => list.push(Some(unit - 1)),
            _ => list.push(None),
        }
        list.push(Some(unit));
    }
    list
}
