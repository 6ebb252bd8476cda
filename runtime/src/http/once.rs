//! [`get_or_try_init`]: values that are made once, and again after a failure.

use std::sync::OnceLock;

/// Returns the value of the cell, and makes it if there is none. A failure is not kept, so that the next call tries again.
/// Calls at the same time may make several values, of which one is kept. std has this function on nightly Rust only.
pub(crate) fn get_or_try_init<T, E>(
    cell: &OnceLock<T>,
    make: impl FnOnce() -> Result<T, E>,
) -> Result<&T, E> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}
