//! A service with operations such as `GetThing` and `ListThings`, written by hand in the form of generated code.

use smithy_reqwest::Error;
use smithy_reqwest::call::Call;
use smithy_reqwest::config::Config;
use smithy_reqwest::operation::Operation;
use smithy_reqwest::paginator::{Paginated, PaginatedItems};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::schema::{
    ErrorSchema, Location, MemberSchema, OperationSchema, Segment, ServiceSchema, StructureSchema,
    TargetSchema,
};
use smithy_reqwest::shape::{Shape, Slot, Structure, Value};
use std::collections::HashMap;

pub(crate) static SERVICE: ServiceSchema = ServiceSchema::new(
    "ThingService",
    "Thing Store",
    "2026-01-01",
    "things",
    "things",
    &RestJson1,
    "things/1.0",
);

/// Returns a client of the service.
pub(crate) fn client(config: Config) -> smithy_reqwest::Client {
    smithy_reqwest::Client::new(&SERVICE, config)
}

/// Returns a valid call of `GetThing`.
pub(crate) fn get_thing(client: &smithy_reqwest::Client) -> Call<GetThing> {
    let mut call = Call::<GetThing>::new(client.clone());
    call.input.id = Some("one".to_owned());
    call
}

/// Returns a call of `ListThings`.
pub(crate) fn list_things(client: &smithy_reqwest::Client) -> Call<ListThings> {
    Call::new(client.clone())
}

/// Implements the reflection of a structure, as generated code does.
macro_rules! reflect {
    ($type:ident, $schema:ident, { $($index:literal => $field:ident),* $(,)? }) => {
        impl Structure for $type {
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
    };
}

static NOTE: TargetSchema = TargetSchema::new().length(Some(1), Some(10));
static CODE: TargetSchema = TargetSchema::new().pattern("[A-Z]{2,4}");

/// The input of `GetThing`: its ID is in the path, a flag is in the query, and the rest is in the body.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct GetThingInput {
    pub(crate) id: Option<String>,
    pub(crate) verbose: Option<bool>,
    pub(crate) note: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) client_token: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) keys: Option<HashMap<String, String>>,
}

static GET_INPUT: StructureSchema = StructureSchema::new(
    "com.example#GetThingRequest",
    "GetThingInput",
    &[
        MemberSchema::new("id", "id").at(Location::Label).required(),
        MemberSchema::new("verbose", "verbose").at(Location::Query("verbose")),
        MemberSchema::new("note", "note").target(&NOTE),
        MemberSchema::new("password", "password").sensitive(),
        MemberSchema::new("clientToken", "client_token").idempotency_token(),
        MemberSchema::new("code", "code").target(&CODE),
        MemberSchema::new("keys", "keys").sensitive(),
    ],
);

reflect!(GetThingInput, GET_INPUT, {
    0 => id, 1 => verbose, 2 => note, 3 => password, 4 => client_token, 5 => code, 6 => keys,
});
smithy_reqwest::structure!(GetThingInput {
    id,
    verbose,
    note,
    password,
    client_token,
    code,
    keys
});

#[derive(Clone, Default, PartialEq)]
pub(crate) struct GetThingOutput {
    pub(crate) name: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) request_id: Option<String>,
}

static GET_OUTPUT: StructureSchema = StructureSchema::new(
    "com.example#GetThingResponse",
    "GetThingOutput",
    &[
        MemberSchema::new("name", "name"),
        MemberSchema::new("password", "password").sensitive(),
        MemberSchema::new("kind", "kind").at(Location::Header("x-thing-kind")),
    ],
);

reflect!(GetThingOutput, GET_OUTPUT, { 0 => name, 1 => password, 2 => kind });
smithy_reqwest::structure!(GetThingOutput {
    name,
    password,
    kind,
    request_id
});

#[derive(Clone, Copy, Debug)]
pub(crate) struct GetThing;

static GET: OperationSchema = OperationSchema::new(
    "GetThing",
    "POST",
    &[Segment::Literal("/things/"), Segment::Label("id")],
)
.errors(&[
    ErrorSchema::new("ThingNotFound", 404),
    ErrorSchema::new("ThingBusy", 409).retryable(false),
]);

impl Operation for GetThing {
    type Input = GetThingInput;
    type Output = GetThingOutput;
    type Error = Error;

    fn service() -> &'static ServiceSchema {
        &SERVICE
    }

    fn schema() -> &'static OperationSchema {
        &GET
    }

    fn set_request_id(output: &mut GetThingOutput, request_id: Option<String>) {
        output.request_id = request_id;
    }
}

