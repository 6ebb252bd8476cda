//! Reads a form into an input, as a service does.

use super::Dialect;
use crate::protocol::server::media_type::{check_accept, check_content_type};
use crate::protocol::server::query::{Parameters, parameters};
use crate::protocol::server::text::read_exactly;
use crate::protocol::server::{Missing, Request, ServiceError, serialization};
use crate::protocol::xml::{is_flattened, part_name};
use crate::value::codec::{Path, Step};
use crate::value::schema::{MemberSchema, OperationSchema, TargetSchema, TimestampFormat};
use crate::value::shape::{ListSlot, MapSlot, Slot, Structure, Union};
use bytes::Bytes;
use http::Method;
use http::request::Parts;
use std::collections::BTreeMap;

/// The maximum number of parts in the name of a parameter.
const MAX_DEPTH: usize = 128;

/// Returns `true` if a request is for this operation, whose name is in the form or in the query.
pub(in crate::protocol) fn matches(
    operation: &OperationSchema,
    head: &Parts,
    body: &Bytes,
) -> bool {
    let is_action = |text: &str| {
        let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs.any(|pair| pair == ("Action", operation.name))
    };
    let query = head.uri.query().unwrap_or_default();
    let body = std::str::from_utf8(body).unwrap_or_default();
    let has_form = [Method::POST, Method::GET].contains(&head.method) && head.uri.path() == "/";
    has_form && (is_action(body) || is_action(query))
}

/// Checks the media types that a request has and accepts.
pub(in crate::protocol) fn check_media_types(head: &Parts) -> Result<(), ServiceError> {
    if head.method == Method::POST {
        check_content_type(&head.headers, "application/x-www-form-urlencoded")?;
    }
    check_accept(&head.headers, "text/xml")
}

/// Fills the input from the parameters of a form or of the query. Returns the required members that are missing.
pub(in crate::protocol) fn read_request(
    dialect: Dialect,
    request: Request<'_>,
    input: &mut dyn Structure,
) -> Result<Missing, ServiceError> {
    let body = std::str::from_utf8(request.body)
        .map_err(|_| serialization("The request body is not a form"))?;
    let text = match body.is_empty() {
        true => request.head.uri.query().unwrap_or_default(),
        false => body,
    };
    // In forms, unlike in paths, a plus sign is a space.
    let node = Node::of(parameters(&text.replace('+', "%20")))
        .ok_or_else(|| serialization("A parameter has a name of too many parts"))?;
    let mut reader = Reader {
        dialect,
        missing: Vec::new(),
    };
    match reader.structure(&node, input) {
        Ok(()) => Ok(reader.missing.into()),
        Err(path) => Err(serialization(format!("Unexpected value at '{path}'"))),
    }
}

/// The parameters whose names share a prefix.
#[derive(Default)]
struct Node {
    text: Option<String>,
    parts: BTreeMap<String, Node>,
}

impl Node {
    fn of(parameters: Parameters) -> Option<Self> {
        let mut root = Self::default();
        for (name, text) in parameters {
            let mut node = &mut root;
            for (depth, part) in name.split('.').enumerate() {
                if depth == MAX_DEPTH {
                    return None;
                }
                node = node.parts.entry(part.to_owned()).or_default();
            }
            node.text = Some(text);
        }
        Some(root)
    }

    fn part(&self, name: &str) -> Option<&Self> {
        self.parts.get(name)
    }

    /// Returns the numbered parts, in order.
    fn numbered(&self) -> Vec<&Self> {
        let numbers = self.parts.iter();
        let mut parts: Vec<(u64, &Self)> = numbers
            .filter_map(|(name, part)| Some((name.parse().ok()?, part)))
            .collect();
        parts.sort_by_key(|(number, _)| *number);
        parts.into_iter().map(|(_, part)| part).collect()
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }
}

struct Reader {
    dialect: Dialect,
    missing: Vec<Path>,
}

type Read = Result<(), Path>;

