//! The names that are taken by Rust or by emitted code.

/// Keywords that can be written as `r#keyword`.
pub(super) const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be identifiers in any spelling.
pub(super) const BARE_KEYWORDS: &[&str] = &["self", "super", "crate", "Self", "_"];

/// Names of types that emitted files use without a path, or that would confuse readers.
pub(super) const TAKEN_TYPES: &[&str] = &[
    "Auth",
    "Blob",
    "ByteStream",
    "Box",
    "BigDecimal",
    "BigInteger",
    "BuildError",
    "Call",
    "Caller",
    "CarriedTraits",
    "CarriedValue",
    "Checksum",
    "Client",
    "Clone",
    "Customization",
    "Customize",
    "DateTime",
    "Debug",
    "Default",
    "Document",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "ErrorKind",
    "ErrorSchema",
    "EventStreamSchema",
    "FinalPoll",
    "From",
    "HashMap",
    "Hash",
    "Into",
    "Location",
    "MemberSchema",
    "None",
    "Ok",
    "Operation",
    "OperationSchema",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Required",
    "Result",
    "Segment",
    "Self",
    "Send",
    "ServiceSchema",
    "Shape",
    "Slot",
    "Some",
    "String",
    "Structure",
    "StructureSchema",
    "Sync",
    "TargetSchema",
    "Union",
    "UnknownVariantValue",
    "Value",
    "Vec",
    "Verdict",
    "Waiter",
    "WaiterError",
    "WaiterSchema",
];

/// Kinds of errors that every client has, and the names that generated files of errors use without a path, in clients and
/// in services.
pub(super) const TAKEN_ERRORS: &[&str] = &[
    "BodyError",
    "BoxError",
    "BuildError",
    "Cause",
    "ConfigurationError",
    "DisplayErrorContext",
    "ErrorMetadata",
    "InvalidConfiguration",
    "InvalidInput",
    "InvalidInputs",
    "NoCredentials",
    "NoResponse",
    "Problem",
    "ProvideErrorMetadata",
    "RequestId",
    "ServiceError",
    "TimedOut",
    "Timeout",
    "TransportError",
    "TransportErrorKind",
    "UnknownVariantError",
    "UnmodeledService",
    "UnreadableResponse",
];

/// Names of the other methods of builders and structures.
pub(super) const TAKEN_METHODS: &[&str] = &[
    "as_input",
    "build",
    "builder",
    "clone",
    "customize",
    "default",
    "into_call",
    "into_paginator",
    "new",
    "request_id",
    "send",
    "send_blocking",
    "send_with",
    "validated_checksums",
    "wait",
    "wait_blocking",
    "with_input",
];

/// Names of the other methods of the client.
pub(super) const TAKEN_CLIENT_METHODS: &[&str] = &[
    "clone",
    "config",
    "config_from_env",
    "config_from_env_blocking",
    "from_conf",
    "from_env",
    "from_env_blocking",
    // The modules of operations are named after them, and one of these would overwrite `mod.rs`.
    "mod",
    "new",
];

/// Names of modules whose file already exists.
pub(super) const TAKEN_MODULES: &[&str] = &["mod"];

/// Variants that every emitted enum has.
pub(super) const TAKEN_VARIANTS: &[&str] = &["Self_", "Unknown"];
