//! [`Place`]: the position of a problem in an input, from which paths in several formats are written.

use crate::value::schema::MemberSchema;
use std::fmt;

/// The current position. Each place refers to the enclosing one, so that no path is written for an input without
/// problems.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Input,
    Member(&'a Place<'a>, &'static MemberSchema),
    Index(&'a Place<'a>, usize),
    /// The value of an entry of a map.
    Entry(&'a Place<'a>, &'a str),
    /// The key of an entry of a map.
    Key(&'a Place<'a>, &'a str),
}

impl<'a> Place<'a> {
    /// Returns the place that contains this one.
    pub(crate) fn outer(&self) -> Option<&'a Place<'a>> {
        match *self {
            Self::Input => None,
            Self::Member(place, _)
            | Self::Index(place, _)
            | Self::Entry(place, _)
            | Self::Key(place, _) => Some(place),
        }
    }

    /// Returns whether the model marks this place, or any place that contains it, as sensitive.
    pub(crate) fn is_sensitive(&self) -> bool {
        matches!(self, Self::Member(_, member) if member.sensitive)
            || self.outer().is_some_and(Place::is_sensitive)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => Ok(()),
            Self::Member(Self::Input, member) => f.write_str(member.name),
            Self::Member(place, member) => write!(f, "{place}.{}", member.name),
            Self::Index(place, index) => write!(f, "{place}[{index}]"),
            // The keys of secrets may be secrets too.
            Self::Entry(place, _) | Self::Key(place, _) if place.is_sensitive() => {
                write!(f, "{place}[…]")
            }
            Self::Entry(place, key) | Self::Key(place, key) => write!(f, "{place}[{key:?}]"),
        }
    }
}
