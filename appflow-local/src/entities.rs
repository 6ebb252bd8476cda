//! What can be read from and written to a few applications: names and fields, as a small organization has them.

use appflow_sdk::types::ConnectorType;

/// An entity, or a place where more of them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) nested: bool,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKind {
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
    /// Its name.
    pub(crate) fn name(self) -> &'static str {
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
    pub(crate) fn operators(self) -> &'static [&'static str] {
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
    pub(crate) fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Boolean => Some(&["true", "false"]),
            Picklist => Some(&[]),
            _ => None,
        }
    }

    /// Whether a flow can write it.
    pub(crate) fn is_writable(self) -> bool {
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
pub(crate) fn listing(connector: &ConnectorType, path: &str) -> (&'static str, Vec<Entry>) {
    let flat = |names: &[&'static str]| {
        let entries = names.iter().map(|name| Entry {
            name,
            label: name,
            nested: false,
        });
        entries.collect::<Vec<_>>()
    };
    let entry = |name, label, nested| Entry {
        name,
        label,
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
pub(crate) fn fields(connector: &ConnectorType, entity: &str) -> Option<Fields> {
    Some(match (connector, entity) {
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
    })
}

/// What people call a field: `Billing City` for `BillingCity`.
pub(crate) fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        let boundary = character == '_' || (character.is_uppercase() && !label.is_empty());
        if boundary {
            label.push(' ');
        }
        if character != '_' {
            label.push(character);
        }
    }
    label
}
