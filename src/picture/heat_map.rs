//! A layer's weights and biases, their derivatives and their steps as maps: one cell per parameter,
//! a row per receiving unit and a column per sending one, the biases in a column behind them.

use std::ops::RangeInclusive;

use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::picture::raster::{ColourScale, Raster, Shades};
use backprop::network::{Network, Param, Params};
use backprop::trace::SampleTrace;

/// The largest side of a cell, in CSS pixels.
const MAX_SIDE: f64 = 22.0;
/// The side of a cell from which on maps stand beside each other, in CSS pixels.
const LEAST_BESIDE: f64 = 2.0;
/// And the least width of such a map, for its legend.
const LEAST_WIDTH: f64 = 150.0;
/// Between the weights and the biases, in CSS pixels.
const GAP: f64 = 4.0;
/// Between two maps beside each other, in CSS pixels.
pub const BESIDE: f64 = 16.0;
/// The most height of a map, in CSS pixels, or as a share of the width that all have; more only where
/// its cells could not be told apart.
const HEIGHT: f64 = 260.0;
const HEIGHT_OF_WIDTH: f64 = 0.4;

/// What a map shows of each parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapQuantity {
    /// Its value before the update.
    Weight,
    /// ∂E/∂w: the batch's in the phases that are about it, else the shown sample's.
    Gradient,
    /// What the update adds.
    Step,
}

impl MapQuantity {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Weight, Self::Gradient, Self::Step];

    /// What is shown of `param`.
    pub fn quantity(self, moment: &Moment, param: Param) -> Quantity {
        match self {
            Self::Weight => Quantity::Param(param),
            Self::Gradient => moment.shown_gradient(param),
            Self::Step => Quantity::Step(param),
        }
    }

    /// What is shown, as a heading: w, ∂E/∂w, −a·∂E/∂w.
    pub fn heading(self, moment: &Moment) -> String {
        match self {
            Self::Weight => "w".to_owned(),
            Self::Gradient => moment.names.gradient_heading(),
            Self::Step => moment.names.step_heading(),
        }
    }

    fn kept(self, moment: &Moment) -> Option<NumbersOf<'_>> {
        match self {
            Self::Weight => Some(NumbersOf::Each(&moment.network().params)),
            Self::Gradient if moment.shows_means() => Some(NumbersOf::Each(&moment.update().pass.gradients)),
            Self::Gradient => moment.trace(moment.sample()).map(NumbersOf::OfSample),
            Self::Step => Some(NumbersOf::Each(&moment.update().steps)),
        }
    }

    /// The number of each of `params`, whether or not its step has been reached; `None` where it does
    /// not learn and so has no derivative or step.
    pub fn each<'a>(
        self,
        moment: &'a Moment,
        params: impl Iterator<Item = Param> + 'a,
    ) -> impl Iterator<Item = Option<f64>> + 'a {
        let kept = self.kept(moment);
        params.map(move |param| {
            let has_number = self == Self::Weight || moment.learns(param);
            kept.as_ref().filter(|_| has_number).map(|kept| kept.at(param))
        })
    }

    /// How many of a layer's learning parameters, in the order of the steps, have got theirs, and of
    /// how many.
    pub fn n_reached(self, moment: &Moment, layer: usize) -> (usize, usize) {
        let grid = Grid::new(moment.network(), layer);
        let learns = self == Self::Weight || moment.lesson.rule.learns_biases();
        let n = grid.n_rows * (grid.n_columns - usize::from(grid.has_biases && !learns));
        let quantity = self.quantity(moment, Param::Weight { layer, to: 0, from: 0 });
        let Some(first) = moment.stop_of(quantity) else {
            return (n, n);
        };
        // The steps of a layer follow each other.
        let position = moment.told();
        let is_done = moment.plan.is_done(position);
        ((position.step + usize::from(is_done)).saturating_sub(first.step).min(n), n)
    }
}

/// Where the numbers of a kind stand.
enum NumbersOf<'a> {
    Each(&'a Params),
    OfSample(&'a SampleTrace),
}

impl NumbersOf<'_> {
    fn at(&self, param: Param) -> f64 {
        match self {
            Self::Each(params) => params.at(param),
            Self::OfSample(trace) => trace.gradient(param),
        }
    }
}

