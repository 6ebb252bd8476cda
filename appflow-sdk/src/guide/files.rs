//! Flows in files: every type reads and writes the JSON of the AWS CLI.
//!
//! ```
//! use appflow_sdk::operation::create_flow::CreateFlowInput;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # let client = local.client();
//! // The input of `aws appflow create-flow --cli-input-json`.
//! let text = r#"{
//!     "flowName": "orders-to-lake",
//!     "triggerConfig": { "triggerType": "OnDemand" },
//!     "sourceFlowConfig": {
//!         "connectorType": "S3",
//!         "sourceConnectorProperties": { "S3": { "bucketName": "acme-exports", "bucketPrefix": "orders" } }
//!     },
//!     "destinationFlowConfigList": [{
//!         "connectorType": "S3",
//!         "destinationConnectorProperties": { "S3": { "bucketName": "acme-data-lake" } }
//!     }],
//!     "tasks": [{ "taskType": "Map_all", "connectorOperator": { "S3": "NO_OP" }, "sourceFields": [] }]
//! }"#;
//! let input: CreateFlowInput = serde_json::from_str(text)?;
//!
//! // Setters can still change it.
//! let created = client.create_flow().with_input(input).tags("stage", "test").send().await?;
//! assert!(created.flow_arn().is_some());
//! # Ok(())
//! # }
//! ```
//!
//! Any serde format works. A member that the model does not have is an error with its position and the nearest name. So are
//! a value of the wrong type and a duplicate member:
//!
//! ```
//! # use appflow_sdk::types::Task;
//! let text = r#"{ "taskType": "Map_all", "sourceFeilds": [] }"#;
//! let error = serde_json::from_str::<Task>(text).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "unknown member `sourceFeilds`, did you mean `sourceFields`? at line 1 column 39",
//! );
//! ```
//!
//! This applies to inputs and to types that can be part of one. Outputs, and types that occur only in outputs, ignore unknown
//! members, since the service evolves. Use [`ReadOptions`](crate::read::ReadOptions) to read an input leniently, or a template
//! without required members.
//!
//! ```
//! use appflow_sdk::operation::create_flow::CreateFlowInput;
//! use appflow_sdk::read::ReadOptions;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let template = r#"{ "tasks": [{ "taskType": "Map_all" }], "tags": { "stage": "test" } }"#;
//! let input: CreateFlowInput = ReadOptions::strict().allow_missing().from_json(template)?;
//! assert_eq!(input.flow_name(), None);
//!
//! let newer = r#"{ "flowName": "orders", "memberOfTomorrow": 1 }"#;
//! let input: CreateFlowInput = ReadOptions::lenient().allow_missing().from_json(newer)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Write a flow to a file
//!
//! ```
//! # use appflow_sdk::operation::describe_flow::DescribeFlowOutput;
//! # fn example(flow: DescribeFlowOutput) -> Result<(), Box<dyn std::error::Error>> {
//! let text = serde_json::to_string_pretty(&flow)?;
//! std::fs::write("orders-to-lake.json", text)?;
//! # Ok(())
//! # }
//! ```
//!
//! Members that are not set are not written. Secrets are written, so take care where you store inputs of
//! [`create_connector_profile`](crate::Client::create_connector_profile). `Debug` never shows secrets.
//!
//! # Change an existing flow
//!
//! [`update_flow`](crate::Client::update_flow) replaces the whole flow, so start from the current definition:
//!
//! ```no_run
//! # async fn example(client: &appflow_sdk::Client) -> Result<(), appflow_sdk::Error> {
//! let flow = client.describe_flow().flow_name("orders-to-lake").send().await?;
//! client
//!     .update_flow()
//!     .set_flow_name(flow.flow_name)
//!     .set_trigger_config(flow.trigger_config)
//!     .set_source_flow_config(flow.source_flow_config)
//!     .set_destination_flow_config_list(flow.destination_flow_config_list)
//!     .set_tasks(flow.tasks)
//!     .description("All new orders")
//!     .send()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! You cannot change the name, or the connectors, profiles and objects of source and destination; an S3 bucket or prefix is an
//! object. If you omit the description, it is removed.
