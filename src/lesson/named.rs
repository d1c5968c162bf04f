//! Which quantity the name of a published number means.

use std::collections::HashMap;
use std::rc::Rc;

use crate::lesson::names::Names;
use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, Notation, bookmark, guide};
use crate::text::fault::{Fault, Read};
use crate::text::format::{plain_digits, unraised};
use crate::words::lesson::file as words;
use crate::words::lists::listed;
use backprop::network::{Network, Param, UnitId};
use backprop::optimizer::Optimizer;

/// What a published quantity ends with when it belongs to the other update order.
pub const LAYER_BY_LAYER: &str = ", layer by layer";

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The quantity.
    pub quantity: Quantity,
    /// The number of the training sample, from 0 as the data stand, if the name says one: its pass is
    /// meant, or the update of its batch. Else it is the first one that the epoch takes.
    pub sample: Option<usize>,
}

/// What each of `names` means in `lesson`; `None` where it means nothing. Its own notation goes before
/// the two usual ones, names that the file gives before those of units without, and last comes δ with a unit's
/// name.
pub fn meanings(lesson: &Lesson, names: &[&str]) -> Vec<Option<Meaning>> {
    let mut search = Search::new(lesson, names);
    let network = &lesson.network;
    let mut notations = vec![lesson.notation];
    let usual = [Notation::Numbered, Notation::Indexed];
    notations.extend(usual.into_iter().filter(|notation| *notation != lesson.notation));
    // What a unit or an input would be called if it had no name.
    let unnamed = Lesson { input_names: None, unit_names: Vec::new(), ..lesson.clone() };
    for lesson in [lesson, &unnamed] {
        for notation in &notations {
            // As if of one sample: the numbers of samples are read before.
            let names = Names::new(&Lesson { notation: *notation, ..lesson.clone() }, network, 1);
            // A large network has too many weights to go through the names of all.
            let params = search.params(&names, network);
            search.pass(|see| {
                each_quantity(network, lesson.rule.optimizer, &params, &mut |quantity| {
                    see(quantity, names.key(quantity, 0))
                });
            });
        }
    }
    let names = Names::new(lesson, network, 1);
    search.pass(|see| {
        see(Quantity::BiasCorrection1, "c₁".to_owned());
        see(Quantity::BiasCorrection2, "c₂".to_owned());
        for layer in 1..=network.n_layers() {
            for unit in network.units(layer) {
                for letter in ["Δ", "δ"] {
                    see(Quantity::Delta(unit), format!("{letter} {}", names.unit(unit)));
                }
            }
        }
    });
    search.found
}

/// # Errors
/// The first published number of `lesson` whose name means nothing.
pub fn check_names(lesson: &Lesson) -> Read<()> {
    let names: Vec<&str> = lesson.published.iter().map(|entry| entry.quantity.as_str()).collect();
    let unknown = meanings(lesson, &names).iter().position(Option::is_none);
    let Some(k) = unknown else {
        return Ok(());
    };
    let shown: String = names[k].chars().take(crate::lesson::limits::NAME_CHARS).collect();
    let names = Names::new(lesson, &lesson.network, 1);
    let first = Param::Weight { layer: 1, to: 0, from: 0 };
    let examples = [
        Quantity::Sum(UnitId::new(1, 0)),
        Quantity::Activation(UnitId::new(1, 0)),
        Quantity::Loss,
        Quantity::Delta(UnitId::new(1, 0)),
        Quantity::MeanGradient(first),
        Quantity::New(first),
    ];
    let examples = listed(examples.map(|quantity| names.key(quantity, 0)));
    let problem = match lesson.data.train.len() {
        ..2 => words::means_nothing(&shown, &examples),
        n => words::means_nothing_of_samples(&shown, &examples, &n),
    };
    Err(Fault::new(format!("published[{k}].quantity"), problem))
}

