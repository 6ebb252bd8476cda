//! Flows as files. Every type reads and writes the JSON of the AWS CLI, so a flow can live in a repository.
//!
//! ```
//! use appflow_sdk::operation::create_flow::CreateFlowInput;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # let client = local.client();
//! // What `aws appflow create-flow --cli-input-json` takes.
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
//! // Setters still change what was read.
//! let created = client.create_flow().with_input(input).tags("stage", "test").send().await?;
//! assert!(created.flow_arn().is_some());
//! # Ok(())
//! # }
//! ```
//!
//! Any format that serde knows will do. A member that the model does not have is an error with its place and the nearest
//! name, and so is a value of the wrong type, or a member that occurs twice:
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
//! This holds for inputs and for what can be part of one. Outputs, and what only they hold, pass over what they do not
//! know, since the service grows. [`ReadOptions`](crate::read::ReadOptions) reads an input in another way: leniently, or a
//! template in which required members are missing.
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
//! # From the service into a file
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
//! What was not set is not written. Secrets are: whoever writes credentials into a file means it, so mind where inputs of
//! [`create_connector_profile`](crate::Client::create_connector_profile) go. `Debug`, on the other hand, never shows them.
//!
//! # Change a flow that is there
//!
//! [`update_flow`](crate::Client::update_flow) replaces the whole flow, so begin with what is there:
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
//!     .description("Every order, as it comes")
//!     .send()
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! Name, connectors, profile and objects of both ends are fixed; a bucket or prefix of S3 counts as an object. Leave the
//! description out, and it is gone.
