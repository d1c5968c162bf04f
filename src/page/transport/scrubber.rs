//! The scrubber: the phases of the update that is shown, and how far the learner has stepped.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::lesson::quantity::Quantity;
use crate::moment::step::{Phase, PhaseSegment};
use crate::page::scene::Scene;
use crate::session::Action;
use crate::words::lists::listed;
use crate::words::page::transport as words;

/// The most segments that are drawn one by one. With more, those that repeat for each sample become
/// one band of stripes.
const MAX_SEGMENTS: usize = 40;

/// The scrubber.
pub fn scrubber(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let moment = scene.moment();
    let plan = &moment.plan;
    let position = moment.position;
    let n_steps = plan.n_steps();
    let current = plan.segment(position.step);
    let oninput = {
        let plan = plan.clone();
        dispatch.reform(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let step = input.and_then(|input| input.value().parse().ok()).unwrap_or(0);
            Action::JumpTo(plan.done(step))
        })
    };
    // A sum of which only some terms are shown, or an update of which only some numbers are, stands before its end.
    // Lines of a derivation come before the first of them.
    let line = scene.explanation().line.as_ref();
    let of_lines = line.map_or(1.0, |line| line.number as f64 / line.of as f64);
    let n_shown = of_lines * (position.terms * position.numbers) as f64;
    let n_all = (plan.n_terms(position.step) * plan.n_numbers(position.step)).max(1);
    let done = position.step as f64 - (1.0 - n_shown / n_all as f64);
    let share = if position.step == 0 { 0.0 } else { done / n_steps as f64 };
    html! {
        <div class="scrubber">
            { bar(plan.segments(), current) }
            <i class="scrubber-mark" style={format!("left: {:.3}%", 100.0 * share)} />
            <input
                type="range"
                aria-label={words::step()}
                aria-valuetext={place(scene)}
                min="0"
                max={n_steps.to_string()}
                value={position.step.to_string()}
                {oninput}
            />
        </div>
    }
}

/// "Backward, step 2 of 8: w₅".
fn place(scene: &Scene) -> String {
    let moment = scene.moment();
    let explanation = scene.explanation();
    let Some(phase) = explanation.phase else {
        return words::before_the_first_step().to_owned();
    };
    let (number, of) = explanation.place;
    let about = explanation.equations.last().map(|equation| match equation.result.param() {
        Some(param) => moment.name(Quantity::Param(param)),
        None => moment.name(equation.result),
    });
    let about = about.unwrap_or_default();
    let sample = (1 < moment.n_samples() && !phase.is_of_all()).then(|| moment.sample() + 1);
    let line = explanation.line.as_ref().map(|line| (line.number, line.of));
    let phase = phase.name();
    match (sample, line) {
        (None, None) => words::at_step(&phase, &number, &of, &about),
        (None, Some((line, of_lines))) => words::at_line(&phase, &number, &of, &line, &of_lines, &about),
        (Some(sample), None) => words::at_step_of_sample(&sample, &phase, &number, &of, &about),
        (Some(sample), Some((line, of_lines))) => {
            words::at_line_of_sample(&sample, &phase, &number, &of, &line, &of_lines, &about)
        }
    }
}

/// A phase in a list of phases.
fn name_in_list(phase: Phase) -> &'static str {
    match phase {
        Phase::Forward => words::forward(),
        Phase::Loss => words::error(),
        Phase::Backward => words::backward(),
        Phase::Average => words::average(),
        Phase::Update => words::update(),
    }
}

fn phase_class(phase: Phase) -> &'static str {
    match phase {
        Phase::Forward => "is-forward",
        Phase::Loss => "is-loss",
        Phase::Backward => "is-backward",
        Phase::Average => "is-average",
        Phase::Update => "is-update",
    }
}

/// The segments side by side, each as wide as it has steps.
fn bar(segments: &[PhaseSegment], current: Option<PhaseSegment>) -> Html {
    let parts: Html = if segments.len() <= MAX_SEGMENTS {
        segments.iter().map(|segment| segment_html(segment, current)).collect()
    } else {
        bands(segments).into_iter().map(|band| band_html(&segments[band], current)).collect()
    };
    html! { <div class="scrubber-bar" aria-hidden="true">{ parts }</div> }
}

fn n_steps(segment: &PhaseSegment) -> usize {
    segment.last + 1 - segment.first
}

fn segment_html(segment: &PhaseSegment, current: Option<PhaseSegment>) -> Html {
    let is_current = (current == Some(*segment)).then_some("is-current");
    html! {
        <span
            class={classes!("scrubber-segment", phase_class(segment.phase), is_current)}
            style={format!("flex-grow: {}", n_steps(segment))}
        >
            <span>{ segment.phase.name() }</span>
        </span>
    }
}

/// Parts of the list in which the same phases repeat sample by sample.
fn bands(segments: &[PhaseSegment]) -> Vec<std::ops::Range<usize>> {
    let is_about_all = |segment: &PhaseSegment| matches!(segment.phase, Phase::Average | Phase::Update);
    let mut bands = Vec::new();
    let mut start = 0;
    for k in 1..=segments.len() {
        let ends = segments.get(k).is_none_or(|next| {
            let before = &segments[k - 1];
            is_about_all(next) || is_about_all(before) || next.sample < before.sample
        });
        if ends {
            bands.push(start..k);
            start = k;
        }
    }
    bands
}

/// A band: stripes in the colours of its phases, one repeat per sample.
fn band_html(band: &[PhaseSegment], current: Option<PhaseSegment>) -> Html {
    let [first, .., last] = band else {
        return band.iter().map(|segment| segment_html(segment, current)).collect();
    };
    let pattern: Vec<&PhaseSegment> =
        band.iter().take_while(|segment| segment.sample == first.sample).collect();
    let n_samples = last.sample + 1 - first.sample;
    let total = (last.last + 1 - first.first) as f64;
    let mut stops = Vec::new();
    let mut steps = 0;
    for segment in &pattern {
        let from = 100.0 * steps as f64 / total;
        steps += n_steps(segment);
        let to = 100.0 * steps as f64 / total;
        stops.push(format!("var(--{}) {from:.4}% {to:.4}%", phase_paint(segment.phase)));
    }
    let phases = listed(pattern.iter().map(|segment| name_in_list(segment.phase)));
    let style =
        format!("flex-grow: {total}; background: repeating-linear-gradient(90deg, {})", stops.join(", "));
    html! {
        <span class="scrubber-segment is-band" {style}>
            <span>{ words::samples_with(n_samples, &phases) }</span>
        </span>
    }
}

/// The custom property with a phase's pale colour.
fn phase_paint(phase: Phase) -> &'static str {
    match phase {
        Phase::Forward => "value-bg",
        Phase::Loss => "error-bg",
        Phase::Backward | Phase::Average => "grad-bg",
        Phase::Update => "new-bg",
    }
}
