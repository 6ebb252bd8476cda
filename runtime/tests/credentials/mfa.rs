//! Tests of roles that require the code of an MFA device.

use crate::support::{
    FakeClock, FakeTransport, Home, assumed, failure, keys, ok, pairs, provider_config,
};
use smithy_reqwest::credentials::ProfileProvider;
use std::sync::{Arc, Mutex};

const PROFILES: &str = "[default]\nrole_arn = arn:role\nsource_profile = base\nregion = eu-west-1\nmfa_serial = arn:mfa\n\
     [profile base]\naws_access_key_id = AK0\naws_secret_access_key = SK0\n";

#[tokio::test]
async fn an_mfa_code_is_asked_for_where_somebody_can_give_it() {
    let home = Home::new(PROFILES, "");
    let config = |transport: &Arc<FakeTransport>| {
        provider_config(home.environment(&[]), transport, &FakeClock::new())
    };
    let transport = FakeTransport::new(|_| ok(assumed("AK1")));
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = asked.clone();
    let with_code = config(&transport).mfa(move |serial| {
        noted.lock().unwrap().push(serial);
        async { Ok("123456".to_owned()) }
    });
    keys(&ProfileProvider::new(with_code)).await;
    assert_eq!(*asked.lock().unwrap(), ["arn:mfa"]);
    for expected in pairs([("SerialNumber", "arn:mfa"), ("TokenCode", "123456")]) {
        assert!(
            transport.form(0).contains(&expected),
            "{:?}",
            transport.form(0)
        );
    }
    let refusing = config(&FakeTransport::forbidden());
    let refusing = refusing.mfa(|_| async { Err("nobody is here".into()) });
    let (kind, text) = failure(&ProfileProvider::new(refusing)).await;
    assert_eq!(kind, "failed");
    assert!(text.ends_with("no MFA code: nobody is here"), "{text}");
    let (_, text) = failure(&ProfileProvider::new(config(&FakeTransport::forbidden()))).await;
    assert!(
        text.contains("`mfa_serial` in profile `default` of ")
            && text.contains("/.aws/config, line 5"),
        "{text}"
    );
}
