//! `docs/README.md` lists every page below `docs/`, and nothing that is not there.

use std::collections::BTreeSet;

use super::{Complaint, SourceFile, extension};

const INDEX: &str = "docs/README.md";

pub(super) fn check(files: &[SourceFile]) -> Vec<Complaint> {
    let pages: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("docs/"))
        .filter(|page| extension(page) == "md" && *page != "README.md")
        .collect();
    let index = files.iter().find(|file| file.path == INDEX).and_then(|file| file.text.as_deref());
    let links: BTreeSet<&str> = links(index.unwrap_or_default()).collect();
    let unlisted = pages.difference(&links).map(|page| format!("{INDEX} does not list `{page}`"));
    let broken =
        links.difference(&pages).map(|link| format!("{INDEX} lists `{link}`, which is not there"));
    unlisted.chain(broken).map(Complaint::Error).collect()
}

/// The goals of Markdown links to pages below `docs/`.
fn links(markdown: &str) -> impl Iterator<Item = &str> {
    let goals = markdown.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    goals.filter(|goal| extension(goal) == "md" && !goal.starts_with("..") && !goal.contains("://"))
}
