//! Types of the traits that this project reads, and the table of checks for their values.

use crate::{ShapeId, Trait};
use serde::Deserialize;
use serde_json::{Number, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Declares newtypes for traits whose value is a plain JSON value.
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

/// Declares structures for traits whose value is a JSON object. Fields are optional unless their type says otherwise.
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
        /// The members of the traits above, by their Rust names.
        const OBJECT_MEMBERS: &[(&str, &[&str])] = &[$(($id, &[$(stringify!($field)),*])),*];
    };
}

value_traits! {
    /// The shape is an error, caused by the client or the server.
    ErrorFault(Fault) = "smithy.api#error";
    /// The HTTP status of an error.
    HttpError(u16) = "smithy.api#httpError";
    /// The regular expression that a string has to match.
    Pattern(String) = "smithy.api#pattern";
    /// The value of a missing member. JSON `null` removes the default of the target.
    DefaultValue(Value) = "smithy.api#default";
    /// The default that was added after the first release of the API.
    AddedDefault(Object) = "smithy.api#addedDefault";
    /// The value of an enum member: a string, or an integer in an intEnum.
    EnumValue(Value) = "smithy.api#enumValue";
    /// The known values of a string, in Smithy 1.0.
    EnumDefinitions(Vec<EnumDefinition>) = "smithy.api#enum";
    /// The name of the query parameter that a member is bound to.
    HttpQuery(String) = "smithy.api#httpQuery";
    /// The name of the header that a member is bound to.
    HttpHeader(String) = "smithy.api#httpHeader";
    /// The prefix of the headers that a map is bound to.
    HttpPrefixHeaders(String) = "smithy.api#httpPrefixHeaders";
    /// The name of a member in JSON documents.
    JsonName(String) = "smithy.api#jsonName";
    /// The name of a member, or of a structure as the root, in XML documents and queries.
    XmlName(String) = "smithy.api#xmlName";
    /// The name of a member in queries of EC2.
    Ec2QueryName(String) = "aws.protocols#ec2QueryName";
    /// The format of a timestamp.
    TimestampFormatTrait(TimestampFormat) = "smithy.api#timestampFormat";
    /// The media type of a blob or string.
    MediaType(String) = "smithy.api#mediaType";
    /// Examples of calls of an operation.
    Examples(Vec<ExampleDefinition>) = "smithy.api#examples";
    /// Documentation in CommonMark.
    Documentation(String) = "smithy.api#documentation";
    /// The human-readable name of a service or resource.
    Title(String) = "smithy.api#title";
    /// The version that introduced a shape.
    Since(String) = "smithy.api#since";
    /// The authentication schemes of an operation or service, best first.
    Auth(Vec<ShapeId>) = "smithy.api#auth";
    /// The endpoint rule set of the service.
    EndpointRuleSet(Value) = "smithy.rules#endpointRuleSet";
    /// The test cases of the endpoint rule set.
    EndpointTests(Value) = "smithy.rules#endpointTests";
    /// The endpoint parameters that can be set on a client.
    ClientContextParams(Value) = "smithy.rules#clientContextParams";
    /// The endpoint parameters that an operation sets to constants.
    StaticContextParams(Value) = "smithy.rules#staticContextParams";
    /// The endpoint parameters that an operation takes from its input by path.
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
    /// The bounds of the length of a string, blob, list or map.
    Length = "smithy.api#length" {
        /// The minimum length.
        min: Option<u64>,
        /// The maximum length.
        max: Option<u64>,
    }
    /// The bounds of a number.
    Range = "smithy.api#range" {
        /// The minimum value.
        min: Option<Number>,
        /// The maximum value.
        max: Option<Number>,
    }
    /// The HTTP binding of an operation.
    Http = "smithy.api#http" {
        /// The method of the request.
        method: String,
        /// The URI pattern, which [`crate::UriPattern`] parses.
        uri: String,
        /// The status code of a successful response.
        #[serde(default = "ok")]
        code: u16,
    }
    /// The members for the pagination of an operation.
    Paginated = "smithy.api#paginated" {
        /// The input member that receives the token.
        input_token: Option<String>,
        /// The path of the output member with the next token.
        output_token: Option<String>,
        /// The path of the output member with the items.
        items: Option<String>,
        /// The input member that limits the size of a page.
        page_size: Option<String>,
    }
    /// The error may be retried.
    Retryable = "smithy.api#retryable" {
        /// `true` if the error means that the request rate is too high.
        #[serde(default)]
        throttling: bool,
    }
    /// The host of an operation, relative to that of the service.
    Endpoint = "smithy.api#endpoint" {
        /// The prefix of the host name, which may contain labels such as `{label}`.
        host_prefix: String,
    }
    /// The shape is deprecated.
    Deprecated = "smithy.api#deprecated" {
        /// A description of the replacement.
        message: Option<String>,
        /// The version or date of the deprecation.
        since: Option<String>,
    }
    /// The compression of the request's payload.
    RequestCompression = "smithy.api#requestCompression" {
        /// The supported encodings, in order of preference.
        encodings: Vec<String>,
    }
    /// The structure is a mixin.
    Mixin = "smithy.api#mixin" {
        /// The traits of the mixin that its users do not inherit.
        #[serde(default)]
        local_traits: Vec<ShapeId>,
    }
    /// The checksums of the request and response of an operation.
    HttpChecksum = "aws.protocols#httpChecksum" {
        /// `true` if a request needs a checksum.
        #[serde(default)]
        request_checksum_required: bool,
        /// The input member that selects the algorithm.
        request_algorithm_member: Option<String>,
        /// The input member that requests validation of the response.
        request_validation_mode_member: Option<String>,
        /// The algorithms that can validate a response.
        #[serde(default)]
        response_algorithms: Vec<String>,
    }
    /// The AWS protocol with JSON bodies and HTTP bindings.
    RestJson1 = "aws.protocols#restJson1" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The AWS protocol with JSON bodies that are posted to `/`, version 1.0.
    AwsJson1_0 = "aws.protocols#awsJson1_0" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The AWS protocol with JSON bodies that are posted to `/`, version 1.1.
    AwsJson1_1 = "aws.protocols#awsJson1_1" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The AWS protocol with XML bodies and HTTP bindings.
    RestXml = "aws.protocols#restXml" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
        /// `true` if an error is the root element of its document, without a wrapper.
        #[serde(default)]
        no_error_wrapping: bool,
    }
    /// The Smithy protocol with CBOR bodies and a path for each operation.
    Rpcv2Cbor = "smithy.protocols#rpcv2Cbor" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The Smithy protocol with JSON bodies and a path for each operation.
    Rpcv2Json = "smithy.protocols#rpcv2Json" {
        /// The supported HTTP versions, in order of preference.
        #[serde(default)]
        http: Vec<String>,
        /// The HTTP versions for event streams.
        #[serde(default)]
        event_stream_http: Vec<String>,
    }
    /// The namespace of elements in XML documents.
    XmlNamespace = "smithy.api#xmlNamespace" {
        /// The URI of the namespace.
        uri: String,
        /// The prefix of names in the namespace.
        prefix: Option<String>,
    }
    /// The code and status of an error in the awsQuery protocol, which the service uses or used before.
    AwsQueryError = "aws.protocols#awsQueryError" {
        /// The error code.
        code: String,
        /// The HTTP status code.
        http_response_code: u16,
    }
    /// The names of an AWS service.
    AwsService = "aws.api#service" {
        /// The name of the service in SDKs.
        sdk_id: String,
        /// The service in ARNs.
        arn_namespace: Option<String>,
        /// The service in host names.
        endpoint_prefix: Option<String>,
        /// The name of the service in events of CloudTrail.
        cloud_trail_event_source: Option<String>,
        /// The name of the service in CloudFormation.
        cloud_formation_name: Option<String>,
        /// The identifier of the service in URLs of its documentation.
        doc_id: Option<String>,
    }
    /// The service uses AWS Signature Version 4.
    SigV4 = "aws.auth#sigv4" {
        /// The signing name.
        name: String,
    }
    /// The service has one endpoint in each region, `{endpointPrefix}.{region}.{dnsSuffix}`, except for the special
    /// cases.
    StandardRegionalEndpoints = "aws.endpoints#standardRegionalEndpoints" {
        /// The partitions with other endpoint patterns.
        #[serde(default)]
        partition_special_cases: BTreeMap<String, Vec<Value>>,
        /// The regions with other endpoint patterns.
        #[serde(default)]
        region_special_cases: BTreeMap<String, Vec<Value>>,
    }
    /// The endpoint parameter that a member is bound to.
    ContextParam = "smithy.rules#contextParam" {
        /// The name of the parameter in the rule set.
        name: String,
    }
}

