//! [`Origin`], the place of a value in a profile file, for messages.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The place of a property: its name, section, file and line.
///
/// It displays as `` `region` in profile `dev` of /home/x/.aws/config, line 12 ``.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub(super) property: String,
    pub(super) section: Arc<str>,
    pub(super) path: Arc<Path>,
    pub(super) line: usize,
}

impl Origin {
    /// Returns the name of the property; that of a nested one includes its parent, as in `appflow.endpoint_url`.
    pub fn property(&self) -> &str {
        &self.property
    }

    /// Returns the section as text, such as `` profile `dev` ``.
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the number of the line, starting at 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the origin of a property nested under this one.
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
