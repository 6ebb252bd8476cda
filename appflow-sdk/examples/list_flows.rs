//! Lists all flows of the account in the region, each with its status and its tags.
//!
//! ```sh
//! cargo run --example list_flows
//! ```

use appflow_sdk::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env().await?;
    // A hundred a page is the most, and costs the fewest calls.
    let pages = client.list_flows().into_paginator().page_size(100);
    let mut flows = pages.items().send();
    let mut count = 0;
    while let Some(flow) = flows.next().await {
        let flow = flow?;
        let mut tags: Vec<String> = flow
            .tags()
            .into_iter()
            .flatten()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        tags.sort();
        let status = flow.flow_status().map_or("-", |status| status.as_str());
        let name = flow.flow_name().unwrap_or_default();
        println!("{name}\t{status}\t{}", tags.join(" "));
        count += 1;
    }
    println!("{count} flows");
    Ok(())
}
