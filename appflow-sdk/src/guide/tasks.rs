//! Tasks: select, rename, change and filter the fields of a flow.
//!
//! A flow needs one of the following. Otherwise, AppFlow responds `You must specify a projection task or a MAP_ALL task`.
//!
//! - a `Map_all` task, which copies every field under its own name; or
//! - a *projection*, which lists the fields to read, and a `Map` task for each field to write.
//!
//! AppFlow rejects a `Map` task alone, unless the source is S3. [`Tasks`](crate::tasks::Tasks) adds the projection for you:
//!
//! ```
//! use appflow_sdk::tasks::Tasks;
//! use appflow_sdk::types::ConnectorType;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let tasks = Tasks::of(ConnectorType::Salesforce)
//!     .map("Id", "id")
//!     .map("Name", "account_name")
//!     .mask_last("Phone", 4, '*')
//!     .map("Phone", "phone")
//!     .build()?;
//!
//! assert_eq!(tasks[0].source_fields(), ["Id", "Name", "Phone"]); // the projection
//! assert_eq!(tasks.len(), 5);
//! # Ok(())
//! # }
//! ```
//!
//! # Without the builder
//!
//! ```
//! use appflow_sdk::types::{ConnectorOperator, SalesforceConnectorOperator, Task, TaskType};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let operator = |operator| ConnectorOperator::builder().salesforce(operator).build();
//!
//! let projection = Task::builder()
//!     .task_type(TaskType::Filter)
//!     .connector_operator(operator(SalesforceConnectorOperator::Projection))
//!     .source_fields("Id")
//!     .source_fields("Name")
//!     .build()?;
//! let id = Task::builder()
//!     .task_type(TaskType::Map)
//!     .connector_operator(operator(SalesforceConnectorOperator::NoOp))
//!     .source_fields("Id")
//!     .destination_field("id")
//!     .build()?;
//! # let _ = (projection, id);
//! # Ok(())
//! # }
//! ```
//!
//! Set the operator in the member of the **source** connector. Some members and connector types are spelled differently:
//! `ConnectorType::Servicenow` goes with `service_now`, `Googleanalytics` with `google_analytics`, `Infornexus` with
//! `infor_nexus`.
//!
//! # Properties by task type
//!
//! All properties are strings.
//!
//! | Task | Operator | Properties |
//! |---|---|---|
//! | `Map_all` | `NO_OP` | `EXCLUDE_SOURCE_FIELDS_LIST`: a JSON array as text, `["a","b"]`; `sourceFields` is an empty list |
//! | `Map` | `NO_OP` | `SOURCE_DATA_TYPE`, `DESTINATION_DATA_TYPE`, both optional |
//! | `Filter` | `PROJECTION` | none |
//! | `Filter` | a comparison | `DATA_TYPE`, and `VALUE`, `VALUES` (with commas) or `LOWER_BOUND` and `UPPER_BOUND`; times are milliseconds since 1970 |
//! | `Mask` | `MASK_ALL`, `MASK_FIRST_N`, `MASK_LAST_N` | `MASK_VALUE`, `MASK_LENGTH` |
//! | `Validate` | `VALIDATE_…` | `VALIDATION_ACTION`: `DropRecord` or `DropDataset` |
//! | `Truncate` | `NO_OP` | `TRUNCATE_LENGTH` |
//! | `Merge` | `NO_OP` | `CONCAT_FORMAT`; then a `Map` of the fields' names, joined by commas |
//! | `Arithmetic` | `ADDITION` and so on | `MATH_OPERATION_FIELDS_ORDER`; then a `Map`, as for `Merge` |
//!
//! Each connector has a type that lists its operators, such as
//! [`SalesforceConnectorOperator`](crate::types::SalesforceConnectorOperator). Amplitude, for example, supports only `BETWEEN`.
//!
//! [`describe_connector_entity`](crate::Client::describe_connector_entity) returns the names of the fields and the filters that
//! each supports.
//!
//! # Reading back
//!
//! The order of tasks has no meaning and may change, and a `Map_all` with exclusions can be returned as the equivalent tasks. To
//! detect drift, compare tasks as sets, not as lists.
