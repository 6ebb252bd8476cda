//! [`Slot`]: a place of any type, to be filled by a reader that knows nothing of the type.

use crate::http::byte_stream::ByteStream;
use crate::value::shape::{Enumeration, Structure, Union};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A place for a value.
#[non_exhaustive]
pub enum Slot<'a> {
    /// Nowhere: what comes is dropped.
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
    /// A list, to be emptied and then filled.
    List(&'a mut dyn ListSlot),
    /// A map, to be emptied and then filled.
    Map(&'a mut dyn MapSlot),
    /// A structure.
    Structure(&'a mut dyn Structure),
    /// A union.
    Union(&'a mut dyn Union),
    /// Something that may be absent: it is filled when a value comes, and only then.
    Optional(&'a mut dyn OptionalSlot),
    /// The next element of a list.
    Element(&'a mut dyn ListSlot),
    /// An entry of a map.
    Entry(&'a mut dyn MapSlot, &'a str),
}

/// A list that grows.
pub trait ListSlot {
    /// Empties it.
    fn clear(&mut self);

    /// Adds an element and gives its place.
    fn push(&mut self) -> Slot<'_>;

    /// Adds an absent element; `false`, and nothing is added, unless the list is sparse.
    fn push_null(&mut self) -> bool;
}

/// A map that grows.
pub trait MapSlot {
    /// Empties it.
    fn clear(&mut self);

    /// Adds an entry and gives the place of its value.
    fn insert(&mut self, key: &str) -> Slot<'_>;

    /// Adds an entry with an absent value; `false`, and nothing is added, unless the map is sparse.
    fn insert_null(&mut self, key: &str) -> bool;
}

/// Something that may be absent.
pub trait OptionalSlot {
    /// Makes it absent.
    fn clear(&mut self);

    /// Makes it present and gives the place of its value.
    fn fill(&mut self) -> Slot<'_>;

    /// Makes it present and gives the place of its value, which keeps what it holds.
    #[cfg(feature = "xml")]
    fn resume(&mut self) -> Slot<'_> {
        self.fill()
    }
}

impl<'a> Slot<'a> {
    /// The place where a value that is there goes: what may be absent becomes present, and a list or map grows by it.
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

    /// Returns the place of a value of which a part has been read, such as a list whose elements stand apart in a document.
    #[cfg(feature = "xml")]
    pub(crate) fn resume(self) -> Slot<'a> {
        match self {
            Slot::Optional(optional) => optional.resume().resume(),
            slot => slot,
        }
    }

    /// Removes what was read of a value before a fault in it.
    pub(crate) fn clear(self) {
        match self {
            Slot::List(list) => list.clear(),
            Slot::Map(map) => map.clear(),
            slot => {
                slot.fill_null();
            }
        }
    }

    /// Takes an explicit null: an absent member, and nothing in a collection unless it is sparse, which is `false`.
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
