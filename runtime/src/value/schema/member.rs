//! [`MemberSchema`]: the schema of a member: its names, its location, and its traits.

use crate::value::schema::{CarriedTraits, TargetSchema};

/// The schema of a member of a structure or union.
#[derive(Debug)]
#[non_exhaustive]
pub struct MemberSchema {
    /// The name in the model, which the AWS CLI uses too.
    pub name: &'static str,
    /// The name in the document body: that of `smithy.api#jsonName` if the protocol uses it, and the name in the model
    /// otherwise.
    pub wire_name: &'static str,
    /// The name of the Rust field.
    pub field: &'static str,
    /// The location in a request or response.
    pub location: Location,
    /// `true` if the member has `smithy.api#required`, and no default that replaces it.
    pub required: bool,
    /// `true` if any part of the member, at any depth, must not be printed.
    pub sensitive: bool,
    /// `true` if the member has `smithy.api#idempotencyToken`.
    pub idempotency_token: bool,
    /// `true` if zero, `false` or an empty value is not sent in requests: it is the default of the member's type.
    pub zero_default: bool,
    /// `true` for a payload that is sent as an empty document if it is absent: a structure.
    pub empty_document: bool,
    /// `true` if the member is absent if its header cannot be read.
    pub lenient: bool,
    /// The constraints and formats of the target, if there are any.
    pub target: Option<&'static TargetSchema>,
    /// The traits of the member that only the protocol reads.
    pub carried: &'static CarriedTraits,
    /// `true` if the name in the document body needs no escapes in JSON.
    pub(crate) has_plain_name: bool,
}

/// The location of a member in a request or response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// The document body.
    Body,
    /// The path, with `smithy.api#httpLabel`, under the name of the member.
    Label,
    /// The query parameter with this name, with `smithy.api#httpQuery`.
    Query(&'static str),
    /// The query string, with `smithy.api#httpQueryParams`: every entry is a query parameter.
    QueryParams,
    /// The header with this name, with `smithy.api#httpHeader`.
    Header(&'static str),
    /// The headers with this prefix, with `smithy.api#httpPrefixHeaders`: every entry is a header.
    PrefixHeaders(&'static str),
    /// The whole body, with `smithy.api#httpPayload`.
    Payload,
    /// The status of the response, with `smithy.api#httpResponseCode`.
    ResponseCode,
    /// The header of an event with the name of the member, with `smithy.api#eventHeader`.
    EventHeader,
    /// The whole payload of an event, with `smithy.api#eventPayload`.
    EventPayload,
}

impl MemberSchema {
    /// Creates the schema of a member of the document body, named `name` in the model and `field` in Rust.
    pub const fn new(name: &'static str, field: &'static str) -> Self {
        Self {
            name,
            wire_name: name,
            field,
            location: Location::Body,
            required: false,
            sensitive: false,
            idempotency_token: false,
            zero_default: false,
            empty_document: false,
            lenient: false,
            target: None,
            carried: CarriedTraits::NONE,
            has_plain_name: is_plain(name),
        }
    }

    /// Sets the name in the document body.
    pub const fn wire_name(mut self, wire_name: &'static str) -> Self {
        self.wire_name = wire_name;
        self.has_plain_name = is_plain(wire_name);
        self
    }

    /// Sets the location.
    pub const fn at(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// Marks the member as required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marks the member as sensitive, so that its value is never printed.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Marks the member as the idempotency token, which is generated if it is absent.
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Marks the zero value as the default of the member's type, which requests leave out.
    pub const fn zero_default(mut self) -> Self {
        self.zero_default = true;
        self
    }

    /// Marks the member as a payload that is sent as an empty document if it is absent.
    pub const fn empty_document(mut self) -> Self {
        self.empty_document = true;
        self
    }

    /// Marks the member as one that is absent if its header cannot be read.
    pub const fn lenient(mut self) -> Self {
        self.lenient = true;
        self
    }

    /// Sets the schema of the target.
    pub const fn target(mut self, target: &'static TargetSchema) -> Self {
        self.target = Some(target);
        self
    }

    /// Adds the traits that only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }
}

/// Returns whether a text needs no escapes in JSON.
const fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first < b' ' || *first == b'"' || *first == b'\\' {
            return false;
        }
        rest = after;
    }
    true
}
