//! Replaces placeholders such as `${env:NAME}` and `${file:PATH}` by secrets.

use crate::flows::tree::Tree;
use std::collections::HashMap;
use std::env::VarError;
use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

/// The source of the secrets of connector profiles. Its `Debug` output contains no secret.
///
/// | Placeholder | Replaced by |
/// |---|---|
/// | `${env:NAME}` | the environment variable, or else the value of that name in the file of secrets |
/// | `${file:PATH}` | the content of a file, without the line feed at its end |
/// | `${env:NAME?}`, `${file:PATH?}` | the same; the member is left out if there is no such variable or file |
/// | `$${` | the characters `${` |
#[derive(Clone, Default)]
pub struct Secrets {
    values: HashMap<String, String>,
    environment: bool,
    fallback: Option<String>,
    folder: PathBuf,
}

/// The result of the search for a secret, with the reason if there is no value.
enum Found {
    Value(String),
    Absent(String),
    /// The secret exists.
    Unreadable(String),
}

/// A placeholder that cannot be replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceholderError {
    /// The secret is not set.
    #[error("`${{{placeholder}}}` is not set{reason}")]
    NotSet {
        /// The text between the braces.
        placeholder: String,
        /// Further details, or an empty string.
        reason: String,
    },
    /// The syntax of the placeholder is invalid.
    #[error(
        "invalid placeholder: expected `${{env:NAME}}` or `${{file:PATH}}`, or `$${{` for the characters themselves"
    )]
    Invalid,
    /// A line of a file of secrets has no name.
    #[error("line {line} of the secrets: expected NAME=VALUE")]
    Line {
        /// The number of the line, starting at 1.
        line: usize,
    },
}

impl Secrets {
    /// Creates secrets from the environment and from files. Relative paths are resolved against `folder`.
    pub fn from_env(folder: impl Into<PathBuf>) -> Self {
        Self {
            values: HashMap::new(),
            environment: true,
            fallback: None,
            folder: folder.into(),
        }
    }

    /// Adds values that are used if no environment variable has the name.
    pub fn with_values<K: Into<String>, V: Into<String>>(
        mut self,
        values: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let values = values.into_iter();
        self.values
            .extend(values.map(|(name, value)| (name.into(), value.into())));
        self
    }

    /// Sets the value of every required secret that is not found. It is meant for a simulated AppFlow that ignores
    /// secrets.
    pub fn with_fallback(mut self, fallback: impl Into<String>) -> Self {
        self.fallback = Some(fallback.into());
        self
    }

    /// Adds the values of a text with lines `NAME=VALUE`. Empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    ///
    /// Returns an error if a line has no name. The message contains its number and nothing of its text.
    pub fn with_lines(self, text: &str) -> Result<Self, PlaceholderError> {
        let mut values = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() => {
                    values.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                _ => return Err(PlaceholderError::Line { line: index + 1 }),
            }
        }
        Ok(self.with_values(values))
    }

    /// Returns the text with all placeholders replaced, or `None` if the value of an optional one is missing.
    pub(super) fn fill(&self, text: &str) -> Result<Option<String>, PlaceholderError> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let (before, placeholder) = rest.split_at(start);
            let placeholder = placeholder.get(2..).unwrap_or_default();
            if let Some(before) = before.strip_suffix('$') {
                filled.push_str(before);
                filled.push_str("${");
                rest = placeholder;
                continue;
            }
            let (name, after) = placeholder
                .split_once('}')
                .ok_or(PlaceholderError::Invalid)?;
            filled.push_str(before);
            match self.value(name)? {
                Some(value) => filled.push_str(&value),
                None => return Ok(None),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(Some(filled))
    }

    /// Replaces each text that stands for the current one by it, so that a comparison shows other texts alone. These
    /// keep their placeholders, since values may be secrets.
    pub(super) fn settle(&self, desired: &mut Tree, current: Option<&Tree>) {
        match desired {
            Tree::Text(text) if text.contains("${") => match self.fill(text) {
                Ok(None) => *desired = Tree::Null,
                Ok(Some(value))
                    if current.and_then(Tree::as_text) == Some(escape(&value).as_str()) =>
                {
                    *text = escape(&value);
                }
                // Planning reports a placeholder that cannot be replaced.
                _ => {}
            },
            Tree::Object(members) => {
                for (name, tree) in members.iter_mut() {
                    self.settle(tree, current.and_then(|current| current.get(name)));
                }
                members.retain(|(_, tree)| *tree != Tree::Null);
            }
            Tree::List(elements) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    let current = match current {
                        Some(Tree::List(current)) => current.get(index),
                        _ => None,
                    };
                    self.settle(element, current);
                }
            }
            _ => {}
        }
    }

    fn value(&self, placeholder: &str) -> Result<Option<String>, PlaceholderError> {
        let (whole, optional) = match placeholder.strip_suffix('?') {
            Some(whole) => (whole, true),
            None => (placeholder, false),
        };
        let found = match whole.split_once(':') {
            Some(("env", name)) if !name.is_empty() => self.variable(name),
            Some(("file", path)) if !path.is_empty() => self.file(path),
            _ => return Err(PlaceholderError::Invalid),
        };
        let (reason, left_out) = match found {
            Found::Value(value) => return Ok(Some(value)),
            Found::Absent(reason) => (reason, optional),
            // A secret that exists must not be left out.
            Found::Unreadable(reason) => (reason, false),
        };
        let fallback = self.fallback.clone().filter(|_| !optional);
        match fallback {
            None if !left_out => Err(PlaceholderError::NotSet {
                placeholder: whole.to_owned(),
                reason,
            }),
            fallback => Ok(fallback),
        }
    }

    fn variable(&self, name: &str) -> Found {
        let variable = self.environment.then(|| std::env::var(name));
        match variable {
            Some(Ok(value)) => Found::Value(value),
            // The message of the error contains the value.
            Some(Err(VarError::NotUnicode(_))) => Found::Unreadable(": not UTF-8".to_owned()),
            Some(Err(VarError::NotPresent)) | None => match self.values.get(name) {
                Some(value) => Found::Value(value.clone()),
                None => Found::Absent(String::new()),
            },
        }
    }

    fn file(&self, path: &str) -> Found {
        match std::fs::read_to_string(self.folder.join(path)) {
            Ok(text) => {
                let text = text.strip_suffix('\n').unwrap_or(&text);
                let text = text.strip_suffix('\r').unwrap_or(text);
                Found::Value(text.to_owned())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Found::Absent(format!(": {error}"))
            }
            Err(error) => Found::Unreadable(format!(": {error}")),
        }
    }
}

