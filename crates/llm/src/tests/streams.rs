//! Cassettes: streams as the providers document them, written by hand, read whole and at every cut.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use expect_test::expect_file;
use proptest::prelude::{ProptestConfig, Strategy as _, any, proptest};

use crate::decoder::Decoder;
use crate::event::Event;
use crate::settings::Provider;

fn cassettes() -> Vec<(String, Provider, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cassettes");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "sse")).collect();
    files.sort();
    let one = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let provider = if name.starts_with("anthropic-") {
            Provider::Anthropic
        } else {
            Provider::OpenaiCompatible
        };
        (name, provider, fs::read(path).unwrap())
    };
    files.into_iter().map(one).collect()
}

fn read<'b>(provider: Provider, pieces: impl Iterator<Item = &'b [u8]>) -> Vec<Event> {
    let mut decoder = Decoder::new(provider);
    let mut events: Vec<Event> = pieces.flat_map(|piece| decoder.push(piece)).collect();
    events.extend(decoder.finish());
    events
}

fn line(event: &Event) -> String {
    match event {
        Event::Started { model } => format!("started {model}"),
        Event::Text(text) => format!("text {text:?}"),
        Event::Alive => "alive".to_owned(),
        Event::ToolStart { index, id, name } => format!("tool {index} {name} ({id})"),
        Event::ToolArguments { index, json } => format!("tool {index} gets {json}"),
        Event::Usage(usage) => format!(
            "tokens {} in, {} out, {} cached, {} kept",
            usage.input, usage.output, usage.cache_read, usage.cache_write
        ),
        Event::Stop(stop) => format!("stop {stop:?}"),
        Event::Failed(fault) => format!("failed {fault:?}"),
    }
}

#[test]
fn streams_are_understood() {
    let mut told = String::new();
    for (name, provider, bytes) in cassettes() {
        writeln!(told, "{name}").unwrap();
        for event in read(provider, std::iter::once(bytes.as_slice())) {
            writeln!(told, "  {}", line(&event)).unwrap();
        }
    }
    expect_file!["../../cassettes/expected.txt"].assert_eq(&told);
}

#[test]
fn every_stream_says_the_same_at_every_cut() {
    for (name, provider, bytes) in cassettes() {
        let whole = read(provider, std::iter::once(bytes.as_slice()));
        for at in 0..=bytes.len() {
            let (a, b) = bytes.split_at(at);
            assert_eq!(read(provider, [a, b].into_iter()), whole, "{name} cut at byte {at}");
        }
        assert_eq!(read(provider, bytes.chunks(1)), whole, "{name}, byte by byte");
    }
}

#[test]
fn a_stream_ends_once() {
    for (name, provider, bytes) in cassettes() {
        let events = read(provider, [&bytes[..], &bytes[..]].into_iter());
        let ends = |event: &&Event| matches!(event, Event::Stop(_) | Event::Failed(_));
        assert_eq!(events.iter().filter(ends).count(), 1, "{name}");
        assert!(events.last().as_ref().is_some_and(ends), "{name}");
    }
}

#[test]
fn a_line_an_event_or_an_answer_without_end_is_a_failure() {
    let piece = vec![b'x'; 64 * 1024];
    let mut text = b"data: {\"choices\":[{\"delta\":{\"content\":\"".to_vec();
    text.extend_from_slice(&piece);
    text.extend_from_slice(b"\"}}]}\n\n");
    let lines = [b"data: ".as_slice(), &piece, b"\n"].concat();
    for (what, again) in [("a line", &piece), ("an event", &lines), ("an answer", &text)] {
        let mut decoder = Decoder::new(Provider::OpenaiCompatible);
        let n_read = (1..200).find(|_| {
            let events = decoder.push(again);
            events.iter().any(|event| matches!(event, Event::Failed(_)))
        });
        let n_read = n_read.unwrap_or_else(|| panic!("{what} never ends"));
        assert!(n_read * piece.len() < 6 * 1024 * 1024, "{what}: {n_read} pieces");
        assert_eq!(decoder.push(again), [], "{what}");
        assert_eq!(decoder.finish(), [], "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes that look like a stream and are none, cut anywhere, with cassettes' bytes turned over.
    #[test]
    fn no_bytes_are_misread_by_a_cut_or_make_it_panic(
        parts in proptest::collection::vec(proptest::prelude::prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..12),
            proptest::sample::select(vec![
                "data: ", "data:", "\n", "\r\n", "\r", "\n\n", "event: error\n", "error: {}", "[DONE]", "{", "}",
                "null", "[]", ":", "\u{feff}", "{\"choices\":[{\"delta\":{\"tool_calls\":[{}]}}]}",
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\"}}",
                "{\"type\":\"message_stop\"}", "{\"usage\":{\"prompt_tokens\":-1}}", "{\"error\":1e999}",
            ]).prop_map(|text| text.as_bytes().to_vec()),
        ], 0..24),
        cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..6),
        anthropic in any::<bool>(),
    ) {
        let provider = if anthropic { Provider::Anthropic } else { Provider::OpenaiCompatible };
        let bytes = parts.concat();
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        ends.push(bytes.len());
        ends.sort_unstable();
        let mut from = 0;
        let pieces = ends.iter().map(|&to| {
            let piece = &bytes[from..to];
            from = to;
            piece
        });
        let cut = read(provider, pieces);
        assert_eq!(cut, read(provider, std::iter::once(bytes.as_slice())));
    }

    #[test]
    fn a_damaged_stream_makes_nobody_panic(
        which in any::<proptest::sample::Index>(),
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let all = cassettes();
        let (_, provider, mut bytes) = all[which.index(all.len())].clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let whole = read(provider, std::iter::once(bytes.as_slice()));
        assert_eq!(read(provider, bytes.chunks(7)), whole);
    }
}
