//! Tests of requests with parts that models do not express: changed members, endpoints in inputs, forms, and presigned
//! queries.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::schema::{
    Customization, Location, MemberSchema, OperationSchema, Segment, ServiceSchema, StructureSchema,
};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use smithy_reqwest::testing::{RecordedRequest, TestTransport};

static SERVICE: ServiceSchema =
    ServiceSchema::new("Test", "Test", "1", "test", "test", &RestJson1, "test/1");

/// The input and the output.
#[derive(Clone, Default)]
struct Texts {
    id: Option<String>,
    endpoint: Option<String>,
    filter: Option<String>,
    note: Option<String>,
    notes: Option<Vec<String>>,
}

static TEXTS: StructureSchema = StructureSchema::new(
    "com.example#Texts",
    "Texts",
    &[
        MemberSchema::new("Id", "id").at(Location::Label),
        MemberSchema::new("Endpoint", "endpoint").at(Location::Header("x-endpoint")),
        MemberSchema::new("Filter", "filter").at(Location::Query("filter")),
        MemberSchema::new("Note", "note"),
        MemberSchema::new("Notes", "notes"),
    ],
);

impl Structure for Texts {
    fn schema(&self) -> &'static StructureSchema {
        &TEXTS
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.id.value(),
            1 => self.endpoint.value(),
            2 => self.filter.value(),
            3 => self.note.value(),
            _ => self.notes.value(),
        }
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => self.id.slot(),
            1 => self.endpoint.slot(),
            2 => self.filter.slot(),
            3 => self.note.slot(),
            _ => self.notes.slot(),
        }
    }
}

smithy_reqwest::structure!(Texts {
    id,
    endpoint,
    filter,
    note,
    notes
});

macro_rules! operation {
    ($name:ident, $method:expr, $customizations:expr) => {
        struct $name;

        impl Operation for $name {
            type Input = Texts;
            type Output = Texts;
            type Error = Error;

            fn service() -> &'static ServiceSchema {
                &SERVICE
            }

            fn schema() -> &'static OperationSchema {
                const PATH: &[Segment] = &[Segment::Literal("/things/"), Segment::Label("Id")];
                static SCHEMA: OperationSchema =
                    OperationSchema::new(stringify!($name), $method, PATH)
                        .customizations($customizations);
                &SCHEMA
            }

            fn set_request_id(_: &mut Texts, _: Option<String>) {}
        }
    };
}

operation!(
    Plain,
    "POST",
    &[
        Customization::Header("x-version", "1"),
        Customization::Default("Note", "-"),
        Customization::LastSegment("Id"),
        Customization::UrlText("Filter"),
        Customization::NotEmpty("Note"),
        Customization::EndpointUrl("Endpoint"),
    ]
);
operation!(Search, "GET", &[Customization::PostedQuery]);
operation!(Speak, "POST", &[Customization::PresignedQuery]);

fn texts(id: &str) -> Texts {
    Texts {
        id: Some(id.to_owned()),
        ..Texts::default()
    }
}

fn call<O: Operation<Input = Texts>>(transport: &TestTransport, input: Texts) -> Call<O> {
    let config = transport.config().build();
    Call::of(
        smithy_reqwest::Client::new(O::service(), config),
        Box::new(input),
    )
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// Returns the request of a call, or the error of one that is not sent.
fn sent<O>(input: Texts) -> Result<RecordedRequest, String>
where
    O: Operation<Input = Texts, Error = Error, Output = Texts>,
{
    let transport = TestTransport::new();
    transport.response::<O>(http::Response::new("{}"));
    let result = run(call::<O>(&transport, input).send());
    match transport.requests().pop() {
        Some(request) => Ok(request),
        None => Err(result.unwrap_err().to_string()),
    }
}

#[test]
fn members_and_headers_are_changed() {
    let input = Texts {
        filter: Some("a b%20ü".to_owned()),
        ..texts("/zone/Z1")
    };
    let request = sent::<Plain>(input).unwrap();
    let target = request.uri().path_and_query().unwrap().as_str();
    assert_eq!(target, "/things/Z1?filter=a%2520b%2520%25C3%25BC");
    assert_eq!(request.header("x-version"), Some("1"));
    assert_eq!(request.json()["Note"], "-");
    let input = Texts {
        note: Some("own".to_owned()),
        ..texts("Z1")
    };
    let request = sent::<Plain>(input).unwrap();
    assert_eq!(request.path(), "/things/Z1");
    assert_eq!(request.json()["Note"], "own");
}

#[test]
fn an_empty_member_of_the_host_and_an_invalid_endpoint_are_errors() {
    let empty = Texts {
        note: Some(String::new()),
        ..texts("Z1")
    };
    let error = sent::<Plain>(empty).unwrap_err();
    assert!(
        error.contains("Note: must not be empty, since it is part of the host"),
        "{error}"
    );
    let with_endpoint = |url: &str| Texts {
        endpoint: Some(url.to_owned()),
        ..texts("Z1")
    };
    let request = sent::<Plain>(with_endpoint("")).unwrap();
    assert_eq!(request.uri().host(), Some("test.us-east-1.amazonaws.com"));
    let error = sent::<Plain>(with_endpoint("hush")).unwrap_err();
    assert!(error.contains("Endpoint: it must be the URL"), "{error}");
    assert!(!error.contains("hush"), "{error}");
    let request = sent::<Plain>(with_endpoint("https://real.example/base")).unwrap();
    let uri = request.uri();
    assert_eq!(
        (uri.host(), uri.path()),
        (Some("real.example"), "/base/things/Z1")
    );
}

#[test]
fn a_query_is_sent_as_a_form() {
    let input = Texts {
        filter: Some("a&b".to_owned()),
        ..texts("Z1")
    };
    let request = sent::<Search>(input).unwrap();
    assert_eq!((request.method(), request.path()), ("POST", "/things/Z1"));
    assert_eq!(request.uri().query(), None);
    let content_type = request.header("content-type");
    assert_eq!(content_type, Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body(), b"filter=a%26b");
    let request = sent::<Search>(texts("Z1")).unwrap();
    assert_eq!(request.method(), "GET");
}

#[cfg(feature = "presigning")]
#[test]
fn members_of_a_body_are_in_the_query_of_a_presigned_request() {
    use smithy_reqwest::presigning::PresigningConfig;

    let hour = PresigningConfig::expires_in(std::time::Duration::from_secs(3600)).unwrap();
    let transport = TestTransport::new();
    let input = || Texts {
        note: Some("a b".to_owned()),
        notes: Some(vec!["x".to_owned(), "y".to_owned()]),
        filter: Some("f".to_owned()),
        ..texts("Z1")
    };
    let request = run(call::<Speak>(&transport, input()).presigned(hour.clone())).unwrap();
    let begin =
        "https://test.us-east-1.amazonaws.com/things/Z1?filter=f&Note=a%20b&Notes=x&Notes=y&X-Amz-";
    assert!(request.uri().starts_with(begin), "{}", request.uri());
    assert_eq!((request.method(), request.headers().count()), ("GET", 0));
    let error = run(call::<Plain>(&transport, input()).presigned(hour)).unwrap_err();
    assert!(error.to_string().contains("no document"), "{error}");
    assert!(transport.requests().is_empty());
}
