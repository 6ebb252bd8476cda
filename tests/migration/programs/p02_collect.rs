//! Counts active flows after collecting all pages.

use crate::sdk::Client;
use crate::sdk::types::FlowStatus;
use std::error::Error;

pub async fn run(client: &Client) -> Result<usize, Box<dyn Error>> {
    let pages = client.list_flows().into_paginator().send();
    let pages = pages.collect::<Result<Vec<_>, _>>().await?;
    let flows = pages.iter().flat_map(|page| page.flows());
    Ok(flows
        .filter(|flow| flow.flow_status() == Some(&FlowStatus::Active))
        .count())
}
