//! In: nothing. Out: one type for each trait the project reads, and the table that checks values at load time.

use crate::{ShapeId, Trait};
use serde::Deserialize;
use serde_json::{Number, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Declares the newtypes of traits whose value is one plain JSON value.
macro_rules! value_traits {
    ($($(#[$doc:meta])* $name:ident($value:ty) = $id:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Deserialize)]
            pub struct $name(pub $value);
            impl Trait for $name {
                const ID: &'static str = $id;
            }
        )*
        /// The checks of the traits above.
        const VALUE_TRAITS: &[(&str, Check)] = &[$(($id, parses::<$name>)),*];
    };
}

/// Declares the structures of traits whose value is a JSON object; every field is optional unless its type says more.
macro_rules! object_traits {
    ($($(#[$doc:meta])* $name:ident = $id:literal {
        $($(#[$field_attr:meta])* $field:ident: $type:ty,)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub struct $name {
                $($(#[$field_attr])* pub $field: $type,)*
            }
            impl Trait for $name {
                const ID: &'static str = $id;
            }
        )*
        /// The checks of the traits above.
        const OBJECT_TRAITS: &[(&str, Check)] = &[$(($id, parses_object::<$name>)),*];
        /// The members of the traits above, as Rust has them.
        const OBJECT_MEMBERS: &[(&str, &[&str])] = &[$(($id, &[$(stringify!($field)),*])),*];
    };
}

value_traits! {
    /// The shape is an error, and whose fault it is.
    ErrorFault(Fault) = "smithy.api#error";
    /// The HTTP status of an error.
    HttpError(u16) = "smithy.api#httpError";
    /// The regular expression a string must match.
    Pattern(String) = "smithy.api#pattern";
    /// The value that stands in when the member is missing; JSON `null` takes a target's default away.
    DefaultValue(Value) = "smithy.api#default";
    /// The default that was added after the API's first release.
    AddedDefault(Object) = "smithy.api#addedDefault";
    /// The value of an enum member: a string, or an integer in an intEnum.
    EnumValue(Value) = "smithy.api#enumValue";
    /// The 1.0 way of listing the known values of a string.
    EnumDefinitions(Vec<EnumDefinition>) = "smithy.api#enum";
    /// The name of the query parameter the member is bound to.
    HttpQuery(String) = "smithy.api#httpQuery";
    /// The name of the header the member is bound to.
    HttpHeader(String) = "smithy.api#httpHeader";
    /// The prefix of the headers the map is bound to.
    HttpPrefixHeaders(String) = "smithy.api#httpPrefixHeaders";
    /// The member's name in JSON documents.
    JsonName(String) = "smithy.api#jsonName";
    /// The name in documents of XML and in queries: of a member, or of a structure as a root.
    XmlName(String) = "smithy.api#xmlName";
    /// The member's name in the queries of EC2.
    Ec2QueryName(String) = "aws.protocols#ec2QueryName";
    /// How a timestamp is written.
    TimestampFormatTrait(TimestampFormat) = "smithy.api#timestampFormat";
    /// The media type of a blob or string.
    MediaType(String) = "smithy.api#mediaType";
    /// Calls that show how an operation is used.
    Examples(Vec<ExampleDefinition>) = "smithy.api#examples";
    /// Documentation in CommonMark.
    Documentation(String) = "smithy.api#documentation";
    /// The human-readable name of a service or resource.
    Title(String) = "smithy.api#title";
    /// The version a shape came with.
    Since(String) = "smithy.api#since";
    /// The authentication schemes of an operation or service, best first.
    Auth(Vec<ShapeId>) = "smithy.api#auth";
    /// The endpoint rule set of the service.
    EndpointRuleSet(Value) = "smithy.rules#endpointRuleSet";
    /// The test cases of the endpoint rule set.
    EndpointTests(Value) = "smithy.rules#endpointTests";
    /// Endpoint parameters a client may be configured with.
    ClientContextParams(Value) = "smithy.rules#clientContextParams";
    /// Endpoint parameters an operation sets to constants.
    StaticContextParams(Value) = "smithy.rules#staticContextParams";
    /// Endpoint parameters an operation takes from its input by path.
    OperationContextParams(Value) = "smithy.rules#operationContextParams";
    /// The path of the output member that is `false` on the last page; botocore's `more_results`.
    MoreResults(String) = "botocore#moreResults";
    /// The waiters of an operation.
    Waitable(Value) = "smithy.waiters#waitable";
    /// Protocol tests of requests.
    HttpRequestTests(Value) = "smithy.test#httpRequestTests";
    /// Protocol tests of responses.
    HttpResponseTests(Value) = "smithy.test#httpResponseTests";
}

object_traits! {
    /// Bounds of the length of a string, blob, list or map.
    Length = "smithy.api#length" {
        /// The least length.
        min: Option<u64>,
        /// The greatest length.
        max: Option<u64>,
    }
    /// Bounds of a number.
    Range = "smithy.api#range" {
        /// The least value.
        min: Option<Number>,
        /// The greatest value.
        max: Option<Number>,
    }
    /// The HTTP binding of an operation.
    Http = "smithy.api#http" {
        /// The request's method.
        method: String,
        /// The URI pattern; [`crate::UriPattern`] takes it apart.
        uri: String,
        /// The status of a success.
        #[serde(default = "ok")]
        code: u16,
    }
    /// Which members page through a list operation.
    Paginated = "smithy.api#paginated" {
        /// The input member that takes the token.
        input_token: Option<String>,
        /// The path of the output member that gives the next token.
        output_token: Option<String>,
        /// The path of the output member that holds the items.
        items: Option<String>,
        /// The input member that limits the size of a page.
        page_size: Option<String>,
    }
    /// The error may be retried.
    Retryable = "smithy.api#retryable" {
        /// Whether the error means that the caller is too fast.
        #[serde(default)]
        throttling: bool,
    }
    /// Where an operation's requests go beside the service's own host.
    Endpoint = "smithy.api#endpoint" {
        /// What is put before the host name; may have `{label}`s.
        host_prefix: String,
    }
    /// The shape is deprecated.
    Deprecated = "smithy.api#deprecated" {
        /// What to use instead.
        message: Option<String>,
        /// Since when.
        since: Option<String>,
    }
    /// The encodings a request's payload may be compressed with.
    RequestCompression = "smithy.api#requestCompression" {
        /// Supported encodings, best first.
        encodings: Vec<String>,
    }
    /// The structure may be mixed into others.
    Mixin = "smithy.api#mixin" {
        /// Traits of the mixin that its users do not get.
        #[serde(default)]
        local_traits: Vec<ShapeId>,
    }
    /// Checksums of an operation's request and response.
    HttpChecksum = "aws.protocols#httpChecksum" {
        /// Whether a request must have a checksum.
        #[serde(default)]
        request_checksum_required: bool,
        /// The input member that chooses the algorithm.
        request_algorithm_member: Option<String>,
        /// The input member that asks for the response to be validated.
        request_validation_mode_member: Option<String>,
        /// The algorithms a response may be validated with.
        #[serde(default)]
        response_algorithms: Vec<String>,
    }
    /// AWS's protocol of JSON bodies with HTTP bindings.
    RestJson1 = "aws.protocols#restJson1" {
        /// Supported HTTP versions, best first.
        #[serde(default)]
        http: Vec<String>,
        /// HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// AWS's protocol of JSON bodies posted to `/`, version 1.0.
    AwsJson1_0 = "aws.protocols#awsJson1_0" {
        /// Supported HTTP versions, best first.
        #[serde(default)]
        http: Vec<String>,
        /// HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// AWS's protocol of JSON bodies posted to `/`, version 1.1.
    AwsJson1_1 = "aws.protocols#awsJson1_1" {
        /// Supported HTTP versions, best first.
        #[serde(default)]
        http: Vec<String>,
        /// HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// AWS's protocol of XML bodies with HTTP bindings.
    RestXml = "aws.protocols#restXml" {
        /// Supported HTTP versions, best first.
        #[serde(default)]
        http: Vec<String>,
        /// HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
        /// Whether an error stands at the root of its document, with nothing around it.
        #[serde(default)]
        no_error_wrapping: bool,
    }
    /// Smithy's protocol of CBOR bodies, a path for each operation.
    Rpcv2Cbor = "smithy.protocols#rpcv2Cbor" {
        /// Supported HTTP versions, best first.
        #[serde(default)]
        http: Vec<String>,
        /// HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The namespace of elements in documents of XML.
    XmlNamespace = "smithy.api#xmlNamespace" {
        /// What tells it from others.
        uri: String,
        /// What stands before names that are of it.
        prefix: Option<String>,
    }
    /// The code and status of an error in awsQuery, which the service speaks or once spoke.
    AwsQueryError = "aws.protocols#awsQueryError" {
        /// The error's code.
        code: String,
        /// The HTTP status.
        http_response_code: u16,
    }
    /// AWS's names of the service.
    AwsService = "aws.api#service" {
        /// The name SDKs know the service by.
        sdk_id: String,
        /// The service's part of an ARN.
        arn_namespace: Option<String>,
        /// The service's part of its host names.
        endpoint_prefix: Option<String>,
        /// The service's name in CloudTrail's events.
        cloud_trail_event_source: Option<String>,
        /// The service's name in CloudFormation.
        cloud_formation_name: Option<String>,
        /// The service's part of its documentation's address.
        doc_id: Option<String>,
    }
    /// Requests are signed with AWS Signature Version 4.
    SigV4 = "aws.auth#sigv4" {
        /// The signing name.
        name: String,
    }
    /// The service has one endpoint a region, `{endpointPrefix}.{region}.{dnsSuffix}`, with the exceptions listed.
    StandardRegionalEndpoints = "aws.endpoints#standardRegionalEndpoints" {
        /// Partitions whose endpoints follow another pattern.
        #[serde(default)]
        partition_special_cases: BTreeMap<String, Vec<Value>>,
        /// Regions whose endpoints follow another pattern.
        #[serde(default)]
        region_special_cases: BTreeMap<String, Vec<Value>>,
    }
    /// The endpoint parameter a member is bound to.
    ContextParam = "smithy.rules#contextParam" {
        /// The parameter's name in the rule set.
        name: String,
    }
}

/// Traits that say all they have to say by being there; their value must be an object, as `false` would mislead.
const ANNOTATIONS: &[&str] = &[
    "smithy.api#required",
    "smithy.api#sensitive",
    "smithy.api#httpLabel",
    "smithy.api#httpQueryParams",
    "smithy.api#httpPayload",
    "smithy.api#httpResponseCode",
    "smithy.api#httpChecksumRequired",
    "smithy.api#idempotencyToken",
    "smithy.api#idempotent",
    "smithy.api#readonly",
    "smithy.api#hostLabel",
    "smithy.api#streaming",
    "smithy.api#requiresLength",
    "smithy.api#eventPayload",
    "smithy.api#eventHeader",
    "smithy.api#sparse",
    "smithy.api#box",
    "smithy.api#clientOptional",
    "smithy.api#input",
    "smithy.api#output",
    "smithy.api#optionalAuth",
    "smithy.api#uniqueItems",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpDigestAuth",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlAttribute",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsQuery",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#ec2Query",
];

/// Traits whose value is a list of objects, and the members of these, as Rust has them.
const LISTS_OF_OBJECTS: &[(&str, &[&str])] = &[
    (
        "smithy.api#enum",
        &["value", "name", "documentation", "tags", "deprecated"],
    ),
    (
        "smithy.api#examples",
        &[
            "title",
            "documentation",
            "input",
            "output",
            "error",
            "allow_constraint_errors",
        ],
    ),
];

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The caller's.
    Client,
    /// The service's.
    Server,
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, `1985-04-12T23:20:50.52Z`.
    DateTime,
    /// Seconds since 1970, with an optional fraction.
    EpochSeconds,
    /// The format of HTTP's own headers, `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
}

/// One entry of `smithy.api#examples`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleDefinition {
    /// What it shows, in a few words.
    pub title: String,
    /// More about it, in CommonMark.
    pub documentation: Option<String>,
    /// The input, by the members' names.
    #[serde(default)]
    pub input: Object,
    /// The output.
    pub output: Option<Object>,
    /// The error that the call ends with.
    pub error: Option<Object>,
    /// Whether the input may break constraints.
    #[serde(default)]
    pub allow_constraint_errors: bool,
}

/// One entry of the 1.0 trait `smithy.api#enum`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnumDefinition {
    /// The value on the wire.
    pub value: String,
    /// The name in code.
    pub name: Option<String>,
    /// Documentation in CommonMark.
    pub documentation: Option<String>,
    /// Tags that tools may filter by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Whether the value is deprecated.
    #[serde(default)]
    pub deprecated: bool,
}

/// A JSON object whose content does not matter.
pub type Object = serde_json::Map<String, Value>;

type Check = fn(&Value) -> Result<(), String>;

/// Checks a trait's value; a trait that is not known passes.
pub(crate) fn check(id: &str, value: &Value) -> Result<(), String> {
    if ANNOTATIONS.contains(&id) && !value.is_object() {
        return Err(format!("expected an object, found `{value}`"));
    }
    let mut known = VALUE_TRAITS.iter().chain(OBJECT_TRAITS);
    match known.find(|(known, _)| *known == id) {
        Some((_, check)) => check(value),
        None => Ok(()),
    }
}

/// The members of a trait's value that are none of the trait's, each once: a newer Smithy may have given it more, so they
/// are no fault. A trait that is not known may have any.
pub(crate) fn unknown_members(id: &str, value: &Value) -> BTreeSet<String> {
    let members_of = |table: &[(&str, &'static [&'static str])]| {
        let mut table = table.iter();
        let found = table.find(|(known, _)| *known == id);
        found.map(|(_, members)| *members)
    };
    let known = match ANNOTATIONS.contains(&id) {
        true => Some([].as_slice()),
        false => members_of(OBJECT_MEMBERS).or_else(|| members_of(LISTS_OF_OBJECTS)),
    };
    let Some(known) = known else {
        return BTreeSet::new();
    };
    let objects = match value {
        Value::Array(elements) => elements.iter().collect(),
        value => vec![value],
    };
    let names = objects.into_iter().filter_map(Value::as_object);
    let names = names.flat_map(Object::keys);
    let is_unknown = |name: &&String| !known.iter().any(|known| is_camel_case_of(name, known));
    names.filter(is_unknown).cloned().collect()
}

/// Whether a name is that of a Rust field in Smithy's case: `sdkId` is that of `sdk_id`.
fn is_camel_case_of(name: &str, field: &str) -> bool {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default();
    let mut rest = name.strip_prefix(first);
    for word in words {
        let (head, tail) = word.split_at(1);
        let after = rest.and_then(|rest| rest.strip_prefix(head.to_ascii_uppercase().as_str()));
        rest = after.and_then(|rest| rest.strip_prefix(tail));
    }
    rest == Some("")
}

fn parses<T: Trait>(value: &Value) -> Result<(), String> {
    T::deserialize(value).map(drop).map_err(|e| e.to_string())
}

/// Unlike serde's derive, refuses an array where an object is due.
fn parses_object<T: Trait>(value: &Value) -> Result<(), String> {
    if !value.is_object() {
        return Err(format!("expected an object, found `{value}`"));
    }
    parses::<T>(value)
}

fn ok() -> u16 {
    200
}
