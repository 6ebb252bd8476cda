//! [`Flow`]: a flow as it is kept.

use crate::clock::Millis;
use crate::rules::doubts::doubts;
use crate::rules::flow::Plan;
use crate::state::Run;
use appflow_sdk::types::{
    ConnectorType, DestinationFlowConfig, FlowStatus, MetadataCatalogConfig,
    ScheduledTriggerProperties, SourceFlowConfig, Task, TriggerConfig, TriggerType,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A flow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Flow {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) description: Option<String>,
    pub(crate) kms_arn: Option<String>,
    pub(crate) status: FlowStatus,
    pub(crate) status_message: Option<String>,
    pub(crate) source: SourceFlowConfig,
    pub(crate) destinations: Vec<DestinationFlowConfig>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) trigger: TriggerConfig,
    pub(crate) metadata_catalog: Option<MetadataCatalogConfig>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_at: Millis,
    pub(crate) created_by: String,
    pub(crate) updated_at: Millis,
    pub(crate) updated_by: String,
    pub(crate) schema_version: i64,
    /// Failed runs since the last that succeeded.
    pub(crate) failures: u32,
    /// When the schedule fires next.
    pub(crate) next_run_at: Option<Millis>,
    /// Where the last incremental run ended.
    pub(crate) pulled_until: Option<Millis>,
    /// How many runs there ever were.
    pub(crate) run_count: u64,
    /// Runs by their number; kept as records of their own.
    #[serde(skip)]
    pub(crate) runs: BTreeMap<u64, Run>,
    /// The runs that are not over.
    #[serde(skip)]
    pub(crate) active: BTreeSet<u64>,
}

impl Flow {
    /// The properties of its schedule, if it has one.
    pub(crate) fn schedule(&self) -> Option<&ScheduledTriggerProperties> {
        let properties = self.trigger.trigger_properties.as_ref()?;
        let scheduled = properties.scheduled.as_ref()?;
        (self.trigger.trigger_type == TriggerType::Scheduled).then_some(scheduled)
    }

    pub(crate) fn is_on_demand(&self) -> bool {
        self.trigger.trigger_type == TriggerType::Ondemand
    }

    pub(crate) fn is_active(&self) -> bool {
        self.status == FlowStatus::Active
    }

    /// When something will happen by itself.
    pub(crate) fn due_at(&self) -> Option<Millis> {
        let runs = self
            .active
            .iter()
            .filter_map(|number| self.runs.get(number)?.phase.ends_at());
        runs.chain(self.next_run_at).min()
    }

    /// The last run.
    pub(crate) fn last_run(&self) -> Option<&Run> {
        self.runs.last_key_value().map(|(_, run)| run)
    }

    /// The destination; there is exactly one.
    pub(crate) fn destination(&self) -> Option<&DestinationFlowConfig> {
        self.destinations.first()
    }

    pub(crate) fn destination_type(&self) -> Option<ConnectorType> {
        self.destination()
            .map(|destination| destination.connector_type.clone())
    }

    /// The profiles that it uses.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = &str> {
        let destinations = self.destinations.iter();
        let destinations =
            destinations.filter_map(|config| config.connector_profile_name.as_deref());
        self.source
            .connector_profile_name
            .as_deref()
            .into_iter()
            .chain(destinations)
    }

    /// What is doubtful about it.
    pub(crate) fn doubts(&self, now: Millis) -> Vec<String> {
        doubts(&Plan {
            source: &self.source,
            destinations: &self.destinations,
            tasks: &self.tasks,
            trigger: &self.trigger,
            metadata_catalog: self.metadata_catalog.as_ref(),
            now,
            strict: false,
        })
    }

    /// Puts a run in its place.
    pub(crate) fn insert_run(&mut self, run: Run) {
        if !run.phase.is_over() {
            self.active.insert(run.number);
        } else {
            self.active.remove(&run.number);
        }
        self.runs.insert(run.number, run);
    }
}