/// Takes away what the lesson says of samples that it has no longer: its file would not be read.
pub fn drop_unknown(lesson: &mut Lesson) {
    if guide::check(lesson).is_err() {
        lesson.guide = Rc::default();
    }
    bookmark::drop_unknown(lesson);
    let names: Vec<&str> = lesson.published.iter().map(|entry| entry.quantity.as_str()).collect();
    let known = meanings(lesson, &names);
    if known.iter().any(Option::is_none) {
        let kept = lesson.published.iter().zip(known).filter(|(_, meaning)| meaning.is_some());
        lesson.published = Rc::new(kept.map(|(entry, _)| entry.clone()).collect());
    }
}

/// One way to read a name.
struct Reading {
    exact: String,
    normal: String,
    sample: Option<usize>,
}

/// The names that are looked for, and what has been found.
struct Search<'a> {
    lesson: &'a Lesson,
    /// Of each name the ways to read it, the likeliest first.
    readings: Vec<Vec<Reading>>,
    /// Where each way to read a name stands: which name, which way.
    by_normal: HashMap<String, Vec<(usize, usize)>>,
    found: Vec<Option<Meaning>>,
}

impl<'a> Search<'a> {
    fn new(lesson: &'a Lesson, names: &[&str]) -> Self {
        let n_samples = lesson.data.train.len();
        let readings: Vec<Vec<Reading>> = names.iter().map(|name| readings(name, n_samples)).collect();
        let mut by_normal: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (k, ways) in readings.iter().enumerate() {
            for (way, reading) in ways.iter().enumerate() {
                by_normal.entry(reading.normal.clone()).or_default().push((k, way));
            }
        }
        Self { lesson, readings, by_normal, found: vec![None; names.len()] }
    }

    /// The weights and biases that the names may be about: all but the old memory of an optimiser end with
    /// theirs.
    fn params(&self, names: &Names, network: &Network) -> Vec<Param> {
        let called = |reading: &Reading| {
            let name = reading.normal.strip_suffix("old").unwrap_or(&reading.normal);
            let starts = ["w", names.facts().bias];
            let start = starts.into_iter().filter_map(|letter| name.rfind(letter)).max()?;
            names.param_called(&name[start..])
        };
        let all = self.readings.iter().flatten().filter_map(called);
        let mut params: Vec<Param> = Vec::new();
        for param in all.filter(|param| network.has_param(*param)) {
            if !params.contains(&param) {
                params.push(param);
            }
        }
        params
    }

    /// Looks for what has not been found yet among the quantities and their names that `list` shows. Of
    /// several of a name the first is taken, but one spelled the same goes before all others.
    fn pass(&mut self, list: impl FnOnce(&mut dyn FnMut(Quantity, String))) {
        if self.found.iter().all(Option::is_some) {
            return;
        }
        let mut best: Vec<Option<((usize, bool), Quantity)>> = vec![None; self.found.len()];
        list(&mut |quantity, name| {
            for &(k, way) in self.by_normal.get(&normal(&name)).into_iter().flatten() {
                let rank = (way, self.readings[k][way].exact != name);
                if best[k].is_none_or(|(earlier, _)| rank < earlier) {
                    best[k] = Some((rank, quantity));
                }
            }
        });
        for (k, best) in best.into_iter().enumerate() {
            if let (None, Some(((way, _), quantity))) = (self.found[k], best) {
                self.found[k] = Some(self.meaning(quantity, self.readings[k][way].sample));
            }
        }
    }

    /// The batch's loss and gradient are called as a sample's are: whose it is the sample's number tells.
    fn meaning(&self, quantity: Quantity, sample: Option<usize>) -> Meaning {
        let quantity = match (quantity, sample) {
            (Quantity::MeanGradient(param), Some(_)) => Quantity::Gradient(param),
            (Quantity::Loss, None) if 1 < self.lesson.batch_size => Quantity::BatchLoss,
            (other, _) => other,
        };
        Meaning { quantity, sample }
    }
}

