//! Issues of one name together, gravest first: what the terminal and the page tell alike.

use wire::report::Issue;

/// Groups of issues of one name, gravest and most frequent first; within a group in order of time.
pub(crate) fn groups(issues: &[Issue]) -> Vec<Vec<&Issue>> {
    let mut groups: Vec<Vec<&Issue>> = Vec::new();
    for issue in issues {
        match groups.iter_mut().find(|group| group[0].id == issue.id) {
            Some(group) => group.push(issue),
            None => groups.push(vec![issue]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse((worst(group).severity, group.len())));
    groups
}

/// The one that is surest; the first of equals.
pub(crate) fn worst<'a>(group: &[&'a Issue]) -> &'a Issue {
    group[1..].iter().fold(group[0], |worst, issue| {
        if (issue.severity, issue.confidence) > (worst.severity, worst.confidence) {
            issue
        } else {
            worst
        }
    })
}
