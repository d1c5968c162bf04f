//! Where the labels of one gap between two layers go: a deterministic search over places along each
//! edge, by min-conflicts with growing weights (Morris, The Breakout Method, 1993).

use super::rect::{Point, Rect};

/// Rounds of repair before a gap counts as too full; gaps that can be filled took below 70.
const MAX_ROUNDS: usize = 80;

/// The largest part of a gap that labels ever filled.
const FULLEST: f64 = 0.75;

/// A place for a label: what it covers, and how little it suits.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The upper part: name and value.
    pub chip: Rect,
    /// All of it, room for the gradient included.
    pub whole: Rect,
    cost: f64,
}

/// What a label needs and may not touch.
pub struct Gap<'a> {
    /// Each edge's line, from circle to circle.
    pub edges: &'a [(Point, Point)],
    /// Width and height of the chip.
    pub chip: (f64, f64),
    /// Width and height of what appears below the chip, the distance included.
    pub below: (f64, f64),
    /// Where labels may lie.
    pub room: Rect,
    /// What no label may touch.
    pub discs: &'a [(Point, f64)],
    /// What no label may touch either.
    pub rects: &'a [Rect],
    /// Least distance between two labels.
    pub distance: f64,
}

/// A place for the label of each edge, no two overlapping; `None` if none was found.
pub fn place(gap: &Gap) -> Option<Vec<Candidate>> {
    let candidates: Vec<Vec<Candidate>> = (0..gap.edges.len()).map(|edge| gap.candidates(edge)).collect();
    if candidates.iter().any(Vec::is_empty) {
        return None;
    }
    // Labels that cannot fit by area alone are not searched for.
    let area: f64 = candidates.iter().map(|list| list[0].whole.w * list[0].whole.h).sum();
    if FULLEST * gap.room.w * gap.room.h < area {
        return None;
    }
    let chosen = search(&candidates, gap.distance)?;
    Some(chosen.iter().zip(&candidates).map(|(&k, list)| list[k]).collect())
}

/// The best place for the label of the first edge alone, clear of the others where it can be.
pub fn best(gap: &Gap) -> Option<Candidate> {
    gap.candidates(0).first().copied()
}

impl Gap<'_> {
    fn candidates(&self, edge: usize) -> Vec<Candidate> {
        let (a, b) = self.edges[edge];
        let (w, h) = self.chip;
        let (below_w, below_h) = self.below;
        let is_crossed = self.edges.iter().enumerate().any(|(k, &(c, d))| k != edge && cross(a, b, c, d));
        // Where edges cross, labels near the sending unit tell best whose they are.
        let ideal = if is_crossed { 0.36 } else { 0.5 };
        let mut list = Vec::new();
        for k in 0..=32 {
            let t = 0.1 + 0.025 * f64::from(k);
            for shift in [0.0, -0.24, 0.24] {
                let on = a.towards(b, t);
                let chip = Rect::around(Point { x: on.x, y: on.y + shift * h }, w, h);
                let whole = Rect::below(on.x, chip.y, w.max(below_w), h + below_h);
                let is_free = self.room.x <= whole.x
                    && whole.right() <= self.room.right()
                    && self.room.y <= whole.y
                    && whole.bottom() <= self.room.bottom()
                    && !self.discs.iter().any(|&(centre, r)| whole.touches_disc(centre, r))
                    && !self.rects.iter().any(|rect| whole.overlaps(rect));
                if !is_free {
                    continue;
                }
                let others = || self.edges.iter().enumerate().filter(|(k, _)| *k != edge);
                let covered = others().filter(|(_, (c, d))| chip.touches_line(*c, *d)).count();
                let under = others().filter(|(_, (c, d))| whole.touches_line(*c, *d)).count();
                let cost = 40.0 * (t - ideal) * (t - ideal)
                    + 5.0 * covered as f64
                    + (under - covered) as f64
                    + 6.0 * f64::abs(shift);
                list.push(Candidate { chip, whole, cost });
            }
        }
        // The best first; equal ones stay in order, so that the result is always the same.
        list.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        list
    }
}

/// Whether two edges meet between their ends.
fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    (a.y - c.y) * (b.y - d.y) < 0.0
}

fn search(candidates: &[Vec<Candidate>], distance: f64) -> Option<Vec<usize>> {
    let n = candidates.len();
    let collide = |i: usize, k: usize, j: usize, l: usize| {
        candidates[i][k].whole.grown(distance, distance).overlaps(&candidates[j][l].whole)
    };
    let mut chosen = vec![0; n];
    let mut weights = vec![1.0; n * n];
    for _ in 0..MAX_ROUNDS {
        let mut has_conflict = false;
        let mut has_moved = false;
        for i in 0..n {
            let in_conflict = (0..n).any(|j| j != i && collide(i, chosen[i], j, chosen[j]));
            if !in_conflict {
                continue;
            }
            has_conflict = true;
            // The sum stops where it is no longer better.
            let penalty = |k: usize, limit: f64| -> f64 {
                let mut sum = candidates[i][k].cost;
                for j in (0..n).filter(|&j| j != i) {
                    if collide(i, k, j, chosen[j]) {
                        sum += 100.0 * weights[i * n + j];
                        if limit <= sum {
                            break;
                        }
                    }
                }
                sum
            };
            let mut best = (chosen[i], penalty(chosen[i], f64::INFINITY));
            for (k, candidate) in candidates[i].iter().enumerate() {
                // Sorted by cost: nothing behind can be better.
                if best.1 <= candidate.cost {
                    break;
                }
                let now = penalty(k, best.1);
                if now < best.1 {
                    best = (k, now);
                }
            }
            if best.0 != chosen[i] {
                chosen[i] = best.0;
                has_moved = true;
            }
        }
        if !has_conflict {
            polish(&mut chosen, &collide);
            return Some(chosen);
        }
        if !has_moved {
            for i in 0..n {
                for j in 0..n {
                    if i != j && collide(i, chosen[i], j, chosen[j]) {
                        weights[i * n + j] += 1.0;
                    }
                }
            }
        }
    }
    None
}

/// Moves each label to the best place that is free, until none moves.
fn polish(chosen: &mut [usize], collide: &impl Fn(usize, usize, usize, usize) -> bool) {
    let n = chosen.len();
    for _ in 0..4 {
        let mut has_moved = false;
        for i in 0..n {
            let better = (0..chosen[i]).find(|&k| !(0..n).any(|j| j != i && collide(i, k, j, chosen[j])));
            if let Some(k) = better {
                chosen[i] = k;
                has_moved = true;
            }
        }
        if !has_moved {
            return;
        }
    }
}
