//! `ListConnectorEntities` and `DescribeConnectorEntity`.

use crate::entities::{self, Connector, Entry, Field};
use crate::functions::{self, Context};
use crate::generated::error;
use crate::messages;
use crate::pagination::PageRequest;
use crate::session::Session;
use appflow_sdk::flows::needs_profile;
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

/// Returns the requested connector: that of the profile, or of the type if it needs no profile.
fn connector(
    session: &Session<'_>,
    profile: Option<&str>,
    connector_type: Option<&ConnectorType>,
) -> Result<Connector, ServiceError> {
    if let Some(name) = profile {
        let found = session
            .scope
            .profiles
            .get(name)
            .ok_or_else(|| messages::no_profile(name))?;
        if connector_type.is_some_and(|wanted| *wanted != found.connector_type) {
            return Err(messages::no_profile(name));
        }
        return Ok(Connector {
            connector_type: found.connector_type.clone(),
            label: found.connector_label.clone(),
        });
    }
    match connector_type {
        Some(connector) if needs_profile(connector) => Err(messages::invalid(format!(
            "connectorProfileName must be given for {connector}."
        ))),
        Some(connector) => Ok(Connector {
            connector_type: connector.clone(),
            label: None,
        }),
        None => Err(messages::invalid(
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
    let profile = input.connector_profile_name();
    if let Some(context) = function_context(session, profile, input.api_version()) {
        return list_with_function(session, input, &context);
    }
    let path = input.entities_path().unwrap_or_default();
    let (group, entries) = entities::listing(session.lifecycle.seeds, &connector, path);
    let label = connector.label.as_deref().unwrap_or_default();
    let request = PageRequest {
        listing: &format!(
            "ListConnectorEntities {} {label} {path}",
            connector.connector_type
        ),
        max_results: input.max_results.or(Some(10_000)),
        next_token: input.next_token(),
    };
    let page = request.page(entries, |entry| entry.name.clone())?;
    let mut output = ListConnectorEntitiesOutput::empty();
    let listed = page.items.into_iter().map(entity).collect();
    output.connector_entity_map.insert(group.to_owned(), listed);
    output.next_token = page.next_token;
    Ok(output)
}

/// Returns the context for the function of a profile, if functions are called.
fn function_context(
    session: &Session<'_>,
    profile: Option<&str>,
    api_version: Option<&str>,
) -> Option<Context> {
    let profile = session.scope.profiles.get(profile?)?;
    let registration = session.called_connector(profile)?;
    Some(registration.context(profile, api_version, None))
}

fn list_with_function(
    session: &Session<'_>,
    input: &ListConnectorEntitiesInput,
    context: &Context,
) -> Result<ListConnectorEntitiesOutput, ServiceError> {
    let (path, token) = (input.entities_path(), input.next_token());
    let request = functions::list_entities(context, path, token, input.max_results);
    let response = session.invoke(&context.function, request)?;
    let entities =
        functions::listed_entities(&response).map_err(error::connector_server_exception)?;
    let mut output = ListConnectorEntitiesOutput::empty();
    output
        .connector_entity_map
        .insert("Objects".to_owned(), entities);
    output.next_token = response["nextToken"].as_str().map(str::to_owned);
    Ok(output)
}

fn entity(entry: Entry) -> ConnectorEntity {
    let mut entity = ConnectorEntity::empty();
    entity.name = entry.name;
    entity.label = Some(entry.label);
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
    let profile = input.connector_profile_name();
    if let Some(context) = function_context(session, profile, input.api_version()) {
        let request = functions::describe_entity(&context, name);
        let response = session.invoke(&context.function, request)?;
        let mut output = DescribeConnectorEntityOutput::empty();
        output.connector_entity_fields =
            functions::described_fields(&response).map_err(error::connector_server_exception)?;
        return Ok(output);
    }
    let fields = entities::fields(session.lifecycle.seeds, &connector, name).ok_or_else(|| {
        error::resource_not_found_exception(format!(
            "Entity {name} of {} does not exist.",
            connector.connector_type
        ))
    })?;
    let mut output = DescribeConnectorEntityOutput::empty();
    output.connector_entity_fields = fields.into_iter().map(field).collect();
    Ok(output)
}

fn field(from: Field) -> ConnectorEntityField {
    let mut details = FieldTypeDetails::empty();
    let is_id = from.field_type == "id";
    details.field_type = from.field_type;
    let operators = from.operators.iter();
    details.filter_operators = operators
        .map(|name| Operator::from(name.as_str()))
        .collect();
    details.supported_values = from.values;
    let mut types = SupportedFieldTypeDetails::empty();
    types.v1 = Some(details);
    let mut source = SourceFieldProperties::empty();
    source.is_retrievable = true;
    source.is_queryable = from.queryable;
    source.is_timestamp_field_for_incremental_queries = from.timestamp;
    let mut destination = DestinationFieldProperties::empty();
    destination.is_creatable = from.writable;
    destination.is_updatable = from.writable;
    destination.is_upsertable = from.writable;
    destination.is_nullable = from.nullable;
    let writes: &[WriteOperationType] = match from.writable {
        _ if is_id => &[WriteOperationType::Update, WriteOperationType::Upsert],
        true => &[
            WriteOperationType::Insert,
            WriteOperationType::Update,
            WriteOperationType::Upsert,
        ],
        false => &[],
    };
    destination.supported_write_operations = Some(writes.to_vec());
    let mut field = ConnectorEntityField::empty();
    field.identifier = from.name;
    field.description = Some(from.label.clone());
    field.label = Some(from.label);
    field.is_primary_key = from.primary_key;
    field.supported_field_type_details = Some(types);
    field.source_properties = Some(source);
    field.destination_properties = Some(destination);
    field
}
