//! Compares structures, unions and errors, and their members.

use super::report::{Effect, Kind, Report};
use super::side::Side;
use super::{traits, values};
use smithy_model::known::DefaultValue;
use smithy_model::{Member, PRELUDE_NAMESPACE, Shape, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// A structure in both models.
pub(super) struct Pair<'a> {
    pub(super) old: (&'a Side<'a>, &'a Shape),
    pub(super) new: (&'a Side<'a>, &'a Shape),
    /// The name for users.
    pub(super) subject: String,
    /// `true` if it is the input of an operation, whose fields are all optional.
    is_input: bool,
}

/// Traits that are compared here.
const TOLD: &[&str] = &[
    "smithy.api#required",
    "smithy.api#clientOptional",
    "smithy.api#default",
];

pub(super) fn compare<'a>(old: &'a Side<'a>, new: &'a Side<'a>, report: &mut Report) {
    inputs_and_outputs(old, new, report);
    let errors = (old.errors(), new.errors());
    let types = (old.types(), new.types());
    for (kind, (before, after)) in [(Kind::Error, errors), (Kind::Type, types)] {
        for name in before.keys().filter(|name| !after.contains_key(*name)) {
            report.push(Effect::Breaks, kind, name, "was removed".to_owned());
        }
        for (name, is) in after {
            match before.get(name) {
                None => report.add(kind, "", name),
                Some(was) => shapes((old, was), (new, is), kind, report),
            }
        }
    }
}

fn inputs_and_outputs<'a>(old: &'a Side<'a>, new: &'a Side<'a>, report: &mut Report) {
    let before = old.operations();
    let Ok(unit) = ShapeId::new(PRELUDE_NAMESPACE, "Unit") else {
        return;
    };
    for (name, is) in new.operations() {
        let Some(was) = before.get(name).and_then(|was| was.as_operation()) else {
            continue;
        };
        let Some(is) = is.as_operation() else {
            continue;
        };
        for (end, was, is) in [
            ("input", &was.input, &is.input),
            ("output", &was.output, &is.output),
        ] {
            // A missing structure counts as one without members.
            let was = old.shape(was.as_ref().unwrap_or(&unit));
            let is = new.shape(is.as_ref().unwrap_or(&unit));
            if let (Some(was), Some(is)) = (was, is) {
                let pair = Pair {
                    old: (old, was),
                    new: (new, is),
                    subject: format!("{name} {end}"),
                    is_input: end == "input",
                };
                members(&pair, report);
                traits::compare(
                    Kind::Type,
                    &pair.subject,
                    &was.traits,
                    &is.traits,
                    TOLD,
                    report,
                );
            }
        }
    }
}

fn shapes<'a>(
    old: (&'a Side<'a>, &'a Shape),
    new: (&'a Side<'a>, &'a Shape),
    kind: Kind,
    report: &mut Report,
) {
    let (was, is) = (old.1, new.1);
    let name = is.id.name();
    if was.kind != is.kind {
        let text = format!("is of type {}, before {}", is.kind.name(), was.kind.name());
        report.push(Effect::Breaks, kind, name, text);
        return;
    }
    traits::compare(kind, name, &was.traits, &is.traits, TOLD, report);
    if matches!(is.kind, ShapeKind::Structure | ShapeKind::Union) {
        let subject = name.to_owned();
        let is_input = false;
        members(
            &Pair {
                old,
                new,
                subject,
                is_input,
            },
            report,
        );
    }
}

fn members(pair: &Pair<'_>, report: &mut Report) {
    let (was, is) = (pair.old.1, pair.new.1);
    for name in was.members.keys() {
        if !is.members.contains_key(name) {
            let text = format!("no longer has the member `{name}`");
            report.push(Effect::Breaks, Kind::Member, &pair.subject, text);
        }
    }
    for (name, member) in &is.members {
        match was.members.get(name) {
            None => added(pair, member, report),
            Some(before) => {
                presence(pair, before, member, report);
                values::compare(pair, before, member, report);
                let place = format!("{}.{name}", pair.subject);
                traits::compare(
                    Kind::Member,
                    &place,
                    &before.traits,
                    &member.traits,
                    TOLD,
                    report,
                );
            }
        }
    }
}

fn added(pair: &Pair<'_>, member: &Member, report: &mut Report) {
    if pair.takes() && is_required(member) {
        let text = format!(
            "has the new required member `{}`: calls without it are rejected",
            member.name
        );
        report.push(Effect::Breaks, Kind::Member, &pair.subject, text);
    } else {
        report.add(Kind::Member, &pair.subject, &member.name);
    }
}

/// Compares whether a member is required, and whether it is an `Option` in Rust.
fn presence(pair: &Pair<'_>, old: &Member, new: &Member, report: &mut Report) {
    let place = format!("{}.{}", pair.subject, new.name);
    let required = [is_required(old), is_required(new)];
    let plain = [
        pair.is_plain(pair.old.0, old),
        pair.is_plain(pair.new.0, new),
    ];
    let mut effects = BTreeSet::new();
    let mut texts = Vec::new();
    if required == [false, true] {
        texts.push("is required now");
        if pair.takes() {
            texts.push("calls without it are rejected");
            effects.insert(Effect::Breaks);
        }
    }
    if required == [true, false] {
        texts.push("is no longer required");
    }
    match plain {
        [false, true] => texts.push("is no longer an `Option` in Rust"),
        [true, false] => texts.push("is an `Option` in Rust now"),
        _ => {}
    }
    if plain[0] != plain[1] {
        effects.insert(Effect::Breaks);
    }
    let [was, is] = [old, new].map(|member| member.traits.get::<DefaultValue>());
    let default = match (was, is) {
        (was, is) if was == is => None,
        (_, Some(is)) => Some(format!("has the default `{}`", is.0)),
        (_, None) => Some("no longer has a default".to_owned()),
    };
    texts.extend(default.as_deref());
    if !texts.is_empty() {
        let effect = effects.first().copied().unwrap_or(Effect::Changes);
        report.push(effect, Kind::Member, &place, texts.join("; "));
    }
}

fn is_required(member: &Member) -> bool {
    member.traits.has("smithy.api#required")
}

impl Pair<'_> {
    /// Returns whether callers create values of it.
    pub(super) fn takes(&self) -> bool {
        self.is_input || self.new.0.reach(&self.new.1.id).input
    }

    /// Returns whether a member is not an `Option`, by the rules of the generator: members of inputs and errors are `Option`s,
    /// and so are structures and unions, which have no zero value.
    fn is_plain(&self, side: &Side<'_>, member: &Member) -> bool {
        let shape = self.new.1;
        let has_options = self.is_input
            || self.new.0.closure.errors.contains(&shape.id)
            || shape.kind == ShapeKind::Union
            || member.traits.has("smithy.api#clientOptional");
        if has_options {
            return false;
        }
        let target = side.shape(&member.target);
        if is_required(member) {
            return !target.is_some_and(|target| {
                matches!(target.kind, ShapeKind::Structure | ShapeKind::Union)
            });
        }
        let of_target = || target?.traits.get::<DefaultValue>();
        let default = member.traits.get::<DefaultValue>().or_else(of_target);
        default.is_some_and(|default| !default.0.is_null())
    }
}
