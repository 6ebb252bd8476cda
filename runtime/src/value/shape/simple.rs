//! Implements [`Shape`] for the simple types: numbers, text, blobs, timestamps and documents.

use crate::http::byte_stream::ByteStream;
use crate::value::shape::{Shape, Slot, Value};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// Implements [`Shape`] for types, from rows of `$type, $slot, |$this| $value, $empty`: the type, its slot, the
/// expression that reads it, and its empty value.
macro_rules! simple {
    ($($type:ty, $slot:ident, |$this:ident| $value:expr, $empty:expr;)*) => {$(
        impl Shape for $type {
            fn value(&self) -> Value<'_> {
                let $this = self;
                $value
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }

            fn empty() -> Self {
                $empty
            }
        }
    )*};
}

simple! {
    bool, Boolean, |this| Value::Boolean(*this), false;
    i8, Byte, |this| Value::Integer(i64::from(*this)), 0;
    i16, Short, |this| Value::Integer(i64::from(*this)), 0;
    i32, Integer, |this| Value::Integer(i64::from(*this)), 0;
    i64, Long, |this| Value::Integer(*this), 0;
    f32, Float, |this| Value::Float(*this), 0.0;
    f64, Double, |this| Value::Double(*this), 0.0;
    BigInteger, BigInteger, |this| Value::Number(this.as_ref()), BigInteger::default();
    BigDecimal, BigDecimal, |this| Value::Number(this.as_ref()), BigDecimal::default();
    String, String, |this| Value::String(this), String::new();
    Blob, Blob, |this| Value::Blob(this.as_ref()), Blob::new(Vec::new());
    ByteStream, Stream, |this| Value::Stream(this), ByteStream::default();
    DateTime, Timestamp, |this| Value::Timestamp(this), DateTime::from_secs(0);
    Document, Document, |this| Value::Document(this), Document::Null;
}
