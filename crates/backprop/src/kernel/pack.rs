//! How the kernel lays out numbers.
//!
//! Everything is made of squares of 4 × 4 numbers. A layer's numbers over a block of samples are rows
//! of squares, one row per four samples; a [`Four`] holds four samples of one unit:
//!
//! ```text
//! row 0:  unit 0 of samples 0 1 2 3 | unit 1 of samples 0 1 2 3 | …
//! row 1:  unit 0 of samples 4 5 6 7 | unit 1 of samples 4 5 6 7 | …
//! ```
//!
//! Behind the last unit comes one that is always 1, the input of the biases: a bias is the weight of
//! one more input. Weights stand in columns, one per four receiving units; there a [`Four`] holds the
//! weights from one unit to these four. What fills a row or column up to squares is zero and stays
//! so; what lies behind the last sample is computed and never looked at.

use crate::lanes::{Pair, both, firsts, seconds};
use crate::matrix::Matrix;
use crate::network::LayerParams;
use crate::trace::{Sample, UpdateOrder};

/// Four numbers that go together: two registers.
pub type Four = [Pair; 2];
/// Four times four numbers.
pub type Square = [Four; 4];

/// Four zeros.
pub const ZERO: Four = [both(0.0), both(0.0)];

/// Samples that go through the network together. More need more room in the cache; fewer load and
/// store the gradient more often (28 to 100 differ by a few per cent).
pub const BLOCK: usize = 60;

/// `numbers` from `start` on; nothing if there are not as many. Unlike a range, which may panic, this
/// costs no call where code is to be small.
#[inline(always)]
pub fn tail<T>(numbers: &[T], start: usize) -> &[T] {
    match numbers.split_at_checked(start) {
        Some((_, tail)) => tail,
        None => &[],
    }
}

/// As [`tail`], to be changed.
#[inline(always)]
pub fn tail_mut<T>(numbers: &mut [T], start: usize) -> &mut [T] {
    match numbers.split_at_mut_checked(start) {
        Some((_, tail)) => tail,
        None => &mut [],
    }
}

/// The first `n` numbers, or as many as there are.
#[inline(always)]
pub fn head<T>(numbers: &[T], n: usize) -> &[T] {
    numbers.split_at_checked(n).map_or(numbers, |(head, _)| head)
}

/// As [`head`], to be changed.
#[inline(always)]
pub fn head_mut<T>(numbers: &mut [T], n: usize) -> &mut [T] {
    let n = n.min(numbers.len());
    numbers.split_at_mut(n).0
}

/// Squares that hold `n` units.
pub fn squares(n: usize) -> usize {
    n.div_ceil(4)
}

/// Samples of a training set, packed block by block in the order of its batches.
pub struct Batches {
    blocks: Vec<Block>,
    /// The number of blocks before each batch, and that of all.
    starts: Vec<usize>,
    /// The number of samples in each batch.
    sizes: Vec<usize>,
    n_samples: usize,
    largest: f64,
}

/// Some samples of one batch.
pub struct Block {
    /// Number of samples.
    pub n: usize,
    /// Rows of inputs and the constant 1.
    pub inputs: Vec<Square>,
    /// Rows of targets.
    pub targets: Vec<Square>,
    /// The sum of each sample's targets, per four samples.
    pub totals: Vec<Four>,
}

