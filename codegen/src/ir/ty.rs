//! [`Type`]: a type in Rust.

use crate::names::Ident;

/// A type in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `String`.
    String,
    /// `bool`.
    Boolean,
    /// `i8`.
    Byte,
    /// `i16`.
    Short,
    /// `i32`.
    Integer,
    /// `i64`.
    Long,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// `Blob`.
    Blob,
    /// `ByteStream`.
    Stream,
    /// `DateTime`.
    Timestamp,
    /// `Document`.
    Document,
    /// An enum.
    Enum(Ident),
    /// An enum of integers.
    IntEnum(Ident),
    /// A structure.
    Structure(Ident),
    /// A union.
    Union(Ident),
    /// `Vec`; of `Option` when sparse.
    List(Box<Type>, Density),
    /// `HashMap`; to `Option` when sparse.
    Map(Box<Type>, Box<Type>, Density),
    /// Nothing: a member of a union that has no value of its own.
    Unit,
    /// `Box`, which breaks a cycle.
    Boxed(Box<Type>),
}

/// Whether elements may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// They may not.
    Dense,
    /// They may.
    Sparse,
}
