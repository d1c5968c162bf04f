//! Contrast of the colours in `static/css/tokens.css`, in every theme (WCAG 2.2, 1.4.3 and 1.4.11).

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::HashMap;

type Colours = HashMap<String, [f64; 3]>;

fn colour(text: &str) -> Option<[f64; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let long = match digits.len() {
        3 => digits.chars().flat_map(|c| [c, c]).collect(),
        _ => digits.to_owned(),
    };
    let part = |k: usize| Some(f64::from(u8::from_str_radix(long.get(2 * k..2 * k + 2)?, 16).ok()?) / 255.0);
    Some([part(0)?, part(1)?, part(2)?])
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|x| if x <= 0.04045 { x / 12.92 } else { libm::pow((x + 0.055) / 1.055, 2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours that each block of the sheet gives, on top of those of the first.
fn themes() -> Vec<(String, Colours)> {
    let sheet = std::fs::read_to_string("static/css/tokens.css").expect("the sheet");
    let mut themes: Vec<(String, Colours)> = Vec::new();
    for line in sheet.lines() {
        if line.contains(":root") && (line.ends_with('{') || line.ends_with(',')) {
            let base = themes.first().map(|(_, colours)| colours.clone()).unwrap_or_default();
            themes.push((line.trim().to_owned(), base));
        }
        if let Some((name, value)) = line.trim().strip_prefix("--").and_then(|rest| rest.split_once(':'))
            && let (Some(colour), Some((_, theme))) = (colour(value.trim_end_matches(';')), themes.last_mut())
        {
            theme.insert(name.to_owned(), colour);
        }
    }
    // Of selectors that share a block only the last is followed by it.
    themes.retain(|(name, _)| name.ends_with('{'));
    themes
}

#[test]
fn text_and_what_is_drawn_stand_out_in_every_theme() {
    let themes = themes();
    assert!(4 <= themes.len(), "light, dark, dark as the system, projector");
    for (theme, colours) in themes {
        let of = |name: &str| *colours.get(name).unwrap_or_else(|| panic!("{name} in {theme}"));
        let text = ["ink", "muted", "value", "weight", "error", "grad", "new", "rate"];
        for (name, ground) in text.iter().flat_map(|name| ["panel", "bg"].map(|ground| (*name, ground))) {
            let found = contrast(of(name), of(ground));
            assert!(4.5 <= found, "{theme}: {name} on {ground} {found:.2}");
        }
        for name in ["value", "weight", "error", "grad", "new", "rate"] {
            let found = contrast(of(name), of(&format!("{name}-bg")));
            assert!(4.5 <= found, "{theme}: {name} on its own ground {found:.2}");
        }
        // Borders of controls, focus, earlier runs, and the edges of the network, which are its content.
        for name in ["edge", "edge-negative", "strong-line", "focus", "ghost"] {
            let found = contrast(of(name), of("panel"));
            assert!(3.0 <= found, "{theme}: {name} {found:.2}");
        }
    }
}
