//! KMS: keys, aliases, encryption, data keys, grants and signatures.

use crate::{Result, TEXT};
use kms::Client;
use kms::error::ErrorKind;
use kms::primitives::Blob;
use kms::types::{
    DataKeySpec, GrantOperation, KeySpec, KeyState, KeyUsageType, MessageType,
    SigningAlgorithmSpec, Tag,
};

async fn create(client: &Client) -> std::result::Result<String, kms::Error> {
    let key = client.create_key().description(TEXT).send().await?;
    Ok(key
        .key_metadata()
        .map(|key| key.key_id().to_owned())
        .unwrap_or_default())
}

#[tokio::test]
async fn a_text_is_encrypted_and_decrypted() -> Result {
    let client = Client::from_env().await?;
    let id = create(&client).await?;
    let key = client.describe_key().key_id(&id).send().await?;
    let key = key.key_metadata().ok_or("no key")?;
    assert_eq!(key.description(), Some(TEXT));
    assert_eq!(key.key_state(), Some(&KeyState::Enabled));
    assert!(
        key.creation_date()
            .is_some_and(|date| date.secs() > 1_700_000_000)
    );

    client
        .create_alias()
        .alias_name("alias/text")
        .target_key_id(&id)
        .send()
        .await?;
    let encrypted = client
        .encrypt()
        .key_id("alias/text")
        .plaintext(Blob::new(TEXT))
        .encryption_context("Größe", "世界")
        .send()
        .await?;
    let secret = encrypted.ciphertext_blob().ok_or("nothing")?;
    let decrypted = client.decrypt().ciphertext_blob(secret.clone());
    let plain = decrypted
        .clone()
        .encryption_context("Größe", "世界")
        .send()
        .await?;
    assert_eq!(
        plain.plaintext().map(|blob| blob.as_ref()),
        Some(TEXT.as_bytes())
    );
    let error = decrypted.send().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::InvalidCiphertextException(_)),
        "{error}"
    );

    let other = create(&client).await?;
    let again = client
        .re_encrypt()
        .ciphertext_blob(secret.clone())
        .source_encryption_context("Größe", "世界");
    let again = again.destination_key_id(&other).send().await?;
    assert!(again.key_id().is_some_and(|id| id.ends_with(&other)));

    let data = client
        .generate_data_key()
        .key_id(&id)
        .key_spec(DataKeySpec::Aes256)
        .send()
        .await?;
    assert_eq!(data.plaintext().map(|blob| blob.as_ref().len()), Some(32));
    assert!(!format!("{data:?}").contains("plaintext: Some(Blob"));
    let random = client.generate_random().number_of_bytes(24).send().await?;
    assert_eq!(random.plaintext().map(|blob| blob.as_ref().len()), Some(24));
    Ok(())
}

#[tokio::test]
async fn aliases_tags_and_grants_are_listed() -> Result {
    let client = Client::from_env().await?;
    let id = create(&client).await?;
    for number in 0..3 {
        let alias = client
            .create_alias()
            .alias_name(format!("alias/page-{number}"));
        alias.target_key_id(&id).send().await?;
    }
    let aliases = client
        .list_aliases()
        .key_id(&id)
        .into_paginator()
        .items()
        .send();
    let aliases: Vec<_> = aliases.try_collect().await?;
    let mut names: Vec<_> = aliases
        .iter()
        .filter_map(|alias| alias.alias_name())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["alias/page-0", "alias/page-1", "alias/page-2"]);

    let tag = Tag::builder().tag_key("Größe").tag_value(TEXT).build()?;
    client
        .tag_resource()
        .key_id(&id)
        .tags(tag.clone())
        .send()
        .await?;
    let tags = client.list_resource_tags().key_id(&id).send().await?;
    assert_eq!(tags.tags(), [tag]);

    let grant = client
        .create_grant()
        .key_id(&id)
        .grantee_principal("arn:aws:iam::123456789012:role/reader")
        .operations(GrantOperation::Decrypt)
        .name("reads")
        .send()
        .await?;
    let grants = client.list_grants().key_id(&id).send().await?;
    let [listed] = grants.grants() else {
        return Err(format!("{grants:?}").into());
    };
    assert_eq!(listed.grant_id(), grant.grant_id());
    assert_eq!(listed.operations(), [GrantOperation::Decrypt]);

    // moto has all keys on one page, whose `Truncated` is false.
    let keys = client
        .list_keys()
        .into_paginator()
        .items()
        .send()
        .try_collect()
        .await?;
    assert!(keys.iter().any(|key| key.key_id() == Some(&id)));
    Ok(())
}

#[tokio::test]
async fn a_message_is_signed_and_a_key_is_disabled() -> Result {
    let client = Client::from_env().await?;
    let key = client
        .create_key()
        .key_spec(KeySpec::EccNistP256)
        .key_usage(KeyUsageType::SignVerify);
    let key = key.send().await?;
    let id = key
        .key_metadata()
        .map(|key| key.key_id())
        .unwrap_or_default();
    let signed = client
        .sign()
        .key_id(id)
        .message(Blob::new(TEXT))
        .message_type(MessageType::Raw)
        .signing_algorithm(SigningAlgorithmSpec::EcdsaSha256)
        .send()
        .await?;
    let signature = signed.signature().ok_or("no signature")?;
    let verified = client
        .verify()
        .key_id(id)
        .message(Blob::new(TEXT))
        .signature(signature.clone())
        .signing_algorithm(SigningAlgorithmSpec::EcdsaSha256)
        .send()
        .await?;
    assert_eq!(verified.signature_valid(), Some(true));
    client.disable_key().key_id(id).send().await?;
    let disabled = client.describe_key().key_id(id).send().await?;
    assert_eq!(
        disabled.key_metadata().and_then(|key| key.enabled()),
        Some(false)
    );
    let scheduled = client
        .schedule_key_deletion()
        .key_id(id)
        .pending_window_in_days(7)
        .send()
        .await?;
    assert!(
        scheduled
            .deletion_date()
            .is_some_and(|date| date.secs() > 1_700_000_000)
    );
    let error = client
        .describe_key()
        .key_id("alias/missing")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::NotFoundException(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    Ok(())
}
