//! [`Download`]: reads an object as its bytes arrive. If they stop arriving, the rest is requested again.

use super::{S3, failed, wait};
use crate::runs::signal::Stop;
use appflow_local_s3::operation::get_object::GetObjectOutput;
use appflow_local_s3::primitives::ByteStream;
use bytes::{Buf, Bytes};
use std::io::{self, Read};

/// The number of requests for the rest without any byte in between, after which reading fails.
const MAX_ATTEMPTS: u32 = 3;

/// An object that is being read.
pub(super) struct Download<'a> {
    s3: &'a S3,
    stop: Stop<'a>,
    bucket: String,
    key: String,
    /// The version of the content, which later requests must find again.
    tag: Option<String>,
    length: u64,
    /// The number of bytes that have arrived.
    offset: u64,
    body: ByteStream,
    arrived: Bytes,
    attempts: u32,
}

impl<'a> Download<'a> {
    /// Requests an object.
    pub(super) fn open(s3: &'a S3, bucket: &str, key: &str, stop: Stop<'a>) -> io::Result<Self> {
        let request = s3.client.get_object().bucket(bucket).key(key);
        let found = wait(stop, async {
            request.send().await.map_err(|error| failed(&error))
        })?;
        let length = found.content_length().unwrap_or(0);
        Ok(Self {
            s3,
            stop,
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            tag: found.e_tag().map(str::to_owned),
            length: u64::try_from(length).unwrap_or(0),
            offset: 0,
            body: body(found),
            arrived: Bytes::new(),
            attempts: 0,
        })
    }

    /// Returns the size of the object.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Waits for the next bytes; none are the end.
    fn next(&mut self) -> io::Result<Bytes> {
        loop {
            let timeout = self.s3.timeout;
            let next = wait(self.stop, async {
                Ok(tokio::time::timeout(timeout, self.body.next()).await)
            })?;
            let reason = match next {
                Ok(Some(Ok(bytes))) => {
                    self.offset = self.offset.saturating_add(bytes.len() as u64);
                    self.attempts = 0;
                    return Ok(bytes);
                }
                Ok(None) if self.offset >= self.length => return Ok(Bytes::new()),
                Ok(None) => io::Error::from(io::ErrorKind::UnexpectedEof),
                Ok(Some(Err(error))) => io::Error::other(error.to_string()),
                Err(_) => self.s3.timed_out(),
            };
            self.request_rest(reason)?;
        }
    }

    /// Requests the rest, unless too many requests have failed.
    fn request_rest(&mut self, reason: io::Error) -> io::Result<()> {
        self.attempts += 1;
        if self.attempts >= MAX_ATTEMPTS {
            return Err(io::Error::new(
                reason.kind(),
                format!("GetObject: {reason} [attempt {MAX_ATTEMPTS} of {MAX_ATTEMPTS}]"),
            ));
        }
        let request = self.s3.client.get_object().bucket(&self.bucket);
        let request = request.key(&self.key).set_if_match(self.tag.clone());
        let request = request.range(format!("bytes={}-", self.offset));
        let rest = wait(self.stop, async {
            request.send().await.map_err(|error| failed(&error))
        })?;
        self.check_rest(&rest)?;
        self.body = body(rest);
        Ok(())
    }

    /// Rejects a response that does not continue the object: an endpoint that ignores the range begins again, and one that
    /// ignores the condition may send another object. Either would be read as if nothing had happened.
    fn check_rest(&self, rest: &GetObjectOutput) -> io::Result<()> {
        let start = rest.content_range().map_or(Some(0), first_byte);
        if start != Some(self.offset) {
            return Err(io::Error::other(format!(
                "GetObject: the rest does not begin at byte {}: the endpoint must support ranges",
                self.offset
            )));
        }
        match (&self.tag, rest.e_tag()) {
            (Some(before), Some(now)) if before != now => Err(io::Error::other(
                "GetObject: the object changed while it was read: run the flow again",
            )),
            _ => Ok(()),
        }
    }
}

/// Returns the position of the first byte of a response by its `Content-Range`, such as `bytes 100-199/200`.
fn first_byte(content_range: &str) -> Option<u64> {
    let range = content_range.trim_start().strip_prefix("bytes")?;
    let (first, _) = range.trim_start().split_once('-')?;
    first.trim().parse().ok()
}

fn body(found: GetObjectOutput) -> ByteStream {
    found.body
}

impl Read for Download<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.arrived.is_empty() {
            self.arrived = self.next()?;
        }
        let count = buffer.len().min(self.arrived.len());
        let (to, from) = (buffer.get_mut(..count), self.arrived.get(..count));
        if let (Some(to), Some(from)) = (to, from) {
            to.copy_from_slice(from);
        }
        self.arrived.advance(count);
        Ok(count)
    }
}
