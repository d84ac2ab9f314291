//! Text from strangers, made fit to be shown, and text for spreadsheets that must not be computed.
//!
//! Control and direction characters can hide what a name says; a field that begins with `=` is a program to a spreadsheet.

/// A text after cleaning.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cleaned {
    pub(crate) text: String,
    pub(crate) shortened: bool,
}

/// One line: no control or direction characters, spaces together, at most so many characters.
pub(crate) fn line(text: &str, most_chars: usize) -> Cleaned {
    let text = text.get(..within(text, most_chars * 16)).unwrap_or(text);
    let words = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !hides(*c));
    let spaced: String = words.collect();
    let joined = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(joined, most_chars)
}

/// Lines: as [`line()`], with line breaks and the spaces within kept.
pub(crate) fn note(text: &str, most_chars: usize) -> Cleaned {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let kept: String =
        unix.chars().filter(|c| *c == '\n' || !(c.is_control() || hides(*c))).collect();
    cut(kept.trim().to_owned(), most_chars)
}

fn cut(text: String, most_chars: usize) -> Cleaned {
    match text.char_indices().nth(most_chars) {
        None => Cleaned { text, shortened: false },
        Some((end, _)) => {
            let kept = text.get(..end).unwrap_or_default();
            Cleaned { text: kept.trim_end().to_owned(), shortened: true }
        }
    }
}

/// The last boundary of a character at or before so many bytes.
fn within(text: &str, most_bytes: usize) -> usize {
    if text.len() <= most_bytes {
        return text.len();
    }
    (0..=most_bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a character is not seen, or turns the direction of what follows (Unicode TR 36, "bidirectional text spoofing").
fn hides(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The text for a spreadsheet: with a `'` before it where it would be computed otherwise.
///
/// Source: OWASP, "CSV Injection".
pub(crate) fn guard(text: &str) -> String {
    if is_computed(text) { format!("'{text}") } else { text.to_owned() }
}

/// What [`guard`] was given.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_computed(rest) => rest,
        _ => text,
    }
}

fn is_computed(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['\t', '\r', '\n'])
        || bare
            .trim_start()
            .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_taken_out() {
        fn check(text: &str, expected: &str) {
            assert_eq!(line(text, 20).text, expected, "{text:?}");
        }
        check("  Bench \u{202e}sserP\u{0}\t (x)\r\n", "Bench sserP (x)");
        check("\u{feff}Knee\u{200b}s", "Knees");
        check("Überkopf 👩‍🚀", "Überkopf 👩‍🚀");
        check("twenty-one characters", "twenty-one character");
        assert!(line("twenty-one characters", 20).shortened);
        assert_eq!(note(" a\r\nb\u{7}\rc\n", 20).text, "a\nb\nc");
    }

    #[test]
    fn what_would_be_computed_is_guarded_and_comes_back() {
        fn check(text: &str, guarded: &str) {
            assert_eq!(guard(text), guarded, "{text:?}");
            assert_eq!(unguard(guarded), text, "{text:?}");
        }
        check("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-2 next time", "'-2 next time");
        check("  +1", "'  +1");
        check("'=1", "''=1");
        check("''=1", "'''=1");
        check("'twas heavy", "'twas heavy");
        check("'\nx", "''\nx");
        check("felt good", "felt good");
        check("＝1", "'＝1");
    }
}
