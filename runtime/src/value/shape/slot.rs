//! [`Slot`]: a mutable view of a value of any type, which a reader fills without knowledge of the type.

use crate::http::byte_stream::ByteStream;
use crate::value::shape::{Enumeration, Structure, Union};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A mutable view of a value, to be filled.
#[non_exhaustive]
pub enum Slot<'a> {
    /// A slot whose values are ignored.
    Ignored,
    /// A boolean.
    Boolean(&'a mut bool),
    /// A byte.
    Byte(&'a mut i8),
    /// A short.
    Short(&'a mut i16),
    /// An integer.
    Integer(&'a mut i32),
    /// A long.
    Long(&'a mut i64),
    /// A float.
    Float(&'a mut f32),
    /// A double.
    Double(&'a mut f64),
    /// A bigInteger.
    BigInteger(&'a mut BigInteger),
    /// A bigDecimal.
    BigDecimal(&'a mut BigDecimal),
    /// A string.
    String(&'a mut String),
    /// An enum.
    Enum(&'a mut dyn Enumeration),
    /// A blob.
    Blob(&'a mut Blob),
    /// A blob that streams.
    Stream(&'a mut ByteStream),
    /// A timestamp.
    Timestamp(&'a mut DateTime),
    /// A document.
    Document(&'a mut Document),
    /// A list, which is cleared and then filled.
    List(&'a mut dyn ListSlot),
    /// A map, which is cleared and then filled.
    Map(&'a mut dyn MapSlot),
    /// A structure.
    Structure(&'a mut dyn Structure),
    /// A union.
    Union(&'a mut dyn Union),
    /// An optional value, which becomes present only when a value is read.
    Optional(&'a mut dyn OptionalSlot),
    /// The next element of a list.
    Element(&'a mut dyn ListSlot),
    /// An entry of a map.
    Entry(&'a mut dyn MapSlot, &'a str),
}

/// A list that grows.
pub trait ListSlot {
    /// Removes all elements.
    fn clear(&mut self);

    /// Adds an element and returns its slot.
    fn push(&mut self) -> Slot<'_>;

    /// Adds an absent element. Returns `false` without adding one if the list is not sparse.
    fn push_null(&mut self) -> bool;
}

/// A map that grows.
pub trait MapSlot {
    /// Removes all entries.
    fn clear(&mut self);

    /// Adds an entry and returns the slot of its value.
    fn insert(&mut self, key: &str) -> Slot<'_>;

    /// Adds an entry with an absent value. Returns `false` without adding one if the map is not sparse.
    fn insert_null(&mut self, key: &str) -> bool;
}

/// An optional value.
pub trait OptionalSlot {
    /// Makes the value absent.
    fn clear(&mut self);

    /// Makes the value present and returns its slot.
    fn fill(&mut self) -> Slot<'_>;

    /// Makes the value present and returns its slot, in which an existing value is kept.
    #[cfg(feature = "xml")]
    fn resume(&mut self) -> Slot<'_> {
        self.fill()
    }
}

impl<'a> Slot<'a> {
    /// Returns the slot for a present value: an optional value becomes present, and a list or map grows.
    pub fn fill(self) -> Slot<'a> {
        let mut slot = self;
        loop {
            slot = match slot {
                Slot::Optional(optional) => optional.fill(),
                Slot::Element(list) => list.push(),
                Slot::Entry(map, key) => map.insert(key),
                slot => return slot,
            };
        }
    }

    /// Returns the slot of a value that has been read in part, such as a list whose elements are not adjacent in a
    /// document.
    #[cfg(feature = "xml")]
    pub(crate) fn resume(self) -> Slot<'a> {
        match self {
            Slot::Optional(optional) => optional.resume().resume(),
            slot => slot,
        }
    }

    /// Removes the part of a value that was read before a fault.
    pub(crate) fn clear(self) {
        match self {
            Slot::List(list) => list.clear(),
            Slot::Map(map) => map.clear(),
            slot => {
                slot.fill_null();
            }
        }
    }

    /// Fills the slot with an explicit null, which makes an optional member absent. Returns `false` for an element or
    /// entry of a collection that is not sparse, which does not change.
    pub(crate) fn fill_null(self) -> bool {
        match self {
            Slot::Optional(optional) => optional.clear(),
            Slot::Element(list) => return list.push_null(),
            Slot::Entry(map, key) => return map.insert_null(key),
            Slot::Document(document) => *document = Document::Null,
            _ => {}
        }
        true
    }
}
