//! [`EventStreamSchema`]: the event stream of an output.

/// The schema of an event stream. The events themselves are described by the schema of their union.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EventStreamSchema {
    /// The member of the output, by its name in the model.
    pub member: &'static str,
    /// The members of the union that are errors, by their names in the model, with the codes of these errors.
    pub errors: &'static [(&'static str, &'static str)],
}

impl EventStreamSchema {
    /// Creates the schema of an event stream.
    pub const fn new(
        member: &'static str,
        errors: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { member, errors }
    }

    /// Returns the code of the error that this member of the union targets.
    #[cfg(feature = "event-stream")]
    pub(crate) fn code(&self, member: &str) -> Option<&'static str> {
        let found = self.errors.iter().find(|(name, _)| *name == member);
        found.map(|(_, code)| *code)
    }
}
