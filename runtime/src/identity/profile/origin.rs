//! [`Origin`]: where a value of a profile file stands, for messages.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where a property stands: its name, section, file and line.
///
/// Displays as `` `region` in profile `dev` of /home/x/.aws/config, line 12 ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub(super) property: String,
    pub(super) section: Arc<str>,
    pub(super) path: Arc<Path>,
    pub(super) line: usize,
}

impl Origin {
    /// The property's name; a nested one with its parent's, as in `appflow.endpoint_url`.
    pub fn property(&self) -> &str {
        &self.property
    }

    /// The section in words, as in `` profile `dev` ``.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The origin of a property nested under this one.
    pub(super) fn nested(&self, property: &str, line: usize) -> Self {
        Self {
            property: format!("{}.{property}", self.property),
            line,
            ..self.clone()
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            property,
            section,
            path,
            line,
        } = self;
        write!(
            f,
            "`{property}` in {section} of {}, line {line}",
            path.display()
        )
    }
}
