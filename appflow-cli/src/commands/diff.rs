//! `appflow diff`: prints the changes between two flows.

use crate::Done;
use crate::arguments::{Diff, Global};
use crate::commands::show::definition;
use crate::connect::Connection;
use crate::files::{self, Definition};
use crate::output;
use anyhow::{Result, bail};
use appflow_sdk::flows::{FlowDefinition, diff};
use std::path::Path;

pub(crate) async fn run(global: &Global, arguments: &Diff) -> Result<Done> {
    let before = one(global, &arguments.before).await?;
    let mut after = one(global, &arguments.after).await?;
    // The names of the flows are not compared.
    after.flow_name.clone_from(&before.flow_name);
    let changes = diff(&before, &after);
    output::either(
        global.output,
        &changes,
        changes.iter().map(ToString::to_string),
    )?;
    Ok(match changes.is_empty() {
        false if arguments.detailed_exitcode => Done::Changes,
        _ => Done::Complete,
    })
}

/// Reads a flow from a file, or else from the account.
async fn one(global: &Global, name: &str) -> Result<FlowDefinition> {
    let path = Path::new(name);
    if path.is_file() {
        return match files::read(path) {
            Ok(source) => match source.definition {
                Definition::Flow(flow) => Ok(*flow),
                Definition::Profile(_) => {
                    bail!("{name}: expected a flow, found a connector profile")
                }
            },
            Err(invalid) => bail!("{}: {}", invalid.location(), invalid.message),
        };
    }
    let connection = Connection::open(global).await?;
    definition(&connection.account, name).await
}
