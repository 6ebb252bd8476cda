//! Tests of blocking calls: outside of a runtime, inside of one, and where they are not allowed.

use super::server::Server;
use crate::service::{
    GetThing, GetThingInput, GetThingOutput, ListThings, client, get_thing, list_things, page,
};
use smithy_reqwest::error::Cause;
use smithy_reqwest::paginator::Paginator;
use smithy_reqwest::testing::TestTransport;
use smithy_reqwest::waiter::{self, Verdict, Waiter, WaiterError, WaiterSchema};
use std::time::Duration;

/// Starts a server on a runtime of its own.
fn served() -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(Server::answering(super::server::thing()));
    (runtime, server)
}

fn current_thread() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

#[test]
fn a_call_waits_for_its_response_outside_of_any_runtime() {
    let (_runtime, server) = served();
    let client = client(server.config().build());
    for _ in 0..3 {
        let output = get_thing(&client).send_blocking().unwrap();
        assert_eq!(output.name.as_deref(), Some("thing"));
        let output = get_thing(&client).customize().send_blocking().unwrap();
        assert_eq!(output.name.as_deref(), Some("thing"));
    }
    assert_eq!(
        server.connections(),
        1,
        "connections are kept between calls"
    );
}

#[test]
fn many_threads_wait_at_once() {
    let (_runtime, server) = served();
    let client = client(server.config().build());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| get_thing(&client).send_blocking().unwrap());
        }
    });
}

#[test]
fn inside_a_runtime_of_several_threads_it_works_even_on_the_last_of_them_and_on_its_connections() {
    let (_servers, server) = served();
    let client = client(server.config().build());
    let callers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    callers.block_on(async {
        let task = tokio::spawn(async move {
            // The connection of this call is on the only worker, and the next call uses it.
            get_thing(&client).send().await.unwrap();
            get_thing(&client).send_blocking().unwrap();
            let call = get_thing(&client);
            let blocking = tokio::task::spawn_blocking(move || call.send_blocking());
            blocking.await.unwrap().unwrap();
        });
        task.await.unwrap();
    });
    assert_eq!(server.connections(), 1);
}

#[test]
fn in_a_task_of_a_runtime_with_one_thread_it_is_an_error_at_once_and_not_a_deadlock() {
    let transport = TestTransport::new();
    let client = client(transport.config().build());
    current_thread().block_on(async {
        let refused = |call: smithy_reqwest::call::Call<GetThing>| {
            let error = call.send_blocking().unwrap_err();
            assert!(
                matches!(error.cause(), Cause::Configuration(_)),
                "{error:?}"
            );
            assert!(error.to_string().contains("with .await"), "{error}");
        };
        refused(get_thing(&client));
        let call = get_thing(&client);
        tokio::spawn(async move { refused(call) }).await.unwrap();

        let mut pages = Paginator::new(list_things(&client)).send_blocking();
        assert!(pages.next().unwrap().is_err());
        assert!(pages.next().is_none());
    });
    assert!(transport.requests().is_empty());
}

#[test]
fn on_a_blocking_thread_of_a_runtime_with_one_thread_it_works() {
    let (_servers, server) = served();
    let client = client(server.config().build());
    current_thread().block_on(async {
        get_thing(&client).send().await.unwrap();
        let call = get_thing(&client);
        let blocking = tokio::task::spawn_blocking(move || call.send_blocking());
        blocking.await.unwrap().unwrap();
    });
}

#[test]
fn in_a_local_set_on_a_runtime_of_several_threads_it_works_without_a_panic() {
    let (_servers, server) = served();
    let client = client(server.config().build());
    let callers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let local = tokio::task::LocalSet::new();
    local.block_on(&callers, async {
        let call = get_thing(&client);
        let task = tokio::task::spawn_local(async move { call.send_blocking() });
        task.await.unwrap().unwrap();
        get_thing(&client).send_blocking().unwrap();
    });
}

