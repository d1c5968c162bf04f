//! Parameters in the order of their size, or of their derivative's or step's.

use crate::moment::Moment;
use crate::picture::heat_map::MapQuantity;
use backprop::network::Param;

/// `params` with the largest number of this kind first, whatever its sign; of equal ones the first
/// stays first, and what does not learn comes last.
pub fn ranked(moment: &Moment, kind: MapQuantity, params: &[Param]) -> Vec<Param> {
    // Numbers that are not negative are ordered as their bits are; one more tells 0 from nothing.
    let size = |number: Option<f64>| number.map_or(0, |x| x.abs().to_bits() + 1);
    let mut sizes: Vec<(u64, usize)> = kind.each(moment, params.iter().copied()).map(size).zip(0..).collect();
    sizes.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    sizes.into_iter().map(|(_, k)| params[k]).collect()
}

/// The first of `params` with the largest number of this kind; `None` where none has a number.
pub fn largest(moment: &Moment, kind: MapQuantity, params: &[Param]) -> Option<Param> {
    let numbers = kind.each(moment, params.iter().copied());
    let sizes = numbers.zip(params).filter_map(|(number, param)| Some((number?.abs(), *param)));
    let first = sizes.reduce(|best, next| if best.0 < next.0 { next } else { best });
    first.map(|(_, param)| param)
}
