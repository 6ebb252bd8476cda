//! A first flow in five minutes: copy files from one S3 bucket to another, without an AWS account.
//!
//! `appflow-local` is an AppFlow on your machine. The program below starts one, creates a flow, runs it and prints the
//! result of the run.
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
//!     // The source and the destination of the records.
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
//!     // Copies every field under its own name.
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
//! # Run it on AWS
//!
//! Change one line:
//!
//! ```no_run
//! # async fn example() -> Result<(), appflow_sdk::Error> {
//! let client = appflow_sdk::Client::from_env().await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::from_env`](crate::Client::from_env) finds region and credentials as the AWS CLI does: environment variables,
//! profiles, roles, IAM Identity Center, `aws login`, containers, EC2 ([`credentials`](super::credentials)). If one is missing,
//! the error names every source that was tried.
//!
//! To create this flow, AWS also requires:
//!
//! - at least one object below the source's prefix;
//! - a policy on both buckets that allows `appflow.amazonaws.com`: `s3:GetObject` and `s3:ListBucket` on the source,
//!   `s3:PutObject`, multipart and ACL actions on the destination;
//! - both buckets in the flow's Region and account.
//!
//! For any other source, first store credentials in a connector profile: see [`profiles`](super::profiles). To change fields
//! on the way, see [`tasks`](super::tasks).
