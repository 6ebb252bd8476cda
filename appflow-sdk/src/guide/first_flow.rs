//! A first flow in five minutes: files from one S3 bucket into another, without an AWS account.
//!
//! `appflow-local` is an AppFlow on your own machine. The program below starts one, creates a flow, runs it and shows
//! what the run did.
//!
//! ```
//! use appflow_local::AppFlowLocal;
//! use appflow_sdk::types::{
//!     ConnectorOperator, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
//!     S3ConnectorOperator, S3DestinationProperties, S3SourceProperties,
//!     SourceConnectorProperties, SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerType,
//! };
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let local = AppFlowLocal::start().await?;
//!     let client = local.client();
//!
//!     // Where the records come from, and where they go.
//!     let from = S3SourceProperties::builder()
//!         .bucket_name("acme-exports")
//!         .bucket_prefix("orders")
//!         .build()?;
//!     let source = SourceFlowConfig::builder()
//!         .connector_type(ConnectorType::S3)
//!         .source_connector_properties(SourceConnectorProperties::builder().s3(from).build())
//!         .build()?;
//!     let to = S3DestinationProperties::builder().bucket_name("acme-data-lake").build()?;
//!     let destination = DestinationFlowConfig::builder()
//!         .connector_type(ConnectorType::S3)
//!         .destination_connector_properties(DestinationConnectorProperties::builder().s3(to).build())
//!         .build()?;
//!
//!     // Every field, under its own name.
//!     let everything = Task::builder()
//!         .task_type(TaskType::MapAll)
//!         .connector_operator(ConnectorOperator::builder().s3(S3ConnectorOperator::NoOp).build())
//!         .set_source_fields(Some(vec![]))
//!         .build()?;
//!
//!     let created = client
//!         .create_flow()
//!         .flow_name("orders-to-lake")
//!         .trigger_config(TriggerConfig::builder().trigger_type(TriggerType::Ondemand).build()?)
//!         .source_flow_config(source)
//!         .destination_flow_config_list(destination)
//!         .tasks(everything)
//!         .send()
//!         .await?;
//!     println!("created {}", created.flow_arn().unwrap_or_default());
//!
//!     let started = client.start_flow().flow_name("orders-to-lake").send().await?;
//!     println!("run {}", started.execution_id().unwrap_or_default());
//!
//!     let flow = client.describe_flow().flow_name("orders-to-lake").send().await?;
//!     println!("last run: {:?}", flow.last_run_execution_details());
//!     Ok(())
//! }
//! ```
//!
//! # The same against AWS
//!
//! One line changes:
//!
//! ```no_run
//! # async fn example() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::from_env`](crate::Client::from_env) takes region and credentials from where AWS's own tools take them:
//! variables, profiles, roles, IAM Identity Center, `aws login`, containers, EC2 ([`credentials`](super::credentials)).
//! What is missing is an error that names every place that was looked at.
//!
//! AWS also wants to see, before it creates this flow:
//!
//! - at least one object below the source's prefix;
//! - a policy on both buckets that admits `appflow.amazonaws.com`: `s3:GetObject` and `s3:ListBucket` on the source,
//!   `s3:PutObject`, multipart and ACL actions on the destination;
//! - both buckets in the flow's Region and account.
//!
//! For any other source, first store the credentials in a connector profile: [`profiles`](super::profiles). For what a
//! flow can do to fields on their way: [`tasks`](super::tasks).
