//! Shows progress on standard error if it is a terminal: a spinner until the total is known, then a bar.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// The interval between redraws, which show that the process is running.
const TICK: Duration = Duration::from_millis(120);

/// Creates a spinner for an operation of unknown duration.
pub(crate) fn spinner(what: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(TICK);
    spinner
}

/// Turns a spinner into a bar, once the number of steps is known.
pub(crate) fn set_total(spinner: &ProgressBar, total: usize) {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    if let (Ok(style), 1..) = (style, total) {
        spinner.set_style(style);
        spinner.set_length(total as u64);
    }
}
