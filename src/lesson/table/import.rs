//! From a table to the samples of a lesson, by what the reader chooses of each column.

use std::rc::Rc;

use super::column::{Column, TakenAs};
use super::{Table, shown};
use crate::lesson::generator::{held_out, n_held_out};
use crate::lesson::{Data, Lesson, limits};
use crate::text::format;
use crate::words::lists::listed;
use crate::words::table as words;
use crate::words::{counts, paragraph};
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::trace::Sample;

/// Columns whose mean and deviation the source of the lesson lists.
const N_LISTED: usize = 100;
/// Digits of mean and deviation there.
const DIGITS: u8 = 6;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnRole {
    /// To predict from.
    Input,
    /// To be predicted.
    Target,
    /// Not used.
    Ignore,
}

impl ColumnRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Input, Self::Target, Self::Ignore];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => words::input(),
            Self::Target => words::target(),
            Self::Ignore => words::ignore(),
        }
    }
}

/// What is chosen of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// What it is for.
    pub role: ColumnRole,
    /// What its cells are.
    pub taken_as: TakenAs,
}

/// What is chosen of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// One per column.
    pub columns: Vec<ColumnChoice>,
    /// Whether missing inputs are filled: numbers by the mean and words by the commonest one of all rows of the table
    /// that have the cell, those that are held out among them. Otherwise their rows are left out, as those without a
    /// target always are: nothing could be learned of them but what is filled in.
    pub fills_missing: bool,
    /// Whether inputs that are numbers are standardised.
    pub standardises_inputs: bool,
    /// Whether targets that are numbers are.
    pub standardises_targets: bool,
    /// The share of rows held out of training, 0 to 0.9.
    pub held_out: f64,
    /// The seed by which they are drawn.
    pub seed: u64,
}

impl Choices {
    fn standardises(&self, column: usize) -> bool {
        let ColumnChoice { role, taken_as } = self.columns[column];
        let is_asked = match role {
            ColumnRole::Input => self.standardises_inputs,
            ColumnRole::Target => self.standardises_targets,
            ColumnRole::Ignore => false,
        };
        is_asked && taken_as == TakenAs::Numbers
    }
}

/// What the targets are, by which output layer and loss are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// One of three or more words: a unit for each, just one of which is 1.
    OneOf,
    /// 0 or 1 of each unit: one of two words, or several columns of words.
    YesOrNo,
    /// Numbers.
    Numbers,
}

impl Answers {
    /// The output layer and the loss that go with them.
    pub fn output(self) -> (Activation, Loss) {
        match self {
            Self::OneOf => (Activation::Softmax, Loss::CrossEntropy),
            Self::YesOrNo => (Activation::Sigmoid, Loss::BinaryCrossEntropy),
            Self::Numbers => (Activation::Identity, Loss::HalfSquaredError),
        }
    }
}

/// What the choices come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportPlan {
    /// Number of inputs of the network.
    pub n_inputs: usize,
    /// Number of its outputs.
    pub n_outputs: usize,
    /// What they say.
    pub answers: Answers,
    /// Rows to learn from.
    pub n_train: usize,
    /// Rows held out.
    pub n_test: usize,
    /// Rows that are left out, since a cell is missing.
    pub n_left_out: usize,
    /// Missing cells that are filled.
    pub n_filled: usize,
}

impl ImportPlan {
    /// The plan in a sentence.
    pub fn in_words(&self) -> String {
        let Self { n_inputs, n_outputs, answers, n_train, n_test, .. } = *self;
        let (activation, loss) = answers.output();
        words::import::plan(
            &counts::training_samples(n_train),
            &counts::test_samples(n_test),
            &counts::inputs(n_inputs),
            &counts::outputs(n_outputs),
            &activation.name(),
            &loss.name(),
        )
    }

    /// What becomes of missing cells; `None` if there are none.
    pub fn missing_in_words(&self) -> Option<String> {
        let Self { n_left_out, n_filled, .. } = *self;
        let left_out = match (n_left_out, n_filled) {
            (0, _) => String::new(),
            (n, 0) => words::import::rows_with_missing_cell_left_out(n),
            (n, _) => words::import::rows_without_target_left_out(n),
        };
        let filled = match n_filled {
            0 => String::new(),
            n => words::import::missing_cells_filled(n),
        };
        let said = paragraph([&*left_out, &filled]);
        (!said.is_empty()).then_some(said)
    }
}

