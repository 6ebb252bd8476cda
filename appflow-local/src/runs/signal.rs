//! [`Signal`]: tells a run to stop. [`Stop`]: the signals that stop one part of it.

use super::report::End;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

/// The interval at which signals are checked.
const PAUSE: Duration = Duration::from_millis(50);

/// A signal to stop a run.
#[derive(Debug, Default)]
pub(crate) struct Signal(AtomicU8);

impl Signal {
    const CANCEL: u8 = 1;
    const ABANDON: u8 = 2;

    /// Cancels the run; the records that it has processed stay.
    pub(crate) fn cancel(&self) {
        self.0.fetch_max(Self::CANCEL, Ordering::Relaxed);
    }

    /// Abandons the run; it leaves no files.
    pub(crate) fn abandon(&self) {
        self.0.fetch_max(Self::ABANDON, Ordering::Relaxed);
    }

    /// Resolves when the run is to end.
    pub(crate) async fn ended(&self) -> End {
        loop {
            match self.end() {
                Some(end) => return end,
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Returns the way in which the run is to end.
    pub(crate) fn end(&self) -> Option<End> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            Self::CANCEL => Some(End::Canceled),
            _ => Some(End::Abandoned),
        }
    }

    /// Returns the signals that stop a part of the run: all of them, or only those that abandon it.
    pub(crate) fn stop(&self, when_canceled: bool) -> Stop<'_> {
        Stop {
            signal: self,
            when_canceled,
        }
    }
}

/// The signals that stop a part of a run, such as the upload of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop<'a> {
    signal: &'a Signal,
    /// `false` if the part goes on though the run is canceled.
    when_canceled: bool,
}

impl Stop<'_> {
    /// Returns the way in which the run is to end, if that stops this part.
    pub(crate) fn end(self) -> Option<End> {
        let end = self.signal.end();
        end.filter(|end| self.when_canceled || *end == End::Abandoned)
    }

    /// Resolves when this part is to stop.
    pub(crate) async fn reached(self) {
        while self.end().is_none() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}
