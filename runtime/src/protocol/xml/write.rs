//! [`write`]: writes a value as a document.

use super::{is_attribute, is_flattened, name_of, namespace, part_name};
use crate::protocol::text::to_text;
use crate::value::schema::{
    CarriedTraits, Location, MemberSchema, StructureSchema, TargetSchema, TimestampFormat,
};
use crate::value::shape::{Structure, Value};

/// The root of a document.
pub(in crate::protocol) struct Root<'a> {
    pub(in crate::protocol) name: &'a str,
    /// The traits in which `smithy.api#xmlNamespace` is looked up; the first one that contains it is used.
    pub(in crate::protocol) namespaces: [&'static CarriedTraits; 2],
}

/// Writes a document with this value as its root. Of a structure, only the members of the document are written.
pub(in crate::protocol) fn write(
    root: &Root<'_>,
    value: Value<'_>,
    target: Option<&'static TargetSchema>,
) -> String {
    let mut writer = Writer(String::with_capacity(256));
    writer.value(root.name, root.namespaces, value, target);
    writer.0
}

/// Writes the elements of the members of a structure, without an enclosing element.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(in crate::protocol) fn write_members(structure: &dyn Structure) -> String {
    let mut writer = Writer(String::with_capacity(256));
    writer.members(structure.schema(), |index| structure.member(index));
    writer.0
}

/// Writes an element with contents that have been written already.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(in crate::protocol) fn wrap(
    name: &str,
    namespaces: &'static CarriedTraits,
    content: &str,
) -> String {
    let mut writer = Writer(String::with_capacity(content.len() + 128));
    writer.open(name, namespace(namespaces));
    writer.0.push('>');
    writer.0.push_str(content);
    writer.close(name);
    writer.0
}

/// Writes an element with a text.
#[cfg(any(feature = "server", feature = "test-util"))]
pub(in crate::protocol) fn text_element(name: &str, text: &str) -> String {
    let mut content = String::with_capacity(text.len());
    escape(&mut content, text, false);
    wrap(name, NONE, &content)
}

struct Writer(String);

/// A list without traits.
const NONE: &CarriedTraits = CarriedTraits::NONE;

impl Writer {
    /// Writes the element of a value. An absent value is not written.
    fn value(
        &mut self,
        name: &str,
        namespaces: [&'static CarriedTraits; 2],
        value: Value<'_>,
        target: Option<&'static TargetSchema>,
    ) {
        let [first, second] = namespaces;
        let of_target = target.map_or(NONE, |target| target.carried);
        let namespace = namespace(first).or_else(|| namespace(second));
        let declared = |own: &'static CarriedTraits| namespace.or_else(|| super::namespace(own));
        match value {
            Value::Absent => {}
            Value::Structure(structure) => {
                let schema = structure.schema();
                self.open(name, declared(schema.carried));
                self.attributes(structure);
                self.0.push('>');
                self.members(schema, |index| structure.member(index));
                self.close(name);
            }
            Value::Union(union) => {
                let schema = union.schema();
                self.open(name, declared(schema.carried));
                self.0.push('>');
                if let Some((index, value)) = union.variant()
                    && let Some(member) = schema.members.get(index)
                {
                    self.member(member, value);
                }
                self.close(name);
            }
            value => {
                self.open(name, declared(of_target));
                self.0.push('>');
                self.content(&value, target);
                self.close(name);
            }
        }
    }

    fn members<'v>(
        &mut self,
        schema: &'static StructureSchema,
        value: impl Fn(usize) -> Value<'v>,
    ) {
        let members = schema.members.iter().enumerate();
        for (index, member) in members {
            if member.location == Location::Body && !is_attribute(member) {
                self.member(member, value(index));
            }
        }
    }

    fn member(&mut self, member: &'static MemberSchema, value: Value<'_>) {
        let (name, target) = (name_of(member), member.target);
        let namespaces = [member.carried, NONE];
        match &value {
            Value::List(_) | Value::Map(_) if is_flattened(member) => {
                self.parts(name, &value, target, namespaces);
            }
            _ => self.value(name, namespaces, value, target),
        }
    }

