//! The guide of a lesson that has one: a page of text above the cards, and what turns the pages.

use std::rc::Rc;

use yew::prelude::*;

use crate::lesson::guide::GuideText;
use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around_in;
use crate::page::parts::desk::Desk;
use crate::page::parts::icon::Icon;
use crate::page::parts::number::text_so_far;
use crate::page::scene::{Panel, PanelProps};
use crate::session::Action;
use crate::words::around::Place;
use crate::words::page::guide as words;

/// The open page of the guide.
#[component]
pub fn Guide(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let session = panel.scene.session();
    let desk = use_context::<Desk>();
    let start = Rc::clone(session.start());
    let texts = use_memo(Rc::as_ptr(&start) as usize, {
        let start = Rc::clone(&start);
        move |_| start.guide.iter().map(|page| page.parts(&start)).collect::<Vec<_>>()
    });
    let (open, n) = (session.guide_page(), start.guide.len());
    let turn = |to: Option<usize>| {
        let (desk, dispatch, start) = (desk.clone(), panel.dispatch.clone(), Rc::clone(&start));
        Callback::from(move |_: MouseEvent| {
            let Some((number, page)) = to.and_then(|number| Some((number, start.guide.get(number)?))) else {
                return;
            };
            dispatch.emit(Action::OpenGuidePage(number));
            if let Some(desk) = &desk {
                desk.show.emit(page.opens.clone());
            }
        })
    };
    let button = |key: &'static str, name: &'static str, tip: &'static str, to: Option<usize>| {
        html! {
            <button
                type="button"
                data-opens={key}
                title={tip}
                aria-label={name}
                disabled={to.is_none()}
                onclick={turn(to)}
            >
                { if key == BACK { Icon::StepBack } else { Icon::StepForward }.html() }
            </button>
        }
    };
    // Its words know the numbers of the step.
    let waits = panel.scene.moment().is_asking();
    let page = |(k, parts): (usize, &Vec<GuideText>)| {
        let is_open = k == open && !waits;
        html! {
            <p key={k} aria-hidden={(!is_open).then_some("true")}>{ for parts.iter().map(|part| part_of(panel, part)) }</p>
        }
    };
    let said = texts.get(open).map(|parts| said_of(parts)).unwrap_or_default();
    html! {
        <section class="guide" aria-label={words::guide()}>
            { button(BACK, words::back(), words::back_tip(), open.checked_sub(1)) }
            <span class="guide-place">
                { around_in("visually-hidden", &words::page_is(&Place(0)), [words::place(&(open + 1), &n).into()]) }
            </span>
            { button(ON, words::on(), words::on_tip(), Some(open + 1).filter(|next| *next < n)) }
            // All pages stand in one place, so that nothing moves when a page is turned.
            <div class="guide-pages">
                { for texts.iter().enumerate().map(page) }
                if waits {
                    <p>{ words::waits() }</p>
                }
            </div>
            <span class="visually-hidden" aria-live="polite">{ said }</span>
        </section>
    }
}

/// Of the buttons, for the keyboard's list.
const BACK: &str = "guide-back";
const ON: &str = "guide-on";

/// What is said when a page is turned: its words, without numbers, which change with every step.
fn said_of(parts: &[GuideText]) -> String {
    let words = parts.iter().map(|part| match part {
        GuideText::Words(words) => words.as_str(),
        GuideText::Number { name, .. } => name.as_str(),
    });
    words.collect()
}

fn part_of(panel: &Panel, part: &GuideText) -> Html {
    match part {
        GuideText::Words(words) => html! { { words } },
        GuideText::Number { name, quantity: None } => html! { { name } },
        GuideText::Number { quantity: Some(quantity), .. } => number(panel, *quantity),
    }
}

/// A quantity's number as far as it is reached, linked with it wherever else it stands.
fn number(panel: &Panel, quantity: Quantity) -> Html {
    let text = panel.scene.moment().shown_text(quantity, panel.scene.digits());
    html! {
        <b
            class={panel.classes(quantity)}
            onmouseenter={panel.light(quantity)}
            onmouseleave={panel.unlight()}
        >
            { text_so_far(text) }
        </b>
    }
}
