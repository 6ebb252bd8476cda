//! `appflow export`: writes flows and connector profiles to files, each as soon as it arrives.

use crate::Done;
use crate::arguments::{Export, ExportKind, Format, Global};
use crate::connect::Connection;
use crate::files::{Repository, Written};
use crate::output;
use crate::progress;
use anyhow::{Result, anyhow};
use appflow_sdk::flows::{Exported, FlowDefinition, Tree};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    kind: &'static str,
    name: String,
    file: PathBuf,
    state: &'static str,
}

impl Row {
    fn new(kind: &'static str, name: String, (file, written): (PathBuf, Written)) -> Self {
        let state = match written {
            Written::New => "new",
            Written::Changed => "changed",
            Written::Unchanged => "unchanged",
            Written::Kept => "kept",
        };
        Self {
            kind,
            name,
            file,
            state,
        }
    }
}

pub(crate) async fn run(global: &Global, arguments: &Export) -> Result<Done> {
    let as_input = arguments.kind == ExportKind::CliInput;
    let format = if as_input {
        Format::Json
    } else {
        arguments.format
    };
    let mut repository = Repository::open(&arguments.to, format)?;
    let connection = Connection::open(global).await?;
    let bar = progress::spinner("exporting");
    let (mut rows, mut failed) = (Vec::new(), None);
    let each = |exported| match exported {
        Exported::Total(total) => progress::set_total(&bar, total),
        Exported::Flow(flow) => {
            let name = flow.flow_name.clone();
            let tree = tree(*flow, as_input);
            let written = match as_input {
                true => repository.write_input(&name, &tree),
                false => repository.write_flow(&name, &tree),
            };
            match written {
                Ok(written) => rows.push(Row::new("flow", name, written)),
                Err(error) => failed = Some(error),
            }
            bar.inc(1);
        }
        _ => {}
    };
    let exported = connection.account.export(&arguments.names, each).await;
    bar.finish_and_clear();
    if let Some(error) = failed {
        return Err(error);
    }
    if arguments.names.is_empty() && !as_input {
        for profile in connection.account.export_profiles().await? {
            let name = profile.connector_profile_name.clone();
            let written = repository.write_profile(&name, &profile.to_tree())?;
            rows.push(Row::new("profile", name, written));
        }
    }
    rows.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    let lines = rows
        .iter()
        .map(|row| format!("{:<9}  {}", row.state, row.file.display()));
    output::either(global.output, &rows, lines)?;
    exported.map_err(|error| anyhow!(error))?;
    Ok(Done::Complete)
}

/// Converts a flow to a tree. The input of the AWS CLI has the members of a definition except for the state.
fn tree(mut flow: FlowDefinition, as_input: bool) -> Tree {
    if as_input {
        flow.active = false;
    }
    flow.to_tree()
}
