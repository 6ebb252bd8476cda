//! Macros that implement the traits of generated types.

/// Implements [`Shape`](crate::value::shape::Shape), `Debug` without secrets, and serde for a structure.
#[doc(hidden)]
#[macro_export]
macro_rules! structure {
    (@value) => { $crate::shape::Shape::empty() };
    (@value $default:expr) => { $default };
    (
        $schema:ident: $type:ident {
            $($index:literal: $field:ident $(= $default:expr)?),* $(,)?
            $(; $($hidden:ident $(= $empty:expr)?),+ $(,)?)?
        }
    ) => {
        impl $crate::shape::Structure for $type {
            fn schema(&self) -> &'static $crate::schema::StructureSchema {
                &$schema
            }

            fn member(&self, index: usize) -> $crate::shape::Value<'_> {
                match index {
                    $($index => $crate::shape::Shape::value(&self.$field),)*
                    _ => $crate::shape::Value::Absent,
                }
            }

            fn member_slot(&mut self, index: usize) -> $crate::shape::Slot<'_> {
                match index {
                    $($index => $crate::shape::Shape::slot(&mut self.$field),)*
                    _ => $crate::shape::Slot::Ignored,
                }
            }
        }

        $crate::structure!($type {
            $($field $(= $default)?,)*
            $($($hidden $(= $empty)?,)+)?
        });
    };
    ($type:ident { $($field:ident $(= $default:expr)?),* $(,)? }) => {
        impl $crate::shape::Shape for $type {
            fn value(&self) -> $crate::shape::Value<'_> {
                $crate::shape::Value::Structure(self)
            }

            fn slot(&mut self) -> $crate::shape::Slot<'_> {
                $crate::shape::Slot::Structure(self)
            }

            fn empty() -> Self {
                Self { $($field: $crate::structure!(@value $($default)?)),* }
            }
        }

        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug::fmt_structure(self, f)
            }
        }

        $crate::serde_by_reflection!($type);
        $($crate::structure!(@field $type $field);)*
    };
    // Outputs implement the request id trait of the AWS SDK for Rust too.
    (@field $type:ident _request_id) => {
        impl $crate::operation::RequestId for $type {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self._request_id.0.as_deref()
            }
        }
    };
    (@field $type:ident $field:ident) => {};
}

/// Implements `Debug` without secrets for a builder that stores members separately.
#[doc(hidden)]
#[macro_export]
macro_rules! builder {
    ($schema:ident: $type:ident { $($field:ident),* $(,)? }) => {
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let members = [$($crate::shape::Shape::value(&self.$field)),*];
                $crate::debug::fmt_members(stringify!($type), &$schema, members, f)
            }
        }
    };
}

/// Implements [`Shape`](crate::value::shape::Shape), `Debug` without secrets, and serde for a union.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($type:ident) => {
        impl $crate::shape::Shape for $type {
            fn value(&self) -> $crate::shape::Value<'_> {
                $crate::shape::Value::Union(self)
            }

            fn slot(&mut self) -> $crate::shape::Slot<'_> {
                $crate::shape::Slot::Union(self)
            }

            fn empty() -> Self {
                $type::Unknown
            }
        }

        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug::fmt_union(self, f)
            }
        }

        $crate::serde_by_reflection!($type);
    };
}

/// Defines an enum of texts from a table of its variants, with a variant for values that the model does not declare,
/// conversions from and to text, [`Shape`](crate::value::shape::Shape), and serde.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($(#[$doc:meta])* pub enum $type:ident { $($variants:tt)* } $($internal:tt)*) => {
        $crate::enumeration!(
            @definition [#[derive(Debug)] $(#[$doc])*] $type { $($variants)* } $($internal)*
        );
    };
    (@definition [$(#[$doc:meta])*] $type:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $value:literal),* $(,)?
    } $(internal: [$($internal:literal),* $(,)?])?) => {
        $(#[$doc])*
        #[non_exhaustive]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$variant_doc])* $variant,)*
            /// A value that the model does not declare. It is sent again unchanged.
            Unknown($crate::shape::UnknownVariantValue),
        }

        impl $type {
            /// Returns the value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// Returns all values that the model declares.
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }
        }

        impl ::std::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::shape::UnknownVariantValue::new(other)),
                }
            }
        }

        impl $type {
            /// Parses a value like [`From<&str>`], but fails if the model does not declare it.
            ///
            /// # Errors
            ///
            /// Returns an error that lists the known values.
            pub fn try_parse(
                value: &str,
            ) -> ::std::result::Result<Self, $crate::shape::UnknownVariantError> {
                if Self::values().contains(&value) {
                    Ok(Self::from(value))
                } else {
                    Err($crate::shape::UnknownVariantError::new(
                        stringify!($type),
                        value,
                        Self::values(),
                    ))
                }
            }
        }

        impl $crate::shape::Enumeration for $type {
            fn wire_value(&self) -> &str {
                self.as_str()
            }

            fn set_wire_value(&mut self, value: &str) {
                *self = Self::from(value);
            }

            fn known_values(&self) -> &'static [&'static str] {
                Self::values()
            }

            fn internal_values(&self) -> &'static [&'static str] {
                &[$($($internal),*)?]
            }
        }

        impl $crate::shape::Shape for $type {
            fn value(&self) -> $crate::shape::Value<'_> {
                $crate::shape::Value::Enum(self)
            }

            fn slot(&mut self) -> $crate::shape::Slot<'_> {
                $crate::shape::Slot::Enum(self)
            }

            fn empty() -> Self {
                Self::from("")
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        $crate::serde_by_reflection!($type);
    };
}

/// Defines an enum like `enumeration`, whose values are secrets: its `Debug` does not print them.
#[doc(hidden)]
#[macro_export]
macro_rules! sensitive_enumeration {
    ($(#[$doc:meta])* pub enum $type:ident { $($variants:tt)* } $($internal:tt)*) => {
        $crate::enumeration!(@definition [$(#[$doc])*] $type { $($variants)* } $($internal)*);

        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::debug::REDACTED)
            }
        }
    };
}

/// Implements [`Shape`](crate::value::shape::Shape), `Display` and serde for an enum of integers.
#[doc(hidden)]
#[macro_export]
macro_rules! int_enumeration {
    ($type:ident) => {
        impl $crate::shape::Shape for $type {
            fn value(&self) -> $crate::shape::Value<'_> {
                $crate::shape::Value::Integer(self.0.into())
            }

            fn slot(&mut self) -> $crate::shape::Slot<'_> {
                $crate::shape::Slot::Integer(&mut self.0)
            }

            fn empty() -> Self {
                Self(0)
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        $crate::serde_by_reflection!($type);
    };
}

/// Implements `Serialize` and `Deserialize` for a type, in the form that the AWS CLI reads and writes.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_reflection {
    ($type:ident) => {
        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::codec::deserialize(deserializer)
            }
        }
    };
}
