//! The page.
use yew::prelude::*;

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{"Chainrule"}</h1></main> }
}

/// Starts the page in the document's body.
pub fn run() {
    yew::Renderer::<App>::new().render();
}
