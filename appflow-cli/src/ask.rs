//! Asks for confirmation on the terminal.

use anyhow::{Result, bail};
use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

/// Asks a question, and returns `true` for `y` or `yes`. Any other input, or its end, means no.
pub(crate) fn confirm(question: &str) -> Result<bool> {
    if !stdin().is_terminal() {
        bail!("cannot ask for confirmation: standard input is not a terminal: pass --yes");
    }
    let mut error = stderr().lock();
    write!(error, "{question} [y/N] ")?;
    error.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