#[test]
fn pages_and_items_come_as_iterators() {
    let transport = TestTransport::new();
    let queue = || {
        transport
            .answer::<ListThings>(page(&["a", "b"], Some("2")))
            .answer::<ListThings>(page(&["c"], None));
    };
    queue();
    let client = client(transport.config().build());
    let items = Paginator::new(list_things(&client)).items().send_blocking();
    let items: Result<Vec<String>, _> = items.collect();
    assert_eq!(items.unwrap(), ["a", "b", "c"]);
    queue();
    let pages = Paginator::new(list_things(&client)).send_blocking();
    assert_eq!(pages.map(Result::unwrap).count(), 2);

    transport
        .answer::<ListThings>(page(&["a"], Some("2")))
        .error::<ListThings>("Gone", "no more");
    let mut items = Paginator::new(list_things(&client)).items().send_blocking();
    assert_eq!(items.next().unwrap().unwrap(), "a");
    assert_eq!(items.next().unwrap().unwrap_err().code(), Some("Gone"));
    assert!(items.next().is_none(), "it ends with the error");
}

#[test]
fn a_panic_in_a_hook_reaches_the_caller_as_an_error_and_later_calls_work() {
    let transport = TestTransport::new();
    transport.answer::<GetThing>(GetThingOutput::default());
    let client = client(transport.config().build());
    let call = get_thing(&client).customize();
    let call = call.mutate_request(|_| panic!("planned"));
    let error = call.send_blocking().unwrap_err();
    assert!(error.to_string().contains("panicked"), "{error}");
    get_thing(&client).send_blocking().unwrap();
}

/// A waiter for a thing to have a name. It fails if the name is "broken".
#[derive(Debug)]
struct ThingNamed;

impl Waiter for ThingNamed {
    type Operation = GetThing;

    fn schema() -> &'static WaiterSchema {
        static SCHEMA: WaiterSchema = WaiterSchema::new("ThingNamed", 0, 1);
        &SCHEMA
    }

    fn judge_output(_: &GetThingInput, output: &GetThingOutput) -> Option<Verdict> {
        output.name.as_deref().map(|name| match name {
            "broken" => Verdict::Failure("the thing is broken"),
            _ => Verdict::Success,
        })
    }
}

fn things(names: &[Option<&str>]) -> TestTransport {
    let transport = TestTransport::new();
    for name in names {
        transport.answer::<GetThing>(GetThingOutput {
            name: name.map(str::to_owned),
            ..GetThingOutput::default()
        });
    }
    transport
}

#[test]
fn a_wait_that_blocks_ends_as_its_waiter_says() {
    const MINUTE: Duration = Duration::from_secs(60);
    let wait = |names: &[Option<&str>], max_wait| {
        let client = client(things(names).config().build());
        waiter::wait_blocking::<ThingNamed>(get_thing(&client), max_wait)
    };
    let done = wait(&[None, None, Some("thing")], MINUTE).unwrap();
    assert_eq!(done.polls(), 3, "without a least delay it goes on too");
    let output = done.as_result().unwrap();
    assert_eq!(output.name.as_deref(), Some("thing"));

    let failed = wait(&[None, Some("broken")], MINUTE).unwrap_err();
    assert!(matches!(failed, WaiterError::FailureState(_)), "{failed}");
    assert_eq!(failed.polls(), 2);
    let late = wait(&[None], Duration::ZERO).unwrap_err();
    assert!(matches!(late, WaiterError::ExceededMaxWait(_)), "{late}");
    assert_eq!(late.polls(), 1);
}

#[test]
fn a_wait_that_blocks_is_an_error_where_it_would_wait_for_itself() {
    let error = current_thread().block_on(async {
        let call = get_thing(&client(things(&[]).config().build()));
        let task = async { waiter::wait_blocking::<ThingNamed>(call, Duration::ZERO) };
        tokio::spawn(task).await.unwrap().unwrap_err()
    });
    assert!(matches!(error, WaiterError::OperationFailed(_)), "{error}");
    assert_eq!(error.polls(), 0);
    assert!(
        error.to_string().contains("use the form with .await"),
        "{error}"
    );
}
