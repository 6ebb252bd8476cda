//! The members of a test case that are relevant to a client.

use super::{Failed, failed};
use serde_json::{Map, Value};

/// The members of both requests and responses.
pub(super) struct Case<T> {
    pub(super) id: String,
    pub(super) params: Value,
    pub(super) headers: Vec<(String, String)>,
    pub(super) forbid_headers: Vec<String>,
    pub(super) require_headers: Vec<String>,
    pub(super) body: Option<String>,
    pub(super) body_media_type: Option<String>,
    pub(super) own: T,
}

/// The members of requests only.
pub(super) struct RequestCase {
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) host: Option<String>,
    pub(super) resolved_host: Option<String>,
    pub(super) query: Vec<String>,
    pub(super) forbid_query: Vec<String>,
    pub(super) require_query: Vec<String>,
}

/// The members of responses only.
pub(super) struct ResponseCase {
    pub(super) code: u16,
}

/// A part of the members of a case.
pub(super) trait Own: Sized {
    fn read(members: &Members<'_>) -> Option<Self>;
}

impl Own for RequestCase {
    fn read(members: &Members<'_>) -> Option<Self> {
        Some(Self {
            method: members.text("method")?,
            uri: members.text("uri")?,
            host: members.text("host"),
            resolved_host: members.text("resolvedHost"),
            query: members.texts("queryParams"),
            forbid_query: members.texts("forbidQueryParams"),
            require_query: members.texts("requireQueryParams"),
        })
    }
}

impl Own for ResponseCase {
    fn read(members: &Members<'_>) -> Option<Self> {
        let code = members.0.get("code")?.as_u64()?;
        Some(Self {
            code: code.try_into().ok()?,
        })
    }
}

pub(super) struct Members<'a>(&'a Map<String, Value>);

impl Members<'_> {
    fn text(&self, name: &str) -> Option<String> {
        Some(self.0.get(name)?.as_str()?.to_owned())
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let texts = self.0.get(name).and_then(Value::as_array);
        let texts = texts.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }
}

impl<T: Own> Case<T> {
    /// Parses a case.
    pub(super) fn parse(text: &str) -> Result<Self, Failed> {
        let members: Map<String, Value> = serde_json::from_str(text).map_err(failed)?;
        let members = Members(&members);
        let headers = members.0.get("headers").and_then(Value::as_object);
        let headers = headers.into_iter().flatten();
        Ok(Self {
            id: members.text("id").unwrap_or_default(),
            params: members
                .0
                .get("params")
                .cloned()
                .unwrap_or(Value::Object(Map::new())),
            headers: headers
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
            forbid_headers: members.texts("forbidHeaders"),
            require_headers: members.texts("requireHeaders"),
            body: members.text("body"),
            body_media_type: members.text("bodyMediaType"),
            own: T::read(&members).ok_or_else(|| failed("incomplete case"))?,
        })
    }
}
