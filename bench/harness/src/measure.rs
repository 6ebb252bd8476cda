//! The measurements in a measured program.

use crate::{Subject, allocations, usage};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The time limit of a program, after which it counts as hanging.
const LIMIT: Duration = Duration::from_secs(300);

/// The `main` of a measured program: `construct COUNT`, `calls CALL SIZE COUNT IN_FLIGHT`, `memory IN_FLIGHT` or `future`.
///
/// # Panics
///
/// Panics if the arguments are invalid, or a response is wrong.
pub fn main<S: Subject>() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let measured = async {
        match arguments.as_slice() {
            ["construct", count] => construct::<S>(number(count)).await,
            ["calls", call, size, count, in_flight] => {
                let call = Call {
                    name: (*call).to_owned(),
                    size: number(size),
                };
                calls(S::construct().await, call, number(count), number(in_flight)).await;
            }
            ["memory", in_flight] => memory(S::construct().await, number(in_flight)).await,
            ["future"] => print(
                "bytes",
                S::construct().await.largest_future().unwrap_or(0) as f64,
            ),
            _ => panic!("unknown arguments: {arguments:?}"),
        }
    };
    let measured = async { tokio::time::timeout(LIMIT, measured).await };
    let measured = runtime.expect("a runtime").block_on(measured);
    measured.expect("a measurement that ends");
}

fn number(text: &str) -> usize {
    text.parse()
        .unwrap_or_else(|_| panic!("invalid number: {text}"))
}

fn print(name: &str, value: f64) {
    println!("{name} {value}");
}

/// A call and its size.
#[derive(Clone)]
struct Call {
    name: String,
    size: usize,
}

impl Call {
    async fn of<S: Subject>(&self, client: &S) {
        let (got, expected) = match self.name.as_str() {
            "list-flows" => (client.list_flows(self.size.to_string()).await, self.size),
            "create-flow" => (client.create_flow().await, 1),
            "describe-entity" => (
                client.describe_entity(self.size.to_string()).await,
                self.size,
            ),
            name => panic!("unknown call: {name}"),
        };
        assert_eq!(got, expected, "what {} answered", self.name);
    }
}

/// Makes calls, `in_flight` of them at any time, and prints the cost of one.
async fn calls<S: Subject>(client: S, call: Call, count: usize, in_flight: usize) {
    // Connections, caches and the branch predictor are warm in a program that runs for long.
    rounds(&client, &call, (count / 10).max(in_flight), in_flight).await;
    let (allocations, bytes) = allocations::so_far();
    let used = usage::of_this_process().cpu;
    let started = Instant::now();
    let made = rounds(&client, &call, count, in_flight).await as f64;
    let wall = started.elapsed();
    let used = usage::of_this_process().cpu - used;
    let (allocations_now, bytes_now) = allocations::so_far();
    print("wall", microseconds(wall) / made);
    print("cpu", microseconds(used) / made);
    print("allocations", (allocations_now - allocations) as f64 / made);
    print("allocated", (bytes_now - bytes) as f64 / made);
}

fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// Returns the number of calls.
async fn rounds<S: Subject>(client: &S, call: &Call, count: usize, in_flight: usize) -> usize {
    if in_flight == 1 || !S::CONCURRENT {
        for _ in 0..count {
            call.of(client).await;
        }
        return count;
    }
    let each = count.div_ceil(in_flight);
    let mut tasks = JoinSet::new();
    for _ in 0..in_flight {
        let (client, call) = (client.clone(), call.clone());
        tasks.spawn(async move {
            for _ in 0..each {
                call.of(&client).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("a task that ended");
    }
    each * in_flight
}

/// Measures the construction of clients, and the first call with one.
async fn construct<S: Subject>(count: usize) {
    let started = Instant::now();
    for _ in 0..count {
        std::hint::black_box(S::construct().await);
    }
    print("construct", microseconds(started.elapsed()) / count as f64);
    let started = Instant::now();
    for _ in 0..count {
        let flows = S::construct().await.list_flows("0".to_owned()).await;
        assert_eq!(flows, 0, "flows");
    }
    print("first", microseconds(started.elapsed()) / count as f64);
}

/// Measures the peak memory with many calls in flight: the server responds when it has received all of them.
async fn memory<S: Subject>(client: S, in_flight: usize) {
    let mut tasks = JoinSet::new();
    for _ in 0..in_flight {
        let client = client.clone();
        tasks.spawn(async move { client.list_flows("hold-0".to_owned()).await });
    }
    while let Some(flows) = tasks.join_next().await {
        assert_eq!(flows.expect("a task that ended"), 0, "flows");
    }
    print("peak", usage::of_this_process().peak as f64);
}
