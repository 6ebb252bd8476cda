//! A flow as a whole: its ends, trigger, tasks and catalog, each checked by its own rules.

use crate::catalogue;
use crate::clock::Millis;
use crate::reflect;
use crate::rules::{blocks, doubts, tasks, trigger};
use crate::state::Scope;
use crate::texts;
use appflow_sdk::flows::{FIXED_MEMBERS, needs_profile};
use appflow_sdk::types::{
    ConnectorType, DestinationFlowConfig, FileType, MetadataCatalogConfig, SourceFlowConfig, Task,
    TriggerConfig, WriteOperationType,
};
use smithy_reqwest::server::ServiceError;
use smithy_reqwest::shape::Structure;

/// What a flow is to be.
pub(crate) struct Plan<'a> {
    pub(crate) source: &'a SourceFlowConfig,
    pub(crate) destinations: &'a [DestinationFlowConfig],
    pub(crate) tasks: &'a [Task],
    pub(crate) trigger: &'a TriggerConfig,
    pub(crate) metadata_catalog: Option<&'a MetadataCatalogConfig>,
    /// When it is asked for.
    pub(crate) now: Millis,
    /// Whether what is doubtful is refused, too.
    pub(crate) strict: bool,
}

/// Checks a plan; `request` is how the service calls what was asked for: `Create Flow` or `Update Flow`.
pub(crate) fn check(plan: &Plan<'_>, scope: &Scope, request: &str) -> Result<(), ServiceError> {
    let mut objections = Vec::new();
    let [destination] = plan.destinations else {
        let message = format!(
            "{request} request failed: [Exactly one destination must be given, not {}]",
            plan.destinations.len()
        );
        return Err(texts::invalid(message));
    };
    objections.extend(ends(plan.source, destination));
    objections.extend(trigger::objection(
        plan.trigger,
        &plan.source.connector_type,
        plan.now,
    ));
    objections.extend(tasks::objections(
        plan.tasks,
        &plan.source.connector_type,
        &destination.connector_type,
    ));
    let to_s3 = destination.connector_type == ConnectorType::S3;
    if plan
        .metadata_catalog
        .is_some_and(|catalog| catalog.glue_data_catalog.is_some())
        && !to_s3
    {
        objections.push("A metadata catalog needs an S3 destination".to_owned());
    }
    if plan.strict {
        objections.extend(doubts::doubts(plan));
    }
    if !objections.is_empty() {
        let list = objections.join(", ");
        return Err(texts::invalid(format!(
            "{request} request failed: [{list}]"
        )));
    }
    let source = (
        &plan.source.connector_type,
        &plan.source.connector_profile_name,
    );
    let destination = (
        &destination.connector_type,
        &destination.connector_profile_name,
    );
    for (connector, profile) in [source, destination] {
        check_profile(scope, connector, profile.as_deref(), request)?;
    }
    Ok(())
}

/// What is wrong with source and destination, each by itself and together.
fn ends(source: &SourceFlowConfig, destination: &DestinationFlowConfig) -> Vec<String> {
    let mut found = Vec::new();
    // Validation has seen to it that they are there.
    let source_properties = source
        .source_connector_properties
        .clone()
        .unwrap_or_default();
    let destination_properties = destination
        .destination_connector_properties
        .clone()
        .unwrap_or_default();
    let pairs: [(&ConnectorType, &dyn Structure, &str); 2] = [
        (&source.connector_type, &source_properties, "source"),
        (
            &destination.connector_type,
            &destination_properties,
            "destination",
        ),
    ];
    for (connector, properties, end) in pairs {
        if blocks::has_place(properties, connector) {
            found.extend(blocks::objection(
                properties,
                connector,
                &format!("The {end} connector properties"),
                true,
            ));
        } else {
            found.push(format!("{connector} cannot be the {end} of a flow"));
        }
    }
    let (from, to) = (&source.connector_type, &destination.connector_type);
    if *to == ConnectorType::Eventbridge && *from != ConnectorType::Salesforce {
        found.push("An EventBridge destination needs a Salesforce source".to_owned());
    } else if blocks::has_place(&destination_properties, to) && !catalogue::can_go_to(from, to) {
        found.push(format!("A flow from {from} cannot go to {to}"));
    }
    let file_type = destination_properties
        .s3
        .as_ref()
        .and_then(|s3| s3.s3_output_format_config.as_ref()?.file_type.as_ref());
    if *from == ConnectorType::Googleanalytics
        && file_type.is_some_and(|file_type| *file_type != FileType::Json)
    {
        found.push("Googleanalytics can be written to S3 as JSON only".to_owned());
    }
    let salesforce = destination_properties.salesforce.as_ref();
    let upserts_blindly = salesforce.is_some_and(|salesforce| {
        salesforce.write_operation_type == Some(WriteOperationType::Upsert)
            && salesforce.id_field_names.as_ref().is_none_or(Vec::is_empty)
    });
    if upserts_blindly {
        found.push("The UPSERT write operation needs idFieldNames".to_owned());
    }
    found
}

/// A profile must be there, and be one of the connector that it is used for.
fn check_profile(
    scope: &Scope,
    connector: &ConnectorType,
    profile: Option<&str>,
    request: &str,
) -> Result<(), ServiceError> {
    if !needs_profile(connector) {
        // A profile name at S3 and its like is tolerated.
        return Ok(());
    }
    let Some(name) = profile else {
        let message = format!(
            "{request} request failed: [A connector profile must be given for {connector}]"
        );
        return Err(texts::invalid(message));
    };
    let found = scope.profiles.get(name);
    if found.is_some_and(|found| found.connector_type == *connector) {
        Ok(())
    } else {
        Err(texts::no_profile(name))
    }
}

/// What a flow reads or writes at one of its ends: this must not change.
pub(crate) fn object_of<T: Structure>(
    properties: &Option<T>,
    connector: &ConnectorType,
) -> Vec<(&'static str, String)> {
    let properties = properties.as_ref();
    let Some(block) = properties.and_then(|properties| blocks::block(properties, connector)) else {
        return Vec::new();
    };
    FIXED_MEMBERS
        .into_iter()
        .filter_map(|name| Some((name, reflect::text(block, name)?.to_owned())))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
