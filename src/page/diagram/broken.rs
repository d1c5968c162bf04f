//! What says beside the network that it is broken on purpose: in the place of the legend.

use yew::prelude::*;

use crate::lesson::mistakes::{name, sentence, why_idle};
use crate::page::scene::Panel;
use crate::session::{Action, Edit};
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
    let named: Vec<&str> = made.iter().take(MAX_NAMED).map(|mistake| name(*mistake)).collect();
    let more = match made.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let idle = |mistake: &Mistake| why_idle(*mistake, network, rule, lesson.batch_size);
    let without_effect =
        if made.iter().all(|mistake| idle(mistake).is_some()) { ", without effect here" } else { "" };
    let says: Vec<String> = made
        .iter()
        .map(|mistake| {
            format!(
                "{}: {} {}",
                name(*mistake),
                sentence(*mistake, moment.names.facts()),
                idle(mistake).unwrap_or_default()
            )
        })
        .collect();
    let mend = panel.dispatch.reform(|_: MouseEvent| Action::Edit { edit: Edit::Mend, continues: false });
    Some(html! {
        <div class="broken" role="note" aria-label="Broken on purpose">
            <span title={says.join("\n")}>
                <span aria-hidden="true">{ "⚠ " }</span>
                { format!("Broken: {}{more}{without_effect}", named.join(", ")) }
            </span>
            <button type="button" aria-label="Mend the machine" title="Mend the machine" onclick={mend}>{ "Mend" }</button>
        </div>
    })
}
