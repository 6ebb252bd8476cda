//! A run that moved data in; what it counted, some of its records before and after, and its files out.

use super::html::{escaped, shortened};
use crate::runs::Engine;
use crate::state::Run;
use std::fmt::Write;

/// How many characters of a record, and how many files, are shown.
const SHOWN: (usize, usize) = (160, 10);

/// Renders what a run moved, if it moved anything. The details are shut until somebody opens them.
pub(super) fn render(html: &mut String, run: &Run, engine: Option<&Engine>) {
    let Some(counts) = run.counts else { return };
    let _ = write!(
        html,
        "<details class=rows data-rows=\"{}\"><summary>{} records read, {} written",
        escaped(&run.id),
        counts.read,
        counts.written
    );
    let others = [
        (counts.filtered, "filtered"),
        (counts.dropped, "dropped"),
        (counts.failed, "failed"),
    ];
    for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
        let _ = write!(html, ", {count} {what}");
    }
    html.push_str("</summary>");
    if let Some(shown) = engine.and_then(|engine| engine.shown(&run.id)) {
        html.push_str("<div class=sides>");
        side(html, "before", &shown.before);
        html.push_str("<span>\u{2192}</span>");
        side(html, "after", &shown.after);
        html.push_str("</div>");
    }
    for file in run.files.iter().take(SHOWN.1) {
        let _ = write!(html, "<code class=file>{}</code>", escaped(file));
    }
    let more = run.files.len().saturating_sub(SHOWN.1);
    if more > 0 {
        let _ = write!(html, "<span class=quiet>and {more} files more</span>");
    }
    html.push_str("</details>");
}

fn side(html: &mut String, class: &str, records: &[String]) {
    let _ = write!(html, "<pre class={class}>");
    for record in records {
        let _ = writeln!(html, "{}", shortened(record, SHOWN.0));
    }
    html.push_str("</pre>");
}
