//! Changes the tags of a resource and returns them.

use crate::sdk::Client;
use std::collections::HashMap;
use std::error::Error;

pub async fn run(client: &Client, arn: &str) -> Result<HashMap<String, String>, Box<dyn Error>> {
    client
        .tag_resource()
        .resource_arn(arn)
        .tags("stage", "test")
        .tags("team", "data")
        .send()
        .await?;
    client
        .untag_resource()
        .resource_arn(arn)
        .tag_keys("stage")
        .send()
        .await?;
    let listed = client
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await?;
    Ok(listed.tags.unwrap_or_default())
}
