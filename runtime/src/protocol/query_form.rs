//! [`Form`]: the request of a query protocol, which has a parameter for each simple value of the input.

#[cfg(any(feature = "server", feature = "test-util"))]
pub(super) mod read;

use super::xml::{is_flattened, name_of, part_name};
use crate::http::percent::COMPONENT;
use crate::protocol::text::to_text;
use crate::protocol::{RequestParts, ServiceSchema, WriteError, http_binding};
use crate::value::schema::{MemberSchema, OperationSchema, TargetSchema, TimestampFormat};
use crate::value::shape::{Structure, Value};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use percent_encoding::utf8_percent_encode;
use std::borrow::Cow;

/// The differences between the query protocols.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// The function that returns the name of a member.
    pub(super) name: fn(&MemberSchema) -> Cow<'static, str>,
    /// `true` if all lists are flattened.
    pub(super) flattens: bool,
    /// `true` if an empty list is sent as an empty parameter.
    pub(super) empty_lists: bool,
}

/// The protocol `aws.protocols#awsQuery`.
pub(super) const AWS_QUERY: Dialect = Dialect {
    name: |member| Cow::Borrowed(name_of(member)),
    flattens: false,
    empty_lists: true,
};

/// The protocol `aws.protocols#ec2Query`: members have separate names for queries, or begin with a capital letter.
pub(super) const EC2_QUERY: Dialect = Dialect {
    name: ec2_name,
    flattens: true,
    empty_lists: false,
};

fn ec2_name(member: &MemberSchema) -> Cow<'static, str> {
    if let Some(name) = member.carried.text("aws.protocols#ec2QueryName") {
        return Cow::Borrowed(name);
    }
    let name = name_of(member);
    let mut characters = name.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => {
            let capital = first.to_uppercase().chain(characters);
            Cow::Owned(capital.collect())
        }
        _ => Cow::Borrowed(name),
    }
}

/// Writes the request of a call.
pub(super) fn write_request(
    dialect: Dialect,
    service: &ServiceSchema,
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<RequestParts, WriteError> {
    let mut form = Form {
        text: String::with_capacity(256),
        dialect,
    };
    form.push("Action", operation.name);
    form.push("Version", service.version);
    form.structure("", input);
    let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    Ok(RequestParts {
        target: "/".to_owned(),
        headers: HeaderMap::from_iter([(CONTENT_TYPE, form_type)]),
        body: form.text.into(),
        stream: None,
        host_prefix: http_binding::write_host_prefix(operation, input)?,
    })
}

/// The parameters that have been written.
struct Form {
    text: String,
    dialect: Dialect,
}

impl Form {
    fn push(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.extend(utf8_percent_encode(name, COMPONENT));
        self.text.push('=');
        self.text.extend(utf8_percent_encode(value, COMPONENT));
    }

    /// Adds the members, each with `prefix` before its name.
    fn structure(&mut self, prefix: &str, structure: &dyn Structure) {
        for (index, member) in structure.schema().members.iter().enumerate() {
            self.member(prefix, member, structure.member(index));
        }
    }

    fn member(&mut self, prefix: &str, member: &'static MemberSchema, value: Value<'_>) {
        if value.is_absent() {
            return;
        }
        let name = format!("{prefix}{}", (self.dialect.name)(member));
        let flattened = self.dialect.flattens || is_flattened(member);
        self.value(&name, flattened, value, member.target);
    }

    fn value(
        &mut self,
        name: &str,
        flattened: bool,
        value: Value<'_>,
        target: Option<&'static TargetSchema>,
    ) {
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(&format!("{name}."), structure),
            Value::Union(union) => {
                if let Some((index, value)) = union.variant()
                    && let Some(member) = union.schema().members.get(index)
                {
                    self.member(&format!("{name}."), member, value);
                }
            }
            Value::List(list) if list.is_empty() => {
                if self.dialect.empty_lists {
                    self.push(name, "");
                }
            }
            Value::List(list) => {
                let list_name = match flattened {
                    true => Cow::Borrowed(name),
                    false => Cow::Owned(format!("{name}.{}", part_name(element, "member"))),
                };
                for index in 0..list.len() {
                    let name = format!("{list_name}.{}", index + 1);
                    self.value(&name, self.dialect.flattens, list.element(index), element);
                }
            }
            // An empty map is not sent.
            Value::Map(map) => {
                let key_name = part_name(target.and_then(|target| target.key), "key");
                let entry = if flattened { "" } else { ".entry" };
                for (index, (key, value)) in map.entries().into_iter().enumerate() {
                    let name = format!("{name}{entry}.{}", index + 1);
                    self.push(&format!("{name}.{key_name}"), key);
                    let name = format!("{name}.{}", part_name(element, "value"));
                    self.value(&name, self.dialect.flattens, value, element);
                }
            }
            simple => {
                if let Some(text) = to_text(&simple, target, TimestampFormat::DateTime) {
                    self.push(name, &text);
                }
            }
        }
    }
}
