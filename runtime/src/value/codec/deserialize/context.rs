//! [`Context`]: the state that is shared by all parts of a value that serde reads.

use crate::value::codec::fill::Rules;
use crate::value::codec::path::{Path, Step};
#[cfg(any(test, fuzzing))]
use crate::value::schema::Location;
use crate::value::schema::{MemberSchema, StructureSchema};
use std::cell::RefCell;

/// The names by which members are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Model,
    /// The names of the wire format, which are used to compare with its reader.
    #[cfg(any(test, fuzzing))]
    Wire,
}

/// The state that is shared by all parts of a value.
pub(crate) struct Context {
    pub(super) names: Names,
    /// `true` if unknown members, duplicate members and second members of unions are errors.
    pub(crate) strict: bool,
    pub(super) rules: Rules,
    /// `true` if the missing required members are requested.
    pub(crate) notes_missing: bool,
    /// The path of an error, which is built from the inside out.
    pub(super) path: RefCell<Path>,
    pub(super) missing: RefCell<Vec<Path>>,
}

impl Context {
    pub(crate) fn new(names: Names) -> Self {
        Self {
            names,
            strict: false,
            rules: Rules::default(),
            notes_missing: true,
            path: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    fn missing_so_far(&self) -> usize {
        self.missing.borrow().len()
    }

    /// Fills a part, and adds its step to the path of an error and to the paths of its missing members.
    pub(super) fn within<T, E>(
        &self,
        step: impl Fn() -> Step,
        fill: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.missing_so_far();
        let filled = fill();
        if filled.is_err() {
            self.path.borrow_mut().outward(step());
        }
        if self.missing_so_far() > before {
            self.missing
                .borrow_mut()
                .iter_mut()
                .skip(before)
                .for_each(|path| path.outward(step()));
        }
        filled
    }

    /// Fills a member of a structure or union, and adds its step as [`within`](Self::within) does.
    pub(super) fn within_member<T, E>(
        &self,
        member: &'static MemberSchema,
        fill: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let before = self.missing_so_far();
        let filled = self.within(|| Step::Member(member.name), fill);
        if member.sensitive {
            self.path.borrow_mut().hide_keys();
            let mut missing = self.missing.borrow_mut();
            missing.iter_mut().skip(before).for_each(Path::hide_keys);
        }
        filled
    }

    pub(super) fn position(
        &self,
        schema: &StructureSchema,
        name: &str,
        expected: usize,
    ) -> Option<usize> {
        match self.names {
            Names::Model => schema.position_by_name(name, expected),
            #[cfg(any(test, fuzzing))]
            Names::Wire => schema
                .position(name, expected)
                .filter(|index| schema.members.get(*index).is_some_and(in_body)),
        }
    }

    /// Records the required members without a value, which are those without a bit.
    pub(super) fn note_missing(&self, schema: &StructureSchema, seen: u128) {
        if !self.notes_missing {
            return;
        }
        for (index, member) in schema.members.iter().enumerate().take(128) {
            let counts = match self.names {
                Names::Model => true,
                #[cfg(any(test, fuzzing))]
                Names::Wire => in_body(member),
            };
            if member.required && counts && seen & (1 << index) == 0 {
                let path = Path::of(Step::Member(member.name));
                self.missing.borrow_mut().push(path);
            }
        }
    }
}

#[cfg(any(test, fuzzing))]
fn in_body(member: &MemberSchema) -> bool {
    member.location == Location::Body
}
