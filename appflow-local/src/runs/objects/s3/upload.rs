//! Uploads a file: with one request if it is small, otherwise in parts that become an object when all have arrived.

use super::{S3, failed, wait};
use crate::runs::signal::Stop;
use appflow_local_s3::types::{CompletedMultipartUpload, CompletedPart};
use bytes::Bytes;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use tokio::runtime::Handle;

/// The size of a part, and of the largest file without parts.
const PART_BYTES: u64 = 8 << 20;
/// The maximum number of parts, which is that of S3.
const MAX_PARTS: u64 = 10_000;

/// Uploads a file and returns its size. Without success, no object becomes visible.
pub(super) fn upload(
    s3: &S3,
    bucket: &str,
    key: &str,
    file: &Path,
    stop: Stop<'_>,
) -> io::Result<u64> {
    let mut file = File::open(file)?;
    let size = file.metadata()?.len();
    if size <= PART_BYTES {
        let bytes = piece(&mut file, size)?;
        let request = s3.client.put_object().bucket(bucket).key(key);
        let request = request.body(bytes.into());
        wait(stop, async {
            request
                .send()
                .await
                .map(drop)
                .map_err(|error| failed(&error))
        })?;
        return Ok(size);
    }
    let request = s3.client.create_multipart_upload().bucket(bucket).key(key);
    let created = wait(stop, async {
        request.send().await.map_err(|error| failed(&error))
    })?;
    let upload = Upload {
        s3,
        bucket,
        key,
        id: created.upload_id().unwrap_or_default(),
    };
    let completed = upload.all(&mut file, size, stop);
    if completed.is_err() {
        upload.abort();
    }
    completed.map(|()| size)
}

/// Reads the next bytes of a file.
fn piece(file: &mut File, size: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

/// An upload in parts.
struct Upload<'a> {
    s3: &'a S3,
    bucket: &'a str,
    key: &'a str,
    id: &'a str,
}

impl Upload<'_> {
    /// Uploads all parts, and makes an object of them.
    fn all(&self, file: &mut File, size: u64, stop: Stop<'_>) -> io::Result<()> {
        let part_bytes = size.div_ceil(MAX_PARTS).max(PART_BYTES);
        let mut parts = Vec::new();
        let mut left = size;
        while left > 0 {
            let bytes = piece(file, left.min(part_bytes))?;
            if bytes.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            left = left.saturating_sub(bytes.len() as u64);
            let number = i32::try_from(parts.len() + 1).map_err(io::Error::other)?;
            parts.push(wait(stop, self.part(number, bytes))?);
        }
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts));
        let request = self.s3.client.complete_multipart_upload();
        let request = request.bucket(self.bucket).key(self.key).upload_id(self.id);
        let request = request.multipart_upload(parts.build());
        wait(stop, async {
            request
                .send()
                .await
                .map(drop)
                .map_err(|error| failed(&error))
        })
    }

    async fn part(&self, number: i32, bytes: Bytes) -> io::Result<CompletedPart> {
        let request = self.s3.client.upload_part().bucket(self.bucket);
        let request = request.key(self.key).upload_id(self.id);
        let request = request.part_number(number).body(bytes.into());
        let sent = request.send().await.map_err(|error| failed(&error))?;
        let part = CompletedPart::builder().part_number(number);
        Ok(part.set_e_tag(sent.e_tag().map(str::to_owned)).build())
    }

    /// Removes the parts, within the time limit of one request. Those that remain are not visible as an object.
    fn abort(&self) {
        let request = self.s3.client.abort_multipart_upload();
        let request = request.bucket(self.bucket).key(self.key).upload_id(self.id);
        let _ = Handle::current()
            .block_on(async { tokio::time::timeout(self.s3.timeout, request.send()).await });
    }
}
