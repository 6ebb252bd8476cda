//! Load tests: 64 concurrent clients, no error, constant memory; and runs whose memory does not depend on the size of the data.
//! `scripts/load.sh` takes a minute and a gigabyte; `LOAD_SECONDS` and `LOAD_MEGABYTES` set other sizes.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may stop them"
)]

mod common;

use appflow_sdk::{Client, Error};
use common::program::Program;
use common::s3::FakeS3;
use common::{flow, on_demand, run_statuses};
use std::time::{Duration, Instant, SystemTime};
use tokio::process::Child;
use tokio::task::JoinSet;

const CLIENTS: usize = 64;
/// The interval at which memory is measured.
const SAMPLES: f64 = 30.0;

/// The duration from which on memory is constant in the second half.
const STEADY_SECONDS: u64 = 60;

/// Returns the number in a variable, or a default.
fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Returns the resident memory of a process in MiB.
fn memory(child: &Child) -> u64 {
    status(child, "VmRSS:")
}

/// Returns a size from the status of a process in MiB.
fn status(child: &Child, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id().unwrap())).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// Makes a call, which must succeed, and records its duration in microseconds.
async fn timed<T>(times: &mut Vec<u128>, call: impl Future<Output = Result<T, Error>>) {
    let started = Instant::now();
    call.await.unwrap();
    times.push(started.elapsed().as_micros());
}

/// Repeats the calls of a typical program on a flow of its own; returns their durations.
async fn work(client: Client, number: usize, until: Instant) -> Vec<u128> {
    let name = format!("flow-{number}");
    let mut times = Vec::new();
    while Instant::now() < until {
        timed(&mut times, flow(&client, &name, on_demand()).send()).await;
        for _ in 0..5 {
            timed(&mut times, client.start_flow().flow_name(&name).send()).await;
            timed(&mut times, client.describe_flow().flow_name(&name).send()).await;
            let records = client.describe_flow_execution_records().flow_name(&name);
            timed(&mut times, records.send()).await;
        }
        timed(&mut times, client.list_flows().max_results(20).send()).await;
        let delete = client.delete_flow().flow_name(&name).force_delete(true);
        timed(&mut times, delete.send()).await;
    }
    times
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_find_no_error_and_flat_memory() {
    let seconds = setting("LOAD_SECONDS", 5);
    let program = Program::start(&["--quiet", "--run-duration", "50"]).await;
    let client = program.client();
    let started = Instant::now();
    let until = started + Duration::from_secs(seconds);
    let mut workers = JoinSet::new();
    for number in 0..CLIENTS {
        workers.spawn(work(client.clone(), number, until));
    }
    let mut samples = Vec::new();
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_secs(seconds).div_f64(SAMPLES)).await;
        samples.push(memory(&program.child));
    }
    let mut times: Vec<u128> = workers.join_all().await.into_iter().flatten().collect();
    times.sort_unstable();
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    let at = |part: usize| times[(times.len() - 1) * part / 1000] as f64 / 1000.0;
    println!(
        "{CLIENTS} clients, {seconds} s: {} calls and no error, {rate:.0} a second; half of them within {:.1} ms, 99 % \
         within {:.1} ms, all within {:.1} ms; memory in MiB {samples:?}",
        times.len(),
        at(500),
        at(990),
        at(1000),
    );
    if seconds < STEADY_SECONDS {
        return;
    }
    // After the first third, runs and client tokens have reached their limits.
    let most = |samples: &[u64]| samples.iter().copied().max().unwrap();
    let third = samples.len() / 3;
    let (warm, last) = (
        most(&samples[third..2 * third]),
        most(&samples[2 * third..]),
    );
    assert!(last <= warm + warm / 10 + 4, "memory grows: {samples:?}");
}

/// Returns a CSV file of a size in megabytes.
fn csv(megabytes: u64) -> String {
    use std::fmt::Write;
    let mut text = "id,name,country,amount\n".to_owned();
    let mut number = 0;
    while (text.len() as u64) < megabytes << 20 {
        let country = ["DE", "FR", "NL"][number % 3];
        writeln!(
            text,
            "{number},name of record {number},{country},{number}.25"
        )
        .unwrap();
        number += 1;
    }
    text
}

/// Runs a flow in a program of its own; returns the largest resident memory in MiB and the duration.
async fn peak(options: &[&str]) -> (u64, Duration) {
    let options: Vec<&str> = [options, &["--quiet", "--run-duration", "0"]].concat();
    let program = Program::start(&options).await;
    let client = program.client();
    let wanted = flow(&client, "flow", on_demand());
    wanted.send().await.unwrap();
    let started = Instant::now();
    client.start_flow().flow_name("flow").send().await.unwrap();
    loop {
        match &*run_statuses(&client, "flow").await[0] {
            "InProgress" => tokio::time::sleep(Duration::from_millis(20)).await,
            "Successful" => break,
            other => panic!("{other}"),
        }
    }
    let took = started.elapsed();
    let peak = status(&program.child, "VmHWM:");
    program.kill().await;
    (peak, took)
}

/// The memory in MiB by which the larger of two runs may exceed the smaller one.
const SLACK: u64 = 24;

#[tokio::test(flavor = "multi_thread")]
async fn memory_does_not_depend_on_the_size_of_the_data() {
    let sizes = [20, setting("LOAD_MEGABYTES", 100)];
    let mut peaks = Vec::new();
    for megabytes in sizes {
        let text = csv(megabytes);
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        std::fs::create_dir(&source).unwrap();
        std::fs::write(source.join("in.csv"), &text).unwrap();
        let in_folder = peak(&["--buckets", folder.path().to_str().unwrap()]).await;
        let s3 = FakeS3::start(&["source", "target"]).await;
        s3.store.write("source", "in.csv", text, SystemTime::now());
        let in_s3 = peak(&["--s3-endpoint", &s3.url]).await;
        println!(
            "{megabytes} MB of CSV, largest memory in MiB and duration: {in_folder:?} in folders, {in_s3:?} in S3"
        );
        peaks.push((in_folder.0, in_s3.0));
    }
    let [small, large] = peaks[..] else {
        panic!("{peaks:?}")
    };
    assert!(
        large.0 < small.0 + SLACK && large.1 < small.1 + SLACK,
        "{peaks:?}"
    );
}
