//! A program on the names of `aws-sdk-dynamodb`.
#![allow(missing_docs, reason = "an example that is only compiled")]

use dynamodb::Client;
use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ReturnValue, ScalarAttributeType, Tag,
};
use std::collections::HashMap;

async fn create(client: &Client) -> Result<(), dynamodb::Error> {
    let key = KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash).build()?;
    let id = AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S).build()?;
    client
        .create_table()
        .table_name("things")
        .billing_mode(BillingMode::PayPerRequest)
        .key_schema(key)
        .attribute_definitions(id)
        .tags(Tag::builder().key("team").value("data").build()?)
        .send()
        .await?;
    Ok(())
}

async fn put_and_read(client: &Client) -> Result<usize, dynamodb::Error> {
    let nested = HashMap::from([("n".to_owned(), AttributeValue::N("1".to_owned()))]);
    let put = client
        .put_item()
        .table_name("things")
        .item("id", AttributeValue::S("a".to_owned()))
        .item("list", AttributeValue::L(vec![AttributeValue::Bool(true), AttributeValue::Null(true)]))
        .item("map", AttributeValue::M(nested))
        .return_values(ReturnValue::AllOld)
        .send()
        .await?;
    let old = put.attributes().and_then(|old| old.get("id"));
    if let Some(AttributeValue::S(id)) = old {
        drop(id.clone());
    }
    let pages = client
        .query()
        .table_name("things")
        .key_condition_expression("id = :id")
        .expression_attribute_values(":id", AttributeValue::S("a".to_owned()))
        .into_paginator()
        .items()
        .send();
    let items: Vec<HashMap<String, AttributeValue>> = pages.try_collect().await?;
    Ok(items.iter().filter(|item| item.get("list").is_some_and(AttributeValue::is_l)).count())
}

fn main() {
    let _ = (create, put_and_read);
}
