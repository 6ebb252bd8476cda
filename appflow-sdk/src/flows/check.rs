//! [`check`]: checks a definition for errors, and for settings without effect.

mod connectors;
mod tasks;
pub(super) mod values;

pub(super) use connectors::{blocks, is_of};

use crate::flows::definition::FlowDefinition;
use crate::flows::schedule;
use crate::types::{DataPullMode, FileType, TriggerType};
use smithy_reqwest::serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// AppFlow accepts it, but it may not have the intended effect.
    Warning,
    /// AppFlow refuses it.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A problem with a definition that is reported before it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Severity of the problem.
    pub severity: Severity,
    /// Path of the member, such as `tasks[2].taskType`; empty if the problem concerns the whole definition.
    pub path: String,
    /// Description of the problem, and its remedy.
    pub message: String,
}

impl Finding {
    pub(super) fn error(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            path: path.into(),
            message: message.into(),
        }
    }

    pub(super) fn warning(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            path: path.into(),
            message: message.into(),
        }
    }

    /// Returns whether the finding is an error, which AppFlow would refuse.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.is_empty() {
            true => f.write_str(&self.message),
            false => write!(f, "{}: {}", self.path, self.message),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 3)?;
        members.serialize_field("severity", &self.severity.to_string())?;
        members.serialize_field("path", &self.path)?;
        members.serialize_field("message", &self.message)?;
        members.end()
    }
}

/// Checks a definition without a call: the constraints of the model, values of enums, connector properties, the
/// trigger, and the tasks. Patterns are checked with the feature `patterns`.
///
/// A flow without errors may still be refused, since the service also checks buckets, profiles and permissions.
pub fn check(definition: &FlowDefinition) -> Vec<Finding> {
    let mut findings = values::check(&definition.to_create_input());
    findings.extend(connectors::check(definition));
    findings.extend(trigger(definition));
    findings.extend(tasks::check(definition));
    findings.extend(catalog_and_format(definition));
    findings
}

fn trigger(definition: &FlowDefinition) -> Vec<Finding> {
    const TRIGGER: &str = "triggerConfig";
    const SCHEDULE: &str = "triggerConfig.triggerProperties.Scheduled";
    let trigger = &definition.trigger_config;
    let properties = trigger.trigger_properties.as_ref();
    let schedule = properties.and_then(|properties| properties.scheduled.as_ref());
    let mut findings = Vec::new();
    match (&trigger.trigger_type, schedule) {
        (TriggerType::Scheduled, None) => findings.push(Finding::error(
            TRIGGER,
            "a scheduled flow needs triggerProperties.Scheduled with a scheduleExpression",
        )),
        (TriggerType::Ondemand | TriggerType::Event, Some(_)) => findings.push(Finding::error(
            TRIGGER,
            "only a scheduled flow has schedule properties",
        )),
        _ => {}
    }
    if definition.is_on_demand() && definition.active {
        findings.push(Finding::warning(
            "active",
            "has no effect: an on-demand flow is always active",
        ));
    }
    let Some(schedule) = schedule else {
        return findings;
    };
    if let Some((severity, message)) = schedule::fault(&schedule.schedule_expression) {
        findings.push(Finding {
            severity,
            path: format!("{SCHEDULE}.scheduleExpression"),
            message,
        });
    }
    let times = schedule.schedule_start_time.zip(schedule.schedule_end_time);
    if times.is_some_and(|(start, end)| end <= start) {
        findings.push(Finding::error(
            format!("{SCHEDULE}.scheduleEndTime"),
            "the schedule ends before it starts",
        ));
    }
    let complete = schedule.data_pull_mode == Some(DataPullMode::Complete);
    if complete && schedule.first_execution_from.is_some() {
        findings.push(Finding::warning(
            format!("{SCHEDULE}.firstExecutionFrom"),
            "has no effect: every run of the mode Complete transfers all records",
        ));
    }
    if complete
        && definition
            .source_flow_config
            .incremental_pull_config
            .is_some()
    {
        findings.push(Finding::warning(
            "sourceFlowConfig.incrementalPullConfig",
            "has no effect: every run of the mode Complete transfers all records",
        ));
    }
    findings
}

fn catalog_and_format(definition: &FlowDefinition) -> Vec<Finding> {
    let mut findings = Vec::new();
    let destinations = definition.destination_flow_config_list.iter().enumerate();
    for (index, destination) in destinations {
        let properties = destination.destination_connector_properties.as_ref();
        let s3 = properties.and_then(|properties| properties.s3.as_ref());
        if s3.is_none() && definition.metadata_catalog_config.is_some() {
            findings.push(Finding::error(
                "metadataCatalogConfig",
                "a metadata catalog needs an S3 destination",
            ));
        }
        let format = s3.and_then(|s3| s3.s3_output_format_config.as_ref());
        let typed = format.and_then(|format| format.preserve_source_data_typing) == Some(true);
        let file_type = format.and_then(|format| format.file_type.as_ref());
        if typed && file_type != Some(&FileType::Parquet) {
            findings.push(Finding::warning(
                format!(
                    "destinationFlowConfigList[{index}].destinationConnectorProperties.S3\
                     .s3OutputFormatConfig.preserveSourceDataTyping"
                ),
                "has no effect: only files of the type PARQUET have types",
            ));
        }
    }
    findings
}
