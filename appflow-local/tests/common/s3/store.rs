//! [`Store`]: S3 in memory, as far as appflow-local uses it.

use super::generated::S3;
use appflow_local_s3::operation::abort_multipart_upload::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput,
};
use appflow_local_s3::operation::complete_multipart_upload::{
    CompleteMultipartUploadInput, CompleteMultipartUploadOutput,
};
use appflow_local_s3::operation::create_multipart_upload::{
    CreateMultipartUploadInput, CreateMultipartUploadOutput,
};
use appflow_local_s3::operation::delete_object::{DeleteObjectInput, DeleteObjectOutput};
use appflow_local_s3::operation::get_object::{GetObjectInput, GetObjectOutput};
use appflow_local_s3::operation::head_bucket::{HeadBucketInput, HeadBucketOutput};
use appflow_local_s3::operation::list_objects_v2::{ListObjectsV2Input, ListObjectsV2Output};
use appflow_local_s3::operation::put_object::{PutObjectInput, PutObjectOutput};
use appflow_local_s3::operation::upload_part::{UploadPartInput, UploadPartOutput};
use appflow_local_s3::primitives::{ByteStream, DateTime};
use appflow_local_s3::types::Object;
use hyper::body::Bytes;
use smithy_reqwest::server::{ServiceError, random_uuid};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

/// The maximum number of keys of a page, which is that of S3.
const PAGE: usize = 1000;
/// The size that all parts but the last must have, which is that of S3.
const MIN_PART_BYTES: usize = 5 << 20;

/// The objects of some buckets.
#[derive(Debug, Default)]
pub(crate) struct Store {
    buckets: Mutex<BTreeMap<String, BTreeMap<String, Stored>>>,
    uploads: Mutex<HashMap<String, BTreeMap<i32, Bytes>>>,
}

/// An object.
#[derive(Debug, Clone)]
struct Stored {
    bytes: Bytes,
    modified: SystemTime,
    tag: String,
}

impl Store {
    pub(crate) fn create(&self, bucket: &str) {
        lock(&self.buckets).insert(bucket.to_owned(), BTreeMap::new());
    }

    /// Writes an object that was modified at a time.
    pub(crate) fn write(&self, bucket: &str, key: &str, text: impl Into<Bytes>, at: SystemTime) {
        let stored = Stored {
            bytes: text.into(),
            modified: at,
            tag: format!("\"{}\"", random_uuid()),
        };
        let mut buckets = lock(&self.buckets);
        let objects = buckets.get_mut(bucket).unwrap();
        objects.insert(key.to_owned(), stored);
    }

    /// Returns the objects of a bucket.
    pub(crate) fn objects(&self, bucket: &str) -> BTreeMap<String, Bytes> {
        let buckets = lock(&self.buckets);
        let objects = buckets[bucket].iter();
        objects
            .map(|(key, stored)| (key.clone(), stored.bytes.clone()))
            .collect()
    }

    /// Returns the number of uploads that are neither complete nor aborted.
    pub(crate) fn open_uploads(&self) -> usize {
        lock(&self.uploads).len()
    }

