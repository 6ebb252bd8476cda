//! Runs a command with a timeout, and returns its standard output.
//!
//! The command runs in a shell, `sh -c` or `cmd.exe /C`, as in the AWS SDKs for Rust, Go, Java and JavaScript: quotes,
//! variables and `~` have their meaning in the shell. (The AWS CLI splits the line by the rules of a shell and starts
//! the program without one, so that a line without variables has the same meaning for both.)

use crate::http::time::{SharedClock, within};
use crate::identity::credentials::captured::Captured;
use crate::identity::credentials::process_group;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;
use tokio::sync::oneshot;

/// The maximum length of the output, which is more than any credentials need.
const MAX_OUTPUT_BYTES: usize = 256 * 1024;
/// The maximum length of the standard error in a message: its end, which contains the reason.
const SHOWN_ERROR: usize = 1_000;
/// The minimum and maximum interval of the checks whether the command has ended.
const POLL: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(20));
/// The time to wait for the rest of the output after the command has ended: a background process of the command may
/// keep it open forever.
const GRACE: Duration = Duration::from_millis(200);

/// The error of a command without output. The standard output is never shown, since it may be a secret.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProcessError {
    #[error("failed to start the command: {0}")]
    Start(std::io::Error),
    #[error("the command timed out after {limit:?}{}", said(stderr))]
    TimedOut { limit: Duration, stderr: Vec<u8> },
    #[error("the command failed ({status}); standard error: {stderr}")]
    Failed { status: ExitStatus, stderr: String },
    #[error("the output of the command is longer than {MAX_OUTPUT_BYTES} bytes")]
    TooLong,
    #[error("failed to read the output of the command: {0}")]
    Read(std::io::Error),
}

/// Formats the standard error so far, if there is any.
fn said(stderr: &[u8]) -> String {
    match stderr.trim_ascii() {
        [] => String::new(),
        stderr => format!("; standard error: {}", shown(stderr)),
    }
}

/// Runs the command. Its standard error is passed on to that of this program at once, as in the AWS SDK for Go: it may
/// ask for a code there. Dropping the future stops the command. If this program has no terminal, all processes of the
/// command are stopped too. If it has one, only the shell is, or the program that replaced the shell: a program that
/// the shell waits for, as in a pipeline, continues until it ends by itself.
pub(super) async fn run(
    command: &str,
    clock: &SharedClock,
    limit: Duration,
) -> Result<Vec<u8>, ProcessError> {
    let mut shell = shell(command);
    let leads_group = process_group::separate(&mut shell);
    let mut child = shell
        // The command does not read the input of this program. One that asks for a code does so at the terminal.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(ProcessError::Start)?;
    let output = Captured::beginning(child.stdout.take(), MAX_OUTPUT_BYTES);
    let stderr = Captured::end(child.stderr.take(), 4 * SHOWN_ERROR);
    let started = Arc::new(Mutex::new(Started {
        child,
        leads_group,
        ended: false,
        unwanted: false,
    }));
    let watched = Watched(Arc::clone(&started));
    let (sender, receiver) = oneshot::channel();
    // These are separate threads: tokio waits for its blocking threads when a runtime shuts down, and a command may
    // hang.
    let watcher = thread::Builder::new()
        .name("credential_process".to_owned())
        .spawn({
            let stderr = stderr.clone();
            move || drop(sender.send(watched.wait(&output, &stderr)))
        })
        .map_err(ProcessError::Start)?;
    let wanted = Wanted {
        started,
        watcher: watcher.thread().clone(),
    };
    let result = within(clock, Some(limit), receiver).await;
    drop(wanted);
    match result {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(ProcessError::Read(std::io::ErrorKind::Interrupted.into())),
        Err(limit) => Err(ProcessError::TimedOut {
            limit,
            stderr: stderr.so_far(),
        }),
    }
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt;
    let mut shell = Command::new("cmd.exe");
    // cmd.exe removes one pair of quotes, and does not know the escapes that `arg` would add.
    shell.arg("/C").raw_arg(format!("\"{command}\""));
    shell
}

/// A running command.
struct Started {
    child: Child,
    leads_group: bool,
    /// `true` if the command has ended and its status was read.
    ended: bool,
    /// `true` if its result is no longer needed.
    unwanted: bool,
}

fn lock(started: &Mutex<Started>) -> MutexGuard<'_, Started> {
    started.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The handle of the caller that waits for the result; dropping it stops the command. It may be dropped on a thread
/// that runs tasks, which must not wait: the shell gets its signal, and the watching thread does the rest.
struct Wanted {
    started: Arc<Mutex<Started>>,
    watcher: Thread,
}

impl Drop for Wanted {
    fn drop(&mut self) {
        let mut started = lock(&self.started);
        if !started.ended {
            started.unwanted = true;
            // An error means that it has ended.
            let _ = started.child.kill();
        }
        drop(started);
        self.watcher.unpark();
    }
}

/// The handle of the thread that watches the command. Only this thread waits for its end. Dropping it stops the
/// command.
struct Watched(Arc<Mutex<Started>>);

impl Watched {
    fn started(&self) -> MutexGuard<'_, Started> {
        lock(&self.0)
    }

    /// Waits for the end of the command.
    fn wait(self, output: &Captured, stderr: &Captured) -> Result<Vec<u8>, ProcessError> {
        let (mut pause, longest) = POLL;
        let mut stopped = false;
        let status = loop {
            // A full pipe would keep the command from ending.
            if !stopped && output.is_too_long() {
                self.stop();
                stopped = true;
            }
            let status = self.try_wait()?;
            match status {
                Some(status) => break status,
                None => thread::park_timeout(pause),
            }
            pause = (pause * 2).min(longest);
        };
        let written = output.within(GRACE).map_err(ProcessError::Read)?;
        if output.is_too_long() {
            return Err(ProcessError::TooLong);
        }
        if status.success() {
            return Ok(written);
        }
        // A standard error that cannot be read is ignored.
        let stderr = stderr.within(GRACE).unwrap_or_default();
        Err(ProcessError::Failed {
            status,
            stderr: shown(&stderr),
        })
    }

    fn try_wait(&self) -> Result<Option<ExitStatus>, ProcessError> {
        let mut started = self.started();
        // If the result is no longer needed, the group is stopped first: afterwards its number may belong to another
        // group.
        if started.unwanted && started.leads_group {
            let leader = started.child.id();
            drop(started);
            process_group::stop(leader);
            started = self.started();
            started.leads_group = false;
        }
        let status = started.child.try_wait().map_err(ProcessError::Read)?;
        started.ended = status.is_some();
        Ok(status)
    }

    /// Stops the command with all of its group, unless it has ended by itself.
    fn stop(&self) {
        let started = self.started();
        let (leads_group, leader) = (started.leads_group, started.child.id());
        if started.ended {
            return;
        }
        // The lock is released: the drop of the other half must not wait for this.
        drop(started);
        if leads_group {
            process_group::stop(leader);
        }
        let mut started = self.started();
        started.leads_group = false;
        // An error means that it has ended.
        let _ = started.child.kill();
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Returns the end of the text, on one line.
fn shown(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let line = lines.join(" / ");
    match line.char_indices().nth_back(SHOWN_ERROR) {
        _ if line.is_empty() => "(empty)".to_owned(),
        Some((start, _)) => format!("…{}", line.get(start..).unwrap_or_default()),
        None => line,
    }
}
