//! Tests of `credential_process` with real processes, by the system clock.

use crate::support::{Home, failure, keys};
use smithy_reqwest::credentials::{ProfileProvider, ProviderConfig};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

const JSON: &str = r#"{"Version": 1, "AccessKeyId": "AK", "SecretAccessKey": "SK", "SessionToken": "ST", "Expiration": "2030-01-01T01:00:00+01:00"}"#;

fn home(command: &str) -> Home {
    Home::new(&format!("[default]\ncredential_process = {command}\n"), "")
}

fn provider(home: &Home) -> ProfileProvider {
    ProfileProvider::new(ProviderConfig::new().environment(home.environment(&[])))
}

/// Returns the path of a script in a directory with a space in its name.
fn script(home: &Home, text: &str) -> PathBuf {
    let path = PathBuf::from(home.path()).join("a script");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

async fn said(command: &str) -> String {
    let home = home(command);
    let (kind, text) = failure(&provider(&home)).await;
    assert_eq!(kind, "failed", "{text}");
    let place = format!(
        "`credential_process` in profile `default` of {}/.aws/config, line 2: ",
        home.path()
    );
    text.strip_prefix(&place)
        .unwrap_or_else(|| panic!("{text}"))
        .to_owned()
}

#[tokio::test]
async fn a_process_prints_credentials() {
    let found = keys(&provider(&home(&format!("echo '{JSON}'")))).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!(found.session_token(), Some("ST"));
    let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000);
    assert_eq!(found.expiry(), Some(expiry));
}

#[tokio::test]
async fn only_the_keys_are_required() {
    let answer = r#"{"version": 1, "accesskeyid": "AK", "SECRETACCESSKEY": "SK", "SessionToken": "", "Expiration": null}"#;
    let home = Home::new(
        &format!("[default]\ncredential_process = echo '{answer}'\naws_account_id = 1"),
        "",
    );
    let found = keys(&provider(&home)).await;
    assert_eq!(
        (found.access_key_id(), found.secret_access_key()),
        ("AK", "SK")
    );
    assert_eq!((found.session_token(), found.expiry()), (None, None));
    assert_eq!(found.account_id().unwrap().as_str(), "1");
}

#[tokio::test]
async fn quoted_words_with_spaces_reach_the_process_whole() {
    let home = home("");
    let script = script(
        &home,
        r#"printf '{"Version": 1, "AccessKeyId": "%s|%s|%s|%s", "SecretAccessKey": "SK"}' "$#" "$1" "$2" "$3""#,
    );
    let command = format!("'{}' \"a b\" 'c  d' e\\ f", script.display());
    let config = format!("[default]\ncredential_process = {command}\n");
    std::fs::write(format!("{}/.aws/config", home.path()), config).unwrap();
    assert_eq!(
        keys(&provider(&home)).await.access_key_id(),
        "3|a b|c  d|e f"
    );
}

#[tokio::test]
async fn a_failing_process_is_reported_with_status_and_standard_error_and_never_its_output() {
    let text = said("echo planted; echo first >&2; echo >&2; echo ' second' >&2; exit 3").await;
    assert_eq!(
        text,
        "the command failed (exit status: 3); standard error: first / second"
    );
    let text = said("exit 1").await;
    assert_eq!(
        text,
        "the command failed (exit status: 1); standard error: (empty)"
    );
    let text = said("no-such-program-here --flag").await;
    assert!(
        text.starts_with("the command failed (exit status: 127); standard error: "),
        "{text}"
    );
    assert!(text.contains("no-such-program-here"), "{text}");
    // Only the end of a long text is shown. It is longer than the buffer of a pipe, and has few lines, since the lines are
    // passed on to the output of the tests.
    let text = said("printf '%0200000d\\ncomplaint\\nthe end\\n' 0 >&2; exit 1").await;
    assert!(text.ends_with("complaint / the end"), "{text}");
    assert!(text.len() < 1_200, "{} bytes", text.len());
}

