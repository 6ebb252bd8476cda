//! Flows as code: definitions of flows and connector profiles that are kept in files, compared by their meaning,
//! planned and applied.
//!
//! A [`FlowDefinition`] holds everything that `CreateFlow` accepts, and whether the flow is active. It is parsed
//! strictly and written in a stable form, so that it can be kept in a repository. [`plan`](Account::plan) compares
//! definitions with an account, and [`apply`](Account::apply) makes the changes; a second plan is empty.
//!
//! ```
//! use appflow_sdk::flows::{Account, ApplyOptions, Definitions, FlowDefinition, PlanOptions};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = appflow_local::AppFlowLocal::start().await?;
//! # let client = local.client();
//! let definition = FlowDefinition::from_json(r#"{
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
//! }"#)?;
//! let definitions = Definitions { flows: vec![definition], profiles: vec![] };
//!
//! let account = Account::new(client);
//! let plan = account.plan(&definitions, &PlanOptions::default()).await?;
//! let report = account.apply(&plan, &ApplyOptions::default()).await;
//! assert!(report.failures().next().is_none());
//!
//! let again = account.plan(&definitions, &PlanOptions::default()).await?;
//! assert!(again.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # Differences that are ignored
//!
//! [`diff`] compares flows by their effect, not by their text. These differences are ignored; the second column names
//! the report that describes each:
//!
//! | Ignored difference | Source |
//! |---|---|
//! | order of tasks, and of the fields of a projection | terraform-provider-aws #43591, #26491 |
//! | `sourceFields` of `[""]` and of `[]` | terraform-provider-aws #35992 |
//! | a task without effect, such as an empty first one | terraform-provider-aws #28237, #25095 |
//! | a `Map_all` with excluded fields, and the tasks that the service makes of it | terraform-provider-awscc #775 |
//! | `EXCLUDE_SOURCE_FIELDS_LIST` of `[]` and none | templates that the AWS CDK writes |
//! | empty structures and none: `triggerProperties`, `prefixConfig`, `taskProperties` | terraform-provider-awscc #362, #775 |
//! | `destinationField` of `""` and none | terraform-provider-awscc #317 |
//! | `bucketPrefix` and `connectorProfileName` of `""` and none | both name the same objects |
//! | `false` and none | terraform-provider-aws #37478 |
//! | `fileType` `JSON`, `aggregationType` `None`, other defaults, and none | recorded answers of the service |
//! | the key that encrypts a flow, where a definition names none | recorded answers of the service |
//! | tags of AWS, such as those of CloudFormation | users cannot set them |
//! | `rate(5 minutes)` and `rate(5minutes)` | cloudformation-coverage-roadmap #1214 |
//!
//! The service returns the tasks that it made of a `Map_all` with excluded fields, but not the list of these fields, so
//! that two changes look like no difference: excluding fewer fields, and a `Map_all` that replaces a projection with
//! mappings to the same names. Change another member with them, such as the description: the update sends all tasks.

mod account;
mod apply;
mod canonical;
mod check;
mod concurrent;
mod connectors;
mod definition;
mod diff;
mod export;
mod mapping;
mod placeholder;
mod plan;
mod profile;
mod schedule;
mod tasks;
mod tree;

pub use account::{Account, AccountError};
pub use apply::{ApplyOptions, Outcome, Progress, Report};
pub use check::{Finding, Severity, check};
pub use connectors::{FIXED_MEMBERS, needs_profile};
pub use definition::{DefinitionError, FlowDefinition};
pub use diff::{Change, diff};
pub use export::Exported;
pub use mapping::Mapping;
pub use placeholder::{PlaceholderError, Secrets};
pub use plan::{Action, Definitions, FlowPlan, Plan, PlanOptions, ProfilePlan};
pub use profile::ProfileDefinition;
pub use tree::Tree;