/// Samples for a lesson, with names.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// What they are called: the file's name without its ending.
    pub title: String,
    /// Where they come from and what was done to them.
    pub source: String,
    /// The samples.
    pub data: Rc<Data>,
    /// One per input, each another, if they have names.
    pub input_names: Option<Vec<String>>,
    /// One per output, each another, if they have names.
    pub output_names: Option<Vec<String>>,
    /// What the targets are.
    pub answers: Answers,
}

impl Imported {
    /// The data of a lesson, for another network.
    pub fn of_lesson(lesson: &Lesson, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            source: lesson.source.clone(),
            data: Rc::clone(&lesson.data),
            input_names: lesson.input_names.clone(),
            output_names: lesson.unit_names.last().cloned().flatten(),
            answers: match lesson.rule.loss {
                Loss::CrossEntropy => Answers::OneOf,
                Loss::BinaryCrossEntropy => Answers::YesOrNo,
                Loss::HalfSquaredError | Loss::MeanSquaredError => Answers::Numbers,
            },
        }
    }
}

impl Table {
    /// What `choices` come to, without making a sample.
    ///
    /// # Errors
    /// A sentence that says why nothing, and what is accepted: a bad cell by line and column.
    pub fn plan(&self, choices: &Choices) -> Result<ImportPlan, String> {
        let of = |role: ColumnRole| self.chosen(choices, role);
        if of(ColumnRole::Target).next().is_none() {
            return Err(words::import::choose_target().to_owned());
        }
        if of(ColumnRole::Input).next().is_none() {
            return Err(words::import::choose_input().to_owned());
        }
        self.check_cells(choices)?;
        let answers = self.answers(choices)?;
        let n_of = |role: ColumnRole| of(role).map(|k| self.n_units(choices, k)).sum::<usize>();
        let (n_inputs, n_outputs) = (n_of(ColumnRole::Input), n_of(ColumnRole::Target));
        let count = |n: usize| format::count(n as u64);
        if limits::INPUTS < n_inputs {
            return Err(words::import::too_many_inputs(&count(n_inputs), &count(limits::INPUTS)));
        }
        if limits::UNITS < n_outputs {
            return Err(words::import::too_many_outputs(&count(n_outputs), &count(limits::UNITS)));
        }
        let n_rows = self.kept_rows(choices).len();
        if n_rows == 0 {
            return Err(words::import::cell_missing_in_every_row().to_owned());
        }
        let n_numbers = n_rows * (n_inputs + n_outputs);
        if limits::DATA_NUMBERS < n_numbers {
            return Err(words::import::too_many_numbers(&count(n_numbers), &count(limits::DATA_NUMBERS)));
        }
        if !(0.0..=limits::HELD_OUT).contains(&choices.held_out) {
            return Err(words::import::test_share_range(&limits::HELD_OUT));
        }
        let n_test = n_held_out(n_rows, choices.held_out);
        Ok(ImportPlan {
            n_inputs,
            n_outputs,
            answers,
            n_train: n_rows - n_test,
            n_test,
            n_left_out: self.n_rows() - n_rows,
            n_filled: self.n_filled(choices),
        })
    }

