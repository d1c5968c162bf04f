//! Text that a reader or a file brought: shown so that it can neither turn the page's own sentences round nor
//! break its layout.

/// The most marks that are set on one letter: no script has more, and a browser takes long for thousands.
const MAX_MARKS: usize = 8;

/// `text` with at most `most` characters and an ellipsis behind them where there were more; without what
/// changes the direction of the text around it, and with at most 8 combining marks in a row.
pub fn shown(text: &str, most: usize) -> String {
    let mut n_marks = 0;
    let mut kept = text.chars().filter(|&c| {
        n_marks = if is_mark(c) { n_marks + 1 } else { 0 };
        n_marks <= MAX_MARKS && !turns(c)
    });
    let mut shown: String = kept.by_ref().take(most).collect();
    if kept.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Whether the character changes the direction of what follows it (Unicode's bidirectional formatting).
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// Whether the character is set on the one before it (the blocks of combining marks).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "XOR 2-2-1", "Élan é e\u{301} ñ", "日本語", "שלום", "<b>i</b>"] {
            assert_eq!(shown(text, 200), text);
        }
    }

    #[test]
    fn what_would_break_the_page_is_left_out() {
        assert_eq!(shown(&"a".repeat(300), 200), format!("{}…", "a".repeat(200)));
        assert_eq!(shown("evil\u{202E}dne\u{2066}", 200), "evildne");
        assert_eq!(
            shown(&format!("a{}b", "\u{301}".repeat(19_000)), 200),
            format!("a{}b", "\u{301}".repeat(8))
        );
    }
}
