//! Progress, on the error output if it is a terminal: a spinner while the end is not known, then a bar.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// The interval at which it is redrawn, so that a user sees that the process is alive.
const TICK: Duration = Duration::from_millis(120);

/// Creates a spinner for something that takes as long as it takes.
pub(crate) fn spinner(what: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(TICK);
    spinner
}

/// Makes a bar of a spinner, now that it is known how many steps there are.
pub(crate) fn set_total(spinner: &ProgressBar, total: usize) {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    if let (Ok(style), 1..) = (style, total) {
        spinner.set_style(style);
        spinner.set_length(total as u64);
    }
}
