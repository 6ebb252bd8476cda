//! The life cycle of flows and runs: ends runs, fires schedules and deactivates flows as time passes.
//!
//! Whenever the state is read, all events up to the current time are applied in order. If flows move data, a background
//! task does so too, so that their schedules fire without calls.

mod set_back;

use crate::clock::Millis;
use crate::entities::Seeds;
use crate::events;
use crate::faults::Faults;
use crate::runs::{Counts, End, Engine, Report};
use crate::schedule;
use crate::settings::{Settings, millis};
use crate::state::{Entity, Flow, Phase, Run, Scope};
use appflow_sdk::types::{DataPullMode, FlowStatus};
use smithy_reqwest::server::random_uuid;

/// The time range of the first incremental run.
const FIRST_PULL_RANGE: Millis = 30 * 24 * 3600 * 1000;
/// The maximum number of missed firings that are caught up on at once.
const MAX_MISSED_FIRINGS: usize = 200;

/// The context of the life cycle.
#[derive(Clone, Copy)]
pub(crate) struct Lifecycle<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) faults: &'a Faults,
    pub(crate) seeds: &'a Seeds,
    /// The engine that moves data, if it is enabled.
    pub(crate) engine: Option<&'a Engine>,
}

/// Advances all flows of a scope to the time `now`.
pub(crate) fn advance(scope: &mut Scope, now: Millis, lifecycle: Lifecycle<'_>) {
    if scope.advance_to(now) {
        set_back::correct(scope, now, lifecycle);
    }
    for name in scope.due_flows(now) {
        if let Some(mut flow) = scope.flows.remove(&name) {
            advance_flow(&mut flow, scope, now, lifecycle);
            scope.touch(Entity::Flow(name.clone()));
            scope.flows.insert(name, flow);
        }
    }
}

fn advance_flow(flow: &mut Flow, scope: &mut Scope, now: Millis, lifecycle: Lifecycle<'_>) {
    let due = flow.next_run_at.filter(|due| *due <= now);
    if let (Some(due), Some(properties)) = (due, flow.schedule()) {
        flow.next_run_at = Some(schedule::skip_ahead(
            properties,
            due,
            now,
            MAX_MISSED_FIRINGS,
        ));
    }
    loop {
        let ends = flow.active.iter().filter_map(|number| {
            let ends_at = flow.runs.get(number)?.phase.ends_at()?;
            Some((ends_at, *number))
        });
        let first_end = ends.min();
        let fires_at = flow.next_run_at.filter(|at| *at <= now);
        match (first_end.filter(|(at, _)| *at <= now), fires_at) {
            // If a run ends at the time that the next starts, it ends first.
            (Some((at, number)), fires_at) if fires_at.is_none_or(|fires_at| at <= fires_at) => {
                finish(flow, scope, number, at);
            }
            (_, Some(at)) => fire(flow, scope, at, lifecycle),
            _ => return,
        }
    }
}

/// Starts a scheduled run and sets the time of the next. Quotas do not apply: there is no call to reject.
fn fire(flow: &mut Flow, scope: &mut Scope, at: Millis, lifecycle: Lifecycle<'_>) {
    let Some(properties) = flow.schedule().cloned() else {
        flow.next_run_at = None;
        return;
    };
    flow.next_run_at = schedule::next(&properties, at);
    let pull = (properties.data_pull_mode == Some(DataPullMode::Incremental)).then(|| {
        let until = at - properties.schedule_offset.unwrap_or(0).saturating_mul(1000);
        let first = properties
            .first_execution_from
            .and_then(|from| from.to_millis().ok());
        let from = flow
            .pulled_until
            .or(first)
            .unwrap_or(until - FIRST_PULL_RANGE);
        (from, until)
    });
    if let Some((_, until)) = pull {
        flow.pulled_until = Some(until);
    }
    begin(flow, scope, at, pull, lifecycle);
}

/// Starts a run and returns its id.
pub(crate) fn begin(
    flow: &mut Flow,
    scope: &mut Scope,
    at: Millis,
    pull: Option<(Millis, Millis)>,
    lifecycle: Lifecycle<'_>,
) -> String {
    let gone = flow
        .profiles()
        .find(|name| !scope.profiles.contains_key(*name));
    let failure = gone
        .map(|name| format!("Connector Profile with name {name} does not exist."))
        .or_else(|| lifecycle.faults.take_run(&flow.name));
    let Settings {
        records_per_run,
        bytes_per_record,
        ..
    } = *lifecycle.settings;
    let moves_data = failure.is_none()
        && lifecycle
            .engine
            .is_some_and(|engine| engine.can_run(flow, scope));
    let run = Run {
        number: flow.run_count,
        id: random_uuid(),
        started_at: at,
        updated_at: at,
        phase: if moves_data {
            Phase::Working
        } else {
            Phase::InProgress {
                ends_at: at.saturating_add(millis(lifecycle.settings.run_duration)),
                failure,
            }
        },
        records: records_per_run,
        bytes: records_per_run.saturating_mul(bytes_per_record),
        pull,
        counts: None,
        files: Vec::new(),
        first_failure: None,
    };
    let (id, number) = (run.id.clone(), run.number);
    flow.run_count += 1;
    scope.add_event(events::started(flow, &run));
    flow.insert_run(run);
    if moves_data {
        scope.start(&flow.name, number);
    }
    scope.touch(Entity::Run(flow.name.clone(), number));
    remove_old_runs(flow, scope, lifecycle.settings.runs_kept);
    id
}

