//! A long-lived process that responds to requests, one JSON object a line.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Returns the cargo that runs this program.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The process, killed on drop.
pub(crate) struct Process {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program with an empty environment.
    pub(crate) fn start(program: &Path, arguments: &[&Path]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let questions = process.stdin.take();
        let answers = process.stdout.take().context("no standard output")?;
        Ok(Self {
            process,
            questions,
            answers: BufReader::new(answers),
        })
    }

    /// Starts botocore from a virtual environment.
    pub(crate) fn botocore(venv: &Path) -> Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("botocore_peer.py");
        Self::start(&venv.join("bin/python"), &[&script])
    }

    /// Sends a request and waits for the response.
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value> {
        let questions = self.questions.as_mut().context("the process has ended")?;
        writeln!(questions, "{question}")?;
        questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("the process ended without an answer to {question}");
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.questions = None;
        let _ = self.process.wait();
    }
}
