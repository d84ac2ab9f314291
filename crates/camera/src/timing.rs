//! When each frame is to be shown, told by ffmpeg on its error stream.
//!
//! Frames travel as bare pixels on the output pipe; the `showinfo` filter says one line per frame, in the same order,
//! with the time in microseconds. That is exact for variable frame rates, where `frame number / rate` is not.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read},
    sync::mpsc::SyncSender,
};

/// The filter that announces frames; its input must count in microseconds. The checksum it would add costs time.
pub(crate) const ANNOUNCE: &str = "settb=1/1000000,showinfo=checksum=0";

/// How many of ffmpeg's complaints are kept.
const MAX_COMPLAINTS: usize = 20;

/// A frame that is about to be delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Announced {
    /// When it is to be shown; nothing when the file does not tell.
    pub(crate) micros: Option<i64>,
}

/// Reads ffmpeg's log to its end: sends the frames' times on, returns the errors it mentions.
pub(crate) fn read_log(log: impl Read, times: &SyncSender<Announced>) -> Vec<String> {
    let mut complaints = VecDeque::new();
    let mut reader = BufReader::new(log);
    let mut line = Vec::new();
    loop {
        line.clear();
        if !matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
            return complaints.into();
        }
        let text = String::from_utf8_lossy(&line);
        match announced(&text) {
            // The receiver is gone when nobody wants frames any more; the log is read on so that ffmpeg can end.
            Some(time) => drop(times.send(time)),
            None => {
                if let Some(complaint) = complaint(&text) {
                    complaints.push_back(complaint);
                    if complaints.len() > MAX_COMPLAINTS {
                        complaints.pop_front();
                    }
                }
            }
        }
    }
}

/// The frame that a line of `showinfo` announces; nothing when it is another line.
fn announced(line: &str) -> Option<Announced> {
    let (_, rest) = line.split_once("[Parsed_showinfo_")?;
    let (before, after) = rest.split_once(" pts:")?;
    let micros = || after.split_whitespace().next()?.parse().ok();
    before.contains(" n:").then(|| Announced { micros: micros() })
}

/// The text of a line that is an error.
fn complaint(line: &str) -> Option<String> {
    let (_, text) = line.split_once("[error] ").or_else(|| line.split_once("[fatal] "))?;
    Some(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Announced, announced, complaint, read_log};

    #[test]
    fn lines_of_showinfo_give_times() {
        let line = "[Parsed_showinfo_3 @ 0x55] [info] n:   2 pts:  80000 pts_time:0.08    pos:     7779 fmt:rgb24\n";
        assert_eq!(announced(line), Some(Announced { micros: Some(80_000) }));
        assert_eq!(
            announced("[Parsed_showinfo_3 @ 0x55] [info] n:   2 pts:   NOPTS pts_time:NOPTS"),
            Some(Announced { micros: None })
        );
        assert_eq!(
            announced("[Parsed_showinfo_3 @ 0x55] [info] config in time_base: 1/1000000"),
            None
        );
        assert_eq!(announced("Stream #0:0: Video: rawvideo"), None);
    }

    #[test]
    fn errors_are_kept_and_chatter_is_not() {
        assert_eq!(
            complaint("[h264 @ 0x1] [error] error while decoding MB 1 2\n").as_deref(),
            Some("error while decoding MB 1 2")
        );
        assert_eq!(complaint("[info] Press [q] to stop"), None);
        let (times, received) = std::sync::mpsc::sync_channel(8);
        let log = b"[info] hello\n[x @ 1] [error] a\n[Parsed_showinfo_0 @ 1] [info] n: 0 pts: 7 x\nlast [fatal] b";
        assert_eq!(read_log(log.as_slice(), &times), ["a", "b"]);
        assert_eq!(received.try_iter().collect::<Vec<_>>(), [Announced { micros: Some(7) }]);
    }
}