impl Batches {
    /// Packs `samples` for batches of `batch_size`. Layer by layer a batch is one block: all its
    /// samples see the new weights of a layer before the layer in front of it is done.
    pub fn new<'a>(
        samples: impl IntoIterator<Item = &'a Sample>,
        batch_size: usize,
        order: UpdateOrder,
    ) -> Self {
        let samples: Vec<&Sample> = samples.into_iter().collect();
        let block_size = match order {
            UpdateOrder::Simultaneous => BLOCK,
            UpdateOrder::LayerByLayer => batch_size,
        };
        let mut blocks = Vec::new();
        let mut starts = vec![0];
        for batch in samples.chunks(batch_size) {
            blocks.extend(batch.chunks(block_size).map(Block::new));
            starts.push(blocks.len());
        }
        let numbers = samples.iter().flat_map(|sample| sample.input.iter().chain(&sample.target));
        let largest = numbers.fold(1.0, |largest: f64, x| largest.max(x.abs()));
        let sizes = samples.chunks(batch_size).map(<[_]>::len).collect();
        Self { blocks, starts, sizes, n_samples: samples.len(), largest }
    }

    /// Number of batches.
    pub fn n_batches(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of samples.
    pub fn n_samples(&self) -> usize {
        self.n_samples
    }

    /// Number of samples of batch `batch`.
    pub fn n_samples_in(&self, batch: usize) -> usize {
        self.sizes[batch]
    }

    /// Number of blocks.
    pub fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The largest magnitude among all inputs and targets, at least 1.
    pub(super) fn largest(&self) -> f64 {
        self.largest
    }

    /// The most samples that a block has.
    pub(super) fn largest_block(&self) -> usize {
        self.blocks.iter().map(|block| block.n).max().unwrap_or(0)
    }

    /// The blocks of batch `batch`.
    pub(super) fn batch(&self, batch: usize) -> &[Block] {
        &self.blocks[self.starts[batch]..self.starts[batch + 1]]
    }

    /// All blocks.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

impl Block {
    fn new(samples: &[&Sample]) -> Self {
        let totals: Vec<f64> = samples.iter().map(|sample| sample.target.iter().sum()).collect();
        Self {
            n: samples.len(),
            inputs: rows(samples, |sample| &sample.input, true),
            targets: rows(samples, |sample| &sample.target, false),
            totals: totals.chunks(4).map(|x| four(|k| x.get(k).copied().unwrap_or(0.0))).collect(),
        }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.n.div_ceil(4)
    }
}

/// The numbers f(0) … f(3).
fn four(f: impl Fn(usize) -> f64) -> Four {
    [Pair::new([f(0), f(1)]), Pair::new([f(2), f(3)])]
}

/// Rows of what `side` says of each sample, and behind it a 1 if `has_one`. The numbers of a sample that
/// is alone lie behind each other.
fn rows(samples: &[&Sample], side: fn(&Sample) -> &[f64], has_one: bool) -> Vec<Square> {
    let n_units = samples.first().map_or(0, |sample| side(sample).len()) + usize::from(has_one);
    let per_row = squares(n_units);
    let mut rows = vec![[ZERO; 4]; squares(samples.len()) * per_row];
    let flat: &mut [f64] = bytemuck::cast_slice_mut(&mut rows);
    let distance = if samples.len() == 1 { 1 } else { 4 };
    for (k, sample) in samples.iter().enumerate() {
        // The same unit of four samples lies side by side.
        let places = tail_mut(flat, k / 4 * per_row * 16 + k % 4).iter_mut().step_by(distance);
        let numbers = side(sample).iter().chain(has_one.then_some(&1.0));
        places.zip(numbers).for_each(|(place, number)| *place = *number);
    }
    rows
}

/// A layer's weights and biases in columns of `n_squares`.
pub fn columns(params: &LayerParams, n_squares: usize) -> Vec<Square> {
    let (n_out, n_in) = (params.weights.n_rows(), params.weights.n_cols());
    let number = |to: usize, from: usize| match &params.biases {
        _ if n_out <= to => 0.0,
        _ if from < n_in => params.weights.at(to, from),
        Some(biases) if from == n_in => biases[to],
        _ => 0.0,
    };
    (0..squares(n_out) * n_squares)
        .map(|k| {
            let (to, from) = (k / n_squares * 4, k % n_squares * 4);
            [0, 1, 2, 3].map(|i| four(|j| number(to + j, from + i)))
        })
        .collect()
}

/// The inverse of [`columns`]: a layer of the shape of `like`.
pub fn params(columns: &[Square], n_squares: usize, like: &LayerParams) -> LayerParams {
    let number = |to: usize, from: usize| {
        columns[to / 4 * n_squares + from / 4][from % 4][to % 4 / 2].to_array()[to % 2]
    };
    let (n_out, n_in) = (like.weights.n_rows(), like.weights.n_cols());
    LayerParams {
        weights: Matrix::from_fn(n_out, n_in, number),
        biases: like.biases.as_ref().map(|_| (0..n_out).map(|to| number(to, n_in)).collect()),
    }
}

/// Rows and columns of a square exchanged.
#[inline(always)]
pub fn transposed(square: &Square) -> Square {
    let [[a, b], [c, d], [e, f], [g, h]] = *square;
    [
        [firsts(a, c), firsts(e, g)],
        [seconds(a, c), seconds(e, g)],
        [firsts(b, d), firsts(f, h)],
        [seconds(b, d), seconds(f, h)],
    ]
}
