//! S3: buckets, objects, tags, versions and uploads in parts.

use crate::{Result, SOON, TEXT};
use s3::Client;
use s3::error::ErrorKind;
use s3::primitives::ByteStream;
use s3::types::{
    BucketLocationConstraint, BucketVersioningStatus, CompletedMultipartUpload, CompletedPart,
    CreateBucketConfiguration, Delete, ObjectIdentifier, Tag, Tagging, VersioningConfiguration,
};

async fn create_bucket(client: &Client, name: &str) -> Result {
    let configuration = CreateBucketConfiguration::builder()
        .location_constraint(BucketLocationConstraint::EuWest1)
        .build();
    client
        .create_bucket()
        .bucket(name)
        .create_bucket_configuration(configuration)
        .send()
        .await?;
    client
        .wait_until_bucket_exists()
        .bucket(name)
        .wait(SOON)
        .await?;
    Ok(())
}

#[tokio::test]
async fn an_object_is_stored_read_copied_and_deleted() -> Result {
    let client = Client::from_env().await?;
    let bucket = "objects";
    create_bucket(&client, bucket).await?;
    let location = client.get_bucket_location().bucket(bucket).send().await?;
    assert_eq!(
        location.location_constraint(),
        Some(&BucketLocationConstraint::EuWest1)
    );

    let key = "a folder/Grüße+世界 & more.txt";
    let put = client
        .put_object()
        .bucket(bucket)
        .key(key)
        .content_type("text/plain; charset=utf-8")
        .metadata("owner", "data team")
        .body(ByteStream::from(TEXT.as_bytes().to_vec()))
        .send()
        .await?;
    client
        .wait_until_object_exists()
        .bucket(bucket)
        .key(key)
        .wait(SOON)
        .await?;
    let head = client.head_object().bucket(bucket).key(key).send().await?;
    assert_eq!(head.content_length(), i64::try_from(TEXT.len()).ok());
    assert_eq!(head.content_type(), Some("text/plain; charset=utf-8"));
    assert_eq!(head.e_tag(), put.e_tag());
    let owner = head.metadata().and_then(|all| all.get("owner"));
    assert_eq!(owner.map(String::as_str), Some("data team"));

    let tag = Tag::builder().key("Größe").value("世界").build()?;
    let tagging = Tagging::builder().tag_set(tag.clone()).build()?;
    client
        .put_object_tagging()
        .bucket(bucket)
        .key(key)
        .tagging(tagging)
        .send()
        .await?;
    let tags = client.get_object_tagging().bucket(bucket).key(key).send();
    assert_eq!(tags.await?.tag_set(), [tag]);

    client
        .copy_object()
        .bucket(bucket)
        .key("copy.txt")
        .copy_source("objects/a%20folder/Gr%C3%BC%C3%9Fe%2B%E4%B8%96%E7%95%8C%20%26%20more.txt")
        .send()
        .await?;
    let copy = client.get_object().bucket(bucket).key("copy.txt").send();
    assert_eq!(copy.await?.body.collect().await?.to_vec(), TEXT.as_bytes());
    let part = client
        .get_object()
        .bucket(bucket)
        .key(key)
        .range("bytes=0-2")
        .send()
        .await?;
    assert_eq!(part.content_length(), Some(3));
    assert_eq!(
        part.body.collect().await?.to_vec(),
        "Gr\u{fc}".as_bytes()[..3]
    );

    client
        .delete_object()
        .bucket(bucket)
        .key(key)
        .send()
        .await?;
    client
        .wait_until_object_not_exists()
        .bucket(bucket)
        .key(key)
        .wait(SOON)
        .await?;
    let missing = client.get_object().bucket(bucket).key(key).send().await;
    let missing = missing.unwrap_err();
    assert!(
        matches!(missing.kind(), ErrorKind::NoSuchKey(_)),
        "{missing}"
    );
    assert!(missing.is_not_found());
    assert_eq!(missing.code(), Some("NoSuchKey"));
    assert_eq!(missing.status(), Some(404));
    Ok(())
}

