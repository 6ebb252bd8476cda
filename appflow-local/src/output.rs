//! [`Output`]: lines in, standard output out, without ever waiting for whoever reads it.
//!
//! Programs that start this one often take its output and read only the first line. A pipe that is closed or full must
//! not keep calls from being answered.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// How many lines wait to be read before more are left out.
const WAITING: usize = 4096;
/// How long the last lines may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lines for standard output.
#[derive(Debug)]
pub(crate) struct Output {
    lines: SyncSender<String>,
    left_out: Arc<AtomicU64>,
    ended: Receiver<()>,
}

/// What writes a line; there may be many of them.
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
        let (lines, waiting) = sync_channel::<String>(WAITING);
        let (end, ended) = sync_channel(1);
        let left_out = Arc::new(AtomicU64::new(0));
        let missing = left_out.clone();
        std::thread::spawn(move || {
            while let Ok(line) = waiting.recv() {
                // That nobody reads it any more is no reason to end.
                let _ = writeln!(out, "{line}").and_then(|()| out.flush());
                let missing = missing.swap(0, Ordering::Relaxed);
                if missing > 0 {
                    let _ = writeln!(out, "({missing} lines were left out: nobody read them)");
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

    /// A writer of lines.
    pub(crate) fn writer(&self) -> Writer {
        Writer {
            lines: self.lines.clone(),
            left_out: self.left_out.clone(),
        }
    }

    /// Writes what is left, if someone reads it. All writers must be gone by now.
    pub(crate) fn end(self) {
        drop(self.lines);
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}

impl Writer {
    /// Writes a line, or leaves it out when nobody has read the last ones.
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

    /// Takes a line only when it is let.
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
    fn lines_that_nobody_reads_are_left_out_and_counted() {
        let (read, reading) = channel();
        let text = Arc::new(Mutex::new(String::new()));
        let output = Output::to(Slow(reading, text.clone()));
        let writer = output.writer();
        for number in 0..WAITING + 10 {
            writer.write(&format!("line {number}"));
        }
        drop((read, writer));
        output.end();
        let text = text.lock().unwrap();
        assert!(text.starts_with("line 0\n"), "{text}");
        assert!(text.contains(" lines were left out"), "{text}");
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
