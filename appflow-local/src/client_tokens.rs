//! Client tokens: a call with a token in, its answer out, once for 8 hours.

use crate::clock::Millis;
use crate::session::Session;
use crate::state::{Entity, TokenEntry};
use crate::texts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use smithy_reqwest::server::ServiceError;

/// How long a token is active.
const ACTIVE: Millis = 8 * 3600 * 1000;

/// What another input with a known token means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// An error.
    Conflict,
    /// A new call.
    NewCall,
}

/// Runs a call, unless its token was seen with the same input: then the answer is the same again.
pub(crate) fn once<I: Serialize, O: Serialize + DeserializeOwned>(
    session: &mut Session<'_>,
    operation: &str,
    token: Option<&str>,
    input: &I,
    mismatch: Mismatch,
    run: impl FnOnce(&mut Session<'_>) -> Result<O, ServiceError>,
) -> Result<O, ServiceError> {
    let Some(token) = token else {
        return run(session);
    };
    let key = format!("{operation}/{token}");
    let digest = digest(input)?;
    if let Some(entry) = session
        .scope
        .tokens
        .get(&key)
        .filter(|entry| entry.expires_at > session.now)
    {
        if entry.input == digest {
            return O::deserialize(&entry.output).map_err(internal);
        }
        if mismatch == Mismatch::Conflict {
            return Err(texts::conflict(format_args!(
                "The client token {token} was already used with other parameters."
            )));
        }
    }
    let output = run(session)?;
    remember(
        session,
        key,
        digest,
        serde_json::to_value(&output).map_err(internal)?,
    );
    Ok(output)
}

fn remember(session: &mut Session<'_>, key: String, input: String, output: serde_json::Value) {
    let (now, kept) = (session.now, session.settings().client_tokens_kept);
    let scope = &mut *session.scope;
    let number = scope
        .token_order
        .last_key_value()
        .map_or(0, |(last, _)| last + 1);
    let entry = TokenEntry {
        input,
        output,
        expires_at: now.saturating_add(ACTIVE),
        number,
    };
    if let Some(previous) = scope.tokens.insert(key.clone(), entry) {
        scope.token_order.remove(&previous.number);
    }
    scope.token_order.insert(number, key.clone());
    scope.touch(Entity::Token(key));
    while let Some((oldest, key)) = scope.token_order.first_key_value() {
        let (oldest, key) = (*oldest, key.clone());
        let expired = scope
            .tokens
            .get(&key)
            .is_none_or(|entry| entry.expires_at <= now);
        if !expired && scope.tokens.len() <= kept {
            return;
        }
        scope.token_order.remove(&oldest);
        scope.tokens.remove(&key);
        scope.touch(Entity::Token(key));
    }
}

/// Inputs may hold secrets, so only their digest is kept.
fn digest<I: Serialize>(input: &I) -> Result<String, ServiceError> {
    let json = serde_json::to_vec(input).map_err(internal)?;
    let bytes = Sha256::digest(&json);
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn internal(error: serde_json::Error) -> ServiceError {
    crate::generated::error::internal_server_exception(error.to_string())
}