impl Reader {
    fn structure(&mut self, node: &Node, structure: &mut dyn Structure) -> Read {
        let schema = structure.schema();
        for (index, member) in schema.members.iter().enumerate() {
            match node.part(&(self.dialect.name)(member)) {
                Some(part) => self.member(part, member, structure.member_slot(index))?,
                None if member.required => self.missing.push(Path::of(Step::Member(member.name))),
                None => {}
            }
        }
        Ok(())
    }

    fn union(&mut self, node: &Node, union: &mut dyn Union) -> Read {
        let members = union.schema().members.iter().enumerate();
        let mut given = members.filter_map(|(index, member)| {
            Some((index, member, node.part(&(self.dialect.name)(member))?))
        });
        match (given.next(), given.next()) {
            (Some((index, member, part)), None) => {
                self.member(part, member, union.set_variant(index))
            }
            _ => Err(Path::default()),
        }
    }

    fn member(&mut self, node: &Node, member: &'static MemberSchema, slot: Slot<'_>) -> Read {
        let before = self.missing.len();
        let flattened = self.dialect.flattens || is_flattened(member);
        let read = self.within(Step::Member(member.name), |reader| {
            reader.value(node, flattened, slot, member.target)
        });
        if !member.sensitive {
            return read;
        }
        self.missing
            .iter_mut()
            .skip(before)
            .for_each(Path::hide_keys);
        read.map_err(|mut path| {
            path.hide_keys();
            path
        })
    }

    fn within(&mut self, step: Step, fill: impl FnOnce(&mut Self) -> Read) -> Read {
        let before = self.missing.len();
        let read = fill(self);
        for path in self.missing.iter_mut().skip(before) {
            path.outward(step.clone());
        }
        read.map_err(|mut path| {
            path.outward(step);
            path
        })
    }

    fn value(
        &mut self,
        node: &Node,
        flattened: bool,
        slot: Slot<'_>,
        target: Option<&'static TargetSchema>,
    ) -> Read {
        match slot.fill() {
            Slot::Structure(structure) => self.structure(node, structure),
            Slot::Union(union) => self.union(node, union),
            Slot::Ignored => Ok(()),
            Slot::List(list) => self.list(node, flattened, list, target),
            Slot::Map(map) => self.map(node, flattened, map, target),
            slot => {
                let read = read_exactly(slot, node.text(), target, TimestampFormat::DateTime);
                read.then_some(()).ok_or_else(Path::default)
            }
        }
    }

    fn list(
        &mut self,
        node: &Node,
        flattened: bool,
        list: &mut dyn ListSlot,
        target: Option<&'static TargetSchema>,
    ) -> Read {
        list.clear();
        let element = target.and_then(|target| target.element);
        let node = match flattened {
            true => Some(node),
            false => node.part(part_name(element, "member")),
        };
        let parts = node.map(Node::numbered).unwrap_or_default();
        for (index, part) in parts.into_iter().enumerate() {
            let flattens = self.dialect.flattens;
            self.within(Step::Index(index), |reader| {
                reader.value(part, flattens, list.push(), element)
            })?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        node: &Node,
        flattened: bool,
        map: &mut dyn MapSlot,
        target: Option<&'static TargetSchema>,
    ) -> Read {
        map.clear();
        let element = target.and_then(|target| target.element);
        let key_name = part_name(target.and_then(|target| target.key), "key");
        let value_name = part_name(element, "value");
        let node = match flattened {
            true => Some(node),
            false => node.part("entry"),
        };
        for entry in node.map(Node::numbered).unwrap_or_default() {
            let key = entry.part(key_name).map(Node::text).unwrap_or_default();
            let Some(value) = entry.part(value_name) else {
                return Err(Path::of(Step::Key(key.to_owned())));
            };
            let flattens = self.dialect.flattens;
            self.within(Step::Key(key.to_owned()), |reader| {
                reader.value(value, flattens, map.insert(key), element)
            })?;
        }
        Ok(())
    }
}
