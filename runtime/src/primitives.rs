//! The types of simple values that generated code uses, which are AWS's own, so that values pass between SDKs.

pub use crate::byte_stream::{AggregatedBytes, ByteStream, ByteStreamError};
pub use crate::checksum::{ChecksumAlgorithm, ChecksumMismatch};
pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
