//! Compares the types of members in Rust, and their constraints at every depth.

use super::constraints;
use super::report::{Effect, Kind, Report};
use super::side::Side;
use super::structures::Pair;
use smithy_model::{Member, ShapeId, ShapeKind};

/// The maximum depth of lists and maps; a list can contain itself.
const DEPTH: usize = 8;

pub(super) fn compare(pair: &Pair<'_>, old: &Member, new: &Member, report: &mut Report) {
    let place = format!("{}.{}", pair.subject, new.name);
    let was = type_name(pair.old.0, &old.target, DEPTH);
    let is = type_name(pair.new.0, &new.target, DEPTH);
    if was == is {
        below(pair, old, new, &place, DEPTH, report);
    } else {
        let text = format!("is of type `{is}`, before `{was}`");
        report.push(Effect::Breaks, Kind::Member, &place, text);
    }
}

/// Compares the constraints of two members, and of their elements.
fn below(
    pair: &Pair<'_>,
    old: &Member,
    new: &Member,
    place: &str,
    depth: usize,
    report: &mut Report,
) {
    let (Some(was), Some(is)) = (pair.old.0.shape(&old.target), pair.new.0.shape(&new.target))
    else {
        return;
    };
    constraints::compare(pair, (old, was), (new, is), place, report);
    if depth == 0 || !matches!(is.kind, ShapeKind::List | ShapeKind::Map) {
        return;
    }
    for (name, inner) in &is.members {
        if let Some(before) = was.members.get(name) {
            below(pair, before, inner, place, depth - 1, report);
        }
    }
}

/// Returns the type in the client, precisely enough to compare.
pub(super) fn type_name(side: &Side<'_>, id: &ShapeId, depth: usize) -> String {
    let Some(shape) = side.shape(id).filter(|_| depth > 0) else {
        return id.name().to_owned();
    };
    let inner = |name: &str| match shape.member(name) {
        Some(member) => type_name(side, &member.target, depth - 1),
        None => String::new(),
    };
    let element = |name: &str| match shape.traits.has("smithy.api#sparse") {
        true => format!("Option<{}>", inner(name)),
        false => inner(name),
    };
    match &shape.kind {
        ShapeKind::List => format!("Vec<{}>", element("member")),
        ShapeKind::Map => format!("HashMap<{}, {}>", inner("key"), element("value")),
        ShapeKind::Structure | ShapeKind::Union | ShapeKind::Enum | ShapeKind::IntEnum => {
            id.name().to_owned()
        }
        ShapeKind::Blob if shape.traits.has("smithy.api#streaming") => "ByteStream".to_owned(),
        kind => kind.name().to_owned(),
    }
}
