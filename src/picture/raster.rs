//! Pictures of cells, pixel by pixel: the colour of a cell says the sign and the size of its number,
//! and a dash within it says "negative" to those who do not see the colour.

use crate::picture::chart::Rgb;

/// A cell of fewer pixels has no gap to its neighbour.
const LEAST_FOR_GAP: usize = 10;
/// A cell of fewer pixels has no room for a mark.
const LEAST_FOR_MARK: usize = 8;
/// Numbers of a smaller share of the scale carry no dash: they are as good as white.
const LEAST_NEGATIVE: f64 = 0.01;
/// How strong a mark stands out of its cell.
const MARK: f64 = 0.7;

/// The colours of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// Zero, and what is between cells.
    pub zero: Rgb,
    /// The largest number.
    pub positive: Rgb,
    /// The smallest.
    pub negative: Rgb,
    /// The dash of a negative number on a pale cell, and the dot of one that is not there yet.
    pub mark: Rgb,
}

/// A colour scale, symmetric around zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColourScale {
    /// The number of the strongest colour; its negative has the strongest of the other.
    pub most: f64,
}

impl ColourScale {
    /// The scale that just holds all finite `numbers`; 0 where there is none.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Self {
        let sizes = numbers.into_iter().map(f64::abs).filter(|size| size.is_finite());
        Self { most: sizes.fold(0.0, f64::max) }
    }

    /// Where `x` is on the scale, −1 … 1.
    pub fn share(self, x: f64) -> f64 {
        if self.most > 0.0 { (x / self.most).clamp(-1.0, 1.0) } else { 0.0 }
    }
}

/// A picture: rows of pixels from above.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<u32>,
}

/// Red, green, blue and opacity, one byte each in this order.
fn pixel(Rgb(r, g, b): Rgb) -> u32 {
    u32::from_ne_bytes([r, g, b, u8::MAX])
}

impl Raster {
    /// A picture of one colour.
    pub fn new(width: usize, height: usize, colour: Rgb) -> Self {
        Self { width, height, pixels: vec![pixel(colour); width * height] }
    }

    /// Number of pixels across.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of pixels down.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Four bytes per pixel: red, green, blue and opacity.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.pixels)
    }

    /// The colour of a pixel within the picture.
    pub fn at(&self, x: usize, y: usize) -> Rgb {
        let [r, g, b, _] = self.pixels[y * self.width + x].to_ne_bytes();
        Rgb(r, g, b)
    }

    /// Fills a rectangle that lies within the picture.
    pub fn fill(&mut self, (left, top): (usize, usize), (width, height): (usize, usize), colour: Rgb) {
        let pixel = pixel(colour);
        for y in top..top + height {
            let start = y * self.width + left;
            self.pixels[start..start + width].fill(pixel);
        }
    }

    /// Draws a square cell of `side` pixels that lies within the picture; `share` says where its number is on the
    /// scale, `None` that it is not there yet.
    pub fn cell(&mut self, (left, top): (usize, usize), side: usize, share: Option<f64>, shades: &Shades) {
        let inside = if side < LEAST_FOR_GAP { side } else { side - 1 };
        let has_room = LEAST_FOR_MARK <= side;
        let middle = |length: usize| (inside - length) / 2;
        let Some(share) = share else {
            if has_room {
                let dot = (inside / 6).max(1);
                let at = (left + middle(dot), top + middle(dot));
                self.fill(at, (dot, dot), shades.zero.mixed(shades.mark, MARK));
            }
            return;
        };
        let end = if share < 0.0 { shades.negative } else { shades.positive };
        // By the root: what is small beside the largest can still be told from nothing.
        let strength = share.abs().sqrt();
        let colour = shades.zero.mixed(end, strength);
        self.fill((left, top), (inside, inside), colour);
        if has_room && share < -LEAST_NEGATIVE {
            let (length, thickness) = (inside / 2, (inside / 8).max(1));
            // Away from the cell's own colour: towards white where that is the stronger half.
            let towards = if strength < 0.6 { shades.mark } else { shades.zero };
            let at = (left + middle(length), top + middle(thickness));
            self.fill(at, (length, thickness), colour.mixed(towards, MARK));
        }
    }
}
