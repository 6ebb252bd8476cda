//! Asking a person before something is done.

use anyhow::{Result, bail};
use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

/// Asks a question that is answered by `yes` or anything else.
pub(crate) fn confirm(question: &str) -> Result<bool> {
    if !stdin().is_terminal() {
        bail!("nobody can be asked, since the input is no terminal: pass --yes");
    }
    let mut error = stderr().lock();
    write!(error, "{question} [y/N] ")?;
    error.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
