//! [`Output`]: standard output that never blocks the caller.
//!
//! A parent process often pipes the output and reads only its first line. A closed or full pipe must not delay
//! responses.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// The number of lines in the queue; further lines are dropped.
const CAPACITY: usize = 4096;
/// The time limit for the last lines.
const TIMEOUT: Duration = Duration::from_secs(1);

/// A queue of lines for standard output.
#[derive(Debug)]
pub(crate) struct Output {
    lines: SyncSender<String>,
    left_out: Arc<AtomicU64>,
    ended: Receiver<()>,
}

/// A handle that adds lines to the queue; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    lines: SyncSender<String>,
    left_out: Arc<AtomicU64>,
}

impl Output {
    /// Standard output.
    pub(crate) fn standard() -> Self {
        Self::to(std::io::stdout())
    }

    fn to(mut out: impl Write + Send + 'static) -> Self {
        let (lines, waiting) = sync_channel::<String>(CAPACITY);
        let (end, ended) = sync_channel(1);
        let left_out = Arc::new(AtomicU64::new(0));
        let missing = left_out.clone();
        std::thread::spawn(move || {
            while let Ok(line) = waiting.recv() {
                // A closed pipe does not stop the service.
                let _ = writeln!(out, "{line}").and_then(|()| out.flush());
                let missing = missing.swap(0, Ordering::Relaxed);
                if missing > 0 {
                    let _ = writeln!(out, "({missing} lines dropped: output was not read)");
                }
            }
            let _ = end.send(());
        });
        Self {
            lines,
            left_out,
            ended,
        }
    }

    /// Returns a handle that adds lines.
    pub(crate) fn writer(&self) -> Writer {
        Writer {
            lines: self.lines.clone(),
            left_out: self.left_out.clone(),
        }
    }

    /// Writes the remaining lines, within a time limit. All writers must have been dropped.
    pub(crate) fn end(self) {
        drop(self.lines);
        let _ = self.ended.recv_timeout(TIMEOUT);
    }
}

impl Writer {
    /// Adds a line, or drops it when the queue is full.
    pub(crate) fn write(&self, line: &str) {
        if self.lines.try_send(line.to_owned()).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::sync::Mutex;
    use std::sync::mpsc::channel;

    /// A sink that accepts a line only when the test permits it.
    struct Slow(Receiver<()>, Arc<Mutex<String>>);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            self.1
                .lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(bytes));
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn unread_lines_are_omitted_and_counted() {
        let (read, reading) = channel();
        let text = Arc::new(Mutex::new(String::new()));
        let output = Output::to(Slow(reading, text.clone()));
        let writer = output.writer();
        for number in 0..CAPACITY + 10 {
            writer.write(&format!("line {number}"));
        }
        drop((read, writer));
        output.end();
        let text = text.lock().unwrap();
        assert!(text.starts_with("line 0\n"), "{text}");
        assert!(text.contains(" lines dropped"), "{text}");
    }

    #[test]
    fn an_output_that_fails_is_no_reason_to_end() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
        let output = Output::to(Closed);
        for _ in 0..3 {
            output.writer().write("line");
        }
        output.end();
    }
}
