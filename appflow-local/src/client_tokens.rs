//! Idempotency by client token: repeats the response of an earlier call.

use crate::clock::Millis;
use crate::messages;
use crate::session::Session;
use crate::state::{Entity, TokenEntry};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use smithy_reqwest::server::ServiceError;

/// The lifetime of a token: 8 hours.
const LIFETIME: Millis = 8 * 3600 * 1000;

/// The treatment of a known token with different input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// Responds with a `ConflictException`.
    Conflict,
    /// Runs the call.
    NewCall,
}

/// Runs a call, or repeats the response if the token was used with the same input.
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
            return Err(messages::conflict(format_args!(
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
        expires_at: now.saturating_add(LIFETIME),
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

/// Returns the digest of an input. Inputs may contain secrets, so they are not kept themselves.
fn digest<I: Serialize>(input: &I) -> Result<String, ServiceError> {
    let json = serde_json::to_vec(input).map_err(internal)?;
    let bytes = Sha256::digest(&json);
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn internal(error: serde_json::Error) -> ServiceError {
    crate::generated::error::internal_server_exception(error.to_string())
}