/// A place in a map: row = receiving unit, column = sending unit or, behind the last, the bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapCell {
    /// From above.
    pub row: usize,
    /// From the left.
    pub column: usize,
}

/// Which parameter stands where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The layer, 1…L.
    pub layer: usize,
    /// Receiving units.
    pub n_rows: usize,
    /// Sending units, and one for the biases if there are any.
    pub n_columns: usize,
    /// Whether the last column is the biases.
    pub has_biases: bool,
}

impl Grid {
    /// The grid of layer `layer`, 1…L.
    pub fn new(network: &Network, layer: usize) -> Self {
        let has_biases = network.has_biases(layer);
        let n_columns = network.n_units(layer - 1) + usize::from(has_biases);
        Self { layer, n_rows: network.n_units(layer), n_columns, has_biases }
    }

    /// The parameter of a cell within the grid.
    pub fn param(&self, MapCell { row, column }: MapCell) -> Param {
        if self.has_biases && column + 1 == self.n_columns {
            Param::Bias { layer: self.layer, to: row }
        } else {
            Param::Weight { layer: self.layer, to: row, from: column }
        }
    }

    /// The cell of a parameter; `None` in another layer.
    pub fn cell(&self, param: Param) -> Option<MapCell> {
        let (row, column) = match param {
            Param::Weight { to, from, .. } => (to, from),
            Param::Bias { to, .. } => (to, self.n_columns - 1),
        };
        (param.layer() == self.layer && row < self.n_rows && column < self.n_columns)
            .then_some(MapCell { row, column })
    }

    /// Every cell, row by row.
    pub fn cells(self) -> impl Iterator<Item = MapCell> {
        (0..self.n_rows).flat_map(move |row| (0..self.n_columns).map(move |column| MapCell { row, column }))
    }

    /// Every parameter, row by row.
    pub fn params(self) -> impl Iterator<Item = Param> {
        self.cells().map(move |cell| self.param(cell))
    }

    /// The cell that a key leads to from `cell`: arrows by one, Home and End along the row. `None` for
    /// another key.
    pub fn after_key(&self, MapCell { row, column }: MapCell, key: &str) -> Option<MapCell> {
        let (last_row, last_column) = (self.n_rows - 1, self.n_columns - 1);
        let (row, column) = match key {
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowDown" => ((row + 1).min(last_row), column),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "ArrowRight" => (row, (column + 1).min(last_column)),
            "Home" => (row, 0),
            "End" => (row, last_column),
            _ => return None,
        };
        Some(MapCell { row, column })
    }
}

/// The numbers of a map, with the grid that they were made for.
#[derive(Clone, Debug, PartialEq)]
pub struct MapNumbers {
    grid: Grid,
    /// One per cell, row by row.
    each: Vec<Option<f64>>,
}

impl MapNumbers {
    /// What a kind's map of a layer shows at `moment`.
    pub fn new(moment: &Moment, kind: MapQuantity, layer: usize) -> Self {
        let grid = Grid::new(moment.network(), layer);
        let (n_reached, _) = kind.n_reached(moment, layer);
        if n_reached == 0 {
            // Without making the update, which may take its time.
            return Self { grid, each: vec![None; grid.n_rows * grid.n_columns] };
        }
        let mut left = n_reached;
        let shown = kind.each(moment, grid.params()).map(|number| {
            let number = number.filter(|_| 0 < left)?;
            left -= 1;
            Some(number)
        });
        Self { grid, each: shown.collect() }
    }

    /// The number of a cell; `None` where its step has not been reached, and beyond the grid.
    pub fn at(&self, MapCell { row, column }: MapCell) -> Option<f64> {
        let is_within = row < self.grid.n_rows && column < self.grid.n_columns;
        is_within.then(|| self.each[row * self.grid.n_columns + column]).flatten()
    }
}

/// The scale that a kind's maps of `layers` share. It does not wait for the steps: colours stay as
/// they are while stepping.
pub fn scale(moment: &Moment, kind: MapQuantity, layers: RangeInclusive<usize>) -> ColourScale {
    let network = moment.network();
    let params = layers.flat_map(|layer| Grid::new(network, layer).params());
    ColourScale::of(kind.each(moment, params).flatten())
}

