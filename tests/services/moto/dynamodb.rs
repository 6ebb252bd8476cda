//! DynamoDB: a table, items of every type, queries, transactions and conditions.

use crate::{Result, SOON, TEXT};
use dynamodb::Client;
use dynamodb::error::ErrorKind;
use dynamodb::primitives::Blob;
use dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, KeysAndAttributes,
    Put, PutRequest, ReturnValue, ScalarAttributeType, TableStatus, TransactWriteItem,
    WriteRequest,
};
use std::collections::HashMap;

type Item = HashMap<String, AttributeValue>;

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(number: i32) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

async fn create(client: &Client, table: &str) -> Result {
    let element = |name: &str, kind| {
        KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(kind)
            .build()
    };
    let attribute = |name: &str, kind| {
        AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(kind)
            .build()
    };
    client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .key_schema(element("id", KeyType::Hash)?)
        .key_schema(element("at", KeyType::Range)?)
        .attribute_definitions(attribute("id", ScalarAttributeType::S)?)
        .attribute_definitions(attribute("at", ScalarAttributeType::N)?)
        .send()
        .await?;
    client
        .wait_until_table_exists()
        .table_name(table)
        .wait(SOON)
        .await?;
    Ok(())
}

#[tokio::test]
async fn an_item_of_every_type_is_put_and_read() -> Result {
    let client = Client::from_env().await?;
    create(&client, "types").await?;
    let described = client.describe_table().table_name("types").send().await?;
    let status = described.table().and_then(|table| table.table_status());
    assert_eq!(status, Some(&TableStatus::Active));
    let item = Item::from([
        ("id".to_owned(), text(TEXT)),
        ("at".to_owned(), number(1)),
        ("Größe".to_owned(), AttributeValue::Bool(true)),
        ("nothing".to_owned(), AttributeValue::Null(true)),
        (
            "bytes".to_owned(),
            AttributeValue::B(Blob::new([0, 255, 10])),
        ),
        (
            "texts".to_owned(),
            AttributeValue::Ss(vec!["a".to_owned(), "世界".to_owned()]),
        ),
        (
            "list".to_owned(),
            AttributeValue::L(vec![text("x"), number(-2)]),
        ),
        (
            "map".to_owned(),
            AttributeValue::M(Item::from([("🦀".to_owned(), text(""))])),
        ),
    ]);
    client
        .put_item()
        .table_name("types")
        .set_item(Some(item.clone()))
        .send()
        .await?;
    let key = [("id".to_owned(), text(TEXT)), ("at".to_owned(), number(1))];
    let key = Item::from(key);
    let read = client
        .get_item()
        .table_name("types")
        .set_key(Some(key.clone()))
        .consistent_read(true)
        .send()
        .await?;
    assert_eq!(read.item(), Some(&item));

    let updated = client
        .update_item()
        .table_name("types")
        .set_key(Some(key.clone()))
        .update_expression("SET #g = :new ADD hits :one")
        .expression_attribute_names("#g", "Größe")
        .expression_attribute_values(":new", text("✓"))
        .expression_attribute_values(":one", number(1))
        .return_values(ReturnValue::UpdatedNew)
        .send()
        .await?;
    let expected = Item::from([
        ("Größe".to_owned(), text("✓")),
        ("hits".to_owned(), number(1)),
    ]);
    assert_eq!(updated.attributes(), Some(&expected));
    let error = client
        .put_item()
        .table_name("types")
        .set_item(Some(key.clone()))
        .condition_expression("attribute_not_exists(id)")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::ConditionalCheckFailedException(_)),
        "{error}"
    );
    let deleted = client.delete_item().table_name("types").set_key(Some(key));
    let deleted = deleted.return_values(ReturnValue::AllOld).send().await?;
    assert_eq!(
        deleted.attributes().and_then(|old| old.get("hits")),
        Some(&number(1))
    );
    Ok(())
}