/// The ways to read a name: as it stands, with the number of a sample behind it, "h₁[2]", and with that of
/// a sample's loss, "E₂". Where there are several samples, "E₂" is one's loss before it is a share.
fn readings(name: &str, n_samples: usize) -> Vec<Reading> {
    let name = name.strip_suffix(LAYER_BY_LAYER).unwrap_or(name).trim();
    let whole = Reading { exact: name.to_owned(), normal: normal(name), sample: None };
    let number = |text: &str| text.parse::<usize>().ok().filter(|k| (1..=n_samples).contains(k));
    let bracketed = name.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).and_then(|(rest, k)| {
        let rest = rest.trim_end();
        Some(Reading { exact: rest.to_owned(), normal: normal(rest), sample: Some(number(k)? - 1) })
    });
    let of_loss = loss_subscript(&whole.normal).and_then(|(rest, k)| {
        Some(Reading { exact: rest.clone(), normal: rest, sample: Some(number(&k)? - 1) })
    });
    let mut ways = vec![whole];
    ways.extend(bracketed);
    let at = if n_samples < 2 { ways.len() } else { 0 };
    ways.splice(at..at, of_loss);
    ways
}

/// The letters of the loss in all notations.
const LOSSES: [&str; 4] = ["E", "L", "C", "J"];

/// "E2" as "E" and "2", "∂E2/∂w5" as "∂E/∂w5" and "2".
fn loss_subscript(normal: &str) -> Option<(String, String)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fronts = LOSSES.into_iter().flat_map(|loss| [loss.to_owned(), format!("∂{loss}")]);
    fronts.into_iter().find_map(|front| {
        let rest = normal.strip_prefix(&*front)?;
        let (number, behind) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let fits = is_number(number) && front.starts_with('∂') != behind.is_empty();
        fits.then(|| (format!("{front}{behind}"), number.to_owned()))
    })
}

/// A name with its differences of spelling taken out: "w_5", "w 5" and "w₅" are the same, and so are
/// "z_1^(2)" and "z₁⁽²⁾".
fn normal(name: &str) -> String {
    plain_digits(name)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '^'))
        .map(|c| match c {
            '-' => '−',
            '\'' => '′',
            '*' => '·',
            other => unraised(other),
        })
        .collect()
}

/// Calls `see` for every quantity that has a number, as if there were one sample; of weights and biases
/// for those of `params`.
fn each_quantity(network: &Network, optimizer: Optimizer, params: &[Param], see: &mut dyn FnMut(Quantity)) {
    [Quantity::LearningRate, Quantity::Loss].into_iter().for_each(&mut *see);
    optimizer.constants().into_iter().for_each(|(constant, _)| see(constant.into()));
    if optimizer.facts().corrects {
        [Quantity::BiasCorrection1, Quantity::BiasCorrection2].into_iter().for_each(&mut *see);
    }
    let n_layers = network.n_layers();
    for layer in 0..=n_layers {
        for id in network.units(layer) {
            see(Quantity::Activation(id));
            if layer == 0 {
                continue;
            }
            see(Quantity::Sum(id));
            see(Quantity::Slope(id));
            see(Quantity::ActivationGradient(id));
            see(Quantity::Delta(id));
            if layer == n_layers {
                see(Quantity::Target(id.unit));
                see(Quantity::LossTerm(id.unit));
            } else {
                (0..network.n_units(layer + 1)).for_each(|to| see(Quantity::GradientShare { of: id, to }));
            }
        }
    }
    let of_param: [OfParam; 5] =
        [Quantity::Param, Quantity::MeanGradient, Quantity::ScaledGradient, Quantity::Step, Quantity::New];
    let remembered = remembered(optimizer);
    for &param in params {
        of_param.iter().chain(&remembered).for_each(|quantity| see(quantity(param)));
    }
}

/// A quantity that every parameter has.
type OfParam = fn(Param) -> Quantity;

/// What an optimiser remembers of a parameter.
fn remembered(optimizer: Optimizer) -> Vec<OfParam> {
    let facts = optimizer.facts();
    let all: [(bool, OfParam); 6] = [
        (facts.has_first_moment, Quantity::FirstMoment),
        (facts.has_second_moment, Quantity::SecondMoment),
        (facts.has_first_moment, Quantity::OldFirstMoment),
        (facts.has_second_moment, Quantity::OldSecondMoment),
        (facts.corrects, Quantity::CorrectedFirstMoment),
        (facts.corrects, Quantity::CorrectedSecondMoment),
    ];
    all.into_iter().filter(|(is_kept, _)| *is_kept).map(|(_, quantity)| quantity).collect()
}
