//! [`SigningKeys`]: a cache of the signing key, which is derived once a day.

use super::{Scope, signing_key};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A cache of the last signing key. Deriving a key takes four of the five HMACs of a signature.
#[derive(Default)]
pub(crate) struct SigningKeys {
    last: Mutex<Option<Known>>,
}

struct Known {
    secret: String,
    date: String,
    region: String,
    service: String,
    key: Key,
}

/// The signing key, which has the 32 bytes of SHA-256.
pub(super) type Key = [u8; 32];

impl SigningKeys {
    /// Returns the key for this secret, day, region and service.
    pub(super) fn key(&self, secret: &str, date: &str, scope: Scope<'_>) -> Key {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|known| {
            known.secret == secret
                && known.date == date
                && known.region == scope.region
                && known.service == scope.service
        }) {
            return known.key;
        }
        let key = signing_key(secret, date, scope);
        *last = Some(Known {
            secret: secret.to_owned(),
            date: date.to_owned(),
            region: scope.region.to_owned(),
            service: scope.service.to_owned(),
            key,
        });
        key
    }
}

impl fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKeys")
    }
}
