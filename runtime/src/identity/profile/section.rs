//! [`Section`] and [`Property`], the contents of one section in both profile files.

use crate::identity::profile::by_name::ByName;
use crate::identity::profile::{Origin, ProfileError};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A section of the profile files: a profile, an `sso-session` or a `services` section.
#[derive(Debug, Clone)]
pub struct Section {
    name: String,
    properties: ByName<Property>,
    damage: Option<Damage>,
}

/// The first line of a section that cannot be read.
#[derive(Debug, Clone)]
struct Damage {
    path: Arc<Path>,
    line: usize,
    problem: &'static str,
}

/// The value of a property, its origin and its nested properties.
///
/// The `Debug` output omits the value, which may be a secret.
#[derive(Clone)]
pub struct Property {
    pub(super) value: String,
    pub(super) origin: Origin,
    pub(super) nested: ByName<Property>,
}

impl Section {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            properties: ByName::default(),
            damage: None,
        }
    }

    /// Marks the section as damaged by a line that cannot be read. Only the first one is kept.
    pub(super) fn damage(&mut self, path: &Arc<Path>, line: usize, problem: &'static str) {
        self.damage.get_or_insert_with(|| Damage {
            path: path.clone(),
            line,
            problem,
        });
    }

    /// Returns the section, if all of its lines are valid.
    ///
    /// # Errors
    ///
    /// Returns [`ProfileError::Malformed`] with the first line that cannot be read, which may contain the requested
    /// property.
    pub fn intact(&self) -> Result<&Self, ProfileError> {
        match &self.damage {
            None => Ok(self),
            Some(damage) => Err(ProfileError::Malformed {
                path: damage.path.to_path_buf(),
                line: damage.line,
                problem: damage.problem,
            }),
        }
    }

    /// Adds a property, or replaces the one of the same name.
    pub(super) fn set(&mut self, name: String, property: Property) {
        self.properties.set(name, property);
    }

    /// Returns the name of the section.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the value of a property; an empty one counts as unset. The name is case-insensitive.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.property(name)?.value();
        (!value.is_empty()).then_some(value)
    }

    /// Returns the property of this name, which may be empty. The name is case-insensitive.
    pub fn property(&self, name: &str) -> Option<&Property> {
        look_up(&self.properties, name)
    }

    /// Returns the names of the properties, in lower case, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.names()
    }
}

impl Property {
    /// Returns the value, without surrounding white space. Continuation lines are joined by line breaks.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns the origin of the property.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the property of this name that is nested under this one. The name is case-insensitive.
    pub fn nested(&self, name: &str) -> Option<&Property> {
        look_up(&self.nested, name)
    }
}

/// Returns the property of this name. Names are stored in lower case.
fn look_up<'a>(properties: &'a ByName<Property>, name: &str) -> Option<&'a Property> {
    properties.get(&name.to_ascii_lowercase())
}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({})", self.origin)
    }
}
