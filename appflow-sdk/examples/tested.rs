//! Suspends every flow with a tag, with tests that need no network: `cargo test --example tested`.
//!
//! ```sh
//! cargo run --example tested stage test
//! ```

use appflow_sdk::Client;
use appflow_sdk::types::TriggerType;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(key), Some(value)) = (arguments.next(), arguments.next()) else {
        return Err("usage: tested KEY VALUE".into());
    };
    let client = Client::from_env().await?;
    let stopped = stop_tagged(&client, &key, &value).await?;
    println!("stopped: {}", stopped.join(", "));
    Ok(())
}

/// Stops the flows with this tag and returns their names. On-demand flows cannot be stopped.
async fn stop_tagged(
    client: &Client,
    key: &str,
    value: &str,
) -> Result<Vec<String>, appflow_sdk::Error> {
    let mut stopped = Vec::new();
    let mut flows = client.list_flows().into_paginator().items().send();
    while let Some(flow) = flows.next().await {
        let flow = flow?;
        let tag = flow.tags().and_then(|tags| tags.get(key));
        let on_demand = flow.trigger_type() == Some(&TriggerType::Ondemand);
        if tag.is_some_and(|tag| tag == value) && !on_demand {
            let name = flow.flow_name.unwrap_or_default();
            client.stop_flow().flow_name(&name).send().await?;
            stopped.push(name);
        }
    }
    Ok(stopped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use appflow_sdk::operation::list_flows::{ListFlows, ListFlowsOutput};
    use appflow_sdk::operation::stop_flow::{StopFlow, StopFlowOutput};
    use appflow_sdk::testing::TestTransport;
    use appflow_sdk::types::FlowDefinition;

    fn flow(name: &str, stage: &str, trigger: TriggerType) -> FlowDefinition {
        let flow = FlowDefinition::builder().flow_name(name);
        flow.tags("stage", stage).trigger_type(trigger).build()
    }

    #[tokio::test]
    async fn flows_with_the_tag_are_stopped_and_no_others() {
        let transport = TestTransport::new();
        let flows = ListFlowsOutput::builder()
            .flows(flow("nightly", "test", TriggerType::Scheduled))
            .flows(flow("by-hand", "test", TriggerType::Ondemand))
            .flows(flow("hourly", "production", TriggerType::Scheduled));
        transport
            .answer::<ListFlows>(flows.build())
            .answer::<StopFlow>(StopFlowOutput::builder().build());
        let client = Client::from_conf(transport.config().build());

        let stopped = stop_tagged(&client, "stage", "test").await;

        assert_eq!(stopped.ok(), Some(vec!["nightly".to_owned()]));
        assert_eq!(
            transport.inputs::<StopFlow>()[0].flow_name(),
            Some("nightly")
        );
        transport.assert_exhausted();
    }

    #[tokio::test(start_paused = true)]
    async fn a_flow_that_cannot_be_stopped_now_is_an_error() {
        let transport = TestTransport::new();
        let flows = ListFlowsOutput::builder().flows(flow("nightly", "test", TriggerType::Event));
        transport
            .throttle::<ListFlows>() // the client asks again by itself
            .answer::<ListFlows>(flows.build())
            .error::<StopFlow>("ConflictException", "not now");
        let client = Client::from_conf(transport.config().build());

        let stopped = stop_tagged(&client, "stage", "test").await;

        assert!(stopped.is_err_and(|error| error.is_conflict()));
        transport.assert_exhausted();
    }
}
