//! [`Tasks`]: builds the tasks of a flow, with the projection that AppFlow requires.

mod comparison;
mod doubts;
mod operators;

pub use comparison::{Calculation, Check, Comparison, OnFailure};
pub use doubts::{Doubt, doubts};

use crate::error::BuildError;
use crate::types::builders::TaskBuilder;
use crate::types::{ConnectorType, OperatorPropertiesKeys, Task, TaskType};

/// A builder of the tasks of a flow.
///
/// A flow needs either a task for all fields or a projection, which lists every field that other tasks read. The builder
/// adds the projection, and sets each operator in the member of the source connector.
///
/// ```
/// use appflow_sdk::tasks::{Comparison, Tasks};
/// use appflow_sdk::types::ConnectorType;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let tasks = Tasks::of(ConnectorType::Salesforce)
///     .keep(["Id", "Name"])
///     .map("BillingCity", "city")
///     .filter("Type", "string", Comparison::EqualTo("Customer".to_owned()))
///     .build()?;
/// // client.create_flow().set_tasks(Some(tasks))
/// # assert_eq!(tasks.len(), 5);
/// # Ok(())
/// # }
/// ```
///
/// Add any other task with [`task`](Self::task).
#[derive(Clone, Debug, PartialEq)]
pub struct Tasks {
    source: ConnectorType,
    steps: Vec<Step>,
}

/// An error from [`Tasks::build`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TasksError {
    /// No field is mapped to the destination.
    #[error("no field is mapped: use map, keep or map_all")]
    NothingMapped,
    /// Single fields are mapped besides all fields.
    #[error("map_all cannot be combined with map, keep or merge: it maps every field")]
    MappedTwice,
    /// The source connector does not support an operator.
    #[error("{source_connector} has no operator {operator}")]
    NoOperator {
        /// The source connector.
        source_connector: ConnectorType,
        /// The operator.
        operator: String,
    },
    /// A task lacks a required field.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// A task under construction.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    task_type: TaskType,
    operator: String,
    fields: Vec<String>,
    destination: Option<String>,
    properties: Vec<(&'static str, String)>,
    /// A complete task; the other fields only contribute to the projection.
    whole: Option<Task>,
}

impl Step {
    fn new(task_type: TaskType, operator: &str, fields: Vec<String>) -> Self {
        Self {
            task_type,
            operator: operator.to_owned(),
            fields,
            destination: None,
            properties: Vec::new(),
            whole: None,
        }
    }

    fn of_field(task_type: TaskType, operator: &str, field: impl Into<String>) -> Self {
        Self::new(task_type, operator, vec![field.into()])
    }

    fn property(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.properties.push((key, value.into()));
        self
    }

    fn to(mut self, destination: impl Into<String>) -> Self {
        self.destination = Some(destination.into());
        self
    }
}

impl Tasks {
    /// Creates a builder for flows from a source connector.
    pub fn of(source: ConnectorType) -> Self {
        Self {
            source,
            steps: Vec::new(),
        }
    }

    /// Maps every field under its own name.
    pub fn map_all(self) -> Self {
        self.map_all_except(Vec::<String>::new())
    }

    /// Maps every field under its own name, except some.
    pub fn map_all_except(self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let fields: Vec<String> = fields
            .into_iter()
            .map(|field| quoted(&field.into()))
            .collect();
        let step = Step::new(TaskType::MapAll, operators::NO_OP, Vec::new());
        self.with(step.property(
            "EXCLUDE_SOURCE_FIELDS_LIST",
            format!("[{}]", fields.join(",")),
        ))
    }

    /// Maps a field to another name.
    pub fn map(self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.with(Step::of_field(TaskType::Map, operators::NO_OP, from).to(to))
    }

    /// Maps a field to another name, with the types of both. Types are those that
    /// [`describe_connector_entity`](crate::Client::describe_connector_entity) returns, such as `string` or `datetime`.
    pub fn map_typed(
        self,
        from: impl Into<String>,
        from_type: impl Into<String>,
        to: impl Into<String>,
        to_type: impl Into<String>,
    ) -> Self {
        let step = Step::of_field(TaskType::Map, operators::NO_OP, from).to(to);
        let step = step.property("SOURCE_DATA_TYPE", from_type);
        self.with(step.property("DESTINATION_DATA_TYPE", to_type))
    }

    /// Maps fields under their own names.
    pub fn keep(self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        fields.into_iter().fold(self, |tasks, field| {
            let field = field.into();
            tasks.map(field.clone(), field)
        })
    }

    /// Joins the values of fields into one field of the destination, separated by `format`.
    pub fn merge(
        self,
        fields: impl IntoIterator<Item = impl Into<String>>,
        format: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let fields: Vec<String> = fields.into_iter().map(Into::into).collect();
        let merged = fields.join(",");
        let step = Step::new(TaskType::Merge, operators::NO_OP, fields).to(merged.clone());
        self.with(step.property("CONCAT_FORMAT", format))
            .map(merged, to)
    }

    /// Writes the result of a calculation on two fields to one field of the destination.
    pub fn calculate(
        self,
        first: impl Into<String>,
        calculation: Calculation,
        second: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let fields = vec![first.into(), second.into()];
        let result = fields.join(",");
        let step = Step::new(TaskType::Arithmetic, calculation.operator(), fields);
        let step = step.property("MATH_OPERATION_FIELDS_ORDER", result.clone());
        self.with(step.to(result.clone())).map(result, to)
    }

