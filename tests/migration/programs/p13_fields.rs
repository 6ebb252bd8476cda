//! Lists the writable fields of an object with their types.

use crate::sdk::Client;
use crate::sdk::types::{ConnectorEntityField, WriteOperationType};
use std::error::Error;

pub async fn run(client: &Client, entity: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let answer = client
        .describe_connector_entity()
        .connector_entity_name(entity)
        .send()
        .await?;
    let writable = |field: &&ConnectorEntityField| {
        field.destination_properties().is_some_and(|properties| {
            properties.is_updatable()
                && properties
                    .supported_write_operations()
                    .contains(&WriteOperationType::Update)
        })
    };
    let described = |field: &ConnectorEntityField| {
        let kind = field
            .supported_field_type_details()
            .and_then(|details| details.v1());
        (
            field.identifier().to_owned(),
            kind.map(|kind| kind.field_type().to_owned())
                .unwrap_or_default(),
        )
    };
    Ok(answer
        .connector_entity_fields()
        .iter()
        .filter(writable)
        .map(described)
        .collect())
}
