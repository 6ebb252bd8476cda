//! The whole story of a flow, told with the SDK against an AppFlow in this process: `cargo run -p appflow-local --example
//! quickstart`.

use appflow_local::AppFlowLocal;
use appflow_sdk::Client;
use appflow_sdk::types::{
    ConnectionMode, ConnectorOperator, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, DestinationConnectorProperties,
    DestinationFlowConfig, ExecutionRecord, ExecutionStatus, S3ConnectorOperator,
    S3SourceProperties, SalesforceConnectorProfileCredentials,
    SalesforceConnectorProfileProperties, SalesforceDestinationProperties,
    SourceConnectorProperties, SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerType,
};
use std::error::Error;
use std::time::Duration;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const FLOW: &str = "accounts-to-salesforce";
const PROFILE: &str = "salesforce-production";

#[tokio::main]
async fn main() -> Outcome {
    let local = AppFlowLocal::start().await?;
    println!(
        "An AppFlow of our own listens at {}\n",
        local.endpoint_url()
    );
    let client = local.client();

    create_profile(&client).await?;
    create_flow(&client, FLOW).await?;
    run_and_wait(&client).await?;
    cancel_a_run(&client).await?;
    tag(&client).await?;
    list_with_pages(&client).await?;
    update(&client).await?;
    delete(&client).await?;

    local.shutdown().await;
    Ok(())
}

async fn create_profile(client: &Client) -> Outcome {
    println!("1. A connector profile, which holds the credentials of Salesforce");
    let properties = SalesforceConnectorProfileProperties::builder()
        .instance_url("https://example.my.salesforce.com")
        .build();
    let credentials = SalesforceConnectorProfileCredentials::builder()
        .access_token("a-secret")
        .refresh_token("another-secret")
        .build();
    let config = ConnectorProfileConfig::builder()
        .connector_profile_properties(
            ConnectorProfileProperties::builder()
                .salesforce(properties)
                .build(),
        )
        .connector_profile_credentials(
            ConnectorProfileCredentials::builder()
                .salesforce(credentials)
                .build(),
        )
        .build();
    println!(
        "   what is sent, as Debug prints it: {:?}",
        config.connector_profile_credentials
    );
    let created = client
        .create_connector_profile()
        .connector_profile_name(PROFILE)
        .connector_type(ConnectorType::Salesforce)
        .connection_mode(ConnectionMode::Public)
        .connector_profile_config(config)
        .send()
        .await?;
    println!(
        "   {}\n",
        created.connector_profile_arn().unwrap_or_default()
    );
    Ok(())
}

fn source() -> Outcome<SourceFlowConfig> {
    let s3 = S3SourceProperties::builder()
        .bucket_name("crm-exports")
        .bucket_prefix("accounts")
        .build()?;
    let properties = SourceConnectorProperties::builder().s3(s3).build();
    Ok(SourceFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .source_connector_properties(properties)
        .build()?)
}

fn destination() -> Outcome<DestinationFlowConfig> {
    let salesforce = SalesforceDestinationProperties::builder()
        .object("Account")
        .build()?;
    let properties = DestinationConnectorProperties::builder()
        .salesforce(salesforce)
        .build();
    Ok(DestinationFlowConfig::builder()
        .connector_type(ConnectorType::Salesforce)
        .connector_profile_name(PROFILE)
        .destination_connector_properties(properties)
        .build()?)
}

/// Copies a field of the file to a field of the object.
fn map(from: &str, to: &str) -> Outcome<Task> {
    let operator = ConnectorOperator::builder()
        .s3(S3ConnectorOperator::NoOp)
        .build();
    Ok(Task::builder()
        .task_type(TaskType::Map)
        .source_fields(from)
        .destination_field(to)
        .connector_operator(operator)
        .build()?)
}

fn on_demand() -> Outcome<TriggerConfig> {
    Ok(TriggerConfig::builder()
        .trigger_type(TriggerType::Ondemand)
        .build()?)
}

async fn create_flow(client: &Client, name: &str) -> Outcome {
    println!("2. A flow from S3 to Salesforce: {name}");
    let created = client
        .create_flow()
        .flow_name(name)
        .description("Accounts of the CRM, every time someone asks")
        .trigger_config(on_demand()?)
        .source_flow_config(source()?)
        .destination_flow_config_list(destination()?)
        .tasks(map("name", "Name")?)
        .tasks(map("city", "BillingCity")?)
        .send()
        .await?;
    let status = created
        .flow_status()
        .map(ToString::to_string)
        .unwrap_or_default();
    println!(
        "   {} is {status}\n",
        created.flow_arn().unwrap_or_default()
    );
    Ok(())
}

async fn records(client: &Client) -> Outcome<Vec<ExecutionRecord>> {
    let page = client
        .describe_flow_execution_records()
        .flow_name(FLOW)
        .send()
        .await?;
    Ok(page.flow_executions.unwrap_or_default())
}

