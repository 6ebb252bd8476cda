//! Lists the names of all flows, with a loop over pages.

use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let page = client
            .list_flows()
            .max_results(50)
            .set_next_token(token)
            .send()
            .await?;
        for flow in page.flows() {
            names.push(flow.flow_name().unwrap_or_default().to_owned());
        }
        token = page.next_token().map(str::to_owned);
        if token.is_none() {
            return Ok(names);
        }
    }
}
