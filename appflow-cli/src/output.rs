//! Writes the output: lines, with colors on a terminal, or JSON.

use crate::arguments::Output;
use anyhow::Result;
use appflow_sdk::flows::{Action, Finding};
use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;
use std::io::{ErrorKind, Write};

const RED: Style = AnsiColor::Red.on_default();
const GREEN: Style = AnsiColor::Green.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();

/// Writes a line. Colors are removed if the output is not a terminal.
pub(crate) fn line(text: &str) -> Result<()> {
    unless_closed(writeln!(anstream::stdout(), "{text}"))
}

/// Writes bytes as they are.
pub(crate) fn raw(bytes: &[u8]) -> Result<()> {
    let mut output = std::io::stdout().lock();
    unless_closed(output.write_all(bytes).and_then(|()| output.flush()))
}

/// Ignores that the reader has closed the output, as `head` does: it has what it wants, and neither the work of the
/// command nor its status may depend on that.
fn unless_closed(written: std::io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    line(&text)
}

/// Writes JSON or lines, depending on the output format.
pub(crate) fn either(
    output: Output,
    value: &impl Serialize,
    lines: impl IntoIterator<Item = String>,
) -> Result<()> {
    if output == Output::Json {
        return json(value);
    }
    lines.into_iter().try_for_each(|text| line(&text))
}

/// Writes an error on one line. Control characters in it are escaped.
pub(crate) fn error(message: &str) {
    let message = one_line(message);
    let _ = writeln!(anstream::stderr(), "{RED}error:{RED:#} {message}");
}

/// Writes a line to standard error.
pub(crate) fn stderr_line(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Writes a note, which is not part of the results, to standard error.
pub(crate) fn note(message: &str) {
    stderr_line(&format!("{CYAN}note:{CYAN:#} {message}"));
}

/// Joins the lines of a message, and escapes control characters.
fn one_line(message: &str) -> String {
    let mut joined = String::new();
    for line in message
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        if !joined.is_empty() {
            joined.push_str(if joined.ends_with([':', ';', ',']) {
                " "
            } else {
                "; "
            });
        }
        joined.extend(line.chars().flat_map(printable));
    }
    joined
}

fn printable(character: char) -> impl Iterator<Item = char> {
    let escaped = character.is_control().then(|| character.escape_default());
    let plain = (!character.is_control()).then_some(character);
    escaped.into_iter().flatten().chain(plain)
}

/// Formats an action with its sign and color.
pub(crate) fn action(action: Action) -> String {
    let (style, sign) = match action {
        Action::Create => (GREEN, '+'),
        Action::Delete => (RED, '-'),
        Action::Replace => (RED, '!'),
        Action::Leave => (Style::new(), '='),
        _ => (YELLOW, '~'),
    };
    format!("{style}{sign} {action:<10}{style:#}")
}

/// Formats a finding with the color of its severity.
pub(crate) fn finding(finding: &Finding) -> String {
    let style = if finding.is_error() { RED } else { CYAN };
    format!("{style}{}:{style:#} {finding}", finding.severity)
}

/// Formats rows as columns of minimal width. The last column is not padded.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    let head = head.map(str::to_owned);
    let width = |column: usize| {
        let cells = [&head]
            .into_iter()
            .chain(rows)
            .filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let lines = [&head].into_iter().chain(rows).map(|row| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect()
}
