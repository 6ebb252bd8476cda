//! Returns the sizes of pages.

use crate::sdk::Client;
use std::error::Error;

pub async fn run(client: &Client) -> Result<Vec<usize>, Box<dyn Error>> {
    let mut sizes = Vec::new();
    let mut pages = client.list_flows().into_paginator().page_size(10).send();
    while let Some(page) = pages.next().await {
        sizes.push(page?.flows().len());
    }
    Ok(sizes)
}
