//! Structures, an enum and a union in the form of generated code, with a member of each type, and operations on them.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};
use smithy_reqwest::operation::Operation;
use smithy_reqwest::primitives::{Blob, DateTime};
use smithy_reqwest::protocol::{AwsJson, RestJson1, ServiceSchema};
use smithy_reqwest::schema::{
    Location, MemberSchema, OperationSchema, Segment, StructureSchema, TargetSchema,
    TimestampFormat,
};
use smithy_reqwest::server::{Request, Router, ServerProtocol, ServiceError, ServiceStyle, serve};
use smithy_reqwest::shape::{Shape, Slot, Structure, Union, Value};
use std::collections::HashMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Defines a structure of these fields, whose members are described in the same order.
macro_rules! shape {
    ($name:ident, $schema:ident, [$($member:expr),* $(,)?], { $($index:literal $field:ident: $type:ty),* $(,)? }) => {
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type),*
        }

        static $schema: StructureSchema =
            StructureSchema::new(concat!("test#", stringify!($name)), stringify!($name), &[$($member),*]);

        impl Structure for $name {
            fn schema(&self) -> &'static StructureSchema {
                &$schema
            }

            fn member(&self, index: usize) -> Value<'_> {
                match index {
                    $($index => Shape::value(&self.$field),)*
                    _ => Value::Absent,
                }
            }

            fn member_slot(&mut self, index: usize) -> Slot<'_> {
                match index {
                    $($index => Shape::slot(&mut self.$field),)*
                    _ => Slot::Ignored,
                }
            }
        }

        smithy_reqwest::structure!($name { $($field),* });
    };
}

const fn member(name: &'static str) -> MemberSchema {
    MemberSchema::new(name, name)
}

static DATE_TIME: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::DateTime);
static HTTP_DATE: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::HttpDate);
static EPOCH: TargetSchema = TargetSchema::new().timestamp_format(TimestampFormat::EpochSeconds);
static TEXT: TargetSchema = TargetSchema::new().length(Some(2), Some(4));
static TEXTS: TargetSchema = TargetSchema::new().element(&TEXT).unique_items();
static NUMBER: TargetSchema = TargetSchema::new().range(Some(2.0), None);
static NAME: TargetSchema = TargetSchema::new().pattern("^[a-m]+$");
static TEXT_MAP: TargetSchema = TargetSchema::new().key(&TEXT).element(&TEXT);
static LISTS: TargetSchema = TargetSchema::new().element(&TargetSchema::new());
static JPEG: TargetSchema = TargetSchema::new().media_type("image/jpeg");

shape!(Document, DOCUMENT, [
    member("flag"), member("byte"), member("whole"), member("real"), member("text"), member("blob"),
    member("time"), member("date").target(&DATE_TIME), member("stamp").target(&HTTP_DATE),
    member("list"), member("sparseList"), member("map"), member("sparseMap"), member("choice"), member("inner"),
], {
    0 flag: Option<bool>, 1 byte: Option<i8>, 2 whole: Option<i32>, 3 real: Option<f64>,
    4 text: Option<String>, 5 blob: Option<Blob>, 6 time: Option<DateTime>, 7 date: Option<DateTime>,
    8 stamp: Option<DateTime>, 9 list: Option<Vec<String>>, 10 sparse_list: Option<Vec<Option<String>>>,
    11 map: Option<HashMap<String, String>>, 12 sparse_map: Option<HashMap<String, Option<String>>>,
    13 choice: Option<Choice>, 14 inner: Option<Inner>,
});

shape!(Inner, INNER, [member("name").required()], { 0 name: String });

shape!(Constrained, CONSTRAINED, [
    member("text").target(&TEXT), member("texts").target(&TEXTS), member("number").target(&NUMBER),
    member("name").target(&NAME), member("map").target(&TEXT_MAP), member("color"), member("colors"),
    member("inner"), member("secret").target(&NAME).sensitive(),
], {
    0 text: Option<String>, 1 texts: Option<Vec<String>>, 2 number: Option<i32>, 3 name: Option<String>,
    4 map: Option<HashMap<String, String>>, 5 color: Option<Color>, 6 colors: Option<HashMap<Color, String>>,
    7 inner: Option<Vec<Inner>>, 8 secret: Option<String>,
});

