//! Points, rectangles and whether things touch, in CSS pixels, y downwards.

/// A point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// The point at `t` (0…1) of the way to `other`.
    pub fn towards(self, other: Self, t: f64) -> Self {
        Self { x: self.x + t * (other.x - self.x), y: self.y + t * (other.y - self.y) }
    }

    /// Distance to `other`.
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// The rectangle of this size whose upper side has its middle at (x, y).
    pub fn below(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x: x - w / 2.0, y, w, h }
    }

    /// The rectangle of this size around `centre`.
    pub fn around(centre: Point, w: f64, h: f64) -> Self {
        Self { x: centre.x - w / 2.0, y: centre.y - h / 2.0, w, h }
    }

    /// Right side.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower side.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// Whether the two share more than a side.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The rectangle with `dx` more on the left and right and `dy` more above and below.
    pub fn grown(&self, dx: f64, dy: f64) -> Self {
        Self { x: self.x - dx, y: self.y - dy, w: self.w + 2.0 * dx, h: self.h + 2.0 * dy }
    }

    /// The smallest rectangle around both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Distance to a point; 0 within.
    pub fn distance(&self, point: Point) -> f64 {
        let nearest =
            Point { x: point.x.clamp(self.x, self.right()), y: point.y.clamp(self.y, self.bottom()) };
        nearest.distance(point)
    }

    /// Whether a disc reaches into the rectangle.
    pub fn touches_disc(&self, centre: Point, radius: f64) -> bool {
        self.distance(centre) < radius
    }

    /// Whether the line from `a` to `b` passes through the rectangle.
    pub fn touches_line(&self, a: Point, b: Point) -> bool {
        // Clips the line by each side (Liang and Barsky).
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
        for (p, q) in
            [(-dx, a.x - self.x), (dx, self.right() - a.x), (-dy, a.y - self.y), (dy, self.bottom() - a.y)]
        {
            if p == 0.0 {
                if q < 0.0 {
                    return false;
                }
            } else if p < 0.0 {
                t0 = t0.max(q / p);
            } else {
                t1 = t1.min(q / p);
            }
        }
        t0 < t1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_touches_what_it_passes_through() {
        let rect = Rect { x: 10.0, y: 10.0, w: 20.0, h: 10.0 };
        let at = |x, y| Point { x, y };
        assert!(rect.touches_line(at(0.0, 15.0), at(40.0, 15.0)));
        assert!(rect.touches_line(at(0.0, 0.0), at(40.0, 30.0)));
        assert!(!rect.touches_line(at(0.0, 0.0), at(40.0, 8.0)));
        assert!(!rect.touches_line(at(0.0, 15.0), at(5.0, 15.0)));
    }

    #[test]
    fn a_disc_touches_corners_by_distance() {
        let rect = Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };
        assert!(!rect.touches_disc(Point { x: 14.0, y: 13.0 }, 5.0));
        assert!(rect.touches_disc(Point { x: 13.9, y: 13.0 }, 5.0));
    }
}
