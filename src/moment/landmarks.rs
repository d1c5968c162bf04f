//! The places of an update that a list can name: its phases, layer by layer, and its samples.

use super::step::{Phase, Plan, Position};
use crate::words::moment as words;

/// The most samples that are listed.
const MAX_SAMPLES: usize = 30;

/// A place of an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landmark {
    /// Its phase.
    pub phase: Phase,
    /// Which layer's part of the phase, from 1; none where the phase is of no layer, or all of a sample is meant.
    pub layer: Option<usize>,
    /// The sample, from 0, of a batch of several, in the phases that are about one.
    pub sample: Option<usize>,
    /// Its first step, done.
    pub position: Position,
}

impl Landmark {
    /// In words: "Backward, layer 2", "Forward, layer 1, sample 3".
    pub fn name(&self) -> String {
        let phase = self.phase.name();
        match (self.layer, self.sample) {
            (None, None) => phase.to_owned(),
            (Some(layer), None) => words::of_layer(&phase, &layer),
            (None, Some(sample)) => words::of_sample(&phase, &(sample + 1)),
            (Some(layer), Some(sample)) => words::of_layer_and_sample(&phase, &layer, &(sample + 1)),
        }
    }
}

impl Plan {
    /// The phases of `sample` and those of all samples, layer by layer, in their order.
    pub fn phases_of(&self, sample: usize) -> Vec<Landmark> {
        let is_one = self.n_samples() == 1;
        let blocks = self.parts().filter(|part| part.sample == sample || part.phase.is_of_all());
        blocks
            .map(|part| Landmark {
                phase: part.phase,
                layer: part.layer,
                sample: Some(part.sample).filter(|_| !is_one && !part.phase.is_of_all()),
                position: self.done(part.first),
            })
            .collect()
    }

    /// The first steps of the samples near `sample`; none of a single one.
    pub fn samples_near(&self, sample: usize) -> Vec<Landmark> {
        let n = self.n_samples();
        if n == 1 {
            return Vec::new();
        }
        let first = sample.saturating_sub(MAX_SAMPLES / 2).min(n.saturating_sub(MAX_SAMPLES));
        let near = first..n.min(first + MAX_SAMPLES);
        let starts = self.segments().iter().filter(|s| s.phase == Phase::Forward && near.contains(&s.sample));
        starts
            .map(|segment| Landmark {
                phase: segment.phase,
                layer: None,
                sample: Some(segment.sample),
                position: self.done(segment.first),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lesson;
    use crate::session::Session;

    fn names(text: &str, sample: usize) -> (Vec<String>, Vec<String>) {
        let session = Session::new(Lesson::from_json(text).expect("a lesson")).expect("finite");
        let plan = &session.moment().plan;
        let name = |all: Vec<Landmark>| all.iter().map(Landmark::name).collect();
        (name(plan.phases_of(sample)), name(plan.samples_near(sample)))
    }

    #[test]
    fn the_phases_are_listed_layer_by_layer() {
        let (phases, samples) = names(include_str!("../../static/lessons/hmkcode.json"), 0);
        let expected = [
            "Forward, layer 1",
            "Forward, layer 2",
            "Error",
            "Backward, layer 2",
            "Backward, layer 1",
            "Update, layer 1",
            "Update, layer 2",
        ];
        assert_eq!(phases, expected);
        assert!(samples.is_empty());
    }

    #[test]
    fn of_several_samples_those_of_one_and_the_average() {
        let (phases, samples) = names(include_str!("../../static/lessons/hmkcode-four-points.json"), 2);
        assert_eq!(phases[0], "Forward, layer 1, sample 3");
        assert!(phases.contains(&"Average, layer 2".to_owned()));
        assert_eq!(samples.len(), 4);
        assert_eq!(samples[3], "Forward, sample 4");
    }
}
