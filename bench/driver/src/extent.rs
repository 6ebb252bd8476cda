//! [`Extent`]: the full or the short form in; how often, how much and in which profile everything is measured out.

/// How much a run measures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    /// Only to see that every part works.
    pub(crate) short: bool,
    /// Rounds of everything that runs.
    pub(crate) rounds: usize,
    /// Rounds of everything that is built.
    pub(crate) build_rounds: usize,
}

/// A profile of cargo, as it comes: no settings are changed for anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// The short form makes that many times fewer calls.
const FEWER_IN_SHORT: usize = 100;
const LEAST_CALLS: usize = 2;

impl Extent {
    /// One round of everything that is measured in both forms.
    pub(crate) const SHORT: Self = Self {
        short: true,
        rounds: 1,
        build_rounds: 1,
    };

    /// The profile of the programs that make calls.
    pub(crate) fn profile(&self) -> Profile {
        if self.short {
            Profile::Dev
        } else {
            Profile::Release
        }
    }

    /// The profiles whose builds are timed.
    pub(crate) fn built_profiles(&self) -> &'static [Profile] {
        if self.short {
            &[Profile::Dev]
        } else {
            &[Profile::Dev, Profile::Release]
        }
    }

    /// How many calls are made where the full form makes `full`.
    pub(crate) fn calls(&self, full: usize) -> usize {
        let fewer = if self.short { FEWER_IN_SHORT } else { 1 };
        (full / fewer).max(LEAST_CALLS)
    }
}

impl Profile {
    /// What cargo is told.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }

    /// The folder below the target directory.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// Its name in the ids of measures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}
