//! [`Extent`]: the number of rounds and calls, and the build profile, of the full and the short form.

/// The extent of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    /// The short form, a smoke test of every part.
    pub(crate) short: bool,
    /// The rounds of running programs.
    pub(crate) rounds: usize,
    /// The rounds of builds.
    pub(crate) build_rounds: usize,
}

/// A profile of cargo with its default settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// The factor by which the short form makes fewer calls.
const FEWER_IN_SHORT: usize = 100;
const LEAST_CALLS: usize = 2;

impl Extent {
    /// Returns the extent with one round.
    pub(crate) const SHORT: Self = Self {
        short: true,
        rounds: 1,
        build_rounds: 1,
    };

    /// Returns the profile of the measured programs.
    pub(crate) fn profile(&self) -> Profile {
        if self.short {
            Profile::Dev
        } else {
            Profile::Release
        }
    }

    /// Returns the profiles whose builds are timed.
    pub(crate) fn built_profiles(&self) -> &'static [Profile] {
        if self.short {
            &[Profile::Dev]
        } else {
            &[Profile::Dev, Profile::Release]
        }
    }

    /// Returns the number of calls, where the full form makes `full`.
    pub(crate) fn calls(&self, full: usize) -> usize {
        let fewer = if self.short { FEWER_IN_SHORT } else { 1 };
        (full / fewer).max(LEAST_CALLS)
    }
}

impl Profile {
    /// Returns the arguments of cargo.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }

    /// Returns the folder below the target directory.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }

    /// Returns its name in the ids of measures.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}
