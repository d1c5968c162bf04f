//! A sentence of words around something of the page.

use yew::prelude::*;

use crate::words::around::{Piece, pieces};

/// A sentence, with the page's own at its places.
///
/// ```ignore
/// around(&words::one_scale_for(&Place(0)), [html! { <Choice<bool> … /> }])
/// ```
pub fn around<const N: usize>(sentence: &str, own: [Html; N]) -> Html {
    around_as(sentence, own, |words| Html::from(words.to_owned()))
}

/// The same, with the words for a listener only: what stands on the page says enough to the eye.
pub fn heard_around<const N: usize>(sentence: &str, own: [Html; N]) -> Html {
    around_as(sentence, own, |words| html! { <span class="visually-hidden">{ words.to_owned() }</span> })
}

/// The same, with the words in elements of this class: so they can go where there is little room.
pub fn around_in<const N: usize>(class: &'static str, sentence: &str, own: [Html; N]) -> Html {
    around_as(sentence, own, |words| html! { <span {class}>{ words.to_owned() }</span> })
}

/// The same, with the words as `say` sets them.
pub fn around_as<const N: usize>(sentence: &str, own: [Html; N], say: impl Fn(&str) -> Html) -> Html {
    let html = |piece: Piece<'_>| match piece {
        Piece::Words(words) => say(words),
        Piece::Place(k) => own.get(k).cloned().unwrap_or_default(),
    };
    pieces(sentence).into_iter().map(html).collect()
}
