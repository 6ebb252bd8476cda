//! SES: identities, templates, receipt rules and sent mail.

use crate::{Result, SOON, TEXT, WORDS};
use ses::Client;
use ses::error::ErrorKind;
use ses::primitives::Blob;
use ses::types::{
    Body, BulkEmailDestination, ConfigurationSet, Content, Destination, IdentityType, Message,
    NotificationType, RawMessage, ReceiptRule, Template, VerificationStatus,
};

#[tokio::test]
async fn identities_send_mail() -> Result {
    let client = Client::from_env().await?;
    client
        .verify_email_identity()
        .email_address("ann@example.com")
        .send()
        .await?;
    client
        .wait_until_identity_exists()
        .identities("ann@example.com")
        .wait(SOON)
        .await?;
    let domain = client
        .verify_domain_identity()
        .domain("example.org")
        .send()
        .await?;
    assert!(!domain.verification_token().is_empty());
    let attributes = client
        .get_identity_verification_attributes()
        .identities("ann@example.com")
        .identities("example.org")
        .send()
        .await?;
    let status = attributes.verification_attributes().get("ann@example.com");
    assert_eq!(
        status.map(|it| it.verification_status()),
        Some(&VerificationStatus::Success)
    );
    let domains = client
        .list_identities()
        .identity_type(IdentityType::Domain)
        .into_paginator()
        .items()
        .send();
    assert_eq!(domains.try_collect().await?, ["example.org"]);

    let content = |text: &str| Content::builder().data(text).charset("UTF-8").build();
    let message = Message::builder()
        .subject(content(WORDS)?)
        .body(Body::builder().text(content(TEXT)?).build());
    let destination = Destination::builder()
        .to_addresses("bob@example.com")
        .cc_addresses("eve@example.com")
        .build();
    let sent = client
        .send_email()
        .source("ann@example.com")
        .destination(destination.clone())
        .message(message.build())
        .send()
        .await?;
    assert!(!sent.message_id().is_empty());
    let raw = format!("From: ann@example.com\nTo: bob@example.com\nSubject: raw\n\n{TEXT}");
    let raw = RawMessage::builder().data(Blob::new(raw)).build()?;
    let sent = client
        .send_raw_email()
        .source("ann@example.com")
        .raw_message(raw)
        .send()
        .await?;
    assert!(!sent.message_id().is_empty());
    let quota = client.get_send_quota().send().await?;
    // moto counts three recipients here, and one of the other program.
    let sent = quota.sent_last24_hours().ok_or("no count")?;
    assert!((3.0..=4.0).contains(&sent), "{quota:?}");
    assert_eq!(quota.max24_hour_send(), Some(200.0));

    let error = client
        .send_email()
        .source("nobody@example.net")
        .destination(destination)
        .message(
            Message::builder()
                .subject(content("")?)
                .body(Body::builder().build())
                .build(),
        )
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::MessageRejected(_)),
        "{error}"
    );
    assert_eq!(error.code(), Some("MessageRejected"));
    client
        .set_identity_feedback_forwarding_enabled()
        .identity("ann@example.com")
        .forwarding_enabled(false)
        .send()
        .await?;
    client
        .set_identity_notification_topic()
        .identity("ann@example.com")
        .notification_type(NotificationType::Bounce)
        .sns_topic("arn:aws:sns:eu-west-1:123456789012:bounces")
        .send()
        .await?;
    let set = client
        .get_identity_notification_attributes()
        .identities("ann@example.com")
        .send()
        .await?;
    let set = set
        .notification_attributes()
        .get("ann@example.com")
        .ok_or("none")?;
    assert!(!set.forwarding_enabled());
    client
        .delete_identity()
        .identity("example.org")
        .send()
        .await?;
    Ok(())
}

#[tokio::test]
async fn templates_are_rendered_and_rules_are_kept() -> Result {
    let client = Client::from_env().await?;
    client
        .verify_email_identity()
        .email_address("eve@example.com")
        .send()
        .await?;
    let template = Template::builder()
        .template_name("welcome")
        .subject_part("{{name}}")
        .text_part(format!("{WORDS} {{{{name}}}}"))
        .html_part("<p>{{name}} &amp; 世界</p>")
        .build()?;
    client
        .create_template()
        .template(template.clone())
        .send()
        .await?;
    let read = client
        .get_template()
        .template_name("welcome")
        .send()
        .await?;
    assert_eq!(read.template(), Some(&template));
    let error = client
        .create_template()
        .template(template)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::AlreadyExistsException(_)),
        "{error}"
    );
    assert_eq!(error.code(), Some("AlreadyExists"));
    let rendered = client
        .test_render_template()
        .template_name("welcome")
        .template_data(r#"{"name": "Jürgen"}"#);
    let rendered = rendered.send().await?;
    let rendered = rendered.rendered_template().ok_or("nothing")?;
    assert!(rendered.contains("Subject: Jürgen"), "{rendered}");
    // `<p>Jürgen &amp; 世界</p>`, in base64 as in mail.
    assert!(
        rendered.contains("PHA+SsO8cmdlbiAmYW1wOyDkuJbnlYw8L3A+"),
        "{rendered}"
    );
    let names = client.list_templates().send().await?;
    assert_eq!(
        names
            .templates_metadata()
            .iter()
            .filter_map(|it| it.name())
            .collect::<Vec<_>>(),
        ["welcome"]
    );

    let bob = Destination::builder()
        .to_addresses("bob@example.com")
        .build();
    let sent = client
        .send_bulk_templated_email()
        .source("eve@example.com")
        .template("welcome")
        .default_template_data(r#"{"name": "世界"}"#)
        .destinations(BulkEmailDestination::builder().destination(bob).build())
        .send()
        .await?;
    assert_eq!(sent.status().len(), 1);

    client
        .create_receipt_rule_set()
        .rule_set_name("rules")
        .send()
        .await?;
    let rule = ReceiptRule::builder()
        .name("first")
        .enabled(true)
        .recipients("ann@example.com")
        .build()?;
    client
        .create_receipt_rule()
        .rule_set_name("rules")
        .rule(rule)
        .send()
        .await?;
    let rules = client
        .describe_receipt_rule_set()
        .rule_set_name("rules")
        .send()
        .await?;
    let [rule] = rules.rules() else {
        return Err(format!("{rules:?}").into());
    };
    assert_eq!(
        (rule.name(), rule.recipients()),
        ("first", ["ann@example.com".to_owned()].as_slice())
    );
    let set = ConfigurationSet::builder().name("set").build()?;
    client
        .create_configuration_set()
        .configuration_set(set)
        .send()
        .await?;
    let error = client
        .describe_configuration_set()
        .configuration_set_name("other")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(
            error.kind(),
            ErrorKind::ConfigurationSetDoesNotExistException(_)
        ),
        "{error}"
    );
    assert!(error.is_not_found());
    Ok(())
}
