//! A flow in, its card out: its picture, its status, and its last runs with how far each is.

use super::html::{escaped, shortened};
use super::{picture, rows};
use crate::clock::Millis;
use crate::request_log::time_of_day;
use crate::runs::Engine;
use crate::state::{Flow, Phase, Run, Scope};
use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How many runs of a flow are shown.
const RUNS: usize = 5;

/// Renders a flow as it is at `now`.
pub(super) fn render(
    html: &mut String,
    flow: &Flow,
    scope: &Scope,
    now: Millis,
    engine: Option<&Engine>,
) {
    let status = escaped(flow.status.as_str());
    let _ = write!(
        html,
        "<section class=flow data-flow=\"{name}\"><div class=head><strong>{name}</strong>\
         <span class=\"badge {status}\">{status}</span><span class=quiet>{}</span></div>",
        trigger(flow),
        name = escaped(&flow.name),
    );
    if let Some(message) = &flow.status_message {
        let _ = write!(html, "<p class=notice>{}</p>", escaped(message));
    }
    for doubt in flow.doubts(flow.updated_at) {
        let _ = write!(html, "<p class=doubt>{}</p>", escaped(&doubt));
    }
    html.push_str("<div class=body>");
    picture::render(html, flow, scope);
    html.push_str("<div class=runs>");
    for shown in flow.runs.values().rev().take(RUNS) {
        run(html, shown, now);
        rows::render(html, shown, engine);
    }
    if flow.runs.is_empty() {
        html.push_str("<span class=quiet>No runs yet</span>");
    }
    let more = flow.run_count.saturating_sub(RUNS as u64);
    if more > 0 {
        let _ = write!(html, "<span class=quiet>and {more} before</span>");
    }
    html.push_str("</div></div></section>");
}

/// What lets the flow run, in words.
fn trigger(flow: &Flow) -> String {
    let Some(schedule) = flow.schedule() else {
        return if flow.is_on_demand() {
            "on demand".to_owned()
        } else {
            "on events".to_owned()
        };
    };
    let expression = shortened(&schedule.schedule_expression, 40);
    match flow.next_run_at {
        Some(at) => format!("{expression}, next at {}", time_of_day(time(at))),
        None => expression,
    }
}

fn run(html: &mut String, run: &Run, now: Millis) {
    let status = run.phase.status();
    let _ = write!(
        html,
        "<div class=run data-run=\"{id}\" title=\"{id}\"><span class=\"dot {status}\"></span>\
         <span class=status>{status}</span><time>{}</time>",
        time_of_day(time(run.started_at)),
        id = escaped(&run.id),
    );
    match &run.phase {
        Phase::InProgress { ends_at, .. } => {
            let part = part_done(run.started_at, *ends_at, now);
            let _ = write!(html, "<progress max=100 value={part}>{part} %</progress>");
        }
        Phase::Error { message } => {
            let _ = write!(
                html,
                "<span class=message title=\"{}\">{}</span>",
                escaped(message),
                shortened(message, 60)
            );
        }
        Phase::Successful => {
            if run.counts.is_none() {
                let _ = write!(html, "<span class=quiet>{} records</span>", run.records);
            }
        }
        Phase::Working => html.push_str("<span class=quiet>moves data</span>"),
        Phase::CancelStarted { .. } | Phase::Stopping | Phase::Canceled => {}
    }
    html.push_str("</div>");
}

/// How much of the time from `from` to `to` is over, in percent.
fn part_done(from: Millis, to: Millis, now: Millis) -> Millis {
    let whole = to.saturating_sub(from).max(1);
    let done = now.saturating_sub(from).clamp(0, whole);
    done.saturating_mul(100) / whole
}

fn time(millis: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::part_done;

    #[test]
    fn the_part_that_is_done_is_between_none_and_all() {
        let table = [
            (0, 1000, 0, 0),
            (0, 1000, 250, 25),
            (500, 1500, 1500, 100),
            (500, 1500, 9999, 100),
            (500, 1500, 0, 0),
            (7, 7, 7, 0),
        ];
        for (from, to, now, expected) in table {
            assert_eq!(part_done(from, to, now), expected, "{from} {to} {now}");
        }
    }
}
