//! Compares documents by their contents: the order of attributes and members, and spaces between elements, are ignored.

use super::events::{Event, Events};
#[cfg(feature = "test-util")]
use super::read::Reader;
#[cfg(feature = "test-util")]
use crate::protocol::payload::payload;
#[cfg(feature = "test-util")]
use crate::value::shape::{Slot, Structure};

/// Returns `true` if both texts are documents with the same contents.
pub(crate) fn same(one: &str, other: &str) -> bool {
    match (parse(one), parse(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// Returns `true` if both texts are documents with the same elements, in any order.
#[cfg(feature = "test-util")]
pub(crate) fn same_elements(one: &str, other: &str) -> bool {
    fn sorted(text: &str) -> Option<Element> {
        let mut root = parse(text)?;
        root.sort();
        Some(root)
    }
    sorted(one).is_some_and(|one| Some(one) == sorted(other))
}

/// Reads the body of a request into an input.
#[cfg(feature = "test-util")]
pub(crate) fn read_body(document: &str, input: &mut dyn Structure) -> Option<()> {
    let (slot, target) = match payload(input) {
        Some((index, member)) => (input.member_slot(index), member.target),
        None => (Slot::Structure(input), None),
    };
    Reader::of(document).document(slot, target).ok()
}

/// An element: its name and attributes, its text if it has no child elements, and its child elements.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    elements: Vec<Element>,
}

#[cfg(feature = "test-util")]
impl Element {
    /// Sorts the elements of all depths by their contents.
    fn sort(&mut self) {
        self.elements.iter_mut().for_each(Self::sort);
        self.elements.sort();
    }
}

fn parse(text: &str) -> Option<Element> {
    let mut events = Events::of(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match events.next().ok()? {
            Event::Start(tag) => open.push(Element {
                name: tag.qualified_name().to_owned(),
                attributes: tag.attributes()?,
                text: String::new(),
                elements: Vec::new(),
            }),
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::End => {
                let mut element = open.pop()?;
                if !element.elements.is_empty() {
                    element.text.clear();
                }
                sort(&mut element.elements);
                match open.last_mut() {
                    Some(outer) => outer.elements.push(element),
                    None => {
                        events.finish().ok()?;
                        return Some(element);
                    }
                }
            }
            Event::Whole => return None,
        }
    }
}

/// Sorts elements by name. Elements of the same name are a list, whose order is kept.
fn sort(elements: &mut [Element]) {
    elements.sort_by(|a, b| a.name.cmp(&b.name));
}

#[cfg(test)]
mod tests {
    use super::{same, same_elements};

    #[test]
    fn documents_are_compared_by_what_they_say() {
        let table = [
            (
                "<a><b>1</b><c/></a>",
                "<a>\n <c></c>\n <b>1</b>\n</a>",
                true,
            ),
            ("<a x='1' y='2'/>", "<a y=\"2\" x=\"1\"/>", true),
            ("<a><b>1</b><b>2</b></a>", "<a><b>2</b><b>1</b></a>", false),
            ("<a> </a>", "<a></a>", false),
            ("<a>&#xA;</a>", "<a>\n</a>", true),
            ("<a x='1'/>", "<a x='2'/>", false),
            ("<x:a/>", "<a/>", false),
            ("<a>", "<a>", false),
        ];
        for (one, other, expected) in table {
            assert_eq!(same(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn elements_in_another_order_are_the_same_at_every_depth() {
        let one = "<a><b><c>1</c></b><b><c>2</c><d/></b></a>";
        assert!(same_elements(
            one,
            "<a><b><d/><c>2</c></b><b><c>1</c></b></a>"
        ));
        assert!(!same_elements(
            one,
            "<a><b><d/><c>1</c></b><b><c>2</c></b></a>"
        ));
        assert!(!same_elements("<a>", "<a>"));
    }
}