shape!(Head, HEAD, [
    member("label").at(Location::Label),
    member("number").at(Location::Query("number")).target(&NUMBER),
    member("times").at(Location::Query("time")),
    member("all").at(Location::QueryParams).target(&LISTS),
    member("since").at(Location::Header("x-since")),
    member("date").at(Location::Header("x-date")).target(&DATE_TIME),
    member("epoch").at(Location::Header("x-epoch")).target(&EPOCH),
    member("real").at(Location::Header("x-real")),
], {
    0 label: Option<String>, 1 number: Option<i32>, 2 times: Option<Vec<DateTime>>,
    3 all: Option<HashMap<String, Vec<String>>>, 4 since: Option<DateTime>, 5 date: Option<DateTime>,
    6 epoch: Option<DateTime>, 7 real: Option<f64>,
});

shape!(Picture, PICTURE, [member("picture").at(Location::Payload).target(&JPEG)], { 0 picture: Option<Blob> });

shape!(Wrapped, WRAPPED, [member("inner").at(Location::Payload).empty_document()], { 0 inner: Option<Constrained> });

shape!(Coded, CODED, [member("status").at(Location::ResponseCode), member("text")], {
    0 status: Option<i32>, 1 text: Option<String>,
});

shape!(Failure, FAILURE, [member("message"), member("after").at(Location::Header("x-after"))], {
    0 message: Option<String>, 1 after: Option<i32>,
});

/// The input or output of an operation without one, in the form of generated code.
#[derive(Clone, PartialEq)]
pub(crate) struct Nothing {}

impl Structure for Nothing {
    fn schema(&self) -> &'static StructureSchema {
        static SCHEMA: StructureSchema = StructureSchema::new("smithy.api#Unit", "Nothing", &[]);
        &SCHEMA
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Ignored
    }
}

smithy_reqwest::structure!(Nothing {});

smithy_reqwest::enumeration! {
    /// An enum with an internal value.
    #[allow(missing_docs)]
    pub enum Color {
        Red = "red",
        Green = "green",
        Infrared = "infrared",
    }
    internal: ["infrared"]
}

#[derive(Clone, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Number(i32),
    Unknown,
}

static CHOICE: StructureSchema =
    StructureSchema::new("test#Choice", "Choice", &[member("text"), member("number")]);

impl Union for Choice {
    fn schema(&self) -> &'static StructureSchema {
        &CHOICE
    }

    fn variant(&self) -> Option<(usize, Value<'_>)> {
        match self {
            Self::Text(value) => Some((0, Shape::value(value))),
            Self::Number(value) => Some((1, Shape::value(value))),
            Self::Unknown => None,
        }
    }

    fn set_variant(&mut self, index: usize) -> Slot<'_> {
        *self = match index {
            0 => Self::Text(String::new()),
            1 => Self::Number(0),
            _ => Self::Unknown,
        };
        match self {
            Self::Text(value) => Shape::slot(value),
            Self::Number(value) => Shape::slot(value),
            Self::Unknown => Slot::Ignored,
        }
    }
}

smithy_reqwest::union!(Choice);

static SERVICE: ServiceSchema =
    ServiceSchema::new("Test", "Test", "1", "test", "test", &RestJson1, "test/1");

macro_rules! operation {
    ($name:ident, $path:expr, $input:ty, $output:ty) => {
        pub(crate) struct $name;

        impl Operation for $name {
            type Input = $input;
            type Output = $output;
            type Error = smithy_reqwest::Error;

            fn service() -> &'static ServiceSchema {
                &SERVICE
            }

            fn schema() -> &'static OperationSchema {
                static SCHEMA: OperationSchema =
                    OperationSchema::new(stringify!($name), "POST", $path).code(202);
                &SCHEMA
            }

            fn set_request_id(_: &mut $output, _: Option<String>) {}
        }
    };
}