#[tokio::test]
async fn items_are_queried_and_scanned_in_pages() -> Result {
    let client = Client::from_env().await?;
    create(&client, "pages").await?;
    let request = |at| {
        let put = PutRequest::builder()
            .item("id", text("ß"))
            .item("at", number(at))
            .build()?;
        Ok::<_, dynamodb::error::BuildError>(WriteRequest::builder().put_request(put).build())
    };
    let requests = (0..7)
        .map(request)
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let written = client
        .batch_write_item()
        .request_items("pages", requests)
        .send()
        .await?;
    assert!(written.unprocessed_items().is_none_or(HashMap::is_empty));
    let mut pages = client
        .query()
        .table_name("pages")
        .key_condition_expression("id = :id AND #at > :at")
        .expression_attribute_names("#at", "at")
        .expression_attribute_values(":id", text("ß"))
        .expression_attribute_values(":at", number(1))
        .into_paginator()
        .page_size(2)
        .send();
    let (mut found, mut counts) = (Vec::new(), Vec::new());
    while let Some(page) = pages.try_next().await? {
        counts.extend(page.count());
        found.extend(
            page.items()
                .iter()
                .filter_map(|item| item.get("at")?.as_n().ok().cloned()),
        );
    }
    assert_eq!(found, ["2", "3", "4", "5", "6"]);
    assert_eq!(counts.iter().sum::<i32>(), 5);
    assert!(counts.len() >= 3, "{counts:?}");
    let scanned = client
        .scan()
        .table_name("pages")
        .into_paginator()
        .page_size(3)
        .items()
        .send();
    assert_eq!(scanned.try_collect().await?.len(), 7);

    let key = |at| Item::from([("id".to_owned(), text("ß")), ("at".to_owned(), number(at))]);
    let keys = KeysAndAttributes::builder()
        .keys(key(0))
        .keys(key(6))
        .build()?;
    let read = client
        .batch_get_item()
        .request_items("pages", keys)
        .send()
        .await?;
    let read = read.responses().and_then(|all| all.get("pages"));
    assert_eq!(read.map(Vec::len), Some(2));
    Ok(())
}

#[tokio::test]
async fn a_transaction_is_cancelled_with_reasons() -> Result {
    let client = Client::from_env().await?;
    create(&client, "transactions").await?;
    let put = |at: i32| {
        let put = Put::builder()
            .table_name("transactions")
            .item("id", text("a"))
            .item("at", number(at));
        let put = put
            .condition_expression("attribute_not_exists(id)")
            .build()?;
        Ok::<_, dynamodb::error::BuildError>(TransactWriteItem::builder().put(put).build())
    };
    client
        .transact_write_items()
        .transact_items(put(1)?)
        .send()
        .await?;
    let again = client
        .transact_write_items()
        .transact_items(put(2)?)
        .transact_items(put(1)?);
    let error = again.send().await.unwrap_err();
    let ErrorKind::TransactionCanceledException(cancelled) = error.kind() else {
        return Err(format!("{error}").into());
    };
    let reasons = cancelled
        .cancellation_reasons()
        .iter()
        .filter_map(|reason| reason.code());
    assert_eq!(
        reasons.collect::<Vec<_>>(),
        ["None", "ConditionalCheckFailed"]
    );
    client
        .delete_table()
        .table_name("transactions")
        .send()
        .await?;
    client
        .wait_until_table_not_exists()
        .table_name("transactions")
        .wait(SOON)
        .await?;
    let error = client
        .describe_table()
        .table_name("transactions")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::ResourceNotFoundException(_)),
        "{error}"
    );
    assert!(error.is_not_found());
    let tables = client
        .list_tables()
        .into_paginator()
        .page_size(1)
        .items()
        .send();
    assert!(
        !tables
            .try_collect()
            .await?
            .contains(&"transactions".to_owned())
    );
    Ok(())
}
