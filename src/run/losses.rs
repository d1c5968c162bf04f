//! The loss at the start of each epoch, thinned out where a run is long.

/// The most points that a loss curve keeps; from then on every other one goes. More than a chart
/// has pixels.
const MAX_LOSSES: usize = 4_096;

/// The loss at the start of epochs.
#[derive(Clone, Debug, PartialEq)]
pub struct LossCurve {
    stride: u64,
    points: Vec<LossPoint>,
}

/// One point of a loss curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossPoint {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// Mean loss over the training samples.
    pub loss: f64,
    /// Mean loss over the held-out samples, if there are any.
    pub test_loss: Option<f64>,
}

impl LossCurve {
    /// A curve without points.
    pub fn new() -> Self {
        Self { stride: 1, points: Vec::new() }
    }

    /// A curve through `points`, which are in order of their epochs.
    pub fn from_points(points: Vec<LossPoint>) -> Self {
        let mut curve = Self::new();
        for point in points {
            curve.push(point);
        }
        curve
    }

    /// The points, in order of their epochs. The last epoch is always there; of the earlier ones
    /// every one, or every second, fourth, … in a long run.
    pub fn points(&self) -> &[LossPoint] {
        &self.points
    }

    /// The loss at `epoch`, if the curve has kept it.
    pub fn at(&self, epoch: u64) -> Option<f64> {
        let k = self.points.binary_search_by_key(&epoch, |point| point.epoch).ok()?;
        Some(self.points[k].loss)
    }

    /// Adds a point; what was at its epoch and after it is gone.
    pub(super) fn push(&mut self, point: LossPoint) {
        self.truncate(point.epoch);
        // The point before was kept only as the last one.
        if self.points.last().is_some_and(|last| last.epoch % self.stride != 0) {
            self.points.pop();
        }
        self.points.push(point);
        if MAX_LOSSES < self.points.len() {
            self.stride *= 2;
            let stride = self.stride;
            let last = point.epoch;
            self.points.retain(|point| point.epoch % stride == 0 || point.epoch == last);
        }
    }

    /// Forgets `epoch` and everything after it.
    pub(super) fn truncate(&mut self, epoch: u64) {
        let keep = self.points.partition_point(|point| point.epoch < epoch);
        self.points.truncate(keep);
    }
}

impl Default for LossCurve {
    fn default() -> Self {
        Self::new()
    }
}
