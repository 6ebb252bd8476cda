//! A long-lived Python process with botocore: a question in, its answer out, both JSON.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The process; it ends with this value.
pub(crate) struct Python {
    process: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Python {
    /// Starts `script`, which lies beside this crate's manifest, with the interpreter of a virtual environment.
    pub(crate) fn start(venv: &Path, script: &str) -> Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let mut process = Command::new(venv.join("bin/python"))
            .arg(&path)
            // Neither a user's settings nor a proxy may have a say.
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} with {}", venv.display(), path.display()))?;
        let questions = process.stdin.take();
        let answers = process.stdout.take().context("no standard output")?;
        Ok(Self {
            process,
            questions,
            answers: BufReader::new(answers),
        })
    }

    /// Asks and waits for the answer.
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value> {
        let questions = self.questions.as_mut().context("the peer has ended")?;
        writeln!(questions, "{question}")?;
        questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            bail!("the peer ended without an answer to {question}");
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input ends it.
        self.questions = None;
        let _ = self.process.wait();
    }
}
