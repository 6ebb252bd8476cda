//! [`Section`] and [`Property`]: what one section of the profile files says, both files taken together.

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

/// The value of a property, where it stands, and what is nested under it.
///
/// Its `Debug` output leaves out the value, which may be a secret.
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

    /// Notes a line that cannot be read; the first one stays.
    pub(super) fn damage(&mut self, path: &Arc<Path>, line: usize, problem: &'static str) {
        self.damage.get_or_insert_with(|| Damage {
            path: path.clone(),
            line,
            problem,
        });
    }

    /// Returns the section, if all of its lines could be read.
    ///
    /// # Errors
    ///
    /// [`ProfileError::Malformed`] with the first line that could not: it may be the one that is looked for.
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

    /// Adds a property; one of the same name gives way.
    pub(super) fn set(&mut self, name: String, property: Property) {
        self.properties.set(name, property);
    }

    /// The section's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of a property; an empty one counts as unset. The name is matched in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.property(name)?.value();
        (!value.is_empty()).then_some(value)
    }

    /// The property of that name, in any case, be it empty.
    pub fn property(&self, name: &str) -> Option<&Property> {
        look_up(&self.properties, name)
    }

    /// The names of the properties, in lower case, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.names()
    }
}

impl Property {
    /// The value, without surrounding white space. Continuation lines are joined by line breaks.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Where it stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The property of that name, in any case, nested under this one.
    pub fn nested(&self, name: &str) -> Option<&Property> {
        look_up(&self.nested, name)
    }
}

/// Names are kept in lower case.
fn look_up<'a>(properties: &'a ByName<Property>, name: &str) -> Option<&'a Property> {
    properties.get(&name.to_ascii_lowercase())
}

impl fmt::Debug for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Property({})", self.origin)
    }
}