/// Where the cells of a grid stand on a screen. Lengths are CSS pixels unless they say otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapLayout {
    grid: Grid,
    /// The screen's pixels per CSS pixel.
    ratio: f64,
    /// The side of a cell, in the screen's pixels.
    side: usize,
    /// Before the biases, in the screen's pixels.
    gap: usize,
}

impl MapLayout {
    /// The largest cells that fit into `width` and `height`; at least one pixel each.
    pub fn fit(grid: Grid, (width, height): (f64, f64), ratio: f64) -> Self {
        let gap = if grid.has_biases { (GAP * ratio).round() } else { 0.0 };
        let across = (width * ratio - gap) / grid.n_columns as f64;
        let down = height * ratio / grid.n_rows as f64;
        let side = across.min(down).min(MAX_SIDE * ratio).floor().max(1.0) as usize;
        Self { grid, ratio, side, gap: gap as usize }
    }

    /// The layout of `n` maps of one grid in rows of `width`, and the width that each has: beside each
    /// other where their cells can still be told apart, else below each other.
    pub fn beside(grid: Grid, n: usize, width: f64, ratio: f64) -> (Self, f64) {
        let fit = |n: usize| {
            let room = ((width + BESIDE) / n as f64 - BESIDE).max(1.0);
            (Self::fit(grid, (room, HEIGHT.max(HEIGHT_OF_WIDTH * width)), ratio), room)
        };
        let is_large =
            |(layout, room): &(Self, f64)| LEAST_BESIDE * ratio <= layout.side as f64 && LEAST_WIDTH <= *room;
        (2..=n).rev().map(fit).find(is_large).unwrap_or_else(|| fit(1))
    }

    /// Width and height.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.pixels();
        (width as f64 / self.ratio, height as f64 / self.ratio)
    }

    fn pixels(&self) -> (usize, usize) {
        (self.grid.n_columns * self.side + self.gap, self.grid.n_rows * self.side)
    }

    /// The left top corner of a cell, in the screen's pixels.
    fn corner(&self, MapCell { row, column }: MapCell) -> (usize, usize) {
        let is_bias = self.grid.has_biases && column + 1 == self.grid.n_columns;
        (column * self.side + if is_bias { self.gap } else { 0 }, row * self.side)
    }

    /// Left, top and side of a cell.
    pub fn place(&self, cell: MapCell) -> (f64, f64, f64) {
        let (left, top) = self.corner(cell);
        (left as f64 / self.ratio, top as f64 / self.ratio, self.side as f64 / self.ratio)
    }

    /// The cell at a point, or the nearest one.
    pub fn cell_at(&self, x: f64, y: f64) -> MapCell {
        let along = |at: f64, n: usize| ((at * self.ratio / self.side as f64).max(0.0) as usize).min(n - 1);
        let row = along(y, self.grid.n_rows);
        let n_weights = self.grid.n_columns - usize::from(self.grid.has_biases);
        let end = (n_weights * self.side) as f64 + self.gap as f64 / 2.0;
        let is_bias = self.grid.has_biases && end <= x * self.ratio;
        let column = if is_bias { n_weights } else { along(x, n_weights) };
        MapCell { row, column }
    }

    /// The picture of each cell's `number`.
    pub fn paint(
        &self,
        number: impl Fn(MapCell) -> Option<f64>,
        scale: ColourScale,
        shades: &Shades,
    ) -> Raster {
        let (width, height) = self.pixels();
        let mut raster = Raster::new(width, height, shades.zero);
        for cell in self.grid.cells() {
            let share = number(cell).map(|x| scale.share(x));
            raster.cell(self.corner(cell), self.side, share, shades);
        }
        raster
    }
}

/// The legend of every map: the scale from end to end in `n` cells of `side` pixels.
pub fn legend(n: usize, side: usize, shades: &Shades) -> Raster {
    let mut raster = Raster::new(n * side, side, shades.zero);
    for k in 0..n {
        let share = 2.0 * k as f64 / (n - 1) as f64 - 1.0;
        raster.cell((k * side, 0), side, Some(share), shades);
    }
    raster
}
