//! Entities of connectors, listed and described.

use crate::entities::{self, Entry, FieldKind};
use crate::pagination::PageRequest;
use crate::rules::blocks;
use crate::session::Session;
use crate::texts;
use appflow_sdk::operation::describe_connector_entity::{
    DescribeConnectorEntityInput, DescribeConnectorEntityOutput,
};
use appflow_sdk::operation::list_connector_entities::{
    ListConnectorEntitiesInput, ListConnectorEntitiesOutput,
};
use appflow_sdk::types::{
    ConnectorEntity, ConnectorEntityField, ConnectorType, DestinationFieldProperties,
    FieldTypeDetails, Operator, SourceFieldProperties, SupportedFieldTypeDetails,
    WriteOperationType,
};
use smithy_reqwest::server::ServiceError;
use smithy_reqwest::shape::Shape;

/// The connector that is meant: that of the profile, or of the type when it needs no profile.
fn connector(
    session: &Session<'_>,
    profile: Option<&str>,
    connector_type: Option<&ConnectorType>,
) -> Result<ConnectorType, ServiceError> {
    if let Some(name) = profile {
        let found = session
            .scope
            .profiles
            .get(name)
            .ok_or_else(|| texts::no_profile(name))?;
        if connector_type.is_some_and(|wanted| *wanted != found.connector_type) {
            return Err(texts::no_profile(name));
        }
        return Ok(found.connector_type.clone());
    }
    match connector_type {
        Some(connector) if blocks::needs_profile(connector) => Err(texts::invalid(format!(
            "connectorProfileName must be given for {connector}."
        ))),
        Some(connector) => Ok(connector.clone()),
        None => Err(texts::invalid(
            "connectorProfileName or connectorType must be given.",
        )),
    }
}

pub(crate) fn list(
    session: &Session<'_>,
    input: &ListConnectorEntitiesInput,
) -> Result<ListConnectorEntitiesOutput, ServiceError> {
    let connector = connector(
        session,
        input.connector_profile_name(),
        input.connector_type.as_ref(),
    )?;
    let path = input.entities_path().unwrap_or_default();
    let (group, mut entries) = entities::listing(&connector, path);
    entries.sort_by_key(|entry| entry.name);
    let request = PageRequest {
        listing: &format!("ListConnectorEntities {connector} {path}"),
        max_results: input.max_results.or(Some(10_000)),
        next_token: input.next_token(),
    };
    let page = request.page(entries, |entry| entry.name.to_owned())?;
    let mut output = ListConnectorEntitiesOutput::empty();
    let listed = page.items.into_iter().map(entity).collect();
    output.connector_entity_map.insert(group.to_owned(), listed);
    output.next_token = page.next_token;
    Ok(output)
}

fn entity(entry: Entry) -> ConnectorEntity {
    let mut entity = ConnectorEntity::empty();
    entity.name = entry.name.to_owned();
    entity.label = Some(entry.label.to_owned());
    entity.has_nested_entities = entry.nested;
    entity
}

pub(crate) fn describe(
    session: &Session<'_>,
    input: &DescribeConnectorEntityInput,
) -> Result<DescribeConnectorEntityOutput, ServiceError> {
    let connector = connector(
        session,
        input.connector_profile_name(),
        input.connector_type.as_ref(),
    )?;
    let name = input.connector_entity_name().unwrap_or_default();
    let fields = entities::fields(&connector, name).ok_or_else(|| {
        crate::generated::error::resource_not_found_exception(format!(
            "Entity {name} of {connector} does not exist."
        ))
    })?;
    let mut output = DescribeConnectorEntityOutput::empty();
    output.connector_entity_fields = fields
        .iter()
        .map(|(name, kind)| field(name, *kind))
        .collect();
    Ok(output)
}

fn field(name: &str, kind: FieldKind) -> ConnectorEntityField {
    let mut details = FieldTypeDetails::empty();
    details.field_type = kind.name().to_owned();
    details.filter_operators = kind
        .operators()
        .iter()
        .map(|name| Operator::from(*name))
        .collect();
    details.supported_values = kind
        .values()
        .map(|values| values.iter().map(|value| (*value).to_owned()).collect());
    let mut types = SupportedFieldTypeDetails::empty();
    types.v1 = Some(details);
    let mut source = SourceFieldProperties::empty();
    source.is_retrievable = true;
    source.is_queryable = kind != FieldKind::Address;
    source.is_timestamp_field_for_incremental_queries = kind == FieldKind::Datetime;
    let mut destination = DestinationFieldProperties::empty();
    let writable = kind.is_writable();
    destination.is_creatable = writable;
    destination.is_updatable = writable;
    destination.is_upsertable = writable;
    destination.is_nullable = writable && name != "Name";
    let writes: &[WriteOperationType] = match kind {
        FieldKind::Id => &[WriteOperationType::Update, WriteOperationType::Upsert],
        _ if writable => &[
            WriteOperationType::Insert,
            WriteOperationType::Update,
            WriteOperationType::Upsert,
        ],
        _ => &[],
    };
    destination.supported_write_operations = Some(writes.to_vec());
    let mut field = ConnectorEntityField::empty();
    field.identifier = name.to_owned();
    field.label = Some(entities::label(name));
    field.description = Some(entities::label(name));
    field.is_primary_key = kind == FieldKind::Id;
    field.supported_field_type_details = Some(types);
    field.source_properties = Some(source);
    field.destination_properties = Some(destination);
    field
}
