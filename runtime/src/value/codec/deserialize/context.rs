//! [`Context`]: what is shared by all places of one value that serde reads.

use crate::value::codec::fill::Rules;
use crate::value::codec::path::{Path, Step};
#[cfg(any(test, fuzzing))]
use crate::value::schema::Location;
use crate::value::schema::{MemberSchema, StructureSchema};
use std::cell::RefCell;

/// Which of a member's names counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Model,
    /// Those of the wire, which the reader of the wire is compared by.
    #[cfg(any(test, fuzzing))]
    Wire,
}

/// What is shared by all places of one value.
pub(crate) struct Context {
    pub(super) names: Names,
    /// Whether unknown members, members that occur twice, and second members of unions are errors.
    pub(crate) strict: bool,
    pub(super) rules: Rules,
    /// Whether somebody asks for the required members that are missing.
    pub(crate) notes_missing: bool,
    /// Where an error came from, noted while it travels outward.
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

    /// Runs what fills a part, and notes the step to it on whatever went wrong there.
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

    /// The same for a member of a structure or union.
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

    /// Notes the required members without a value, which have no bit.
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