/// Returns the text of a definition that stands for a value: `${` in the value is not a placeholder.
pub(super) fn escape(value: &str) -> String {
    value.replace("${", "$${")
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets")
            .field("values", &self.values.len())
            .field("environment", &self.environment)
            .field("folder", &self.folder)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{PlaceholderError, Secrets, escape};

    #[test]
    fn placeholders_are_replaced_and_missing_secrets_are_named() {
        let secrets = Secrets::default()
            .with_lines("# secrets\nTOKEN = a=b\n\nEMPTY=\n")
            .unwrap();
        let table = [
            ("plain $5 {x}", Ok(Some("plain $5 {x}"))),
            ("${env:TOKEN}", Ok(Some("a=b"))),
            ("<${env:TOKEN}${env:EMPTY}>", Ok(Some("<a=b>"))),
            ("$${env:TOKEN}", Ok(Some("${env:TOKEN}"))),
            ("${env:OTHER?}", Ok(None)),
            ("${env:OTHER}", Err("`${env:OTHER}` is not set")),
            ("${file:/does/not/exist?}", Ok(None)),
            ("${env:TOKEN", Err("invalid placeholder")),
            ("${TOKEN}", Err("invalid placeholder")),
            ("${vault:x}", Err("invalid placeholder")),
        ];
        for (text, expected) in table {
            match (secrets.fill(text), expected) {
                (Ok(filled), Ok(expected)) => assert_eq!(filled.as_deref(), expected, "{text}"),
                (Err(error), Err(start)) => {
                    assert!(error.to_string().starts_with(start), "{error}")
                }
                (found, _) => panic!("{text}: {found:?}"),
            }
        }
        let error = Secrets::default().with_lines("A=b\nsecret").unwrap_err();
        assert_eq!(error, PlaceholderError::Line { line: 2 });
        assert!(!format!("{secrets:?}").contains("a=b"));
    }

    #[test]
    fn an_escaped_value_is_filled_with_itself() {
        for value in ["plain", "${env:TOKEN}", "$${", "$$${{", "a$b${", "${${"] {
            let filled = Secrets::default().fill(&escape(value));
            assert_eq!(filled.unwrap().as_deref(), Some(value));
        }
    }

    #[test]
    fn files_are_read_without_their_last_line_feed() {
        let folder = std::env::temp_dir().join(format!("placeholders-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("token"), "first\nsecond\n").unwrap();
        let secrets = Secrets::from_env(&folder);
        assert_eq!(
            secrets.fill("${file:token}").unwrap().as_deref(),
            Some("first\nsecond")
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_optional_file_that_exists_and_cannot_be_read_is_an_error() {
        let folder = std::env::temp_dir().join(format!("unreadable-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("directory")).unwrap();
        std::fs::write(folder.join("token"), [b's', b'3', 0xff]).unwrap();
        let secrets = Secrets::from_env(&folder);
        for name in ["token", "directory"] {
            let error = secrets.fill(&format!("${{file:{name}?}}")).unwrap_err();
            let expected = format!("`${{file:{name}}}` is not set: ");
            assert!(error.to_string().starts_with(&expected), "{error}");
            assert!(!error.to_string().contains("s3"), "{error}");
        }
        assert_eq!(secrets.fill("${file:other?}"), Ok(None));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
