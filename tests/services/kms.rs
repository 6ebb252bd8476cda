//! A program on the names of `aws-sdk-kms`, whose pages end by a member that states whether there are more.
#![allow(missing_docs, reason = "an example that is only compiled")]

use kms::Client;
use kms::types::{EncryptionAlgorithmSpec, KeyListEntry, KeySpec, KeyUsageType};

async fn encrypt(client: &Client) -> Result<Vec<KeyListEntry>, kms::Error> {
    let key = client
        .create_key()
        .key_spec(KeySpec::Rsa2048)
        .key_usage(KeyUsageType::EncryptDecrypt)
        .send()
        .await?;
    let id = key.key_metadata().map(|metadata| metadata.key_id()).unwrap_or_default();
    client
        .encrypt()
        .key_id(id)
        .plaintext(kms::primitives::Blob::new("text"))
        .encryption_algorithm(EncryptionAlgorithmSpec::RsaesOaepSha256)
        .send()
        .await?;
    client.list_keys().into_paginator().items().send().try_collect().await
}

fn main() {
    let _ = encrypt;
}
