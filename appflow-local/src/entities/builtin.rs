//! The built-in entities of a few applications: names and fields, as a small organization has them.

use super::{Entry, Field, label};
use appflow_sdk::types::ConnectorType;

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldKind {
    Id,
    Reference,
    Text,
    Textarea,
    Picklist,
    Boolean,
    Double,
    Datetime,
    Address,
}

use FieldKind::{Address, Boolean, Datetime, Double, Id, Picklist, Reference, Text, Textarea};

impl FieldKind {
    /// Returns the kind with this name; the numeric types of all applications count as doubles, and what is not known as
    /// text.
    pub(super) fn of(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "id" => Id,
            "reference" => Reference,
            "textarea" => Textarea,
            "picklist" => Picklist,
            "boolean" => Boolean,
            "double" | "float" | "decimal" | "integer" | "int" | "long" | "currency"
            | "percent" => Double,
            "datetime" | "date" | "timestamp" => Datetime,
            "address" => Address,
            _ => Text,
        }
    }

    /// Returns a field of this kind.
    pub(super) fn field(self, name: &str) -> Field {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        Field {
            name: name.to_owned(),
            label: label(name),
            field_type: self.name().to_owned(),
            operators: owned(self.operators()),
            values: self.values().map(owned),
            queryable: self != Address,
            timestamp: self == Datetime,
            primary_key: self == Id,
            writable: self.is_writable(),
            nullable: self.is_writable() && name != "Name",
        }
    }

    /// Its name.
    fn name(self) -> &'static str {
        match self {
            Id => "id",
            Reference => "reference",
            Text => "string",
            Textarea => "textarea",
            Picklist => "picklist",
            Boolean => "boolean",
            Double => "double",
            Datetime => "datetime",
            Address => "address",
        }
    }

    /// How it can be filtered by.
    fn operators(self) -> &'static [&'static str] {
        match self {
            Text => &["CONTAINS", "EQUAL_TO", "NOT_EQUAL_TO"],
            Double => &[
                "NOT_EQUAL_TO",
                "EQUAL_TO",
                "LESS_THAN",
                "LESS_THAN_OR_EQUAL_TO",
                "GREATER_THAN",
                "GREATER_THAN_OR_EQUAL_TO",
            ],
            Datetime => &["EQUAL_TO", "BETWEEN", "LESS_THAN", "GREATER_THAN"],
            _ => &["EQUAL_TO"],
        }
    }

    /// Its values, where they are listed.
    fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Boolean => Some(&["true", "false"]),
            Picklist => Some(&[]),
            _ => None,
        }
    }

    /// Whether a flow can write it.
    fn is_writable(self) -> bool {
        !matches!(self, Id | Address | Datetime)
    }
}

type Fields = &'static [(&'static str, FieldKind)];

const ACCOUNT: Fields = &[
    ("Id", Id),
    ("IsDeleted", Boolean),
    ("MasterRecordId", Reference),
    ("Name", Text),
    ("Type", Picklist),
    ("ParentId", Reference),
    ("BillingStreet", Textarea),
    ("BillingCity", Text),
    ("BillingLatitude", Double),
    ("BillingLongitude", Double),
    ("BillingGeocodeAccuracy", Picklist),
    ("BillingAddress", Address),
    ("LastModifiedDate", Datetime),
];
const CONTACT: Fields = &[
    ("Id", Id),
    ("AccountId", Reference),
    ("Name", Text),
    ("FirstName", Text),
    ("LastName", Text),
    ("Email", Text),
    ("MailingAddress", Address),
    ("LastModifiedDate", Datetime),
];
const OPPORTUNITY: Fields = &[
    ("Id", Id),
    ("AccountId", Reference),
    ("Name", Text),
    ("StageName", Picklist),
    ("Amount", Double),
    ("IsClosed", Boolean),
    ("LastModifiedDate", Datetime),
];
const TICKET: Fields = &[
    ("id", Id),
    ("subject", Text),
    ("description", Textarea),
    ("status", Picklist),
    ("updated_at", Datetime),
];
const INCIDENT: Fields = &[
    ("sys_id", Id),
    ("number", Text),
    ("short_description", Text),
    ("active", Boolean),
    ("sys_updated_on", Datetime),
];
const MESSAGE: Fields = &[
    ("client_msg_id", Id),
    ("user", Reference),
    ("text", Text),
    ("ts", Datetime),
];
const OBJECT: Fields = &[
    ("id", Id),
    ("name", Text),
    ("active", Boolean),
    ("amount", Double),
    ("updatedAt", Datetime),
];

/// The entities of a connector below a path, and the name of their group.
pub(super) fn listing(connector: &ConnectorType, path: &str) -> (&'static str, Vec<Entry>) {
    let flat = |names: &[&str]| {
        let entries = names.iter().map(|name| Entry {
            name: (*name).to_owned(),
            label: (*name).to_owned(),
            nested: false,
        });
        entries.collect::<Vec<_>>()
    };
    let entry = |name: &str, label: &str, nested| Entry {
        name: name.to_owned(),
        label: label.to_owned(),
        nested,
    };
    match (connector, path) {
        (ConnectorType::Slack, "") => (
            "Objects",
            vec![entry("conversations", "Conversations", true)],
        ),
        (ConnectorType::Slack, "conversations") => (
            "Channels",
            vec![
                entry("conversations/C0000000001", "general", false),
                entry("conversations/C0000000002", "random", false),
            ],
        ),
        (_, path) if !path.is_empty() => ("Objects", Vec::new()),
        (ConnectorType::Salesforce, _) => ("Objects", flat(&["Account", "Contact", "Opportunity"])),
        (ConnectorType::Zendesk, _) => ("Objects", flat(&["tickets", "users"])),
        (ConnectorType::Servicenow, _) => ("Objects", flat(&["incident", "problem"])),
        (ConnectorType::Customconnector, _) => ("Objects", flat(&["object"])),
        _ => ("Objects", Vec::new()),
    }
}

/// The fields of an entity, if there is such an entity.
pub(super) fn fields(connector: &ConnectorType, entity: &str) -> Option<Vec<Field>> {
    let fields: Fields = match (connector, entity) {
        (ConnectorType::Salesforce, "Account") => ACCOUNT,
        (ConnectorType::Salesforce, "Contact") => CONTACT,
        (ConnectorType::Salesforce, "Opportunity") => OPPORTUNITY,
        (ConnectorType::Zendesk, "tickets" | "users") => TICKET,
        (ConnectorType::Servicenow, "incident" | "problem") => INCIDENT,
        (ConnectorType::Slack, "conversations/C0000000001" | "conversations/C0000000002") => {
            MESSAGE
        }
        (ConnectorType::Customconnector, "object") => OBJECT,
        _ => return None,
    };
    Some(fields.iter().map(|(name, kind)| kind.field(name)).collect())
}