#[tokio::test]
async fn output_without_credentials_is_reported_and_not_shown() {
    for (output, expected) in [
        ("", "empty response"),
        ("planted", "invalid JSON: expected value at line 1 column 1"),
        ("[\"planted\"]", "expected a JSON object"),
        (r#"{"AccessKeyId": "planted"}"#, "`Version` is missing"),
        (
            r#"{"Version": 2, "AccessKeyId": "planted"}"#,
            "unsupported `Version`: expected 1",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "planted"}"#,
            "`SecretAccessKey` is missing",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "", "SecretAccessKey": "planted"}"#,
            "`AccessKeyId` is missing",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": 7, "SecretAccessKey": "planted"}"#,
            "`AccessKeyId` is not a string",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "AK", "SecretAccessKey": "planted", "Expiration": "tomorrow"}"#,
            "`Expiration` is not an RFC 3339 timestamp",
        ),
    ] {
        let text = said(&format!("printf '%s' '{output}'")).await;
        assert_eq!(text, expected, "{output}");
    }
    let text = said("head -c 300000 /dev/zero").await;
    assert_eq!(
        text,
        "the output of the command is longer than 262144 bytes"
    );
    let text = said("cat /dev/zero").await;
    assert_eq!(
        text,
        "the output of the command is longer than 262144 bytes"
    );
}

