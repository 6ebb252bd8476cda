//! Compares the values of enums and their names.

use super::report::{Effect, Kind, Report};
use super::side::Side;
use super::traits;
use smithy_model::known::EnumValue;
use smithy_model::{Member, Shape, ShapeKind};
use std::collections::BTreeMap;

pub(super) fn compare(old: &Side<'_>, new: &Side<'_>, report: &mut Report) {
    let before = old.types();
    for (name, is) in new.types() {
        let same = before.get(name).filter(|was| was.kind == is.kind);
        if let Some(was) =
            same.filter(|was| matches!(was.kind, ShapeKind::Enum | ShapeKind::IntEnum))
        {
            values(name, was, is, report);
        }
    }
}

fn values(subject: &str, old: &Shape, new: &Shape, report: &mut Report) {
    let (before, after) = (by_value(old), by_value(new));
    for value in before.keys().filter(|value| !after.contains_key(*value)) {
        let text = format!("no longer has the value `{value}`");
        report.push(Effect::Breaks, Kind::EnumValue, subject, text);
    }
    for (value, member) in &after {
        let Some(was) = before.get(value) else {
            report.add(Kind::EnumValue, subject, value);
            continue;
        };
        if was.name != member.name {
            let text = format!(
                "calls the value `{value}` `{}`, before `{}`",
                member.name, was.name
            );
            report.push(Effect::Breaks, Kind::EnumValue, subject, text);
        }
        let place = format!("{subject}.{value}");
        traits::compare(
            Kind::EnumValue,
            &place,
            &was.traits,
            &member.traits,
            &[],
            report,
        );
    }
}

fn by_value(shape: &Shape) -> BTreeMap<String, &Member> {
    let value = |member: &Member| match member.traits.get::<EnumValue>() {
        Some(EnumValue(serde_json::Value::String(text))) => text,
        Some(EnumValue(value)) => value.to_string(),
        None => member.name.clone(),
    };
    let members = shape.members.values();
    members.map(|member| (value(member), member)).collect()
}
