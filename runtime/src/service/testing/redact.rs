//! Removes secrets from requests and responses, by the schema if the operation is known, as it is for all requests of a
//! client. Members that the model does not define are removed, since they may be secrets.

use crate::client::operation::CalledOperation;
use crate::protocol::payload::payload;
use crate::service::testing::read_input;
use crate::value::codec::{Dialect, value_to_json};
use crate::value::debug::REDACTED;
use crate::value::schema::{Location, MemberSchema, Segment, TargetSchema};
use crate::value::shape::{Structure, Value};
use aws_smithy_types::DateTime;
use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, Uri};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The placeholder of an idempotency token, so that a recording matches the same call with another token.
const TOKEN: &str = "*** Idempotency Token ***";
/// The headers whose values are shown. The list names harmless ones, since a caller may send secrets under any other
/// name.
const SHOWN: [&str; 14] = [
    "age",
    "content-length",
    "content-type",
    "date",
    "location",
    "retry-after",
    "user-agent",
    "x-amz-date",
    "x-amz-request-id",
    "x-amz-retry-after",
    "x-amz-target",
    "x-amzn-errortype",
    "x-amzn-request-id",
    "x-amzn-requestid",
];
/// The minimum length of a secret that is searched for in texts. A shorter one would match parts of any word.
const SHORTEST_SECRET: usize = 4;

/// The visible part of a request or a response.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Redacted {
    /// The path and query, for requests only.
    pub(super) target: String,
    pub(super) headers: BTreeMap<String, String>,
    /// The body; `None` if it cannot be read, so that its secrets are unknown.
    pub(super) body: Option<Json>,
    /// The secrets that were removed.
    pub(super) secrets: Vec<String>,
}

/// Returns a request without its secrets.
pub(super) fn request(
    called: CalledOperation,
    head: &http::request::Parts,
    body: &Bytes,
) -> Redacted {
    let mut input = called.empty_input();
    let read = read_input::read(called, head, body, input.as_mut());
    let mut walk = Walk::default();
    let written = walk.body(input.as_ref());
    walk.bound_secrets(input.as_ref());
    Redacted {
        target: target(called, &head.uri, input.as_ref()),
        headers: shown_headers(&head.headers, input.as_ref()),
        body: read.then_some(written),
        secrets: walk.secrets,
    }
}

/// Returns a response without its secrets and those of its request.
pub(super) fn answer(
    called: CalledOperation,
    head: &Parts,
    body: &Bytes,
    secrets: &[String],
) -> Redacted {
    let protocol = called.service().protocol;
    let mut output = called.empty_output();
    let mut walk = Walk::default();
    let written = if head.status.is_success() {
        let read = protocol.read_response(called.operation(), head, body, output.as_mut());
        read.ok().map(|()| walk.body(output.as_ref()))
    } else {
        // Error shapes are not known here. All errors have a code and a message.
        let document = protocol.read_error(head, body);
        let message = document.message.unwrap_or_default();
        let message = secrets
            .iter()
            .filter(|secret| secret.len() >= SHORTEST_SECRET)
            .fold(message, |text, secret| text.replace(secret, REDACTED));
        Some(serde_json::json!({ "code": document.code, "message": message }))
    };
    Redacted {
        target: String::new(),
        headers: shown_headers(&head.headers, output.as_ref()),
        body: written,
        secrets: walk.secrets,
    }
}

