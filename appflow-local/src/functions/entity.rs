//! Converts the entities and fields that functions return into those of the API.

use super::configuration::without_nulls;
use appflow_sdk::types::{ConnectorEntity, ConnectorEntityField};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Returns the entities in a response to `ListEntitiesRequest`.
///
/// # Errors
///
/// Returns a message with the name of the member if one is missing or has the wrong type.
pub(crate) fn listed_entities(response: &Value) -> Result<Vec<ConnectorEntity>, String> {
    let entity = |from: &Value| {
        json!({
            "name": from["entityIdentifier"], "label": from["label"],
            "hasNestedEntities": from["hasNestedEntities"],
        })
    };
    read_all(&response["entities"], "entities", entity)
}

/// Returns the fields in a response to `DescribeEntityRequest`.
///
/// # Errors
///
/// Returns a message with the name of the member if one is missing or has the wrong type.
pub(crate) fn described_fields(response: &Value) -> Result<Vec<ConnectorEntityField>, String> {
    let fields = &response["entityDefinition"]["fields"];
    read_all(fields, "entityDefinition.fields", field)
}

fn read_all<T: DeserializeOwned>(
    list: &Value,
    name: &str,
    convert: impl Fn(&Value) -> Value,
) -> Result<Vec<T>, String> {
    let elements = match list {
        Value::Null => return Ok(Vec::new()),
        Value::Array(elements) => elements,
        _ => return Err(format!("{name} is not a list")),
    };
    let read = |(position, element): (usize, &Value)| {
        serde_json::from_value(without_nulls(convert(element)))
            .map_err(|error| format!("{name}[{position}]: {error}"))
    };
    elements.iter().enumerate().map(read).collect()
}

fn field(from: &Value) -> Value {
    let (reads, writes) = (&from["readProperties"], &from["writeProperties"]);
    json!({
        "identifier": from["fieldName"], "label": from["label"], "description": from["description"],
        "isPrimaryKey": from["isPrimaryKey"], "defaultValue": from["defaultValue"],
        "isDeprecated": from["isDeprecated"],
        "supportedFieldTypeDetails": {"v1": field_type(from)},
        "sourceProperties": {
            "isRetrievable": reads["isRetrievable"], "isQueryable": reads["isQueryable"],
            "isTimestampFieldForIncrementalQueries": reads["isTimestampFieldForIncrementalQueries"],
        },
        "destinationProperties": {
            "isCreatable": writes["isCreatable"], "isNullable": writes["isNullable"],
            "isUpsertable": writes["isUpsertable"], "isUpdatable": writes["isUpdatable"],
            "isDefaultedOnCreate": writes["isDefaultedOnCreate"],
            "supportedWriteOperations": writes["supportedWriteOperations"],
        },
        "customProperties": strings(&from["customProperties"]),
    })
}

fn field_type(from: &Value) -> Value {
    let limits = &from["constraints"];
    let range = |range: &Value| match range {
        Value::Null => Value::Null,
        range => {
            json!({"minimum": number(&range["minRange"]), "maximum": number(&range["maxRange"])})
        }
    };
    json!({
        "fieldType": from["dataType"],
        // The member is required in the API, and optional in the protocol.
        "filterOperators": if from["filterOperators"].is_null() { json!([]) } else { from["filterOperators"].clone() },
        "supportedValues": limits["allowedValues"], "valueRegexPattern": limits["allowedValuesRegexPattern"],
        "supportedDateFormat": limits["allowedDateFormat"],
        "fieldValueRange": range(&limits["allowedValueRange"]),
        "fieldLengthRange": range(&limits["allowedLengthRange"]),
    })
}

/// Converts a number. Some functions write numbers as strings, since JSON has no decimals of arbitrary length.
fn number(value: &Value) -> Value {
    let text = value.as_str().and_then(|text| text.parse::<f64>().ok());
    text.map_or_else(|| value.clone(), Value::from)
}

/// Converts the members of an object into strings. Values of other types become their JSON.
fn strings(value: &Value) -> Value {
    let Value::Object(members) = value else {
        return Value::Null;
    };
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let members = members
        .iter()
        .map(|(name, value)| (name.clone(), json!(text(value))));
    Value::Object(members.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_entities_become_those_of_the_api() {
        let response = json!({"entityDefinition": {"fields": [{
            "fieldName": "Id", "dataType": "String", "label": "Id", "isPrimaryKey": true, "filterOperators": null,
            "constraints": {"allowedLengthRange": {"minRange": "1", "maxRange": 18}, "allowedValues": ["a"]},
            "readProperties": {"isQueryable": true, "isTimestampFieldForIncrementalQueries": null},
            "writeProperties": {"isUpsertable": true, "supportedWriteOperations": ["UPSERT"]},
            "customProperties": {"n": 1, "t": "x"},
        }]}});
        let fields = described_fields(&response).unwrap();
        let field = serde_json::to_value(&fields[0]).unwrap();
        for (pointer, expected) in [
            ("/identifier", json!("Id")),
            ("/supportedFieldTypeDetails/v1/fieldType", json!("String")),
            (
                "/supportedFieldTypeDetails/v1/fieldLengthRange/minimum",
                json!(1.0),
            ),
            (
                "/supportedFieldTypeDetails/v1/supportedValues/0",
                json!("a"),
            ),
            ("/sourceProperties/isQueryable", json!(true)),
            (
                "/destinationProperties/supportedWriteOperations/0",
                json!("UPSERT"),
            ),
            ("/customProperties/n", json!("1")),
        ] {
            assert_eq!(
                field.pointer(pointer),
                Some(&expected),
                "{pointer}: {field}"
            );
        }
        let response = json!({"entities": [{"entityIdentifier": "Account", "hasNestedEntities": true, "label": null}]});
        let entities = listed_entities(&response).unwrap();
        assert_eq!(
            (entities[0].name.as_str(), entities[0].has_nested_entities),
            ("Account", true)
        );
    }

    #[test]
    fn a_wrong_member_is_named() {
        let fault = listed_entities(&json!({"entities": [{"entityIdentifier": 5}]})).unwrap_err();
        assert!(fault.starts_with("entities[0]: "), "{fault}");
        assert_eq!(
            listed_entities(&json!({"entities": {}})).unwrap_err(),
            "entities is not a list"
        );
        assert_eq!(listed_entities(&json!({})).unwrap(), []);
    }
}
