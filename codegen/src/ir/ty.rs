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
    /// `EventReceiver`, with the union of its events.
    Events(Ident),
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
    /// `Vec`. The elements of a sparse list are `Option`.
    List(Box<Type>, Density),
    /// `HashMap`. The values of a sparse map are `Option`.
    Map(Box<Type>, Box<Type>, Density),
    /// The type of a union member without a value.
    Unit,
    /// `Box`, which breaks a cycle.
    Boxed(Box<Type>),
}

/// The density of a list or map: whether its elements may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// The elements are never null.
    Dense,
    /// The elements may be null.
    Sparse,
}