/// `PingThing`, whose ID is in the host prefix, and which has no body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PingThing;

#[derive(Clone, Default, PartialEq)]
pub(crate) struct PingThingInput {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
}

static PING_INPUT: StructureSchema = StructureSchema::new(
    "com.example#PingThingRequest",
    "PingThingInput",
    &[
        MemberSchema::new("id", "id").at(Location::Label).required(),
        MemberSchema::new("name", "name").at(Location::Header("x-thing-name")),
    ],
);

reflect!(PingThingInput, PING_INPUT, { 0 => id, 1 => name });
smithy_reqwest::structure!(PingThingInput { id, name });

static PING: OperationSchema =
    OperationSchema::new("PingThing", "POST", &[Segment::Literal("/ping")])
        .host_prefix(&[Segment::Label("id"), Segment::Literal(".data-")]);

impl Operation for PingThing {
    type Input = PingThingInput;
    type Output = GetThingOutput;
    type Error = Error;

    fn service() -> &'static ServiceSchema {
        &SERVICE
    }

    fn schema() -> &'static OperationSchema {
        &PING
    }

    fn set_request_id(output: &mut GetThingOutput, request_id: Option<String>) {
        output.request_id = request_id;
    }
}

#[derive(Clone, Default, PartialEq)]
pub(crate) struct ListThingsInput {
    pub(crate) next_token: Option<String>,
    pub(crate) max_results: Option<i32>,
}

static LIST_INPUT: StructureSchema = StructureSchema::new(
    "com.example#ListThingsRequest",
    "ListThingsInput",
    &[
        MemberSchema::new("nextToken", "next_token"),
        MemberSchema::new("maxResults", "max_results"),
    ],
);

reflect!(ListThingsInput, LIST_INPUT, { 0 => next_token, 1 => max_results });
smithy_reqwest::structure!(ListThingsInput {
    next_token,
    max_results
});

#[derive(Clone, Default, PartialEq)]
pub(crate) struct ListThingsOutput {
    pub(crate) things: Option<Vec<String>>,
    pub(crate) next_token: Option<String>,
}

static LIST_OUTPUT: StructureSchema = StructureSchema::new(
    "com.example#ListThingsResponse",
    "ListThingsOutput",
    &[
        MemberSchema::new("things", "things"),
        MemberSchema::new("nextToken", "next_token"),
    ],
);

reflect!(ListThingsOutput, LIST_OUTPUT, { 0 => things, 1 => next_token });
smithy_reqwest::structure!(ListThingsOutput { things, next_token });

/// Returns one page of things.
pub(crate) fn page(things: &[&str], next_token: Option<&str>) -> ListThingsOutput {
    ListThingsOutput {
        things: Some(things.iter().map(|thing| (*thing).to_owned()).collect()),
        next_token: next_token.map(str::to_owned),
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ListThings;

static LIST: OperationSchema =
    OperationSchema::new("ListThings", "POST", &[Segment::Literal("/list-things")]);

impl Operation for ListThings {
    type Input = ListThingsInput;
    type Output = ListThingsOutput;
    type Error = Error;

    fn service() -> &'static ServiceSchema {
        &SERVICE
    }

    fn schema() -> &'static OperationSchema {
        &LIST
    }

    fn set_request_id(_: &mut ListThingsOutput, _: Option<String>) {}
}

impl Paginated for ListThings {
    type Token = String;

    fn token(input: &ListThingsInput) -> Option<&String> {
        input.next_token.as_ref()
    }

    fn set_token(input: &mut ListThingsInput, token: Option<String>) {
        input.next_token = token;
    }

    fn next_token(output: &ListThingsOutput) -> Option<&String> {
        output.next_token.as_ref()
    }

    fn set_page_size(input: &mut ListThingsInput, size: i32) {
        input.max_results = Some(size);
    }
}

impl PaginatedItems for ListThings {
    type Item = String;

    fn items(output: ListThingsOutput) -> Vec<String> {
        output.things.unwrap_or_default()
    }
}

/// An error of the model with a member of its own.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ThingBusy {
    pub(crate) message: Option<String>,
    pub(crate) until: Option<String>,
}

static BUSY: StructureSchema = StructureSchema::new(
    "com.example#ThingBusy",
    "ThingBusy",
    &[
        MemberSchema::new("message", "message"),
        MemberSchema::new("until", "until"),
    ],
);

reflect!(ThingBusy, BUSY, { 0 => message, 1 => until });
smithy_reqwest::structure!(ThingBusy { message, until });