/// Asks until the newest run is over, and shows each state it passes through.
async fn wait(client: &Client) -> Outcome<ExecutionRecord> {
    let mut seen = None;
    for _ in 0..200 {
        let record = records(client)
            .await?
            .into_iter()
            .next()
            .ok_or("there is no run")?;
        if seen.as_ref() != record.execution_status() {
            seen = record.execution_status().cloned();
            println!(
                "   {}",
                seen.as_ref().map(ToString::to_string).unwrap_or_default()
            );
        }
        let going = [
            Some(ExecutionStatus::Inprogress),
            Some(ExecutionStatus::Cancelstarted),
        ];
        if !going.contains(&seen) {
            return Ok(record);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err("the run does not end".into())
}

async fn run_and_wait(client: &Client) -> Outcome {
    println!("3. Run it, and wait");
    let started = client.start_flow().flow_name(FLOW).send().await?;
    println!("   run {}", started.execution_id().unwrap_or_default());
    let record = wait(client).await?;
    let result = record.execution_result.unwrap_or_default();
    println!(
        "   {} records, {} bytes\n",
        result.records_processed.unwrap_or_default(),
        result.bytes_written.unwrap_or_default()
    );
    Ok(())
}

async fn cancel_a_run(client: &Client) -> Outcome {
    println!("4. Run it again, and think better of it");
    let started = client.start_flow().flow_name(FLOW).send().await?;
    let id = started.execution_id().unwrap_or_default();
    let canceled = client
        .cancel_flow_executions()
        .flow_name(FLOW)
        .execution_ids(id)
        .send()
        .await?;
    println!(
        "   runs that could not be canceled: {}",
        canceled.invalid_executions().len()
    );
    wait(client).await?;
    println!("   the records of the flow, newest first:");
    for record in records(client).await? {
        let status = record
            .execution_status()
            .map(ToString::to_string)
            .unwrap_or_default();
        println!(
            "     {} {status}",
            record.execution_id().unwrap_or_default()
        );
    }
    println!();
    Ok(())
}

async fn tag(client: &Client) -> Outcome {
    println!("5. Tag it");
    let flow = client.describe_flow().flow_name(FLOW).send().await?;
    let arn = flow.flow_arn().unwrap_or_default();
    client
        .tag_resource()
        .resource_arn(arn)
        .tags("team", "sales")
        .tags("stage", "test")
        .send()
        .await?;
    client
        .untag_resource()
        .resource_arn(arn)
        .tag_keys("stage")
        .send()
        .await?;
    let tags = client
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await?;
    println!("   {:?}\n", tags.tags.unwrap_or_default());
    Ok(())
}

async fn list_with_pages(client: &Client) -> Outcome {
    println!("6. Four more flows, listed by pages of two");
    for number in 1..=4 {
        create_flow_quietly(client, &format!("copy-{number}")).await?;
    }
    let mut pages = client.list_flows().into_paginator().page_size(2).send();
    while let Some(page) = pages.next().await {
        let page = page?;
        let names: Vec<&str> = page
            .flows()
            .iter()
            .filter_map(|flow| flow.flow_name())
            .collect();
        println!("   {}", names.join(", "));
    }
    println!();
    Ok(())
}

async fn create_flow_quietly(client: &Client, name: &str) -> Outcome {
    let call = client
        .create_flow()
        .flow_name(name)
        .trigger_config(on_demand()?);
    let call = call
        .source_flow_config(source()?)
        .destination_flow_config_list(destination()?);
    call.tasks(map("name", "Name")?).send().await?;
    Ok(())
}

async fn update(client: &Client) -> Outcome {
    println!("7. Update it: one more field, and another description");
    client
        .update_flow()
        .flow_name(FLOW)
        .description("Accounts with their phone numbers")
        .trigger_config(on_demand()?)
        .source_flow_config(source()?)
        .destination_flow_config_list(destination()?)
        .tasks(map("name", "Name")?)
        .tasks(map("city", "BillingCity")?)
        .tasks(map("phone", "Phone")?)
        .send()
        .await?;
    let flow = client.describe_flow().flow_name(FLOW).send().await?;
    println!(
        "   {} tasks, schema version {}\n",
        flow.tasks().len(),
        flow.schema_version.unwrap_or_default()
    );
    Ok(())
}

async fn delete(client: &Client) -> Outcome {
    println!("8. Delete it all; the profile first, which is refused while flows use it");
    let refused = client
        .delete_connector_profile()
        .connector_profile_name(PROFILE)
        .send()
        .await;
    if let Err(error) = refused {
        println!("   {error}");
    }
    let flows = client
        .list_flows()
        .into_paginator()
        .items()
        .send()
        .try_collect()
        .await?;
    for flow in flows {
        client
            .delete_flow()
            .flow_name(flow.flow_name().unwrap_or_default())
            .send()
            .await?;
    }
    client
        .delete_connector_profile()
        .connector_profile_name(PROFILE)
        .send()
        .await?;
    let left = client.list_flows().send().await?;
    println!("   flows left: {}", left.flows().len());
    Ok(())
}
