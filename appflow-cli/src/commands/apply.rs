//! `appflow apply`: applies a plan after confirmation.

use crate::Done;
use crate::arguments::{Apply, Global, Output};
use crate::commands::plan;
use crate::connect::Connection;
use crate::{ask, output, progress};
use anyhow::Result;
use appflow_sdk::flows::{ApplyOptions, Plan, Report};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Serialize)]
struct Applied<'a> {
    plan: &'a Plan,
    outcomes: &'a [appflow_sdk::flows::Outcome],
}

pub(crate) async fn run(global: &Global, arguments: &Apply) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let made = plan::make(&connection, &arguments.planning).await?;
    let is_text = global.output == Output::Text;
    if is_text || made.has_errors() {
        plan::show(global.output, &made)?;
    }
    if made.has_errors() {
        return Ok(Done::Failed);
    }
    if !made.is_empty() && !arguments.yes {
        if !is_text {
            // With JSON on standard output, the plan in the question goes to standard error.
            plan::lines(&made)
                .iter()
                .for_each(|line| output::stderr_line(line));
        }
        if !ask::confirm("Apply this plan?")? {
            output::note("no changes were made");
            return Ok(Done::Failed);
        }
    }
    let secrets = plan::secrets(&connection, &arguments.planning)?;
    let report = apply(&connection, &made, secrets).await;
    let failures = report.failures().count();
    let done = report.outcomes.len() - failures;
    let lines =
        (!report.outcomes.is_empty()).then(|| format!("Applied: {done} done, {failures} failed."));
    let value = Applied {
        plan: &made,
        outcomes: &report.outcomes,
    };
    output::either(global.output, &value, lines)?;
    for failure in report.failures() {
        if let Err(error) = &failure.result {
            output::error(&format!("{} {}: {error}", failure.action, failure.name));
        }
    }
    Ok(if failures == 0 {
        Done::Complete
    } else {
        Done::Failed
    })
}

/// Applies a plan. The first interrupt completes the changes in progress and stops; the second ends the process.
async fn apply(
    connection: &Connection,
    plan: &Plan,
    secrets: appflow_sdk::flows::Secrets,
) -> Report {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = stop.clone();
    let interrupts = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            asked.store(true, Ordering::Relaxed);
            output::note(
                "stopping after the changes in progress: interrupt again to stop at once, or run apply again later to continue",
            );
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(1);
        }
    });
    let bar = progress::spinner("applying");
    progress::set_total(&bar, plan.len());
    let options = ApplyOptions::default()
        .secrets(secrets)
        .stop_when(|| stop.load(Ordering::Relaxed))
        .on_progress(|progress| bar.set_position(progress.done as u64));
    let report = connection.account.apply(plan, &options).await;
    interrupts.abort();
    bar.finish_and_clear();
    report
}
