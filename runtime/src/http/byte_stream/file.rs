//! [`File`]: a file as a body, which is read on the threads that Tokio keeps for blocking operations.

use crate::http::byte_stream::ByteStreamError;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::fs;
use std::future::Future;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::task::{JoinHandle, spawn_blocking};

/// The number of bytes that are read at once.
const PIECE: usize = 64 << 10;

/// A file to be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    path: Arc<Path>,
    pub(super) length: u64,
}

impl File {
    pub(super) async fn at(path: &Path) -> Result<Self, ByteStreamError> {
        let path: Arc<Path> = path.into();
        let looked_at = path.clone();
        let metadata = spawn_blocking(move || fs::File::open(&looked_at)?.metadata()).await;
        match metadata.map_err(io::Error::other).flatten() {
            Ok(metadata) => Ok(Self {
                length: metadata.len(),
                path,
            }),
            Err(source) => Err(failed(&path, source)),
        }
    }

    /// Returns a body that begins at the start of the file. The file is opened when the first bytes are requested.
    pub(super) fn body(&self) -> FileBody {
        FileBody {
            path: self.path.clone(),
            left: self.length,
            state: State::Closed,
        }
    }
}

fn failed(path: &Path, source: io::Error) -> ByteStreamError {
    ByteStreamError::File {
        path: PathBuf::from(path),
        source,
    }
}

/// A file that is being read.
pub(super) struct FileBody {
    path: Arc<Path>,
    /// The number of bytes that are left of the announced length.
    left: u64,
    state: State,
}

enum State {
    Closed,
    Open(fs::File),
    Reading(JoinHandle<io::Result<(fs::File, Bytes)>>),
    Done,
}

impl FileBody {
    /// Starts reading the next piece.
    fn start(&mut self, file: Option<fs::File>) {
        let (path, length) = (self.path.clone(), self.left.min(PIECE as u64));
        self.state = State::Reading(spawn_blocking(move || {
            let file = match file {
                Some(file) => file,
                None => fs::File::open(&path)?,
            };
            let mut piece = Vec::with_capacity(length as usize);
            (&file).take(length).read_to_end(&mut piece)?;
            Ok((file, piece.into()))
        }));
    }
}

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = ByteStreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ByteStreamError>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Closed | State::Open(_) if self.left == 0 => return Poll::Ready(None),
                State::Closed => self.start(None),
                State::Open(file) => self.start(Some(file)),
                State::Reading(mut handle) => {
                    let Poll::Ready(read) = Pin::new(&mut handle).poll(context) else {
                        self.state = State::Reading(handle);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.piece(read.map_err(io::Error::other).flatten())));
                }
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

impl FileBody {
    fn piece(
        &mut self,
        read: io::Result<(fs::File, Bytes)>,
    ) -> Result<Frame<Bytes>, ByteStreamError> {
        let (file, piece) = read.map_err(|error| failed(&self.path, error))?;
        if piece.is_empty() {
            // The length was announced before the file was truncated, so the announced bytes cannot be sent.
            let error = io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file became shorter while it was read",
            );
            return Err(failed(&self.path, error));
        }
        self.left = self.left.saturating_sub(piece.len() as u64);
        self.state = State::Open(file);
        Ok(Frame::data(piece))
    }
}
