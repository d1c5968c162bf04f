//! What says beside the network that it is broken on purpose: in the place of the legend.

use yew::prelude::*;

use crate::lesson::mistakes::{name, sentence, why_idle};
use crate::page::scene::Panel;
use crate::session::{Action, Edit};
use crate::words::lists::listed;
use crate::words::page::diagram as words;
use crate::words::paragraph;
use backprop::mistakes::Mistake;

/// The most mistakes that are named; the others are counted.
const MAX_NAMED: usize = 2;

/// What is broken, and a button that mends it; nothing where nothing is.
pub fn banner(panel: &Panel) -> Option<Html> {
    let moment = panel.scene.moment();
    let (lesson, network) = (&moment.lesson, moment.network());
    let rule = lesson.rule;
    let made: Vec<Mistake> = rule.mistakes_made().collect();
    if made.is_empty() {
        return None;
    }
    let named = listed(made.iter().take(MAX_NAMED).map(|mistake| name(*mistake)));
    let idle = |mistake: &Mistake| why_idle(*mistake, network, rule, lesson.batch_size, moment.names.facts());
    let has_effect = made.iter().any(|mistake| idle(mistake).is_none());
    let broken = match (made.len().saturating_sub(MAX_NAMED), has_effect) {
        (0, true) => words::broken(&named),
        (0, false) => words::broken_without_effect(&named),
        (n, true) => words::broken_and_more(n, &named),
        (n, false) => words::broken_and_more_without_effect(n, &named),
    };
    let says = |mistake: &Mistake| {
        let sentence = sentence(*mistake, moment.names.facts());
        let idle = idle(mistake).unwrap_or_default();
        words::mistake_is(&name(*mistake), &paragraph([&*sentence, &idle]))
    };
    let says: Vec<String> = made.iter().map(says).collect();
    let mend = panel.dispatch.reform(|_: MouseEvent| Action::Edit { edit: Edit::Mend, continues: false });
    Some(html! {
        <div class="broken" role="note" aria-label={words::broken_on_purpose()}>
            <span title={says.join("\n")}>
                <span aria-hidden="true">{ "⚠ " }</span>
                { broken }
            </span>
            <button type="button" aria-label={words::mend_the_machine()} title={words::mend_the_machine()} onclick={mend}>{ words::mend() }</button>
        </div>
    })
}