fn remove_old_runs(flow: &mut Flow, scope: &mut Scope, kept: usize) {
    while flow.runs.len() > kept {
        let over = flow
            .runs
            .keys()
            .copied()
            .find(|number| !flow.active.contains(number));
        let Some(number) = over else { return };
        flow.runs.remove(&number);
        scope.touch(Entity::Run(flow.name.clone(), number));
    }
}

/// Ends the current phase of a run.
fn finish(flow: &mut Flow, scope: &mut Scope, number: u64, at: Millis) {
    flow.active.remove(&number);
    scope.touch(Entity::Run(flow.name.clone(), number));
    let Some(run) = flow.runs.get_mut(&number) else {
        return;
    };
    run.updated_at = at;
    run.phase = match &run.phase {
        Phase::InProgress { failure: None, .. } => Phase::Successful,
        Phase::InProgress {
            failure: Some(message),
            ..
        } => Phase::Error {
            message: message.clone(),
        },
        _ => Phase::Canceled,
    };
    let (pull, phase) = (run.pull, run.phase.clone());
    if let (Some((from, _)), true) = (pull, phase != Phase::Successful) {
        // The next run reads the time range of this one, also if no job reported: the program was killed, or a fault or
        // a deleted profile ended the run before it read anything.
        flow.pulled_until = Some(flow.pulled_until.map_or(from, |until| until.min(from)));
    }
    match phase {
        Phase::Successful => flow.failures = 0,
        Phase::Error { message } => {
            let deactivated = count_failure(flow, &message);
            if deactivated {
                scope.add_event(events::deactivated(flow, at));
            }
        }
        _ => {}
    }
    if let Some(run) = flow.runs.get(&number) {
        scope.add_event(events::ended(flow, run));
    }
}

/// Records the result of a data-moving run. It ends now, or after the minimum duration of a run.
pub(crate) fn report(
    scope: &mut Scope,
    flow: &str,
    id: &str,
    report: Report,
    now: Millis,
    lifecycle: Lifecycle<'_>,
) {
    let Some(flow) = scope.flows.get_mut(flow) else {
        return;
    };
    let active = flow.active.iter().copied();
    let found = active
        .into_iter()
        .find(|number| flow.runs.get(number).is_some_and(|run| run.id == id));
    let Some(run) = found.and_then(|number| flow.runs.get_mut(&number)) else {
        return;
    };
    // The clock may have been set back since the run started.
    let lasts_until = run
        .started_at
        .min(now)
        .saturating_add(millis(lifecycle.settings.run_duration));
    run.phase = match run.phase {
        Phase::Stopping => Phase::CancelStarted {
            ends_at: run
                .updated_at
                .min(now)
                .saturating_add(millis(lifecycle.settings.cancel_duration))
                .max(now),
        },
        Phase::Working => Phase::InProgress {
            ends_at: lasts_until.max(now),
            failure: match report.end {
                End::Done => None,
                End::Failed(message) => Some(message),
                End::Canceled | End::Abandoned => Some("The run was interrupted.".to_owned()),
            },
        },
        _ => return,
    };
    let Counts {
        written,
        bytes_written,
        ..
    } = report.counts;
    run.records = i64::try_from(written).unwrap_or(i64::MAX);
    run.bytes = i64::try_from(bytes_written).unwrap_or(i64::MAX);
    run.counts = Some(report.counts);
    run.files = report.files;
    run.first_failure = report.first_failure;
    let run = Entity::Run(flow.name.clone(), run.number);
    scope.touch(run);
}

/// Deactivates a schedule after too many consecutive failures; returns whether it did.
fn count_failure(flow: &mut Flow, message: &str) -> bool {
    flow.failures = flow.failures.saturating_add(1);
    let threshold = flow
        .schedule()
        .and_then(|schedule| schedule.flow_error_deactivation_threshold);
    let reached =
        threshold.is_some_and(|threshold| i64::from(flow.failures) >= i64::from(threshold));
    let deactivates = reached && flow.is_active();
    if deactivates {
        flow.status = FlowStatus::Suspended;
        flow.next_run_at = None;
        flow.status_message = Some(format!(
            "The flow was deactivated after {} consecutive failed runs. The last one failed with: {message}",
            flow.failures
        ));
    }
    deactivates
}
