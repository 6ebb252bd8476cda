//! Formats the report as Markdown: breaking changes, additions, other changes, and lines for the changelog.

use super::report::{Change, Effect, Kind, Report};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The number of affected members that are named.
const PLACES: usize = 3;

/// The whole report.
pub(crate) fn markdown(report: &Report) -> String {
    let [was, is] = report.operations;
    let mut text = format!("# {}: what changed for users\n\n", report.title);
    let [before, after] = &report.versions;
    let _ = writeln!(
        text,
        "API version {before} → {after}; operations {was} → {is}; changes: {}, of which break: {}.",
        report.changes.len(),
        of(report, Effect::Breaks).count()
    );
    if report.changes.is_empty() {
        text.push_str("\nNothing changed, documentation aside.\n");
        return text;
    }
    section(&mut text, "What breaks", &told(report, Effect::Breaks));
    section(&mut text, "What is new", &new(report));
    section(
        &mut text,
        "What changes besides",
        &told(report, Effect::Changes),
    );
    let _ = write!(
        text,
        "\n## Draft for the changelog\n\n```markdown\n{}```\n",
        changelog(report)
    );
    text
}

fn of(report: &Report, effect: Effect) -> impl Iterator<Item = &Change> {
    let changes = report.changes.iter();
    changes.filter(move |change| change.effect == effect)
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {title}\n\n");
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}

/// A line for each change that is told in words.
fn told(report: &Report, effect: Effect) -> Vec<String> {
    of(report, effect).map(line).collect()
}

fn line(change: &Change) -> String {
    let subject = subject(&change.subject);
    let mut line = format!("{subject} {}", change.text);
    let others = change
        .places
        .iter()
        .filter(|place| **place != change.subject);
    let places: Vec<_> = others.map(|place| format!("`{place}`")).collect();
    match places.len() {
        0 => {}
        count if count > PLACES => {
            let shown = places[..PLACES].join(", ");
            let _ = write!(line, " ({shown} and {} more)", count - PLACES);
        }
        _ => {
            let _ = write!(line, " ({})", places.join(", "));
        }
    }
    line
}

/// Names are code; the service is none.
fn subject(name: &str) -> String {
    match name {
        "The service" => name.to_owned(),
        name => format!("`{name}`"),
    }
}

/// Returns the additions, one line for each subject.
fn new(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for (kind, subject, names) in grouped(report) {
        let one = names.len() == 1;
        let list = match kind {
            Kind::Operation if !subject.is_empty() => names.join(", "),
            _ => names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        let thing = match (kind, one) {
            (Kind::Operation, true) => "operation",
            (Kind::Operation, false) => "operations",
            (Kind::Error, true) => "error",
            (Kind::Error, false) => "errors",
            (Kind::Type, true) => "type",
            (Kind::Type, false) => "types",
            (Kind::EnumValue, true) => "value",
            (Kind::EnumValue, false) => "values",
            (_, true) => "member",
            (_, false) => "members",
        };
        lines.push(match (kind, subject) {
            (_, "") => format!("New {thing}: {list}"),
            (Kind::Operation, subject) => format!("`{subject}` has {list}"),
            (Kind::Error, subject) => format!("`{subject}` may return the {thing} {list}"),
            (_, subject) => format!("`{subject}` has the new {thing} {list}"),
        });
    }
    lines
}

/// Returns the added names by kind and subject, in this order.
fn grouped(report: &Report) -> Vec<(Kind, &str, Vec<&str>)> {
    let mut groups: BTreeMap<(Kind, &str), Vec<&str>> = BTreeMap::new();
    for change in of(report, Effect::Adds) {
        if let Some(name) = &change.added {
            let group = groups.entry((change.kind, &change.subject));
            group.or_default().push(name);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|((kind, subject), names)| (kind, subject, names))
        .collect()
}

/// Lines in the style of CHANGELOG.md, to be edited by a person.
fn changelog(report: &Report) -> String {
    let breaking =
        of(report, Effect::Breaks).map(|change| format!("**Breaking:** {}", line(change)));
    let mut lines: Vec<String> = breaking.collect();
    lines.extend(new(report));
    let other = of(report, Effect::Changes).filter(|change| change.kind != Kind::Service);
    lines.extend(other.map(line));
    lines
        .into_iter()
        .map(|line| format!("- {line}.\n"))
        .collect()
}
