//! Calls operations with the fluent builders of aws-sdk-appflow.

use crate::params::Params;
use anyhow::{Context, Result, bail};
use aws_sdk_appflow::Client;
use aws_sdk_appflow::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_appflow::primitives::{DateTime, DateTimeFormat};
use aws_sdk_appflow::types::{
    ConnectorOperator, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
    OperatorPropertiesKeys, S3ConnectorOperator, S3DestinationProperties, S3SourceProperties,
    ScheduledTriggerProperties, SourceConnectorProperties, SourceFlowConfig, Task, TriggerConfig,
    TriggerProperties,
};
use std::error::Error;
use std::fmt::Debug;

/// The result of a call.
pub enum Answer {
    /// The output, formatted with `Debug`.
    Output(String),
    /// The error of the service.
    Error { code: String, message: String },
}

/// Sends a call with parameters, and checks that there are no others.
macro_rules! send {
    ($client:ident, $params:ident, $method:ident $(, $setter:ident = $value:expr)* $(,)?) => {{
        let builder = $client.$method()$(.$setter($value))*;
        $params.end()?;
        answer(builder.send().await)
    }};
}

/// Calls an operation. Only operations of the story are supported.
pub async fn call(client: &Client, operation: &str, params: &mut Params) -> Result<Answer> {
    match operation {
        "CreateFlow" => send!(
            client,
            params,
            create_flow,
            set_flow_name = params.text("flowName")?,
            set_description = params.text("description")?,
            set_trigger_config = params.structure("triggerConfig", trigger)?,
            set_source_flow_config = params.structure("sourceFlowConfig", source)?,
            set_destination_flow_config_list =
                params.structures("destinationFlowConfigList", destination)?,
            set_tasks = params.structures("tasks", task)?,
            set_tags = params.map("tags")?,
        ),
        "DescribeFlow" => send!(
            client,
            params,
            describe_flow,
            set_flow_name = params.text("flowName")?
        ),
        "StartFlow" => send!(
            client,
            params,
            start_flow,
            set_flow_name = params.text("flowName")?
        ),
        "StopFlow" => send!(
            client,
            params,
            stop_flow,
            set_flow_name = params.text("flowName")?
        ),
        "DeleteFlow" => send!(
            client,
            params,
            delete_flow,
            set_flow_name = params.text("flowName")?,
            set_force_delete = params.flag("forceDelete")?,
        ),
        "ListFlows" => send!(
            client,
            params,
            list_flows,
            set_max_results = params.number("maxResults")?
        ),
        "DescribeFlowExecutionRecords" => send!(
            client,
            params,
            describe_flow_execution_records,
            set_flow_name = params.text("flowName")?,
        ),
        _ => call_for_tags_or_connectors(client, operation, params).await,
    }
}

async fn call_for_tags_or_connectors(
    client: &Client,
    operation: &str,
    params: &mut Params,
) -> Result<Answer> {
    match operation {
        "TagResource" => send!(
            client,
            params,
            tag_resource,
            set_resource_arn = params.text("resourceArn")?,
            set_tags = params.map("tags")?,
        ),
        "UntagResource" => send!(
            client,
            params,
            untag_resource,
            set_resource_arn = params.text("resourceArn")?,
            set_tag_keys = params.texts("tagKeys")?,
        ),
        "ListTagsForResource" => send!(
            client,
            params,
            list_tags_for_resource,
            set_resource_arn = params.text("resourceArn")?,
        ),
        "DescribeConnector" => send!(
            client,
            params,
            describe_connector,
            set_connector_type = params
                .text("connectorType")?
                .map(|kind| ConnectorType::from(kind.as_str())),
        ),
        "DescribeConnectors" => send!(
            client,
            params,
            describe_connectors,
            set_connector_types = params.texts("connectorTypes")?.map(|kinds| {
                kinds
                    .iter()
                    .map(|kind| ConnectorType::from(kind.as_str()))
                    .collect()
            }),
        ),
        "DescribeConnectorProfiles" => send!(client, params, describe_connector_profiles),
        other => bail!("{other} is not in the story"),
    }
}

