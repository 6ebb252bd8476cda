//! A command line in, what it wrote to its standard output out, within a time limit.
//!
//! The command runs in a shell, `sh -c` or `cmd.exe /C`, as in the AWS SDKs for Rust, Go, Java and JavaScript: quotes,
//! variables and `~` mean what they mean there. (The AWS CLI splits the line by shell rules and starts the program
//! without a shell, so that a line without variables means the same to both.)

use crate::http::time::{SharedClock, within};
use crate::identity::credentials::process_group;
use std::io::Read;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

/// More than any credentials need.
const LONGEST_OUTPUT: u64 = 256 * 1024;
/// How much of the standard error is shown: its end, where the reason stands.
const SHOWN_ERROR: usize = 1_000;
/// How often to look whether the command has ended, once it has closed its output.
const POLL: Duration = Duration::from_millis(2);
/// How long to wait for the rest of the standard error after the command has ended: whatever it left running in the
/// background may hold it open for good.
const ERROR_GRACE: Duration = Duration::from_millis(200);

/// The command brought nothing. What it wrote to its standard output is never shown: it may be a secret.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProcessError {
    #[error("the command cannot be started: {0}")]
    Start(std::io::Error),
    #[error("the command did not end within {} seconds and was stopped", .0.as_secs())]
    TimedOut(Duration),
    #[error("the command failed ({status}); standard error: {stderr}")]
    Failed { status: ExitStatus, stderr: String },
    #[error("the output of the command is longer than {LONGEST_OUTPUT} bytes")]
    TooLong,
    #[error("the output of the command cannot be read: {0}")]
    Read(std::io::Error),
}

/// Runs the command. Dropping the future stops it. Where this program has no terminal, all that the command has started
/// is stopped too. Where it has one, only the shell is, or what the shell has become: a program that the shell waits for,
/// as in a pipeline, goes on until it ends by itself.
pub(super) async fn run(
    command: &str,
    clock: &SharedClock,
    limit: Duration,
) -> Result<Vec<u8>, ProcessError> {
    let mut shell = shell(command);
    let leads_group = process_group::separate(&mut shell);
    let mut child = shell
        // The program's own input is not the command's to read; one that asks for a code does so at the terminal.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(ProcessError::Start)?;
    let pipes = (child.stdout.take(), child.stderr.take());
    let running = Running(Arc::new(Mutex::new(Started {
        child,
        leads_group,
        ended: false,
    })));
    let watched = Running(Arc::clone(&running.0));
    let (sender, receiver) = oneshot::channel();
    // Threads of our own: tokio waits for its blocking threads when a runtime shuts down, and a command may hang.
    thread::Builder::new()
        .name("credential_process".to_owned())
        .spawn(move || drop(sender.send(watched.wait(pipes))))
        .map_err(ProcessError::Start)?;
    let result = within(clock, Some(limit), receiver).await;
    drop(running);
    match result {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(ProcessError::Read(std::io::ErrorKind::Interrupted.into())),
        Err(limit) => Err(ProcessError::TimedOut(limit)),
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
    // cmd.exe takes off one pair of quotes, and does not know the escapes `arg` would add.
    shell.arg("/C").raw_arg(format!("\"{command}\""));
    shell
}

/// The command, stopped when this is dropped.
struct Running(Arc<Mutex<Started>>);

struct Started {
    child: Child,
    leads_group: bool,
    /// Whether it has been waited for.
    ended: bool,
}

impl Started {
    fn try_wait(&mut self) -> Result<Option<ExitStatus>, ProcessError> {
        let status = self.child.try_wait().map_err(ProcessError::Read)?;
        self.ended = status.is_some();
        Ok(status)
    }

    /// Stops it, unless it has ended by itself.
    fn stop(&mut self) {
        if self.ended {
            return;
        }
        if self.leads_group {
            process_group::stop(self.child.id());
        }
        // An error means that it has ended.
        let _ = self.child.kill();
    }
}

impl Running {
    fn started(&self) -> MutexGuard<'_, Started> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the command's end; on a thread of its own.
    fn wait(
        self,
        (stdout, stderr): (Option<ChildStdout>, Option<ChildStderr>),
    ) -> Result<Vec<u8>, ProcessError> {
        let stderr = Tail::of(stderr);
        let output = stdout.map_or(Ok(Vec::new()), read);
        if output.is_err() {
            // A full pipe would keep the command from ending.
            self.started().stop();
        }
        let status = loop {
            let status = self.started().try_wait()?;
            match status {
                Some(status) => break status,
                None => thread::sleep(POLL),
            }
        };
        let output = output?;
        if status.success() {
            return Ok(output);
        }
        Err(ProcessError::Failed {
            status,
            stderr: shown(&stderr.read()),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.started().stop();
    }
}

fn read(pipe: impl Read) -> Result<Vec<u8>, ProcessError> {
    let mut bytes = Vec::new();
    let mut pipe = pipe.take(LONGEST_OUTPUT + 1);
    pipe.read_to_end(&mut bytes).map_err(ProcessError::Read)?;
    match bytes.len() as u64 > LONGEST_OUTPUT {
        true => Err(ProcessError::TooLong),
        false => Ok(bytes),
    }
}

/// The end of what came through a pipe that a thread reads. Both pipes have to be read at once: a command that fills
/// one while nobody reads it would wait forever.
#[derive(Clone, Default)]
struct Tail(Arc<(Mutex<Kept>, Condvar)>);

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    at_end: bool,
}

impl Tail {
    fn of(pipe: Option<ChildStderr>) -> Self {
        let tail = Self::default();
        let filled = tail.clone();
        let read = move || {
            let mut piece = [0; 4096];
            if let Some(mut pipe) = pipe {
                while let Ok(length @ 1..) = pipe.read(&mut piece) {
                    filled.push(piece.get(..length).unwrap_or_default());
                }
            }
            filled.end();
        };
        // Without the thread the message is lost, and nothing else.
        if thread::Builder::new().spawn(read).is_err() {
            tail.end();
        }
        tail
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, piece: &[u8]) {
        let mut kept = self.kept();
        kept.bytes.extend_from_slice(piece);
        let surplus = kept.bytes.len().saturating_sub(4 * SHOWN_ERROR);
        kept.bytes.drain(..surplus);
    }

    fn end(&self) {
        self.kept().at_end = true;
        self.0.1.notify_all();
    }

    /// What has come, waiting a little for the rest.
    fn read(&self) -> Vec<u8> {
        let changed = &self.0.1;
        let waited = changed.wait_timeout_while(self.kept(), ERROR_GRACE, |kept| !kept.at_end);
        // Either way, what is there is there.
        let (kept, _) = waited.unwrap_or_else(PoisonError::into_inner);
        kept.bytes.clone()
    }
}

/// The end of the text, on one line.
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