    /// The samples that `choices` make of the table; `file_name` says where it is from.
    ///
    /// # Errors
    /// As [`Self::plan`]; or the cell whose standardised number is beyond what a lesson takes.
    pub fn import(&self, choices: &Choices, file_name: &str) -> Result<Imported, String> {
        let plan = self.plan(choices)?;
        let ImportPlan { n_inputs, n_outputs, answers, n_train, n_test, .. } = plan;
        let kept = self.kept_rows(choices);
        let is_held_out = held_out(kept.len(), choices.held_out, choices.seed);
        let sample =
            |_| Sample { input: Vec::with_capacity(n_inputs), target: Vec::with_capacity(n_outputs) };
        let mut samples: Vec<Sample> = kept.iter().map(sample).collect();
        let (mut input_names, mut output_names) = (DistinctNames::default(), DistinctNames::default());
        let mut done = Vec::new();
        for role in [ColumnRole::Input, ColumnRole::Target] {
            for k in self.chosen(choices, role) {
                let numbers = self.standardised(choices, k, &kept, &is_held_out, &mut done)?;
                let names = if role == ColumnRole::Input { &mut input_names } else { &mut output_names };
                self.name(choices, k, role, names);
                let rows = samples.iter_mut().map(|sample| match role {
                    ColumnRole::Input => &mut sample.input,
                    _ => &mut sample.target,
                });
                match numbers {
                    Some(numbers) => rows.zip(numbers).for_each(|(row, x)| row.push(x)),
                    None => {
                        let n = self.n_units(choices, k);
                        // Of two words as a target the second one is 1.
                        let is_yes = role == ColumnRole::Target && self.columns()[k].n_words() == Some(2);
                        let places = self.columns()[k].places();
                        for (row, place) in rows.zip(kept.iter().map(|row| places[*row])) {
                            let first = usize::from(is_yes);
                            row.extend((first..first + n).map(|word| f64::from(word == place)));
                        }
                    }
                }
            }
        }
        let (mut train, mut test) = (Vec::with_capacity(n_train), Vec::with_capacity(n_test));
        for (sample, is_held_out) in samples.into_iter().zip(is_held_out) {
            if is_held_out { test.push(sample) } else { train.push(sample) }
        }
        Ok(Imported {
            title: shown(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem)),
            source: self.source(choices, file_name, &plan, &done),
            data: Rc::new(Data { train, test, generator: None }),
            input_names: Some(input_names.0),
            output_names: Some(output_names.0),
            answers,
        })
    }

    /// Whether a cell of an input is missing, so that something is to be chosen.
    pub fn misses_inputs(&self, choices: &Choices) -> bool {
        self.chosen(choices, ColumnRole::Input).any(|k| !self.columns()[k].missing().is_empty())
    }

    /// What a reader may want to look at: of the file, and of the first columns whose choice may not be meant.
    pub fn notes(&self, choices: &Choices) -> Vec<String> {
        const MOST_HINTS: usize = 4;
        let hints = (0..self.columns().len())
            .filter_map(|k| self.columns()[k].hint(&self.title_of(k), choices.columns[k].taken_as));
        self.notes_on_file().into_iter().chain(hints.take(MOST_HINTS)).collect()
    }

    /// The rows, from 0, that are used.
    fn kept_rows(&self, choices: &Choices) -> Vec<usize> {
        let mut is_kept = vec![true; self.n_rows()];
        for (column, choice) in self.columns().iter().zip(&choices.columns) {
            if choice.role == ColumnRole::Target || choice.role == ColumnRole::Input && !choices.fills_missing
            {
                column.missing().iter().for_each(|row| is_kept[*row as usize] = false);
            }
        }
        (0..self.n_rows()).filter(|row| is_kept[*row]).collect()
    }

    /// Missing cells of inputs in the rows that are used.
    fn n_filled(&self, choices: &Choices) -> usize {
        if !choices.fills_missing {
            return 0;
        }
        let mut is_kept = vec![false; self.n_rows()];
        self.kept_rows(choices).into_iter().for_each(|row| is_kept[row] = true);
        let missing = self.chosen(choices, ColumnRole::Input).flat_map(|k| self.columns()[k].missing());
        missing.filter(|row| is_kept[**row as usize]).count()
    }

    fn chosen(&self, choices: &Choices, role: ColumnRole) -> impl Iterator<Item = usize> {
        let columns: Vec<usize> =
            (0..self.columns().len()).filter(|&k| choices.columns[k].role == role).collect();
        columns.into_iter()
    }

    /// The first cell, line by line, that its column's choice does not take.
    fn check_cells(&self, choices: &Choices) -> Result<(), String> {
        let used = choices.columns.iter().enumerate().filter(|(_, choice)| choice.role != ColumnRole::Ignore);
        let faults = used.filter_map(|(k, choice)| {
            let fault = self.columns()[k].fault(choice.taken_as, choices.standardises(k));
            fault.map(|(line, problem)| self.fault(line, k, problem))
        });
        match faults.min_by_key(|fault| (fault.line, fault.column)) {
            Some(fault) => Err(fault.to_string()),
            None => Ok(()),
        }
    }

    fn answers(&self, choices: &Choices) -> Result<Answers, String> {
        let mut n_words = Vec::new();
        for k in self.chosen(choices, ColumnRole::Target) {
            if choices.columns[k].taken_as == TakenAs::Numbers {
                return Ok(Answers::Numbers);
            }
            let column = &self.columns()[k];
            if column.words().len() < 2 {
                return Err(words::import::target_says_the_same(&column.place, &column.name));
            }
            n_words.push(column.words().len());
        }
        Ok(match n_words[..] {
            [n] if 2 < n => Answers::OneOf,
            _ => Answers::YesOrNo,
        })
    }

    /// Number of units that a column takes: one for numbers and for a target of two words, else one
    /// per word.
    fn n_units(&self, choices: &Choices, k: usize) -> usize {
        let ColumnChoice { role, taken_as } = choices.columns[k];
        match (taken_as, role, self.columns()[k].n_words().unwrap_or(1)) {
            (TakenAs::Numbers, ..) | (_, ColumnRole::Target, 2) => 1,
            (.., n) => n,
        }
    }

    /// The numbers of column `k` in the rows that are `kept`, standardised if that is chosen: (x − mean) / deviation, both over
    /// the rows to learn from; a column that says the same in all of those is not divided. `None`
    /// for words. What was done goes to `done`.
    fn standardised(
        &self,
        choices: &Choices,
        k: usize,
        kept: &[usize],
        is_held_out: &[bool],
        done: &mut Vec<String>,
    ) -> Result<Option<Vec<f64>>, String> {
        if choices.columns[k].taken_as == TakenAs::Words {
            return Ok(None);
        }
        let column = &self.columns()[k];
        let all = column.numbers(column.mean());
        let mut numbers: Vec<f64> = kept.iter().map(|row| all[*row]).collect();
        if !choices.standardises(k) {
            return Ok(Some(numbers));
        }
        let (mean, deviation) = mean_and_deviation(&numbers, is_held_out);
        for x in &mut numbers {
            *x = (*x - mean) / if deviation == 0.0 { 1.0 } else { deviation };
        }
        if let Some(row) = numbers.iter().position(|x| limits::MAGNITUDE < x.abs()) {
            let (z, most) = (format::number(numbers[row], 3), format::count(limits::MAGNITUDE as u64));
            let problem = words::cells::beyond_standardised(&z, &most);
            return Err(self.fault(self.lines()[kept[row]], k, problem).to_string());
        }
        let number = |x| format::number(x, DIGITS);
        let title = self.title_of(k);
        done.push(words::import::column_with_mean(&title, &number(mean), &number(deviation)));
        Ok(Some(numbers))
    }

    fn title_of(&self, k: usize) -> String {
        let Column { name, place, .. } = &self.columns()[k];
        if name.is_empty() { words::columns::unnamed(place) } else { name.clone() }
    }

    /// Names the units of column `k`.
    fn name(&self, choices: &Choices, k: usize, role: ColumnRole, names: &mut DistinctNames) {
        let title = self.title_of(k);
        if choices.columns[k].taken_as == TakenAs::Numbers {
            return names.add(&title);
        }
        let is_only_target = self.chosen(choices, ColumnRole::Target).count() == 1;
        match (&self.columns()[k].words()[..], role) {
            (["0", "1"], ColumnRole::Target) => names.add(&title),
            ([_, yes], ColumnRole::Target) => names.add(&format!("{title} {yes}")),
            (words, ColumnRole::Target) if is_only_target => words.iter().for_each(|word| names.add(word)),
            (words, _) => words.iter().for_each(|word| names.add(&format!("{title} {word}"))),
        }
    }

    fn source(&self, choices: &Choices, file_name: &str, plan: &ImportPlan, done: &[String]) -> String {
        let (n, file) = (self.n_rows(), shown(file_name));
        let rows = match plan.n_test {
            0 => words::import::from_file(n, &file),
            n_test => {
                let n_test = format::count(n_test as u64);
                words::import::from_file_with_test_set(n, &file, &n_test, &choices.seed)
            }
        };
        let missing = plan.missing_in_words().unwrap_or_default();
        let columns = listed(done.iter().take(N_LISTED).cloned());
        let standardised = match done.len() {
            0 => String::new(),
            1..=N_LISTED => words::import::standardised(&columns),
            _ => words::import::standardised_and_more(&columns),
        };
        paragraph([&*rows, &missing, &standardised])
    }
}

/// Mean and standard deviation (of the rows as the whole population) of what is not held out.
fn mean_and_deviation(numbers: &[f64], is_held_out: &[bool]) -> (f64, f64) {
    let train = || numbers.iter().zip(is_held_out).filter(|(_, is_held_out)| !**is_held_out).map(|(x, _)| *x);
    let n = train().count() as f64;
    let mean = train().sum::<f64>() / n;
    let variance = train().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    // A column that says the same throughout may miss its own mean by a rounding.
    let first = train().next().unwrap_or(0.0);
    if train().all(|x| x == first) { (first, 0.0) } else { (mean, variance.sqrt()) }
}

/// Names that a lesson takes: not empty, not too long, none twice.
#[derive(Default)]
struct DistinctNames(Vec<String>);

impl DistinctNames {
    fn add(&mut self, name: &str) {
        let short: String = name.chars().take(limits::NAME_CHARS - 6).collect();
        let short = short.trim();
        let mut name = short.to_owned();
        let mut k = 1;
        while name.is_empty() || self.0.contains(&name) {
            k += 1;
            name = format!("{short} {k}").trim().to_owned();
        }
        self.0.push(name);
    }
}
