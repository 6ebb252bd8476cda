//! `appflow show`: prints the definition of a flow.

use crate::Done;
use crate::arguments::{Global, Show};
use crate::connect::Connection;
use crate::{output, yaml};
use anyhow::{Context, Result};
use appflow_sdk::flows::{Account, Exported, FlowDefinition};

pub(crate) async fn run(global: &Global, arguments: &Show) -> Result<Done> {
    let connection = Connection::open(global).await?;
    let tree = definition(&connection.account, &arguments.name)
        .await?
        .to_tree();
    let text = yaml::to_yaml(&tree);
    output::either(global.output, &tree, [text.trim_end().to_owned()])?;
    Ok(Done::Complete)
}

/// Returns the definition of a flow in the account.
pub(crate) async fn definition(account: &Account, name: &str) -> Result<FlowDefinition> {
    let mut found = None;
    let keep = |exported| {
        if let Exported::Flow(flow) = exported {
            found = Some(*flow);
        }
    };
    account.export(&[name.to_owned()], keep).await?;
    found.with_context(|| format!("no flow named {name}"))
}