/// The traits without content. Their value has to be an object, since a value such as `false` would be misleading.
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

/// The traits whose value is a list of objects, and the members of these objects, by their Rust names.
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

/// The cause of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The client.
    Client,
    /// The server.
    Server,
}

/// The format of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimestampFormat {
    /// RFC 3339 in UTC, `1985-04-12T23:20:50.52Z`.
    DateTime,
    /// Seconds since the Unix epoch, with an optional fraction.
    EpochSeconds,
    /// The format of HTTP headers, `Tue, 29 Apr 2014 18:30:38 GMT`.
    HttpDate,
}

/// An entry of `smithy.api#examples`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleDefinition {
    /// Short description.
    pub title: String,
    /// Longer description, in CommonMark.
    pub documentation: Option<String>,
    /// Input, by the names of members.
    #[serde(default)]
    pub input: Object,
    /// Output.
    pub output: Option<Object>,
    /// Error that the call returns.
    pub error: Option<Object>,
    /// `true` if the input may violate constraints.
    #[serde(default)]
    pub allow_constraint_errors: bool,
}

/// An entry of the Smithy 1.0 trait `smithy.api#enum`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnumDefinition {
    /// Value on the wire.
    pub value: String,
    /// Name in code.
    pub name: Option<String>,
    /// Documentation in CommonMark.
    pub documentation: Option<String>,
    /// Tags, which tools can filter by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// `true` if the value is deprecated.
    #[serde(default)]
    pub deprecated: bool,
}

/// A JSON object with arbitrary content.
pub type Object = serde_json::Map<String, Value>;

type Check = fn(&Value) -> Result<(), String>;

/// Checks the value of a trait. Unknown traits are not checked.
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

/// Returns the unknown members in the value of a trait, without duplicates. They are not errors, since newer versions
/// of Smithy may have added them. Unknown traits may have any members.
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

/// Returns whether a name is that of a Rust field in camel case, such as `sdkId` for `sdk_id`.
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

/// Parses an object. Unlike the derived implementation of serde, it refuses arrays.
fn parses_object<T: Trait>(value: &Value) -> Result<(), String> {
    if !value.is_object() {
        return Err(format!("expected an object, found `{value}`"));
    }
    parses::<T>(value)
}

fn ok() -> u16 {
    200
}
