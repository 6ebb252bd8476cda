//! The question before something is done: its text in, the answer out.

use anyhow::{Result, bail};
use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

/// Asks a question. Anything but `y` or `yes`, the end of the input too, is a no.
pub(crate) fn confirm(question: &str) -> Result<bool> {
    if !stdin().is_terminal() {
        bail!("cannot ask for confirmation: the input is not a terminal; pass --yes");
    }
    let mut error = stderr().lock();
    write!(error, "{question} [y/N] ")?;
    error.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
