//! The last requests in, a table of them out.

use super::html::{escaped, shortened};
use crate::request_log::{Entry, time_of_day};
use std::fmt::Write;

/// How many requests are shown.
const SHOWN: usize = 30;

/// Renders the last requests.
pub(super) fn render(html: &mut String, entries: &[Entry]) {
    html.push_str("<h2>Recent requests</h2>");
    if entries.is_empty() {
        html.push_str("<p class=quiet>None yet.</p>");
        return;
    }
    html.push_str(
        "<table class=requests><thead><tr><th>Time<th>Status<th>Operation<th>About<th>Error<th>Took</thead><tbody>",
    );
    for entry in entries.iter().take(SHOWN) {
        row(html, entry);
    }
    html.push_str("</tbody></table>");
}

fn row(html: &mut String, entry: &Entry) {
    let operation = entry
        .operation
        .map_or_else(|| format!("{} {}", entry.method, entry.path), str::to_owned);
    let kind = if entry.status < 400 { "good" } else { "bad" };
    let _ = write!(
        html,
        "<tr><td><time>{}</time><td class={kind}>{}<td class=operation>{}<td>{}<td class=message>{}<td class=quiet>{} ms",
        time_of_day(entry.at),
        entry.status,
        shortened(&operation, 60),
        escaped(entry.about.as_deref().unwrap_or_default()),
        shortened(entry.error.as_deref().unwrap_or_default(), 120),
        entry.took.as_millis(),
    );
}
