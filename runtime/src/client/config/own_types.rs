//! The types of settings for builds without aws-types: [`Region`], [`AppName`], [`FrameworkMetadata`].

use std::borrow::Cow;
use std::fmt;

/// A region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

impl Region {
    /// Creates a region from its name, such as `us-east-1`.
    pub fn new(region: impl Into<Cow<'static, str>>) -> Self {
        Self(region.into())
    }

    /// Creates a region from its name, also in constants.
    pub const fn from_static(region: &'static str) -> Self {
        Self(Cow::Borrowed(region))
    }
}

/// The name of a program in the user agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppName(Cow<'static, str>);

impl AppName {
    /// Creates a name.
    ///
    /// # Errors
    ///
    /// Returns an error if the name is empty, or has a character that an HTTP token cannot have.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Result<Self, InvalidName> {
        let name = name.into();
        is_token(&name).then_some(Self(name)).ok_or(InvalidName)
    }
}

/// A library that makes calls, for the user agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkMetadata {
    name: Cow<'static, str>,
    version: Option<Cow<'static, str>>,
}

impl FrameworkMetadata {
    /// Creates the metadata of a library.
    ///
    /// # Errors
    ///
    /// Returns an error if the name or the version is empty, or has a character that an HTTP token cannot have.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        version: Option<impl Into<Cow<'static, str>>>,
    ) -> Result<Self, InvalidName> {
        let (name, version) = (name.into(), version.map(Into::into));
        let is_valid = is_token(&name) && version.as_deref().is_none_or(is_token);
        is_valid
            .then_some(Self { name, version })
            .ok_or(InvalidName)
    }

    /// Returns the name of the library.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the version of the library, if it has one.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }
}

/// The error of a name or version that is not valid in a user agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("invalid name: only ASCII letters, digits and !#$%&'*+-.^_`|~ are allowed")]
#[non_exhaustive]
pub struct InvalidName;

fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for AppName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for AppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tokens() {
        for (name, is_valid) in [
            ("shop", true),
            ("!#$%&'*+-.^_`|~9", true),
            ("", false),
            ("a b", false),
            ("a/b", false),
            ("zoë", false),
            ("a\nb", false),
        ] {
            assert_eq!(AppName::new(name).is_ok(), is_valid, "{name}");
            let library = FrameworkMetadata::new(name, None::<String>);
            assert_eq!(library.is_ok(), is_valid, "{name}");
            let library = FrameworkMetadata::new("lib", Some(name));
            assert_eq!(library.is_ok(), is_valid, "{name}");
        }
    }
}
