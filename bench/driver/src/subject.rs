//! [`Subject`]: who is measured.

/// A program under measurement; its name is its package's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Ours,
    Official,
    Boto3,
    Floor,
    Socket,
}

/// All that are built by cargo.
pub(crate) const ALL: [Subject; 4] = [
    Subject::Ours,
    Subject::Official,
    Subject::Floor,
    Subject::Socket,
];

impl Subject {
    /// The package in this workspace, and the name of its binary.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Official => "official",
            Self::Boto3 => "boto3",
            Self::Floor => "floor",
            Self::Socket => "socket",
        }
    }

    /// The heading of its column.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Ours => "appflow-sdk",
            Self::Official => "aws-sdk-appflow",
            Self::Boto3 => "boto3",
            Self::Floor => "bare reqwest",
            Self::Socket => "raw socket",
        }
    }

    /// The generated crate, where there is one.
    pub(crate) fn sdk(self) -> Option<&'static str> {
        match self {
            Self::Ours => Some("appflow-sdk"),
            Self::Official => Some("aws-sdk-appflow"),
            _ => None,
        }
    }
}