/// Runs the test in a process of its own, with an input that never ends.
#[tokio::test]
async fn a_process_reads_nothing_of_this_programs_input() {
    const INSIDE: &str = "CREDENTIALS_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        let home = home(&format!("cat; echo '{JSON}'"));
        let provider = provider(&home).process_timeout(Duration::from_secs(5));
        assert_eq!(keys(&provider).await.access_key_id(), "AK");
        return;
    }
    let mut inside = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "process::a_process_reads_nothing_of_this_programs_input",
        ])
        .env(INSIDE, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = inside.stdin.take();
    let output = inside.wait_with_output().unwrap();
    drop(input);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

/// Runs the test without a terminal, if it has one.
#[tokio::test]
async fn without_a_terminal_all_that_a_process_started_is_stopped_when_its_time_is_up() {
    if std::fs::File::open("/dev/tty").is_ok() {
        let mut apart = Command::new("setsid");
        apart.arg("--wait").arg(std::env::current_exe().unwrap());
        apart.args([
            "--exact",
            "process::without_a_terminal_all_that_a_process_started_is_stopped_when_its_time_is_up",
        ]);
        return match apart.status() {
            Ok(status) => assert!(status.success()),
            Err(error) => eprintln!("not tested at a terminal without `setsid`: {error}"),
        };
    }
    let home = home("");
    let part = |name: &str| format!("{}/{name}", home.path());
    let part_of_pipeline =
        |name: &str, then: &str| format!("sh -c 'echo $$ > \"{}\"; exec {then}'", part(name));
    let (first, last) = (
        part_of_pipeline("first", "sleep 60"),
        part_of_pipeline("last", "cat"),
    );
    let config = format!("[default]\ncredential_process = {first} | {last}\n");
    std::fs::write(part(".aws/config"), config).unwrap();
    let provider = provider(&home).process_timeout(Duration::from_millis(500));
    let (_, text) = failure(&provider).await;
    assert!(
        text.ends_with("the command timed out after 500ms"),
        "{text}"
    );
    assert_ends(&part("first"));
    assert_ends(&part("last"));
}

/// Waits for the end of the process that wrote its ID to this file.
fn assert_ends(pid_file: &str) {
    let pid = std::fs::read_to_string(pid_file).unwrap();
    let alive = || {
        let probe = format!("kill -0 {} 2>/dev/null", pid.trim());
        let status = Command::new("sh").args(["-c", &probe]).status();
        status.unwrap().success()
    };
    let deadline = Instant::now() + Duration::from_secs(5);
    while alive() {
        assert!(Instant::now() < deadline, "process {pid} lives on");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[tokio::test]
async fn a_hanging_process_is_stopped_when_its_time_is_up() {
    let home = home("");
    let pid = format!("{}/pid", home.path());
    let config = format!("[default]\ncredential_process = echo $$ > '{pid}'; exec sleep 1000\n");
    std::fs::write(format!("{}/.aws/config", home.path()), config).unwrap();
    let provider = provider(&home).process_timeout(Duration::from_millis(2_100));
    let (kind, text) = failure(&provider).await;
    assert_eq!(kind, "failed");
    assert!(
        text.ends_with(": the command timed out after 2.1s"),
        "{text}"
    );
    assert_ends(&pid);
}

#[tokio::test]
async fn an_abandoned_process_is_stopped() {
    let home = home("");
    let pid = format!("{}/pid", home.path());
    let config = format!("[default]\ncredential_process = echo $$ > '{pid}'; exec sleep 1000\n");
    std::fs::write(format!("{}/.aws/config", home.path()), config).unwrap();
    let provider = provider(&home);
    let call = tokio::spawn(async move { keys(&provider).await });
    while !std::fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_ends(&pid);
}

/// Stopping a group needs another process, which a thread that runs tasks must not wait for.
#[tokio::test]
async fn stopping_a_process_does_not_block_the_caller() {
    let home = home("sleep 1000");
    let provider = provider(&home);
    let (mut stopping, mut starting) = (Duration::MAX, Duration::MAX);
    for _ in 0..10 {
        let mut call = Box::pin(keys(&provider));
        let waited = tokio::time::timeout(Duration::from_millis(20), &mut call).await;
        assert!(waited.is_err());
        let begun = Instant::now();
        drop(call);
        stopping = stopping.min(begun.elapsed());
        let begun = Instant::now();
        let shell = Command::new("sh").args(["-c", ":"]).status();
        assert!(shell.unwrap().success());
        starting = starting.min(begun.elapsed());
    }
    assert!(stopping < starting / 2, "{stopping:?} of {starting:?}");
}

#[tokio::test]
async fn background_processes_are_not_waited_for() {
    let started = Instant::now();
    let text = said("sleep 30 > /dev/null & echo $! > \"${TMPDIR:-/tmp}/credential-process-left-$PPID\"; echo why >&2; exit 3").await;
    assert_eq!(
        text,
        "the command failed (exit status: 3); standard error: why"
    );
    assert!(started.elapsed() < Duration::from_secs(10));
    let left = format!(
        "{}/credential-process-left-{}",
        std::env::temp_dir().display(),
        std::process::id()
    );
    let pid = std::fs::read_to_string(&left).unwrap();
    std::fs::remove_file(left).unwrap();
    let kill = Command::new("sh")
        .args(["-c", &format!("kill {pid}")])
        .status();
    assert!(kill.unwrap().success());
}

#[tokio::test]
async fn background_processes_may_keep_the_output_open() {
    let started = Instant::now();
    // Neither of its outputs is closed before the sleep ends.
    let command = format!("sleep 20 & echo '{JSON}'");
    let home = home(&command);
    assert_eq!(keys(&provider(&home)).await.access_key_id(), "AK");
    let text = said("sleep 20 & echo why >&2; exit 3").await;
    assert_eq!(
        text,
        "the command failed (exit status: 3); standard error: why"
    );
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_process_that_times_out_is_reported_with_its_standard_error() {
    let home = home("echo 'Enter MFA code:' >&2; exec sleep 1000");
    let provider = provider(&home).process_timeout(Duration::from_millis(1_100));
    let (_, text) = failure(&provider).await;
    let end = "the command timed out after 1.1s; standard error: Enter MFA code:";
    assert!(text.ends_with(end), "{text}");
}

const INSIDE: &str = "CREDENTIALS_TEST_PROMPT_INSIDE";

/// Runs the test in a process of its own, and reads its standard error.
#[tokio::test]
async fn a_prompt_on_standard_error_is_shown_while_the_process_waits_for_its_response() {
    if std::env::var_os(INSIDE).is_some() {
        let home = home(&format!(
            "printf 'Enter MFA code: ' >&2; read code < \"$ANSWER\"; echo '{JSON}'"
        ));
        assert_eq!(keys(&provider(&home)).await.access_key_id(), "AK");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let answer = directory.path().join("answer");
    assert!(
        Command::new("mkfifo")
            .arg(&answer)
            .status()
            .unwrap()
            .success()
    );
    let name =
        "process::a_prompt_on_standard_error_is_shown_while_the_process_waits_for_its_response";
    let mut inside = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .envs([(INSIDE, "1".as_ref()), ("ANSWER", answer.as_os_str())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shown = [0; 16];
    let mut stderr = inside.stderr.take().unwrap();
    std::io::Read::read_exact(&mut stderr, &mut shown).unwrap();
    assert_eq!(&shown, b"Enter MFA code: ");
    std::fs::write(&answer, "123456\n").unwrap();
    let output = inside.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[tokio::test]
async fn a_process_that_writes_without_end_is_stopped_when_its_output_is_too_long() {
    let home = home("");
    let pid = format!("{}/pid", home.path());
    let config = format!("[default]\ncredential_process = echo $$ > '{pid}'; exec yes\n");
    std::fs::write(format!("{}/.aws/config", home.path()), config).unwrap();
    let provider = provider(&home).process_timeout(Duration::from_secs(20));
    let (kind, text) = failure(&provider).await;
    assert_eq!(kind, "failed");
    assert!(
        text.ends_with(": the output of the command is longer than 262144 bytes"),
        "{text}"
    );
    assert_ends(&pid);
}
