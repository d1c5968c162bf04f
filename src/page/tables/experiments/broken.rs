//! A switch for each known mistake.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lesson::mistakes::{name, sentence, why_idle};
use crate::page::scene::Panel;
use crate::session::{Action, Edit};
use crate::words::tables::experiments as words;
use backprop::mistakes::Mistake;

/// The group of switches.
pub fn switches(panel: &Panel) -> Html {
    let is_whole = panel.scene.moment().lesson.rule.mistakes_made().next().is_none();
    let mend = (!is_whole)
        .then(|| panel.dispatch.reform(|_: MouseEvent| Action::Edit { edit: Edit::Mend, continues: false }));
    html! {
        <fieldset class="broken-switches">
            <legend>{ words::broken_on_purpose() }</legend>
            <p class="hint">
                { words::known_mistakes() }
            </p>
            <ul>{ for Mistake::ALL.map(|mistake| switch(panel, mistake)) }</ul>
            <button type="button" aria-disabled={is_whole.then_some("true")} onclick={mend}>{ words::mend_all() }</button>
        </fieldset>
    }
}

fn switch(panel: &Panel, mistake: Mistake) -> Html {
    let moment = panel.scene.moment();
    let (lesson, network) = (&moment.lesson, moment.network());
    let is_made = lesson.rule.makes(mistake);
    let onchange = panel.dispatch.reform(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let is_made = input.is_some_and(|input| input.checked());
        Action::Edit { edit: Edit::Mistake(mistake, is_made), continues: false }
    });
    let id = format!("mistake-{}", mistake.word());
    let says = format!("{id}-says");
    let idle = why_idle(mistake, network, lesson.rule, lesson.batch_size, moment.names.facts());
    html! {
        <li key={id.clone()}>
            <input type="checkbox" role="switch" id={id.clone()} aria-describedby={says.clone()} checked={is_made} {onchange} />
            <label for={id}>{ name(mistake) }</label>
            <p id={says} class="hint">
                { sentence(mistake, moment.names.facts()) }
                if let Some(idle) = idle {
                    { " " }<b>{ idle }</b>
                }
            </p>
        </li>
    }
}
