//! [`FlowDefinition`]: the definition of a flow, converted from descriptions and JSON, and to inputs and JSON.

use crate::flows::canonical::canonical;
use crate::flows::tree::Tree;
use crate::operation::create_flow::CreateFlowInput;
use crate::operation::describe_flow::DescribeFlowOutput;
use crate::operation::update_flow::UpdateFlowInput;
use crate::read::ReadOptions;
use crate::types::{
    DestinationFlowConfig, FlowStatus, MetadataCatalogConfig, SourceFlowConfig, Task,
    TriggerConfig, TriggerType,
};
use smithy_reqwest::schema::{MemberSchema, StructureSchema};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use std::collections::HashMap;

/// The definition of a flow, without its history: the members of `CreateFlow` under the same names, and whether the
/// flow is active.
///
/// It is parsed strictly, as described for [`ReadOptions::strict`]. [`to_json`](Self::to_json) writes a stable form.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FlowDefinition {
    /// Name of the flow, which identifies it. A definition with another name is another flow.
    pub flow_name: String,
    /// Description.
    pub description: Option<String>,
    /// Key that encrypts the data of the flow. It cannot be changed. Without one, the key of the flow is not compared.
    pub kms_arn: Option<String>,
    /// `true` if a scheduled or event-triggered flow runs when it is due. An on-demand flow is always active.
    pub active: bool,
    /// Trigger that starts the runs of the flow.
    pub trigger_config: TriggerConfig,
    /// Source of the records.
    pub source_flow_config: SourceFlowConfig,
    /// Destinations of the records.
    pub destination_flow_config_list: Vec<DestinationFlowConfig>,
    /// Tasks that select, transform and map the fields.
    pub tasks: Vec<Task>,
    /// Catalog in which the data is registered.
    pub metadata_catalog_config: Option<MetadataCatalogConfig>,
    /// Tags.
    pub tags: Option<HashMap<String, String>>,
}

/// An error in a definition.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DefinitionError {
    /// A required member is missing in the description of a flow or profile.
    #[error("{name}: {member} is missing")]
    Missing {
        /// Name of the flow or profile.
        name: String,
        /// Name of the member.
        member: &'static str,
    },
    /// The text is not a definition. The message contains the line and the column.
    #[error("{0}")]
    Text(String),
}

static SCHEMA: StructureSchema = StructureSchema::new(
    "com.amazonaws.appflow#FlowDefinition",
    "FlowDefinition",
    &[
        MemberSchema::new("flowName", "flow_name").required(),
        MemberSchema::new("description", "description"),
        MemberSchema::new("kmsArn", "kms_arn"),
        MemberSchema::new("active", "active").zero_default(),
        MemberSchema::new("triggerConfig", "trigger_config").required(),
        MemberSchema::new("sourceFlowConfig", "source_flow_config").required(),
        MemberSchema::new("destinationFlowConfigList", "destination_flow_config_list").required(),
        MemberSchema::new("tasks", "tasks").required(),
        MemberSchema::new("metadataCatalogConfig", "metadata_catalog_config"),
        MemberSchema::new("tags", "tags"),
    ],
);

impl Structure for FlowDefinition {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => Shape::value(&self.flow_name),
            1 => Shape::value(&self.description),
            2 => Shape::value(&self.kms_arn),
            3 => Shape::value(&self.active),
            4 => Shape::value(&self.trigger_config),
            5 => Shape::value(&self.source_flow_config),
            6 => Shape::value(&self.destination_flow_config_list),
            7 => Shape::value(&self.tasks),
            8 => Shape::value(&self.metadata_catalog_config),
            9 => Shape::value(&self.tags),
            _ => Value::Absent,
        }
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => Shape::slot(&mut self.flow_name),
            1 => Shape::slot(&mut self.description),
            2 => Shape::slot(&mut self.kms_arn),
            3 => Shape::slot(&mut self.active),
            4 => Shape::slot(&mut self.trigger_config),
            5 => Shape::slot(&mut self.source_flow_config),
            6 => Shape::slot(&mut self.destination_flow_config_list),
            7 => Shape::slot(&mut self.tasks),
            8 => Shape::slot(&mut self.metadata_catalog_config),
            9 => Shape::slot(&mut self.tags),
            _ => Slot::Ignored,
        }
    }
}

smithy_reqwest::structure!(FlowDefinition {
    flow_name,
    description,
    kms_arn,
    active,
    trigger_config,
    source_flow_config,
    destination_flow_config_list,
    tasks,
    metadata_catalog_config,
    tags,
});

