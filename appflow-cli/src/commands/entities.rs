//! `appflow entities`: lists the entities of a connector, or the fields of one.

use crate::Done;
use crate::arguments::{Entities, Global};
use crate::connect::Connection;
use crate::output;
use anyhow::Result;
use appflow_sdk::types::ConnectorType;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntityRow {
    group: String,
    name: String,
    label: Option<String>,
    has_nested_entities: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldRow {
    identifier: String,
    label: Option<String>,
    field_type: Option<String>,
}

pub(crate) async fn run(global: &Global, arguments: &Entities) -> Result<Done> {
    let connection = Connection::open(global).await?;
    match &arguments.fields {
        Some(entity) => fields(global, &connection, arguments, entity).await?,
        None => entities(global, &connection, arguments).await?,
    }
    Ok(Done::Complete)
}

fn connector(arguments: &Entities) -> Option<ConnectorType> {
    arguments.connector.as_deref().map(ConnectorType::from)
}

async fn entities(global: &Global, connection: &Connection, arguments: &Entities) -> Result<()> {
    let mut rows = Vec::new();
    let mut token = None;
    loop {
        let page = connection
            .client()
            .list_connector_entities()
            .set_connector_profile_name(arguments.profile.clone())
            .set_connector_type(connector(arguments))
            .set_api_version(arguments.api_version.clone())
            .set_entities_path(arguments.below.clone())
            .set_next_token(token)
            .send()
            .await?;
        for (group, entities) in page.connector_entity_map {
            rows.extend(entities.into_iter().map(|entity| EntityRow {
                group: group.clone(),
                name: entity.name,
                label: entity.label,
                has_nested_entities: entity.has_nested_entities,
            }));
        }
        token = page.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            break;
        }
    }
    rows.sort_by(|one, other| (&one.group, &one.name).cmp(&(&other.group, &other.name)));
    let cells: Vec<[String; 3]> = rows
        .iter()
        .map(|row| {
            let more = if row.has_nested_entities { "…" } else { "" };
            [
                row.name.clone(),
                row.label.clone().unwrap_or_default(),
                more.to_owned(),
            ]
        })
        .collect();
    output::either(
        global.output,
        &rows,
        output::table(["ENTITY", "LABEL", ""], &cells),
    )
}

async fn fields(
    global: &Global,
    connection: &Connection,
    arguments: &Entities,
    entity: &str,
) -> Result<()> {
    let described = connection
        .client()
        .describe_connector_entity()
        .connector_entity_name(entity)
        .set_connector_profile_name(arguments.profile.clone())
        .set_connector_type(connector(arguments))
        .set_api_version(arguments.api_version.clone())
        .send()
        .await?;
    let rows: Vec<FieldRow> = described
        .connector_entity_fields
        .into_iter()
        .map(|field| FieldRow {
            identifier: field.identifier,
            label: field.label,
            field_type: field
                .supported_field_type_details
                .and_then(|details| details.v1)
                .map(|details| details.field_type),
        })
        .collect();
    let cells: Vec<[String; 3]> = rows
        .iter()
        .map(|row| {
            [
                row.identifier.clone(),
                row.field_type.clone().unwrap_or_default(),
                row.label.clone().unwrap_or_default(),
            ]
        })
        .collect();
    output::either(
        global.output,
        &rows,
        output::table(["FIELD", "TYPE", "LABEL"], &cells),
    )
}
