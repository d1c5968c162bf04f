//! What files name by a word.

use super::Notation;
use super::generator::Kind;
use super::grain::Grain;
use super::notation::Change;
use super::view::View;
use crate::text::document::Word;
use backprop::activation::Activation;
use backprop::init::Scheme;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::trace::UpdateOrder;

macro_rules! named_by_word {
    ($($kind:ty),*) => {
        $(impl Word for $kind {
            const ALL: &'static [Self] = &Self::ALL;

            fn word(self) -> &'static str {
                self.word()
            }
        })*
    };
}

named_by_word!(Activation, Change, Grain, Kind, Loss, Mistake, Notation, Scheme, UpdateOrder, View);