    fn with<T>(
        &self,
        bucket: Option<&str>,
        with: impl FnOnce(&mut BTreeMap<String, Stored>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut buckets = lock(&self.buckets);
        let bucket = bucket.and_then(|bucket| buckets.get_mut(bucket));
        with(bucket.ok_or_else(|| {
            let message = "The specified bucket does not exist";
            ServiceError::new("NoSuchBucket", 404, message)
        })?)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap()
}

fn no_upload() -> ServiceError {
    let message = "The specified multipart upload does not exist.";
    ServiceError::new("NoSuchUpload", 404, message)
}

async fn bytes(body: ByteStream) -> Bytes {
    body.collect().await.unwrap().into_bytes()
}

impl S3 for Store {
    type Context = ();

    async fn list_objects_v2(
        &self,
        _: &(),
        input: ListObjectsV2Input,
    ) -> Result<ListObjectsV2Output, ServiceError> {
        let most = input.max_keys.map_or(PAGE, |most| most as usize).min(PAGE);
        let (prefix, after) = (
            input.prefix.unwrap_or_default(),
            input.continuation_token.unwrap_or_default(),
        );
        self.with(input.bucket.as_deref(), |objects| {
            let found = objects
                .iter()
                .filter(|(key, _)| key.starts_with(&prefix) && **key > after);
            let mut found: Vec<Object> = found
                .take(most + 1)
                .map(|(key, stored)| {
                    // S3 states whole seconds.
                    let since = stored.modified.duration_since(SystemTime::UNIX_EPOCH);
                    let at = DateTime::from_secs(since.unwrap().as_secs() as i64);
                    let object = Object::builder().key(key).size(stored.bytes.len() as i64);
                    object.e_tag(&stored.tag).last_modified(at).build()
                })
                .collect();
            let is_truncated = found.len() > most;
            found.truncate(most);
            let mut output = ListObjectsV2Output::default();
            output.is_truncated = Some(is_truncated);
            let last = found.last().filter(|_| is_truncated);
            output.next_continuation_token = last.and_then(|last| last.key.clone());
            output.contents = Some(found);
            Ok(output)
        })
    }

    async fn get_object(
        &self,
        _: &(),
        input: GetObjectInput,
    ) -> Result<GetObjectOutput, ServiceError> {
        let key = input.key.unwrap();
        self.with(input.bucket.as_deref(), |objects| {
            let stored = objects.get(&key).ok_or_else(|| {
                ServiceError::new("NoSuchKey", 404, "The specified key does not exist.")
            })?;
            if input.if_match.is_some_and(|tag| tag != stored.tag) {
                let message = "At least one of the pre-conditions you specified did not hold";
                return Err(ServiceError::new("PreconditionFailed", 412, message));
            }
            let from = input.range.map(|range| {
                let from = range.strip_prefix("bytes=").unwrap();
                from.strip_suffix('-').unwrap().parse().unwrap()
            });
            let bytes = stored.bytes.slice(from.unwrap_or(0)..);
            let mut output = GetObjectOutput::default();
            let whole = stored.bytes.len();
            output.content_range =
                from.map(|from| format!("bytes {from}-{}/{whole}", whole.saturating_sub(1)));
            output.content_length = Some(bytes.len() as i64);
            output.e_tag = Some(stored.tag.clone());
            output.body = bytes.into();
            Ok(output)
        })
    }

    async fn put_object(
        &self,
        _: &(),
        input: PutObjectInput,
    ) -> Result<PutObjectOutput, ServiceError> {
        let (bucket, key) = (input.bucket.unwrap(), input.key.unwrap());
        let body = bytes(input.body.unwrap_or_default()).await;
        self.with(Some(&bucket), |_| Ok(()))?;
        self.write(&bucket, &key, body, SystemTime::now());
        Ok(PutObjectOutput::default())
    }

    async fn create_multipart_upload(
        &self,
        _: &(),
        input: CreateMultipartUploadInput,
    ) -> Result<CreateMultipartUploadOutput, ServiceError> {
        self.with(input.bucket.as_deref(), |_| Ok(()))?;
        let id = random_uuid();
        lock(&self.uploads).insert(id.clone(), BTreeMap::new());
        let mut output = CreateMultipartUploadOutput::default();
        output.upload_id = Some(id);
        Ok(output)
    }

    async fn upload_part(
        &self,
        _: &(),
        input: UploadPartInput,
    ) -> Result<UploadPartOutput, ServiceError> {
        let (id, number) = (input.upload_id.unwrap(), input.part_number.unwrap());
        let body = bytes(input.body.unwrap_or_default()).await;
        let mut uploads = lock(&self.uploads);
        let parts = uploads.get_mut(&id).ok_or_else(no_upload)?;
        parts.insert(number, body);
        let mut output = UploadPartOutput::default();
        output.e_tag = Some(format!("\"{number}\""));
        Ok(output)
    }

    async fn complete_multipart_upload(
        &self,
        _: &(),
        input: CompleteMultipartUploadInput,
    ) -> Result<CompleteMultipartUploadOutput, ServiceError> {
        let (bucket, key) = (input.bucket.unwrap(), input.key.unwrap());
        let parts = lock(&self.uploads).remove(&input.upload_id.unwrap());
        let parts = parts.ok_or_else(no_upload)?;
        let listed = input.multipart_upload.unwrap().parts.unwrap();
        let mut whole = Vec::new();
        for (position, part) in listed.iter().enumerate() {
            let number = part.part_number.unwrap();
            assert_eq!(part.e_tag, Some(format!("\"{number}\"")));
            let bytes = &parts[&number];
            if bytes.len() < MIN_PART_BYTES && position + 1 < listed.len() {
                let message = "Your proposed upload is smaller than the minimum allowed size";
                return Err(ServiceError::new("EntityTooSmall", 400, message));
            }
            whole.extend_from_slice(bytes);
        }
        self.write(&bucket, &key, whole, SystemTime::now());
        Ok(CompleteMultipartUploadOutput::default())
    }

    async fn abort_multipart_upload(
        &self,
        _: &(),
        input: AbortMultipartUploadInput,
    ) -> Result<AbortMultipartUploadOutput, ServiceError> {
        let removed = lock(&self.uploads).remove(&input.upload_id.unwrap());
        removed.ok_or_else(no_upload)?;
        Ok(AbortMultipartUploadOutput::default())
    }

    async fn head_bucket(
        &self,
        _: &(),
        input: HeadBucketInput,
    ) -> Result<HeadBucketOutput, ServiceError> {
        self.with(input.bucket.as_deref(), |_| Ok(HeadBucketOutput::default()))
    }

    async fn delete_object(
        &self,
        _: &(),
        input: DeleteObjectInput,
    ) -> Result<DeleteObjectOutput, ServiceError> {
        self.with(input.bucket.as_deref(), |objects| {
            objects.remove(&input.key.unwrap());
            Ok(DeleteObjectOutput::default())
        })
    }
}
