//! `appflow list`: lists the flows of an account.

use crate::Done;
use crate::arguments::Global;
use crate::commands::runs::time;
use crate::connect::Connection;
use crate::output;
use anyhow::Result;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    flow_name: String,
    status: String,
    trigger: String,
    source: String,
    destination: String,
    last_run: Option<String>,
    last_run_status: Option<String>,
}

pub(crate) async fn run(global: &Global) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let flows = connection.account.flows().await?;
    let rows: Vec<Row> = flows
        .into_iter()
        .map(|(flow_name, flow)| {
            let run = flow.last_run_execution_details.unwrap_or_default();
            Row {
                flow_name,
                status: flow
                    .flow_status
                    .map(|status| status.to_string())
                    .unwrap_or_default(),
                trigger: flow
                    .trigger_type
                    .map(|kind| kind.to_string())
                    .unwrap_or_default(),
                source: flow
                    .source_connector_type
                    .map(|kind| kind.to_string())
                    .unwrap_or_default(),
                destination: flow
                    .destination_connector_type
                    .map(|kind| kind.to_string())
                    .unwrap_or_default(),
                last_run: time(run.most_recent_execution_time),
                last_run_status: run
                    .most_recent_execution_status
                    .map(|status| status.to_string()),
            }
        })
        .collect();
    let cells: Vec<[String; 6]> = rows
        .iter()
        .map(|row| {
            [
                row.flow_name.clone(),
                row.status.clone(),
                row.trigger.clone(),
                row.source.clone(),
                row.destination.clone(),
                row.last_run_status.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let head = [
        "FLOW",
        "STATUS",
        "TRIGGER",
        "SOURCE",
        "DESTINATION",
        "LAST RUN",
    ];
    output::either(global.output, &rows, output::table(head, &cells))?;
    Ok(Done::Complete)
}