impl FlowDefinition {
    /// Parses a definition from JSON. The input of `aws appflow create-flow --cli-input-json` is a definition too,
    /// apart from a `clientToken`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON, or not a definition: an unknown or misspelled member, a value of the
    /// wrong type, or a missing required member. The message contains the path, the line and the column.
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        let read = ReadOptions::strict().from_json(text);
        read.map_err(|error| DefinitionError::Text(error.to_string()))
    }

    /// Converts the description of a flow. Tags of AWS, which users cannot set, are left out.
    ///
    /// # Errors
    ///
    /// Returns an error if the description lacks a member that every flow has.
    pub fn from_description(flow: DescribeFlowOutput) -> Result<Self, DefinitionError> {
        let name = flow.flow_name.clone().unwrap_or_default();
        let missing = |member| DefinitionError::Missing {
            name: name.clone(),
            member,
        };
        let trigger = flow
            .trigger_config
            .ok_or_else(|| missing("triggerConfig"))?;
        let on_demand = trigger.trigger_type == TriggerType::Ondemand;
        let mut tags = flow.tags;
        if let Some(tags) = &mut tags {
            tags.retain(|key, _| !key.starts_with("aws:"));
        }
        let definition = Self {
            flow_name: flow.flow_name.ok_or_else(|| missing("flowName"))?,
            description: flow.description,
            kms_arn: flow.kms_arn,
            active: !on_demand && flow.flow_status == Some(FlowStatus::Active),
            trigger_config: trigger,
            source_flow_config: flow
                .source_flow_config
                .ok_or_else(|| missing("sourceFlowConfig"))?,
            destination_flow_config_list: flow
                .destination_flow_config_list
                .ok_or_else(|| missing("destinationFlowConfigList"))?,
            tasks: flow.tasks.ok_or_else(|| missing("tasks"))?,
            metadata_catalog_config: flow.metadata_catalog_config,
            tags,
        };
        Ok(definition)
    }

    /// Returns the input that creates the flow, with every member of this definition.
    pub fn to_create_input(&self) -> CreateFlowInput {
        CreateFlowInput {
            flow_name: Some(self.flow_name.clone()),
            description: self.description.clone(),
            kms_arn: self.kms_arn.clone(),
            trigger_config: Some(self.trigger_config.clone()),
            source_flow_config: Some(self.source_flow_config.clone()),
            destination_flow_config_list: Some(self.destination_flow_config_list.clone()),
            tasks: Some(self.tasks.clone()),
            metadata_catalog_config: self.metadata_catalog_config.clone(),
            tags: self.tags.clone(),
            ..Default::default()
        }
    }

    /// Returns the input that updates an existing flow to this definition. It does not contain the key, the tags or the
    /// state.
    pub fn to_update_input(&self) -> UpdateFlowInput {
        UpdateFlowInput {
            flow_name: Some(self.flow_name.clone()),
            description: self.description.clone(),
            trigger_config: Some(self.trigger_config.clone()),
            source_flow_config: Some(self.source_flow_config.clone()),
            destination_flow_config_list: Some(self.destination_flow_config_list.clone()),
            tasks: Some(self.tasks.clone()),
            metadata_catalog_config: self.metadata_catalog_config.clone(),
            ..Default::default()
        }
    }

    /// Returns the definition in its stable form: tasks in a fixed order, and without members whose value equals their
    /// absence.
    pub fn canonical(&self) -> Self {
        canonical(self)
    }

    /// Converts the definition to a tree, for any text format.
    pub fn to_tree(&self) -> Tree {
        Tree::of(&canonical(self))
    }

    /// Serializes the definition as JSON. The result does not depend on the order in which the service returns tasks.
    pub fn to_json(&self) -> String {
        self.to_tree().to_json()
    }

    /// Returns whether the flow runs only on demand.
    pub(super) fn is_on_demand(&self) -> bool {
        self.trigger_config.trigger_type == TriggerType::Ondemand
    }
}

impl TryFrom<CreateFlowInput> for FlowDefinition {
    type Error = DefinitionError;

    /// Converts the input to the definition of an inactive flow. The client token is ignored.
    fn try_from(input: CreateFlowInput) -> Result<Self, DefinitionError> {
        let mut flow = DescribeFlowOutput::default();
        flow.flow_name = input.flow_name;
        flow.description = input.description;
        flow.kms_arn = input.kms_arn;
        flow.trigger_config = input.trigger_config;
        flow.source_flow_config = input.source_flow_config;
        flow.destination_flow_config_list = input.destination_flow_config_list;
        flow.tasks = input.tasks;
        flow.metadata_catalog_config = input.metadata_catalog_config;
        flow.tags = input.tags;
        Self::from_description(flow)
    }
}
