//! Corrects the times of a scope after the clock was set back: runs end and schedules fire by the new time.
//!
//! That is the case after a test that moved the clock ahead resets it, after a restart, which does not keep the offset of
//! the clock, and after the system clock was corrected.

use super::Lifecycle;
use crate::clock::Millis;
use crate::schedule;
use crate::settings::millis;
use crate::state::{Entity, Phase, Profile, Scope};

/// Corrects a scope: unfinished runs end after their usual duration, schedules fire when they would have fired next,
/// incremental runs read from the new time on at the latest, and private connections are created after the usual time.
pub(super) fn correct(scope: &mut Scope, now: Millis, lifecycle: Lifecycle<'_>) {
    let settings = lifecycle.settings;
    let mut changed = Vec::new();
    for flow in scope.flows.values_mut() {
        for number in &flow.active {
            let Some(run) = flow.runs.get_mut(number) else {
                continue;
            };
            let (ends_at, duration) = match &mut run.phase {
                Phase::InProgress { ends_at, .. } => (ends_at, settings.run_duration),
                Phase::CancelStarted { ends_at } => (ends_at, settings.cancel_duration),
                _ => continue,
            };
            if limit(ends_at, now.saturating_add(millis(duration))) {
                changed.push(Entity::Run(flow.name.clone(), *number));
            }
        }
        if let (Some(at), Some(properties)) = (flow.next_run_at, flow.schedule()) {
            let earlier = schedule::earliest_after(properties, at, now);
            if earlier < at {
                flow.next_run_at = Some(earlier);
                changed.push(Entity::Flow(flow.name.clone()));
            }
        }
        let offset = flow.schedule().and_then(|it| it.schedule_offset);
        let offset = offset.unwrap_or(0).saturating_mul(1000);
        if let Some(until) = &mut flow.pulled_until
            && limit(until, now.saturating_sub(offset))
        {
            changed.push(Entity::Flow(flow.name.clone()));
        }
    }
    let provisioned = now.saturating_add(millis(settings.provisioning_duration));
    for Profile {
        name,
        provisioned_at,
        ..
    } in scope.profiles.values_mut()
    {
        if provisioned_at
            .as_mut()
            .is_some_and(|at| limit(at, provisioned))
        {
            changed.push(Entity::Profile(name.clone()));
        }
    }
    changed.into_iter().for_each(|entity| scope.touch(entity));
}

/// Lowers a time to a limit; returns whether it was later.
fn limit(time: &mut Millis, latest: Millis) -> bool {
    let is_later = *time > latest;
    if is_later {
        *time = latest;
    }
    is_later
}
