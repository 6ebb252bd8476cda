//! [`Subject`]: the measured programs.

/// A measured program, named for its package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Ours,
    /// This SDK with the HTTP client on hyper alone.
    Lean,
    Official,
    Boto3,
    Floor,
    Socket,
}

/// All subjects that cargo builds.
pub(crate) const ALL: [Subject; 5] = [
    Subject::Ours,
    Subject::Lean,
    Subject::Official,
    Subject::Floor,
    Subject::Socket,
];

impl Subject {
    /// Returns the package in this workspace, which is also the name of its binary.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Lean => "lean",
            Self::Official => "official",
            Self::Boto3 => "boto3",
            Self::Floor => "floor",
            Self::Socket => "socket",
        }
    }

    /// Returns the heading of its column.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Ours => "appflow-sdk",
            Self::Lean => "with `hyper`",
            Self::Official => "aws-sdk-appflow",
            Self::Boto3 => "boto3",
            Self::Floor => "bare reqwest",
            Self::Socket => "raw socket",
        }
    }

    /// Returns the generated crate, if there is one.
    pub(crate) fn sdk(self) -> Option<&'static str> {
        match self {
            Self::Ours => Some("appflow-sdk"),
            Self::Official => Some("aws-sdk-appflow"),
            _ => None,
        }
    }
}
