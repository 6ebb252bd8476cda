//! [`Clock`]: the service's time, which tests can hold and move.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
pub(crate) type Millis = i64;

/// The end of the year 9999, beyond which times cannot be written.
const END: Millis = 253_402_300_799_999;

/// The time by which flows run, schedules fire and client tokens expire.
///
/// Signatures are not checked by it but by the machine's clock, so that moving it does not lock callers out.
#[derive(Debug, Default)]
pub struct Clock {
    reading: Mutex<Reading>,
}

#[derive(Debug, Clone, Copy)]
enum Reading {
    /// The machine's time and this many milliseconds.
    Running(Millis),
    /// Always this.
    Frozen(Millis),
}

impl Default for Reading {
    fn default() -> Self {
        Self::Running(0)
    }
}

impl Clock {
    /// The time.
    pub fn now(&self) -> SystemTime {
        let millis = u64::try_from(self.millis()).unwrap_or(0);
        UNIX_EPOCH + Duration::from_millis(millis)
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        let by = Millis::try_from(by.as_millis()).unwrap_or(Millis::MAX);
        self.change(|reading| match reading {
            Reading::Running(offset) => Reading::Running(offset.saturating_add(by)),
            Reading::Frozen(at) => Reading::Frozen(at.saturating_add(by)),
        });
    }

    /// Sets the time; it goes on from there, unless it is frozen.
    pub fn set(&self, to: SystemTime) {
        let to = since_epoch(to);
        self.change(|reading| match reading {
            Reading::Running(_) => Reading::Running(to - machine()),
            Reading::Frozen(_) => Reading::Frozen(to),
        });
    }

    /// Stops the time where it is; [`advance`](Self::advance) still moves it.
    pub fn freeze(&self) {
        let now = self.millis();
        self.change(|_| Reading::Frozen(now));
    }

    /// Lets the time go on.
    pub fn unfreeze(&self) {
        let now = self.millis();
        self.change(|_| Reading::Running(now - machine()));
    }

    /// Goes back to the machine's time.
    pub fn reset(&self) {
        self.change(|_| Reading::default());
    }

    /// Whether the time stands still.
    pub fn is_frozen(&self) -> bool {
        matches!(self.reading(), Reading::Frozen(_))
    }

    pub(crate) fn millis(&self) -> Millis {
        let millis = match self.reading() {
            Reading::Running(offset) => machine().saturating_add(offset),
            Reading::Frozen(at) => at,
        };
        millis.min(END)
    }

    fn reading(&self) -> Reading {
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(Reading) -> Reading) {
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        *reading = change(*reading);
    }
}

fn machine() -> Millis {
    since_epoch(SystemTime::now())
}

fn since_epoch(time: SystemTime) -> Millis {
    let millis = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis();
    Millis::try_from(millis).unwrap_or(Millis::MAX)
}
