//! Creates a flow between two buckets.

use crate::sdk::Client;
use crate::sdk::types::{
    ConnectorOperator, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
    FileType, OperatorPropertiesKeys, S3ConnectorOperator, S3DestinationProperties,
    S3OutputFormatConfig, S3SourceProperties, SourceConnectorProperties, SourceFlowConfig, Task,
    TaskType, TriggerConfig, TriggerType,
};
use std::error::Error;

pub async fn run(client: &Client, from: &str, to: &str) -> Result<String, Box<dyn Error>> {
    let source = S3SourceProperties::builder()
        .bucket_name(from)
        .bucket_prefix("in")
        .build()?;
    let format = S3OutputFormatConfig::builder()
        .file_type(FileType::Parquet)
        .build();
    let destination = S3DestinationProperties::builder()
        .bucket_name(to)
        .s3_output_format_config(format)
        .build()?;
    let created = client
        .create_flow()
        .flow_name("copy")
        .description("from one bucket to the other")
        .trigger_config(
            TriggerConfig::builder()
                .trigger_type(TriggerType::Ondemand)
                .build()?,
        )
        .source_flow_config(
            SourceFlowConfig::builder()
                .connector_type(ConnectorType::S3)
                .source_connector_properties(
                    SourceConnectorProperties::builder().s3(source).build(),
                )
                .build()?,
        )
        .destination_flow_config_list(
            DestinationFlowConfig::builder()
                .connector_type(ConnectorType::S3)
                .destination_connector_properties(
                    DestinationConnectorProperties::builder()
                        .s3(destination)
                        .build(),
                )
                .build()?,
        )
        .tasks(
            Task::builder()
                .source_fields("id")
                .source_fields("name")
                .connector_operator(
                    ConnectorOperator::builder()
                        .s3(S3ConnectorOperator::Projection)
                        .build(),
                )
                .task_type(TaskType::Filter)
                .task_properties(OperatorPropertiesKeys::DataType, "string")
                .build()?,
        )
        .tags("team", "data")
        .send()
        .await?;
    Ok(created.flow_arn().unwrap_or_default().to_owned())
}