operation!(Read, &[Segment::Literal("/read")], Document, Coded);
operation!(Check, &[Segment::Literal("/check")], Constrained, Nothing);
operation!(
    Find,
    &[Segment::Literal("/find/"), Segment::Label("label")],
    Head,
    Nothing
);
operation!(Show, &[Segment::Literal("/show")], Nothing, Picture);
operation!(Wrap, &[Segment::Literal("/wrap")], Wrapped, Nothing);
operation!(Draw, &[Segment::Literal("/draw")], Picture, Nothing);

/// Operations whose paths match some requests alike.
pub(crate) static ALL_PATHS: [&OperationSchema; 7] = {
    const fn path(name: &'static str, path: &'static [Segment]) -> OperationSchema {
        OperationSchema::new(name, "POST", path)
    }
    use Segment::{Greedy, Label, Literal};
    static LITERAL: OperationSchema = path("Literal", &[Literal("/a/b")]);
    static LABEL: OperationSchema = path("Label", &[Literal("/a/"), Label("x")]);
    static GREEDY: OperationSchema = path("Greedy", &[Literal("/a/"), Greedy("x")]);
    static LITERAL_FIRST: OperationSchema =
        path("LiteralFirst", &[Literal("/a/"), Label("x"), Literal("/c")]);
    static LITERAL_TWICE: OperationSchema = path("LiteralTwice", &[Literal("/a/b/"), Label("x")]);
    static LABEL_FIRST: OperationSchema =
        path("LabelFirst", &[Literal("/"), Label("x"), Literal("/b/c")]);
    static CONSTANT: OperationSchema =
        path("Constant", &[Literal("/"), Label("x"), Literal("/b/c")]).query(&[("k", "v")]);
    [
        &LITERAL,
        &LABEL,
        &GREEDY,
        &LITERAL_FIRST,
        &LITERAL_TWICE,
        &LABEL_FIRST,
        &CONSTANT,
    ]
};

/// Creates a request with its target, headers and body. A body without a type is JSON.
pub(crate) fn request(target: &str, headers: &[(&str, &str)], body: &str) -> http::Request<Bytes> {
    let mut request = untyped(target, headers, body);
    if !body.is_empty() {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
    }
    request
}

/// Creates a request with exactly these headers.
pub(crate) fn untyped(target: &str, headers: &[(&str, &str)], body: &str) -> http::Request<Bytes> {
    let mut request = http::Request::post(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

/// Serves a request for this operation. `run` is not called for one that is rejected.
pub(crate) fn answer<O: Operation>(
    protocol: &'static dyn ServerProtocol,
    style: ServiceStyle,
    request: http::Request<Bytes>,
    run: impl FnOnce(O::Input) -> Result<O::Output, ServiceError>,
) -> Response<Bytes> {
    let (head, body) = request.into_parts();
    let route = match Router::new(protocol, O::service(), [((), O::schema())]).route(&head, &body) {
        Ok(route) => route,
        Err(error) => return error.response(protocol),
    };
    let request = Request {
        head: &head,
        body: &body,
        labels: &route.labels,
        style,
    };
    let served = pin!(serve::<O, _>(protocol, request, |input| async {
        run(input)
    }));
    match served.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(served) => served.unwrap_or_else(|error| error.response(protocol)),
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// Serves a request with restJson1, in the style of Smithy, and returns its input, or the response that rejects it.
pub(crate) fn read<O: Operation>(
    request: http::Request<Bytes>,
) -> Result<O::Input, Box<Response<Bytes>>> {
    let mut found = None;
    let response = answer::<O>(&RestJson1, ServiceStyle::Smithy, request, |input| {
        found = Some(input);
        Ok(O::Output::empty())
    });
    found.ok_or_else(|| Box::new(response))
}

/// Returns the status and error code of an error response, and its document.
pub(crate) fn refusal(response: &Response<Bytes>) -> (u16, String, serde_json::Value) {
    let code = response.headers().get("x-amzn-errortype");
    let code = code.map(|code| code.to_str().unwrap().to_owned());
    let document = serde_json::from_slice(response.body()).unwrap();
    (
        response.status().as_u16(),
        code.unwrap_or_default(),
        document,
    )
}

pub(crate) const V1_0: &AwsJson = &AwsJson::V1_0;
