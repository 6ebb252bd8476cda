//! `appflow profiles`: lists the connector profiles of an account.

use crate::Done;
use crate::arguments::Global;
use crate::connect::Connection;
use crate::output;
use anyhow::Result;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    connector_profile_name: String,
    connector: String,
    mode: String,
}

pub(crate) async fn run(global: &Global) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let profiles = connection.account.profiles().await?;
    let rows: Vec<Row> = profiles
        .into_iter()
        .map(|(connector_profile_name, profile)| Row {
            connector_profile_name,
            connector: profile
                .connector_label
                .or(profile.connector_type.map(|kind| kind.to_string()))
                .unwrap_or_default(),
            mode: profile
                .connection_mode
                .map(|mode| mode.to_string())
                .unwrap_or_default(),
        })
        .collect();
    let cells: Vec<[String; 3]> = rows
        .iter()
        .map(|row| {
            [
                row.connector_profile_name.clone(),
                row.connector.clone(),
                row.mode.clone(),
            ]
        })
        .collect();
    output::either(
        global.output,
        &rows,
        output::table(["PROFILE", "CONNECTOR", "MODE"], &cells),
    )?;
    Ok(Done::Complete)
}