/// Returns the path and query, or only the pattern of the path if a secret is bound to either.
fn target(called: CalledOperation, uri: &Uri, input: &dyn Structure) -> String {
    let is_bound = |member: &MemberSchema| {
        matches!(
            member.location,
            Location::Label | Location::Query(_) | Location::QueryParams
        )
    };
    let mut members = input.schema().members.iter();
    if members.any(|member| member.sensitive && is_bound(member)) {
        let pieces = called.operation().path.iter();
        let pieces = pieces.map(|segment| match segment {
            Segment::Literal(text) => (*text).to_owned(),
            Segment::Label(name) => format!("{{{name}}}"),
            Segment::Greedy(name) => format!("{{{name}+}}"),
        });
        return pieces.collect();
    }
    uri.path_and_query()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn shown_headers(headers: &HeaderMap, structure: &dyn Structure) -> BTreeMap<String, String> {
    let is_bound = |name: &str| {
        let mut members = structure.schema().members.iter();
        members.any(|member| {
            !member.sensitive
                && match member.location {
                    Location::Header(bound) => bound.eq_ignore_ascii_case(name),
                    Location::PrefixHeaders(prefix) => {
                        name.starts_with(&prefix.to_ascii_lowercase())
                    }
                    _ => false,
                }
        })
    };
    let headers = headers.iter();
    let shown = headers.map(|(name, value)| {
        let name = name.as_str();
        let is_shown = (SHOWN.contains(&name) || is_bound(name)) && !value.is_sensitive();
        let text = value.to_str().ok().filter(|_| is_shown);
        (name.to_owned(), text.unwrap_or(REDACTED).to_owned())
    });
    shown.collect()
}

/// The traversal of a value, which collects the secrets that it removes.
#[derive(Default)]
struct Walk {
    secrets: Vec<String>,
}

impl Walk {
    /// Returns the body.
    fn body(&mut self, structure: &dyn Structure) -> Json {
        match payload(structure) {
            Some((index, member)) => {
                let value = structure.member(index);
                self.value(value, member.target, member.sensitive)
            }
            None => self.structure(structure, false),
        }
    }

    /// Collects the secrets outside of the body.
    fn bound_secrets(&mut self, structure: &dyn Structure) {
        for (index, member) in structure.schema().members.iter().enumerate() {
            if member.sensitive && member.location != Location::Body {
                self.value(structure.member(index), member.target, true);
            }
        }
    }

    fn structure(&mut self, structure: &dyn Structure, hidden: bool) -> Json {
        let members = structure.schema().members.iter().enumerate();
        let mut object = Map::new();
        for (index, member) in members {
            let value = structure.member(index);
            if member.location == Location::Body && !value.is_absent() {
                object.insert(
                    member.wire_name.to_owned(),
                    self.member(member, value, hidden),
                );
            }
        }
        Json::Object(object)
    }

    fn member(&mut self, member: &MemberSchema, value: Value<'_>, hidden: bool) -> Json {
        if member.idempotency_token {
            return TOKEN.into();
        }
        self.value(value, member.target, hidden || member.sensitive)
    }

    fn value(
        &mut self,
        value: Value<'_>,
        target: Option<&'static TargetSchema>,
        hidden: bool,
    ) -> Json {
        let element = target.and_then(|target| target.element);
        match value {
            Value::Structure(structure) => self.structure(structure, hidden),
            Value::Union(union) => {
                let variant = union.variant().and_then(|(index, value)| {
                    let member = union.schema().members.get(index)?;
                    let value = self.member(member, value, hidden);
                    Some((member.wire_name.to_owned(), value))
                });
                Json::Object(variant.into_iter().collect())
            }
            Value::List(list) => {
                let elements = (0..list.len()).map(|index| list.element(index));
                let elements = elements.map(|value| self.value(value, element, hidden));
                Json::Array(elements.collect())
            }
            Value::Map(map) => {
                let entries = map.entries().into_iter().enumerate();
                let entries = entries.map(|(position, (key, value))| {
                    let shown = if hidden {
                        self.secrets.push(key.to_owned());
                        format!("{REDACTED} {position}")
                    } else {
                        key.to_owned()
                    };
                    (shown, self.value(value, element, hidden))
                });
                Json::Object(entries.collect())
            }
            value if hidden => self.secret(value, target),
            Value::Absent => Json::Null,
            value => written(value, target),
        }
    }

    /// Returns the placeholder of a secret: a value of the same type, so that the recording can be deserialized.
    fn secret(&mut self, value: Value<'_>, target: Option<&'static TargetSchema>) -> Json {
        match value {
            Value::String(text) => {
                self.secrets.push(text.to_owned());
                REDACTED.into()
            }
            Value::Enum(value) => {
                self.secrets.push(value.wire_value().to_owned());
                REDACTED.into()
            }
            Value::Boolean(_) => false.into(),
            Value::Integer(_) | Value::Float(_) | Value::Double(_) | Value::Number(_) => 0.into(),
            Value::Blob(_) => "".into(),
            Value::Timestamp(_) => written(Value::Timestamp(&DateTime::from_secs(0)), target),
            _ => Json::Null,
        }
    }
}

fn written(value: Value<'_>, target: Option<&'static TargetSchema>) -> Json {
    let json = value_to_json(value, target, Dialect::RESPONSE);
    json.ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}