    /// Writes the contents of the element of a list, a map or a simple value.
    fn content(&mut self, value: &Value<'_>, target: Option<&'static TargetSchema>) {
        let name = match value {
            Value::List(_) => part_name(target.and_then(|target| target.element), "member"),
            Value::Map(_) => "entry",
            simple => {
                if let Some(text) = to_text(simple, target, TimestampFormat::DateTime) {
                    escape(&mut self.0, &text, false);
                }
                return;
            }
        };
        self.parts(name, value, target, [NONE, NONE]);
    }

    /// Writes the elements of a list or the entries of a map, each with this name.
    fn parts(
        &mut self,
        name: &str,
        value: &Value<'_>,
        target: Option<&'static TargetSchema>,
        namespaces: [&'static CarriedTraits; 2],
    ) {
        let element = target.and_then(|target| target.element);
        let key = target.and_then(|target| target.key);
        let of_part = |part: Option<&'static TargetSchema>| part.map_or(NONE, |part| part.carried);
        match value {
            Value::List(list) => {
                for index in 0..list.len() {
                    let [own, _] = namespaces;
                    self.value(name, [own, of_part(element)], list.element(index), element);
                }
            }
            Value::Map(map) => {
                for (entry_key, value) in map.entries() {
                    self.open(name, namespace(namespaces[0]));
                    self.0.push('>');
                    let (key_name, value_name) =
                        (part_name(key, "key"), part_name(element, "value"));
                    self.value(
                        key_name,
                        [of_part(key), NONE],
                        Value::String(entry_key),
                        key,
                    );
                    self.value(value_name, [of_part(element), NONE], value, element);
                    self.close(name);
                }
            }
            _ => {}
        }
    }

    fn attributes(&mut self, structure: &dyn Structure) {
        let members = structure.schema().members.iter().enumerate();
        for (index, member) in members.filter(|(_, member)| is_attribute(member)) {
            let value = structure.member(index);
            if let Some(text) = to_text(&value, member.target, TimestampFormat::DateTime) {
                self.attribute(name_of(member), &text);
            }
        }
    }

    /// Writes the beginning of a start tag, which attributes may follow.
    fn open(&mut self, name: &str, namespace: Option<(Option<&str>, &str)>) {
        self.0.push('<');
        self.0.push_str(name);
        match namespace {
            Some((Some(prefix), uri)) => self.attribute(&format!("xmlns:{prefix}"), uri),
            Some((None, uri)) => self.attribute("xmlns", uri),
            None => {}
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        escape(&mut self.0, value, true);
        self.0.push('"');
    }

    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }
}

/// Writes a text so that all parsers read it equally. Line ends are written as references, because parsers convert them
/// to other line ends, and to spaces in attributes. XML 1.0 has no representation of control characters; services read
/// and write references.
fn escape(out: &mut String, text: &str, in_attribute: bool) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\t' if !in_attribute => out.push('\t'),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' => {
                out.push_str(&format!("&#x{:X};", character as u32));
            }
            character => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_so_that_every_parser_reads_the_same() {
        let table = [
            (
                "a & b < c > d",
                "a &amp; b &lt; c &gt; d",
                "a &amp; b &lt; c &gt; d",
            ),
            ("\"quoted'", "\"quoted'", "&quot;quoted'"),
            ("a\r\nb\tc", "a&#xD;&#xA;b\tc", "a&#xD;&#xA;b&#x9;c"),
            (
                "\u{0}\u{1}\u{7f}\u{85}\u{2028}",
                "&#x0;&#x1;&#x7F;&#x85;&#x2028;",
                "&#x0;&#x1;&#x7F;&#x85;&#x2028;",
            ),
            ("é😀]]>", "é😀]]&gt;", "é😀]]&gt;"),
        ];
        for (text, in_element, in_attribute) in table {
            for (is_attribute, expected) in [(false, in_element), (true, in_attribute)] {
                let mut written = String::new();
                escape(&mut written, text, is_attribute);
                assert_eq!(written, expected, "{text:?}");
            }
        }
    }
}
