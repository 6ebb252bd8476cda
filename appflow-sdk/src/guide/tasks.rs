//! Tasks: which fields a flow carries over, under which names, and what it does to them.
//!
//! AppFlow wants one of two things among the tasks of a flow, or it answers `You must specify a projection task or a MAP_ALL
//! task`:
//!
//! - a `Map_all` task, which carries every field over under its own name; or
//! - a *projection*, which lists the fields that are read, and a `Map` task for each that is written.
//!
//! A `Map` task alone is refused, except where the source is S3. [`Tasks`](crate::tasks::Tasks) writes the projection for
//! you:
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
//! # The same by hand
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
//! The operator sits in the member of the **source** connector. Some members and connector types are spelled differently:
//! `ConnectorType::Servicenow` goes with `service_now`, `Googleanalytics` with `google_analytics`, `Infornexus` with
//! `infor_nexus`.
//!
//! # What each type takes
//!
//! Properties are text, whatever they mean.
//!
//! | Task | Operator | Properties |
//! |---|---|---|
//! | `Map_all` | `NO_OP` | `EXCLUDE_SOURCE_FIELDS_LIST`: a JSON array as text, `["a","b"]`; `sourceFields` is an empty list |
//! | `Map` | `NO_OP` | `SOURCE_DATA_TYPE`, `DESTINATION_DATA_TYPE`, if at all |
//! | `Filter` | `PROJECTION` | none |
//! | `Filter` | a comparison | `DATA_TYPE`, and `VALUE`, `VALUES` (with commas) or `LOWER_BOUND` and `UPPER_BOUND`; times are milliseconds since 1970 |
//! | `Mask` | `MASK_ALL`, `MASK_FIRST_N`, `MASK_LAST_N` | `MASK_VALUE`, `MASK_LENGTH` |
//! | `Validate` | `VALIDATE_…` | `VALIDATION_ACTION`: `DropRecord` or `DropDataset` |
//! | `Truncate` | `NO_OP` | `TRUNCATE_LENGTH` |
//! | `Merge` | `NO_OP` | `CONCAT_FORMAT`; then a `Map` of the fields' names, joined by commas |
//! | `Arithmetic` | `ADDITION` and so on | `MATH_OPERATION_FIELDS_ORDER`; then a `Map`, likewise |
//!
//! Not every connector knows every operator: its own type lists them, such as
//! [`SalesforceConnectorOperator`](crate::types::SalesforceConnectorOperator). Amplitude, for one, knows only `BETWEEN`.
//!
//! [`describe_connector_entity`](crate::Client::describe_connector_entity) has the names of the fields and the filters that
//! each admits.
//!
//! # Reading back
//!
//! The order of tasks has no meaning and may change. A `Map_all` with exclusions can come back as the tasks it stands for;
//! compare sets, and not lists, when you look for drift.