    /// Partitions the output into folders by the values of fields, in this order.
    pub fn partition_by(self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let fields: Vec<String> = fields.into_iter().map(Into::into).collect();
        let keys: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        let step = Step::new(TaskType::Partition, operators::NO_OP, fields);
        self.with(step.property(
            "ORDERED_PARTITION_KEYS_LIST",
            format!("[{}]", keys.join(",")),
        ))
    }

    /// Replaces the value of a field with a number of characters, whatever its length.
    pub fn mask_to(self, field: impl Into<String>, length: u32, by: char) -> Self {
        self.mask_some("MASK_ALL", field, length, by)
    }

    /// Replaces every character of a field.
    pub fn mask(self, field: impl Into<String>, by: char) -> Self {
        let step = Step::of_field(TaskType::Mask, "MASK_ALL", field);
        self.with(step.property("MASK_VALUE", by))
    }

    /// Replaces the first characters of a field.
    pub fn mask_first(self, field: impl Into<String>, count: u32, by: char) -> Self {
        self.mask_some("MASK_FIRST_N", field, count, by)
    }

    /// Replaces the last characters of a field.
    pub fn mask_last(self, field: impl Into<String>, count: u32, by: char) -> Self {
        self.mask_some("MASK_LAST_N", field, count, by)
    }

    fn mask_some(self, operator: &str, field: impl Into<String>, count: u32, by: char) -> Self {
        let step = Step::of_field(TaskType::Mask, operator, field);
        let step = step.property("MASK_LENGTH", count.to_string());
        self.with(step.property("MASK_VALUE", by))
    }

    /// Truncates a field to a number of characters.
    pub fn truncate(self, field: impl Into<String>, length: u32) -> Self {
        let step = Step::of_field(TaskType::Truncate, operators::NO_OP, field);
        self.with(step.property("TRUNCATE_LENGTH", length.to_string()))
    }

    /// Validates a field of each record.
    pub fn validate(self, field: impl Into<String>, check: Check, on_failure: OnFailure) -> Self {
        let step = Step::of_field(TaskType::Validate, check.operator(), field);
        self.with(step.property("VALIDATION_ACTION", on_failure.value()))
    }

    /// Passes only records whose field matches a comparison. `data_type` is that of the field, as
    /// [`describe_connector_entity`](crate::Client::describe_connector_entity) returns it, such as `string` or `datetime`.
    pub fn filter(
        self,
        field: impl Into<String>,
        data_type: impl Into<String>,
        comparison: Comparison,
    ) -> Self {
        let step = Step::of_field(TaskType::Filter, comparison.operator(), field);
        let step = step.property("DATA_TYPE", data_type);
        let properties = comparison.properties().into_iter();
        self.with(properties.fold(step, |step, (key, value)| step.property(key, value)))
    }

    /// Adds a task unchanged, and its source fields to the projection.
    pub fn task(self, task: Task) -> Self {
        let mut step = Step::new(task.task_type.clone(), "", task.source_fields.clone());
        step.whole = Some(task);
        self.with(step)
    }

    fn with(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Returns the warnings of [`doubts`] about the tasks, or none if the tasks are invalid.
    pub fn doubts(&self) -> Vec<Doubt> {
        let tasks = self.clone().build();
        tasks.map_or_else(|_| Vec::new(), |tasks| doubts(&tasks))
    }

    /// Returns the tasks, with the projection first if one is needed.
    pub fn build(self) -> Result<Vec<Task>, TasksError> {
        let has = |task_type: &TaskType| self.steps.iter().any(|step| step.task_type == *task_type);
        let mut tasks = Vec::with_capacity(self.steps.len() + 1);
        match (has(&TaskType::MapAll), has(&TaskType::Map)) {
            (false, false) => return Err(TasksError::NothingMapped),
            (true, true) => return Err(TasksError::MappedTwice),
            (true, false) => {}
            (false, true) => {
                let step = Step::new(TaskType::Filter, operators::PROJECTION, self.read_fields());
                tasks.push(self.build_step(step)?);
            }
        }
        for step in &self.steps {
            tasks.push(self.build_step(step.clone())?);
        }
        Ok(tasks)
    }

    /// Returns the fields of the source that tasks read, without duplicates. Results of merges and calculations are not
    /// fields of the source.
    fn read_fields(&self) -> Vec<String> {
        let made: Vec<&String> = self
            .steps
            .iter()
            .filter(|step| matches!(step.task_type, TaskType::Merge | TaskType::Arithmetic))
            .filter_map(|step| step.destination.as_ref())
            .collect();
        let mut fields: Vec<String> = Vec::new();
        for field in self.steps.iter().flat_map(|step| &step.fields) {
            if !fields.contains(field) && !made.contains(&field) {
                fields.push(field.clone());
            }
        }
        fields
    }

    fn build_step(&self, step: Step) -> Result<Task, TasksError> {
        if let Some(task) = step.whole {
            return Ok(task);
        }
        let builder: TaskBuilder = Task::builder()
            .task_type(step.task_type)
            .set_source_fields(Some(step.fields))
            .set_destination_field(step.destination)
            .set_connector_operator(operators::of(&self.source, &step.operator)?);
        let builder = step
            .properties
            .into_iter()
            .fold(builder, |builder, (key, value)| {
                builder.task_properties(OperatorPropertiesKeys::from(key), value)
            });
        Ok(builder.build()?)
    }
}

/// Formats a text as JSON.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
