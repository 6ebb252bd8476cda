//! [`MemberSchema`]: one member of a structure: its names, where it travels, and what holds for it.

use crate::value::schema::{CarriedTraits, TargetSchema};

/// A member of a structure or union.
#[derive(Debug)]
#[non_exhaustive]
pub struct MemberSchema {
    /// The member's name in the model, which the AWS CLI uses too.
    pub name: &'static str,
    /// The name in the document body: `smithy.api#jsonName` where the protocol heeds it, else the name.
    pub wire_name: &'static str,
    /// The Rust field.
    pub field: &'static str,
    /// Where the member travels.
    pub location: Location,
    /// `smithy.api#required`.
    pub required: bool,
    /// Whether the member holds, at any depth, what must not be printed.
    pub sensitive: bool,
    /// `smithy.api#idempotencyToken`.
    pub idempotency_token: bool,
    /// Whether zero, `false` or nothing is the default, so that it need not be sent.
    pub zero_default: bool,
    /// Whether it is a payload that is sent as an empty document when it is absent: a structure.
    pub empty_document: bool,
    /// Constraints and formats of the target, where there are any.
    pub target: Option<&'static TargetSchema>,
    /// What only the protocol reads of the member itself.
    pub carried: &'static CarriedTraits,
    /// `true` if JSON writes the name in the document body as it is.
    pub(crate) has_plain_name: bool,
}

/// Where a member travels in a request or response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// In the document body.
    Body,
    /// `smithy.api#httpLabel`: in the path, under the member's name.
    Label,
    /// `smithy.api#httpQuery`: in the query string, under this name.
    Query(&'static str),
    /// `smithy.api#httpQueryParams`: every entry is a query parameter.
    QueryParams,
    /// `smithy.api#httpHeader`: in this header.
    Header(&'static str),
    /// `smithy.api#httpPrefixHeaders`: every entry is a header with this prefix.
    PrefixHeaders(&'static str),
    /// `smithy.api#httpPayload`: it is the body.
    Payload,
    /// `smithy.api#httpResponseCode`: the status of the response.
    ResponseCode,
}

impl MemberSchema {
    /// A member of the document body, named `name` in the model and `field` in Rust.
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
            target: None,
            carried: CarriedTraits::NONE,
            has_plain_name: is_plain(name),
        }
    }

    /// Gives it another name in the document body.
    pub const fn wire_name(mut self, wire_name: &'static str) -> Self {
        self.wire_name = wire_name;
        self.has_plain_name = is_plain(wire_name);
        self
    }

    /// Puts it elsewhere than the document body.
    pub const fn at(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// Makes it required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Keeps its value out of everything that is printed.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Makes it the idempotency token, which is filled in when absent.
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Says that its zero value is its default.
    pub const fn zero_default(mut self) -> Self {
        self.zero_default = true;
        self
    }

    /// Says that it is a payload which is never missing: an empty document stands for it.
    pub const fn empty_document(mut self) -> Self {
        self.empty_document = true;
        self
    }

    /// Adds what its target says.
    pub const fn target(mut self, target: &'static TargetSchema) -> Self {
        self.target = Some(target);
        self
    }

    /// Adds what only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }
}

/// Whether JSON writes a text as it is.
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