fn answer<O, E, R>(outcome: std::result::Result<O, SdkError<E, R>>) -> Result<Answer>
where
    O: Debug,
    E: Error + ProvideErrorMetadata + 'static,
    R: Debug + 'static,
{
    match outcome {
        Ok(output) => Ok(Answer::Output(format!("{output:?}"))),
        Err(SdkError::ServiceError(error)) => Ok(Answer::Error {
            code: error.err().code().unwrap_or_default().to_owned(),
            message: error.err().message().unwrap_or_default().to_owned(),
        }),
        Err(error) => bail!("{}", DisplayErrorContext(error)),
    }
}

fn trigger(params: &mut Params) -> Result<TriggerConfig> {
    let kind = params.text("triggerType")?.context("triggerType")?;
    let properties = params.structure("triggerProperties", |params| {
        let scheduled = params.structure("Scheduled", scheduled)?;
        Ok(TriggerProperties::builder()
            .set_scheduled(scheduled)
            .build())
    })?;
    Ok(TriggerConfig::builder()
        .trigger_type(kind.as_str().into())
        .set_trigger_properties(properties)
        .build()?)
}

fn scheduled(params: &mut Params) -> Result<ScheduledTriggerProperties> {
    let start = params.text("scheduleStartTime")?;
    let start = start
        .map(|start| DateTime::from_str(&start, DateTimeFormat::DateTime))
        .transpose()?;
    Ok(ScheduledTriggerProperties::builder()
        .set_schedule_expression(params.text("scheduleExpression")?)
        .set_schedule_start_time(start)
        .set_timezone(params.text("timezone")?)
        .build()?)
}

fn source(params: &mut Params) -> Result<SourceFlowConfig> {
    let kind = params.text("connectorType")?.context("connectorType")?;
    let properties = params.structure("sourceConnectorProperties", |params| {
        let bucket = params.structure("S3", |params| {
            Ok(S3SourceProperties::builder()
                .set_bucket_name(params.text("bucketName")?)
                .set_bucket_prefix(params.text("bucketPrefix")?)
                .build()?)
        })?;
        Ok(SourceConnectorProperties::builder().set_s3(bucket).build())
    })?;
    Ok(SourceFlowConfig::builder()
        .connector_type(kind.as_str().into())
        .set_source_connector_properties(properties)
        .build()?)
}

fn destination(params: &mut Params) -> Result<DestinationFlowConfig> {
    let kind = params.text("connectorType")?.context("connectorType")?;
    let properties = params.structure("destinationConnectorProperties", |params| {
        let bucket = params.structure("S3", |params| {
            Ok(S3DestinationProperties::builder()
                .set_bucket_name(params.text("bucketName")?)
                .build()?)
        })?;
        Ok(DestinationConnectorProperties::builder()
            .set_s3(bucket)
            .build())
    })?;
    Ok(DestinationFlowConfig::builder()
        .connector_type(kind.as_str().into())
        .set_destination_connector_properties(properties)
        .build()?)
}

fn task(params: &mut Params) -> Result<Task> {
    let kind = params.text("taskType")?.context("taskType")?;
    let operator = params.structure("connectorOperator", |params| {
        let operator = params
            .text("S3")?
            .map(|operator| S3ConnectorOperator::from(operator.as_str()));
        Ok(ConnectorOperator::builder().set_s3(operator).build())
    })?;
    let properties = params.map("taskProperties")?.map(|properties| {
        let entries = properties.into_iter();
        entries
            .map(|(key, value)| (OperatorPropertiesKeys::from(key.as_str()), value))
            .collect()
    });
    Ok(Task::builder()
        .set_source_fields(params.texts("sourceFields")?)
        .set_connector_operator(operator)
        .task_type(kind.as_str().into())
        .set_task_properties(properties)
        .build()?)
}
