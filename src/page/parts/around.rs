//! A sentence of words around something of the page.

use yew::prelude::*;

use crate::words::around::{Piece, pieces};

/// A sentence, with the page's own at its places.
///
/// ```ignore
/// around(&words::one_scale_for(&Place(0)), [html! { <Choice<bool> … /> }])
/// ```
pub fn around<const N: usize>(sentence: &str, own: [Html; N]) -> Html {
    set(sentence, &own, |words| Html::from(words.to_owned()))
}

/// The same with the words in elements of this class: so they can go where there is little room.
pub fn around_in<const N: usize>(class: &'static str, sentence: &str, own: [Html; N]) -> Html {
    set(sentence, &own, |words| html! { <span {class}>{ words.to_owned() }</span> })
}

fn set(sentence: &str, own: &[Html], said: impl Fn(&str) -> Html) -> Html {
    let html = |piece: Piece<'_>| match piece {
        Piece::Words(words) => said(words),
        Piece::Place(k) => own.get(k).cloned().unwrap_or_default(),
    };
    pieces(sentence).into_iter().map(html).collect()
}
