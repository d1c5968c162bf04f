//! A guide through a lesson: pages of a short text, each with the instant and the settings that it is about.

use std::rc::Rc;

use crate::lesson::named::{Meaning, meanings};
use crate::lesson::quantity::Quantity;
use crate::lesson::view::View;
use crate::lesson::{Lesson, limits};
use crate::text::fault::{Read, Within, fault};
use crate::text::format;
use crate::words::{guide as words, names};
use backprop::mistakes::Mistake;
use backprop::optimizer::Optimizer;

/// A page of a guide. What it leaves out is as the lesson has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GuidePage {
    /// Plain text, in which a quantity's name in braces stands for its number: "The error is {E}."
    pub text: String,
    /// Number of epochs learned before.
    pub epoch: u64,
    /// The name of the quantity whose step is shown; without one, the instant before the epoch's first step.
    pub at: Option<String>,
    /// The optimiser.
    pub optimizer: Option<Optimizer>,
    /// η.
    pub learning_rate: Option<f64>,
    /// What is done wrong on purpose.
    pub mistakes: Option<Vec<Mistake>>,
    /// The epoch up to which the network then learns.
    pub run_to: Option<u64>,
    /// What is opened beside it.
    pub opens: Vec<View>,
}

/// A part of a page's text.
#[derive(Clone, Debug, PartialEq)]
pub enum GuideText {
    /// Words as they stand.
    Words(String),
    /// A number: that of a quantity.
    Number {
        /// The name in the text.
        name: String,
        /// The quantity, of the sample that is shown or of one of the update; `None` where the name means
        /// nothing.
        quantity: Option<Quantity>,
    },
}

impl GuidePage {
    /// The lesson that the page is about: `start` with the page's settings.
    pub fn lesson(&self, start: &Rc<Lesson>) -> Rc<Lesson> {
        let mut rule = start.rule;
        if let Some(optimizer) = self.optimizer {
            rule.optimizer = optimizer;
        }
        if let Some(rate) = self.learning_rate {
            rule.optimizer = rule.optimizer.with_learning_rate(rate);
        }
        if let Some(mistakes) = &self.mistakes {
            rule = mistakes.iter().fold(rule.mended(), |rule, mistake| rule.with_mistake(*mistake, true));
        }
        if rule == start.rule { Rc::clone(start) } else { Rc::new(Lesson { rule, ..Lesson::clone(start) }) }
    }

    /// The quantity whose step is shown.
    pub fn place(&self, lesson: &Lesson) -> Option<Meaning> {
        meanings(lesson, &[self.at.as_deref()?])[0]
    }

    /// What a name in the text is: of a sample that it names, the number that belongs to it.
    fn quantity(&self, lesson: &Lesson, Meaning { quantity, sample }: Meaning) -> Quantity {
        let sample = sample.map(|sample| lesson.place_in_epoch(self.epoch, sample).1);
        match (quantity, sample) {
            (Quantity::Gradient(param), Some(sample)) => Quantity::SampleGradient(sample, param),
            (Quantity::Delta(unit), Some(sample)) => Quantity::SampleDelta(sample, unit),
            (Quantity::Activation(unit), Some(sample)) => Quantity::SampleActivation(sample, unit),
            (Quantity::Loss, Some(sample)) => Quantity::SampleLoss(sample),
            (other, _) => other,
        }
    }

    /// The text in its parts.
    pub fn parts(&self, lesson: &Lesson) -> Vec<GuideText> {
        let pieces = pieces(&self.text);
        let names: Vec<&str> = pieces.iter().filter(|(is_name, _)| *is_name).map(|(_, name)| *name).collect();
        let mut known = meanings(lesson, &names).into_iter();
        let part = |(is_name, text): &(bool, &str)| match is_name {
            true => {
                let quantity = known.next().flatten().map(|meaning| self.quantity(lesson, meaning));
                GuideText::Number { name: (*text).to_owned(), quantity }
            }
            false => GuideText::Words((*text).to_owned()),
        };
        pieces.iter().map(part).collect()
    }
}

/// # Errors
/// The first page of the lesson's guide that names what there is not, or takes too long to come to.
pub fn check(lesson: &Lesson) -> Read<()> {
    let n_products = lesson.network.n_products(lesson.data.train.len()).max(1);
    let most = (limits::GUIDE_PRODUCTS / n_products).min(limits::GUIDE_EPOCH);
    if let Some(first) = lesson.guide.first()
        && (GuidePage { text: first.text.clone(), ..GuidePage::default() }) != *first
    {
        return fault(words::first_page_has_settings()).at(0).of("guide");
    }
    for (k, page) in lesson.guide.iter().enumerate() {
        let check = || {
            if most < page.epoch {
                return fault(words::epoch_too_late(&page.epoch, &format::count(most))).of("epoch");
            }
            if let (Some(name), None) = (&page.at, page.place(lesson)) {
                return fault(names::means_nothing(name)).of("at");
            }
            let is_unknown = |part: &GuideText| matches!(part, GuideText::Number { quantity: None, .. });
            match page.parts(lesson).into_iter().find(is_unknown) {
                Some(GuideText::Number { name, .. }) => {
                    fault(names::means_nothing(&format!("{{{name}}}"))).of("text")
                }
                _ => Ok(()),
            }
        };
        check().at(k).of("guide")?;
    }
    Ok(())
}

/// The pieces of a text, and of each whether it is a name in braces. A brace that is not closed is a brace.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else {
            break;
        };
        pieces.extend([(false, words), (true, name)]);
        rest = after;
    }
    pieces.push((false, rest));
    pieces.retain(|(is_name, text)| *is_name || !text.is_empty());
    pieces
}

/// The page, if it has a text.
///
/// # Errors
/// If that is empty or longer than a page may be.
pub(super) fn with_text(page: GuidePage) -> Read<GuidePage> {
    let most = limits::GUIDE_CHARS;
    match page.text.chars().count() {
        _ if page.text.trim().is_empty() => fault(words::empty()).of("text"),
        n if most < n => fault(words::too_long(n, &most)).of("text"),
        _ => Ok(page),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_braces_is_a_number() {
        assert_eq!(
            pieces("E is {E}, w is {w₁}"),
            [(false, "E is "), (true, "E"), (false, ", w is "), (true, "w₁")]
        );
        assert_eq!(pieces("{E}"), [(true, "E")]);
        assert_eq!(pieces("a { b"), [(false, "a { b")]);
    }
}
