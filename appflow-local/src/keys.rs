//! [`AccessKeys`]: which access keys are accepted, and whose they are.

use crate::caller::Caller;
use http::request::Parts;
use smithy_reqwest::server::ServiceError;
use smithy_reqwest::server::sigv4::{AccessKey, CredentialScope, Verifier};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// The account of the default key.
pub const DEFAULT_ACCOUNT: &str = "000000000000";
/// The service's name in signatures.
const SIGNING_NAME: &str = "appflow";

/// The access keys that the service knows.
#[derive(Debug, Clone)]
pub struct AccessKeys {
    any: bool,
    known: BTreeMap<String, Key>,
}

#[derive(Debug, Clone)]
struct Key {
    key: AccessKey,
    account: String,
    arn: String,
}

impl Default for AccessKeys {
    /// The key `test` with the secret `test`.
    fn default() -> Self {
        let none = Self {
            any: false,
            known: BTreeMap::new(),
        };
        none.with("test", "test", None, DEFAULT_ACCOUNT)
    }
}

impl AccessKeys {
    /// Accepts any key and does not look at signatures. An access key id of twelve digits is then an account.
    pub fn any() -> Self {
        Self {
            any: true,
            ..Self::default()
        }
    }

    /// Adds a key of a user of an account, which is 12 digits or no service starts; with a session token, of a session.
    pub fn with(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        session_token: Option<String>,
        account: impl Into<String>,
    ) -> Self {
        let (id, account) = (id.into(), account.into());
        let arn = if session_token.is_some() {
            format!("arn:aws:sts::{account}:assumed-role/local/{id}")
        } else {
            format!("arn:aws:iam::{account}:user/{id}")
        };
        let key = AccessKey {
            secret: secret.into(),
            session_token,
            expires_at: None,
        };
        self.known.insert(id, Key { key, account, arn });
        self
    }

    /// An account that is no account id: what is kept has the account in its key, and so has every ARN.
    pub(crate) fn wrong_account(&self) -> Option<&str> {
        let mut accounts = self.known.values().map(|known| known.account.as_str());
        accounts.find(|account| !is_account(account))
    }

    /// Lets a key expire.
    pub fn expiring(mut self, id: &str, at: SystemTime) -> Self {
        if let Some(known) = self.known.get_mut(id) {
            known.key.expires_at = Some(at);
        }
        self
    }

    /// Who sent a request, if the service believes it.
    pub(crate) fn caller(&self, head: &Parts, body: &[u8]) -> Result<Caller, ServiceError> {
        if self.any {
            let scope = CredentialScope::claimed(&head.headers)?;
            return Ok(self.anyone(scope));
        }
        let verifier = Verifier {
            service: SIGNING_NAME,
            now: SystemTime::now(),
        };
        let find = |id: &str| self.known.get(id).map(|known| known.key.clone());
        let scope = verifier.verify(head, body, find)?;
        Ok(self.anyone(scope))
    }

    fn anyone(&self, scope: CredentialScope) -> Caller {
        let id = scope.access_key_id;
        let (account, arn) = match self.known.get(&id) {
            Some(known) => (known.account.clone(), known.arn.clone()),
            None if is_account(&id) => (id.clone(), format!("arn:aws:iam::{id}:root")),
            None => (
                DEFAULT_ACCOUNT.to_owned(),
                format!("arn:aws:iam::{DEFAULT_ACCOUNT}:user/{id}"),
            ),
        };
        Caller {
            account,
            region: scope.region,
            arn,
        }
    }
}

/// Whether a text is an account id: 12 digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
