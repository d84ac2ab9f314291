//! Bytes to text: UTF-8, UTF-16 with its mark, else Windows-1252, which old spreadsheets write.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::warning::{At, WarningKind, Warnings};

/// The text of a file, without its byte order mark.
pub(crate) fn decode<'a>(bytes: &'a [u8], warnings: &mut Warnings) -> Cow<'a, str> {
    let (encoding, rest) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (UTF_8, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => return Cow::Borrowed(text),
            Err(_) => {
                warnings.add(At::File, WarningKind::OldEncoding, "");
                (WINDOWS_1252, bytes)
            }
        },
    };
    let (text, replaced) = encoding.decode_without_bom_handling(rest);
    if replaced {
        warnings.add(At::File, WarningKind::BadBytes, "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_that_spreadsheets_write_are_told_apart() {
        fn check(bytes: &[u8], text: &str, n_warnings: u64) {
            let mut warnings = Warnings::default();
            assert_eq!(decode(bytes, &mut warnings), text);
            assert_eq!(warnings.n, n_warnings, "{text}");
        }
        check("Übung".as_bytes(), "Übung", 0);
        check("\u{feff}Übung".as_bytes(), "Übung", 0);
        check(b"\xdcbung \x80", "Übung €", 1);
        check(b"\xff\xfe\xdc\x00b\x00", "Üb", 0);
        check(b"\xfe\xff\x00\xdc\x00b", "Üb", 0);
        check(b"\xff\xfe\xdc\x00b", "Ü\u{fffd}", 1);
    }
}
