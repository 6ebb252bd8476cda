//! Changes the trigger of a flow to a schedule.

use crate::sdk::Client;
use crate::sdk::primitives::DateTime;
use crate::sdk::types::{
    DataPullMode, ScheduledTriggerProperties, TriggerConfig, TriggerProperties, TriggerType,
};
use std::error::Error;

pub async fn run(client: &Client, name: &str) -> Result<(), Box<dyn Error>> {
    let flow = client.describe_flow().flow_name(name).send().await?;
    let schedule = ScheduledTriggerProperties::builder()
        .schedule_expression("rate(1hours)")
        .data_pull_mode(DataPullMode::Incremental)
        .schedule_start_time(DateTime::from_secs(1_767_225_600))
        .schedule_offset(0)
        .timezone("Europe/Berlin")
        .build()?;
    let trigger = TriggerConfig::builder()
        .trigger_type(TriggerType::Scheduled)
        .trigger_properties(TriggerProperties::builder().scheduled(schedule).build())
        .build()?;
    client
        .update_flow()
        .flow_name(name)
        .set_description(flow.description().map(str::to_owned))
        .trigger_config(trigger)
        .set_source_flow_config(flow.source_flow_config().cloned())
        .set_destination_flow_config_list(Some(flow.destination_flow_config_list().to_vec()))
        .set_tasks(flow.tasks)
        .send()
        .await?;
    Ok(())
}
