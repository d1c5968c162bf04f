//! A sentence of words around something of the page.

use yew::prelude::*;

use crate::words::around::{Piece, pieces};

/// A sentence, with the page's own at its places.
///
/// ```ignore
/// around(&words::one_scale_for(&Place(0)), [html! { <Choice<bool> … /> }])
/// ```
pub fn around<const N: usize>(sentence: &str, own: [Html; N]) -> Html {
    let html = |piece: Piece<'_>| match piece {
        Piece::Words(words) => Html::from(words.to_owned()),
        Piece::Place(k) => own.get(k).cloned().unwrap_or_default(),
    };
    pieces(sentence).into_iter().map(html).collect()
}
