//! Other data, and the inputs and outputs that follow them.

use std::rc::Rc;

use super::{Design, NEW_UNITS, within};
use crate::lesson::generator::{Generator, Kind, MAX_BITS};
use crate::lesson::table::{Answers, Imported};
use crate::lesson::{Data, Lesson, limits};
use crate::session::saved::is_storable;
use crate::words::lists::listed;
use crate::words::session::design as words;
use crate::words::{counts, paragraph};
use backprop::activation::Activation;

/// Imported data of more samples are learned from in batches of so many, unless the reader has set
/// another number.
const WHOLE_BATCH: usize = 200;
const MINI_BATCH: usize = 32;

impl Design<'_> {
    pub(super) fn set_kind(&mut self, kind: Kind) -> Result<(), String> {
        let old = self.lesson.data.generator.clone();
        let n_inputs = kind.usual_inputs().unwrap_or(self.lesson.network.n_units(0));
        // The noise and the share held out of one cloud suit another.
        let kept = old.as_ref().filter(|old| !old.kind.is_table() && !kind.is_table());
        let generator = Generator {
            kind,
            n_samples: kind.default_samples(kind.suits(n_inputs, 1).0),
            noise: kept.map_or(0.0, |old| old.noise),
            seed: old.as_ref().map_or(1, |old| old.seed),
            held_out: kept.map_or(0.0, |old| old.held_out),
            teacher: if kind == Kind::Teacher { vec![NEW_UNITS] } else { Vec::new() },
        };
        self.set_data(&generator, n_inputs)
    }

    pub(super) fn set_inputs(&mut self, n: usize) -> Result<(), String> {
        let Some(mut generator) = self.lesson.data.generator.clone().filter(Generator::has_any_inputs) else {
            return Err(words::data_say_inputs().to_owned());
        };
        let least = if generator.kind.is_table() { 2 } else { 1 };
        within(n, least, MAX_BITS, words::inputs_cannot_be)?;
        if generator.kind.is_table() {
            generator.n_samples = generator.kind.default_samples(n);
        }
        self.set_data(&generator, n)
    }

    pub(super) fn set_data(&mut self, generator: &Generator, n_inputs: usize) -> Result<(), String> {
        let old = (n_inputs, self.lesson.network.n_outputs());
        if self.lesson.data.generator.is_none() {
            // They were of those data.
            self.lesson.input_names = None;
            if let Some(names) = self.lesson.unit_names.last_mut() {
                *names = None;
            }
        }
        let (n_inputs, n_outputs) = generator.kind.suits(old.0, old.1);
        within(generator.n_samples, 1, limits::SAMPLES, words::samples_cannot_be)?;
        let n_numbers = generator.n_samples * (n_inputs + n_outputs);
        if limits::DATA_NUMBERS < n_numbers {
            return Err(words::too_many_numbers(&n_numbers, &limits::DATA_NUMBERS));
        }
        Lesson::check_generator(generator, n_inputs, n_outputs)?;
        let (train, test) = generator.draw(n_inputs, n_outputs)?;
        let was_whole = self.is_whole();
        let n = train.len();
        self.lesson.batch_size = if was_whole { n } else { self.lesson.batch_size.min(n) };
        self.lesson.data = Rc::new(Data { train, test, generator: Some(generator.clone()) });
        self.fit(n_inputs, n_outputs);
        self.suit_output()
    }

    /// Gives the network so many inputs and outputs.
    pub(super) fn fit(&mut self, n_inputs: usize, n_outputs: usize) {
        let last = self.n_layers();
        if n_inputs != self.lesson.network.n_units(0) {
            self.lesson.input_names = None;
            let n_first = self.lesson.network.n_units(1);
            self.reshape(1, n_first, n_inputs);
        }
        if n_outputs != self.lesson.network.n_outputs() {
            let n_in = self.lesson.network.n_units(last - 1);
            self.reshape(last, n_outputs, n_in);
        }
    }

    /// Whether an update is over all samples.
    pub(super) fn is_whole(&self) -> bool {
        self.lesson.batch_size == self.lesson.data.train.len()
    }

    pub(super) fn import(&mut self, imported: &Imported) -> Result<(), String> {
        let Imported { data, input_names, output_names, answers, .. } = imported;
        let n = data.train.len();
        let (n_inputs, n_outputs) = (data.train[0].input.len(), data.train[0].target.len());
        let is_whole = self.is_whole() && n <= WHOLE_BATCH;
        let batch_size = if self.is_whole() { MINI_BATCH } else { self.lesson.batch_size };
        self.lesson.batch_size = if is_whole { n } else { batch_size.min(n) };
        self.lesson.data = Rc::clone(data);
        self.fit(n_inputs, n_outputs);
        self.lesson.input_names = input_names.clone();
        if let Some(names) = self.lesson.unit_names.last_mut() {
            *names = output_names.clone();
        }
        let (activation, loss) = answers.output();
        self.set_output(activation, loss)?;
        let new = self.start_anew()?;
        let mut batches = String::new();
        if self.lesson.batch_size < n {
            // Rows often stand in the order of their classes.
            self.lesson.shuffle = self.lesson.shuffle.or(Some(1));
            batches = words::batches(&self.lesson.batch_size);
        }
        let predicts = match answers {
            Answers::OneOf => words::predicts_words(&activation.name(), &loss.name()),
            Answers::YesOrNo => words::predicts_yes_or_no(&activation.name(), &loss.name()),
            Answers::Numbers => words::predicts_numbers(&activation.name(), &loss.name()),
        };
        self.message = Some(paragraph([
            &*words::imported(
                &imported.title,
                &counts::training_samples(n),
                &counts::test_samples(data.test.len()),
                &counts::inputs(n_inputs),
                &counts::outputs(n_outputs),
            ),
            &predicts,
            &words::starts_anew(&listed(new)),
            &batches,
            if is_storable(&self.lesson) { "" } else { words::not_kept() },
        ]));
        Ok(())
    }

    /// Gives the network what it needs to learn data that nobody knows before: a hidden layer that bends, biases that
    /// learn, and weights that have learned nothing yet. Returns what is new, in words.
    fn start_anew(&mut self) -> Result<Vec<String>, String> {
        let mut new = vec![words::fresh_weights().to_owned()];
        if self.n_layers() == 1 {
            self.add_layer(1)?;
            new.push(words::hidden_layer(NEW_UNITS, &Activation::Tanh.name()));
        }
        let last = self.n_layers();
        let hidden = &mut self.network().activations[..last - 1];
        if hidden.iter().all(|activation| *activation == Activation::Identity) {
            hidden.fill(Activation::Tanh);
            let tanh = Activation::Tanh.name();
            new.push(if last == 2 { words::in_hidden_layer(&tanh) } else { words::in_hidden_layers(&tanh) });
        }
        let without: Vec<usize> =
            (1..=last).filter(|layer| !self.lesson.network.has_biases(*layer)).collect();
        for &layer in &without {
            let n = self.lesson.network.n_units(layer);
            self.network().params.0[layer - 1].biases = Some(vec![0.0; n]);
        }
        if !without.is_empty() {
            new.push(words::biases_everywhere().to_owned());
        }
        if !std::mem::replace(&mut self.lesson.rule.train_biases, true) {
            new.push(words::biases_learn().to_owned());
        }
        (1..=last).for_each(|layer| self.draw(layer));
        Ok(new)
    }
}
