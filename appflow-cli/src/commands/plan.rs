//! `appflow plan`: prints the changes that apply would make.

use crate::Done;
use crate::arguments::{Global, Output, Plan as Arguments, Planning};
use crate::connect::Connection;
use crate::{files, output, progress};
use anyhow::{Context, Result, bail};
use appflow_sdk::flows::{Action, Change, Finding, Plan, PlanOptions, Secrets};
use std::fs;
use std::path::Path;

pub(crate) async fn run(global: &Global, arguments: &Arguments) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let plan = make(&connection, &arguments.planning).await?;
    show(global.output, &plan)?;
    Ok(match (plan.has_errors(), plan.is_empty()) {
        (true, _) => Done::Failed,
        (_, false) if arguments.detailed_exitcode => Done::Changes,
        _ => Done::Complete,
    })
}

/// Reads definitions, and compares them with the account.
pub(crate) async fn make(connection: &Connection, planning: &Planning) -> Result<Plan> {
    let mapping = files::mapping(planning.map.as_deref())?;
    let definitions = files::definitions(&planning.path, &mapping)?;
    if planning.prune && definitions.flows.is_empty() {
        // It is a wrong path rather than the wish to delete everything.
        bail!(
            "{}: no definition of a flow: --prune would delete all flows of the account: check the path, or omit --prune",
            planning.path.display()
        );
    }
    let options = PlanOptions::default()
        .prune(planning.prune)
        .replace(planning.replace)
        .skip_checks(planning.skip_checks)
        .check_entities(!planning.skip_entities)
        .secrets(secrets(connection, planning)?);
    let bar = progress::spinner("planning");
    let shown = bar.clone();
    let options = options.on_progress(move |done, total| {
        if done == 0 {
            progress::set_total(&shown, total);
        }
        shown.set_position(done as u64);
    });
    let planned = connection.account.plan(&definitions, &options).await;
    bar.finish_and_clear();
    Ok(planned?)
}

/// Returns the secrets that replace placeholders. A local AppFlow in this process accepts any secret.
pub(crate) fn secrets(connection: &Connection, planning: &Planning) -> Result<Secrets> {
    let folder = match planning.path.is_dir() {
        true => planning.path.clone(),
        false => planning.path.parent().unwrap_or(Path::new("")).to_owned(),
    };
    let mut secrets = Secrets::from_env(folder);
    if connection.is_local() {
        secrets = secrets.with_fallback("local");
    }
    let Some(path) = &planning.secrets else {
        return Ok(secrets);
    };
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    secrets
        .with_lines(&text)
        .with_context(|| path.display().to_string())
}

/// Prints the plan as text or JSON.
pub(crate) fn show(format: Output, plan: &Plan) -> Result<()> {
    output::either(format, plan, lines(plan))
}

/// Formats the plan as text.
pub(crate) fn lines(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for profile in &plan.profiles {
        let name = format!("connector profile {}", profile.name);
        lines.extend(entry(
            &name,
            profile.action,
            &profile.changes,
            &profile.findings,
        ));
    }
    for flow in &plan.flows {
        lines.extend(entry(
            &flow.name,
            flow.action,
            &flow.changes,
            &flow.findings,
        ));
    }
    lines.extend(plan.findings.iter().map(output::finding));
    lines.push(summary(plan));
    lines
}

/// Formats one flow or profile, or returns no lines if it does not change.
fn entry(name: &str, action: Action, changes: &[Change], findings: &[Finding]) -> Vec<String> {
    if action == Action::Leave && findings.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("{} {name}", output::action(action))];
    lines.extend(changes.iter().map(|change| format!("    {change}")));
    lines.extend(
        findings
            .iter()
            .map(|finding| format!("    {}", output::finding(finding))),
    );
    lines
}

/// Formats a summary of the plan on one line.
fn summary(plan: &Plan) -> String {
    let actions = [
        Action::Create,
        Action::Update,
        Action::Replace,
        Action::Activate,
        Action::Deactivate,
        Action::Tag,
        Action::Delete,
    ];
    let parts: Vec<String> = actions
        .into_iter()
        .filter_map(|action| match plan.count(action) {
            0 => None,
            count => Some(format!("{count} to {action}")),
        })
        .collect();
    let unchanged = plan.count(Action::Leave);
    match (plan.has_errors(), parts.is_empty()) {
        (true, _) => "Plan has errors: nothing can be applied.".to_owned(),
        (_, true) => format!("No changes: {unchanged} as defined."),
        _ => format!("Plan: {}, {unchanged} unchanged.", parts.join(", ")),
    }
}
