//! [`Captured`], which reads a pipe on a thread. Both pipes of a process have to be read at once: a process that fills
//! a pipe without a reader waits forever.

use std::io::{self, Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The contents of a pipe that a thread reads.
#[derive(Clone, Default)]
pub(super) struct Captured(Arc<(Mutex<Kept>, Condvar)>);

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    at_end: bool,
    too_long: bool,
    error: Option<io::Error>,
}

impl Captured {
    /// Captures the contents up to this length.
    pub(super) fn beginning(pipe: Option<impl Read + Send + 'static>, longest: usize) -> Self {
        let keep = move |kept: &mut Kept, piece: &[u8]| {
            kept.bytes.extend_from_slice(piece);
            kept.too_long = kept.bytes.len() > longest;
        };
        Self::read(pipe, keep, |_| {})
    }

    /// Captures the end of the contents, and passes all of them on to the standard error of this program.
    pub(super) fn end(pipe: Option<impl Read + Send + 'static>, longest: usize) -> Self {
        let pass_on = |piece: &[u8]| {
            let mut stderr = io::stderr();
            // If the standard error cannot be written, the contents are still in the error.
            let _ = stderr.write_all(piece).and_then(|()| stderr.flush());
        };
        Self::read(pipe, keep_end(longest), pass_on)
    }

    /// Reads a pipe. Each piece is kept, and then passed on, which may block: only keeping it needs the lock.
    fn read(
        pipe: Option<impl Read + Send + 'static>,
        mut keep: impl FnMut(&mut Kept, &[u8]) + Send + 'static,
        mut pass_on: impl FnMut(&[u8]) + Send + 'static,
    ) -> Self {
        let captured = Self::default();
        let filled = captured.clone();
        let read = move || {
            let ended = pipe.map_or(Ok(()), |pipe| filled.fill(pipe, &mut keep, &mut pass_on));
            let mut kept = filled.kept();
            kept.error = ended.err();
            kept.at_end = true;
            drop(kept);
            filled.0.1.notify_all();
        };
        if let Err(error) = thread::Builder::new().spawn(read) {
            let mut kept = captured.kept();
            kept.error = Some(error);
            kept.at_end = true;
        }
        captured
    }

    fn fill(
        &self,
        mut pipe: impl Read,
        keep: &mut impl FnMut(&mut Kept, &[u8]),
        pass_on: &mut impl FnMut(&[u8]),
    ) -> io::Result<()> {
        let mut buffer = [0; 4096];
        while !self.is_too_long() {
            match pipe.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => {
                    let piece = buffer.get(..length).unwrap_or_default();
                    keep(&mut self.kept(), piece);
                    pass_on(piece);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether the contents are longer than the limit.
    pub(super) fn is_too_long(&self) -> bool {
        self.kept().too_long
    }

    /// Returns the contents so far.
    pub(super) fn so_far(&self) -> Vec<u8> {
        self.kept().bytes.clone()
    }

    /// Returns the contents up to the end of the pipe, or those of this time.
    pub(super) fn within(&self, limit: Duration) -> io::Result<Vec<u8>> {
        let waited = self
            .0
            .1
            .wait_timeout_while(self.kept(), limit, |kept| !kept.at_end);
        // In both cases, the contents so far are used.
        let (mut kept, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match kept.error.take() {
            Some(error) => Err(error),
            None => Ok(kept.bytes.clone()),
        }
    }
}

/// Returns a function that keeps the end of the contents.
fn keep_end(longest: usize) -> impl FnMut(&mut Kept, &[u8]) {
    move |kept, piece| {
        kept.bytes.extend_from_slice(piece);
        let surplus = kept.bytes.len().saturating_sub(longest);
        kept.bytes.drain(..surplus);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// A pipe that returns one byte, then this error, then another byte.
    struct Pipe(usize, io::ErrorKind);

    impl Read for Pipe {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                1 | 3 => {
                    buffer[0] = b'x';
                    Ok(1)
                }
                2 => Err(self.1.into()),
                _ => Ok(0),
            }
        }
    }

    #[test]
    fn a_read_that_is_interrupted_is_repeated_and_other_errors_end_the_pipe() {
        let captured = |kind| {
            let captured = Captured::beginning(Some(Pipe(0, kind)), 10);
            captured.within(Duration::from_secs(60))
        };
        assert_eq!(captured(io::ErrorKind::Interrupted).unwrap(), b"xx");
        let error = captured(io::ErrorKind::BrokenPipe).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn contents_of_exactly_the_greatest_length_are_not_too_long() {
        for (length, expected) in [(9, false), (10, false), (11, true)] {
            let captured = Captured::beginning(Some(io::repeat(b'x').take(length)), 10);
            captured.within(Duration::from_secs(60)).unwrap();
            assert_eq!(captured.is_too_long(), expected, "{length}");
        }
    }

    #[test]
    fn contents_are_available_while_passing_them_on_blocks() {
        let (release, blocked) = mpsc::channel::<()>();
        let (sender, receiver) = mpsc::channel();
        let pass_on = move |_: &[u8]| {
            let _ = blocked.recv();
        };
        let captured = Captured::read(Some(&b"text"[..]), keep_end(3), pass_on);
        thread::spawn(move || {
            while captured.so_far().is_empty() {
                thread::yield_now();
            }
            sender.send(captured.so_far())
        });
        let contents = receiver.recv_timeout(Duration::from_secs(60));
        drop(release);
        assert_eq!(contents.unwrap(), b"ext");
    }
}
