//! The status page: state in, HTML out, without scripts: it reloads itself.

use crate::front::Front;
use crate::request_log::{Entry, time_of_day};
use crate::state::{Flow, State};
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};

/// How many runs of a flow are shown.
const RUNS: usize = 12;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--ok:#2a8a4a;--bad:#c33;--busy:#b8860b;--off:#777}\
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}\
h1{font-size:1.3rem}h2{font-size:1.05rem;margin-top:2rem}.quiet{opacity:.7}\
.flow{border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem;margin:.7rem 0}\
.picture{display:flex;align-items:center;gap:.7rem;flex-wrap:wrap}\
.end{border:1px solid var(--line);border-radius:8px;padding:.25rem .7rem;font-weight:600}\
.end small{display:block;font-weight:400;opacity:.7}.arrow{font-size:1.4rem}\
.badge{border-radius:99px;padding:.05rem .6rem;color:#fff;font-size:.85rem;background:var(--off)}\
.Active,.Successful{background:var(--ok)}.Error,.Errored{background:var(--bad)}\
.InProgress,.CancelStarted{background:var(--busy)}\
.run{display:inline-block;width:.9rem;height:.9rem;border-radius:3px;margin-right:3px;background:var(--off)}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid var(--line)}";

/// Renders the page.
pub(crate) fn render(front: &Front) -> String {
    let mut html = String::with_capacity(8192);
    let now = front.service.clock.now();
    let frozen = if front.service.clock.is_frozen() {
        ", frozen"
    } else {
        ""
    };
    // Writing to a string cannot fail.
    let _ = write!(
        html,
        "<!doctype html><html lang=en><meta charset=utf-8><meta http-equiv=refresh content=2>\
         <title>appflow-local</title><style>{STYLE}</style><h1>appflow-local</h1>\
         <p class=quiet>The service's time is {}{frozen} (UTC).</p>",
        time_of_day(now)
    );
    front.service.look(|state| flows(&mut html, state));
    requests(&mut html, &front.log.latest());
    html
}

fn flows(html: &mut String, state: &State) {
    for ((account, region), scope) in &state.scopes {
        let _ = write!(
            html,
            "<h2>Account {}, {}</h2>",
            escaped(account),
            escaped(region)
        );
        if scope.flows.is_empty() {
            html.push_str("<p class=quiet>No flows yet.</p>");
        }
        for flow in scope.flows.values() {
            card(html, flow);
        }
        let profiles: Vec<String> = scope
            .profiles
            .values()
            .map(|profile| escaped(&format!("{} ({})", profile.name, profile.connector_type)))
            .collect();
        if !profiles.is_empty() {
            let _ = write!(
                html,
                "<p class=quiet>Connector profiles: {}</p>",
                profiles.join(", ")
            );
        }
    }
    if state.scopes.is_empty() {
        html.push_str("<p class=quiet>No calls yet.</p>");
    }
}

/// A flow: its picture, and its last runs, the latest first.
fn card(html: &mut String, flow: &Flow) {
    let end = |connector: &str, profile: Option<&str>| {
        let profile = profile
            .map(|name| format!("<small>{}</small>", escaped(name)))
            .unwrap_or_default();
        format!("<span class=end>{}{profile}</span>", escaped(connector))
    };
    let source = end(
        flow.source.connector_type.as_str(),
        flow.source.connector_profile_name.as_deref(),
    );
    let destination = flow.destination().map(|destination| {
        end(
            destination.connector_type.as_str(),
            destination.connector_profile_name.as_deref(),
        )
    });
    let _ = write!(
        html,
        "<div class=flow><div class=picture><strong>{}</strong>{source}<span class=arrow>\u{2192}</span>{}\
         <span class='badge {status}'>{status}</span><span class=quiet>{}</span></div><div class=runs>",
        escaped(&flow.name),
        destination.unwrap_or_default(),
        escaped(flow.trigger.trigger_type.as_str()),
        status = escaped(flow.status.as_str()),
    );
    for run in flow.runs.values().rev().take(RUNS) {
        let started =
            UNIX_EPOCH + Duration::from_millis(u64::try_from(run.started_at).unwrap_or(0));
        let _ = write!(
            html,
            "<span class='run {status}' title='{status} {} {}'></span>",
            time_of_day(started),
            escaped(&run.id),
            status = run.phase.status(),
        );
    }
    let last = flow
        .last_run()
        .map(|run| format!(" {}", run.phase.status()))
        .unwrap_or_default();
    let _ = write!(
        html,
        "<span class=quiet>{} runs{last}</span></div></div>",
        flow.run_count
    );
}

fn requests(html: &mut String, entries: &[Entry]) {
    html.push_str(
        "<h2>Recent requests</h2><table><tr><th>Time<th>Status<th>Operation<th>About<th>Error",
    );
    for entry in entries {
        let operation = entry
            .operation
            .map_or_else(|| format!("{} {}", entry.method, entry.path), str::to_owned);
        let _ = write!(
            html,
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{}",
            time_of_day(entry.at),
            entry.status,
            escaped(&operation),
            escaped(entry.about.as_deref().unwrap_or_default()),
            escaped(entry.error.as_deref().unwrap_or_default()),
        );
    }
    html.push_str("</table>");
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}
