//! `appflow cancel`: cancels runs of a flow, and prints those that were not in progress.

use crate::Done;
use crate::arguments::{Cancel, Global};
use crate::connect::Connection;
use crate::output;
use anyhow::Result;
use serde_json::json;

pub(crate) async fn run(global: &Global, arguments: &Cancel) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let runs = (!arguments.runs.is_empty()).then(|| arguments.runs.clone());
    let canceled = connection
        .client()
        .cancel_flow_executions()
        .flow_name(&arguments.name)
        .set_execution_ids(runs)
        .send()
        .await?;
    let refused = canceled.invalid_executions.unwrap_or_default();
    let value = json!({"flowName": arguments.name, "invalidExecutions": refused});
    let message = match refused.is_empty() {
        true => format!("{}: canceling", arguments.name),
        false => format!(
            "{}: not in progress: {}",
            arguments.name,
            refused.join(", ")
        ),
    };
    output::either(global.output, &value, [message])?;
    Ok(if refused.is_empty() {
        Done::Complete
    } else {
        Done::Failed
    })
}