#[tokio::test]
async fn keys_are_listed_in_pages_and_deleted_together() -> Result {
    let client = Client::from_env().await?;
    let bucket = "pages";
    create_bucket(&client, bucket).await?;
    let keys: Vec<String> = (0..7).map(|number| format!("Schlüssel/{number}")).collect();
    for key in &keys {
        let put = client.put_object().bucket(bucket).key(key);
        put.body(ByteStream::from_static(b"x")).send().await?;
    }
    let mut pages = client
        .list_objects_v2()
        .bucket(bucket)
        .prefix("Schlüssel/")
        .into_paginator()
        .page_size(3)
        .send();
    let (mut listed, mut sizes) = (Vec::new(), Vec::new());
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.contents().len());
        listed.extend(
            page.contents()
                .iter()
                .filter_map(|object| object.key.clone()),
        );
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(listed, keys);

    let identifier = |key: &String| ObjectIdentifier::builder().key(key).build();
    let objects = keys
        .iter()
        .map(identifier)
        .collect::<std::result::Result<_, _>>()?;
    let delete = Delete::builder().set_objects(Some(objects)).build()?;
    let deleted = client.delete_objects().bucket(bucket).delete(delete).send();
    let deleted = deleted.await?;
    let mut gone: Vec<_> = deleted.deleted().iter().filter_map(|it| it.key()).collect();
    gone.sort_unstable();
    assert_eq!(gone, keys);
    assert!(deleted.errors().is_empty());

    client.delete_bucket().bucket(bucket).send().await?;
    client
        .wait_until_bucket_not_exists()
        .bucket(bucket)
        .wait(SOON)
        .await?;
    let error = client.list_objects_v2().bucket(bucket).send().await;
    assert!(matches!(
        error.unwrap_err().kind(),
        ErrorKind::NoSuchBucket(_)
    ));
    // The response to a HEAD request has no body, so its code is that of the status.
    let error = client
        .head_bucket()
        .bucket(bucket)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_object_is_uploaded_in_parts() -> Result {
    let client = Client::from_env().await?;
    let (bucket, key) = ("parts", "große Datei");
    create_bucket(&client, bucket).await?;
    let upload = client
        .create_multipart_upload()
        .bucket(bucket)
        .key(key)
        .send();
    let upload = upload.await?;
    assert_eq!(upload.key(), Some(key));
    let id = upload.upload_id().ok_or("no upload id")?;
    let mut parts = Vec::new();
    for (number, size) in [(1, 5 << 20), (2, 1)] {
        let part = client
            .upload_part()
            .bucket(bucket)
            .key(key)
            .upload_id(id)
            .part_number(number)
            .body(ByteStream::from(vec![b'0'; size]))
            .send()
            .await?;
        let e_tag = part.e_tag().ok_or("no tag")?;
        parts.push(
            CompletedPart::builder()
                .part_number(number)
                .e_tag(e_tag)
                .build(),
        );
    }
    let pages = client
        .list_parts()
        .bucket(bucket)
        .key(key)
        .upload_id(id)
        .into_paginator()
        .items()
        .send();
    let listed: Vec<_> = pages.try_collect().await?;
    assert_eq!(
        listed
            .iter()
            .filter_map(|part| part.size())
            .collect::<Vec<_>>(),
        [5 << 20, 1]
    );
    let whole = CompletedMultipartUpload::builder()
        .set_parts(Some(parts))
        .build();
    client
        .complete_multipart_upload()
        .bucket(bucket)
        .key(key)
        .upload_id(id)
        .multipart_upload(whole)
        .send()
        .await?;
    let mut body = client
        .get_object()
        .bucket(bucket)
        .key(key)
        .send()
        .await?
        .body;
    let mut length = 0;
    while let Some(bytes) = body.try_next().await? {
        length += bytes.len();
    }
    assert_eq!(length, (5 << 20) + 1);
    Ok(())
}

#[tokio::test]
async fn versions_of_an_object_are_kept() -> Result {
    let client = Client::from_env().await?;
    let (bucket, key) = ("versions", "v");
    create_bucket(&client, bucket).await?;
    let enabled = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled);
    client
        .put_bucket_versioning()
        .bucket(bucket)
        .versioning_configuration(enabled.build())
        .send()
        .await?;
    let mut ids = Vec::new();
    for text in ["one", "two"] {
        let put = client.put_object().bucket(bucket).key(key);
        let put = put
            .body(ByteStream::from_static(text.as_bytes()))
            .send()
            .await?;
        ids.push(put.version_id().ok_or("no version")?.to_owned());
    }
    let first = client
        .get_object()
        .bucket(bucket)
        .key(key)
        .version_id(&ids[0]);
    let first = first.send().await?.body.collect().await?.to_vec();
    assert_eq!(first, b"one");
    let versions = client.list_object_versions().bucket(bucket).send().await?;
    let latest = versions
        .versions()
        .iter()
        .find(|it| it.is_latest() == Some(true));
    assert_eq!(latest.and_then(|it| it.version_id()), Some(ids[1].as_str()));
    Ok(())
}
