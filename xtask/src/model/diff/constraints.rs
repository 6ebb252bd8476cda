//! Compares length, range, pattern and uniqueness.

use super::report::{Effect, Report};
use super::structures::Pair;
use serde_json::Number;
use smithy_model::known::{Length, Pattern, Range};
use smithy_model::{Member, Shape, Trait};

/// Traits that constrain values, which other comparisons skip.
pub(super) const CONSTRAINTS: &[&str] =
    &[Length::ID, Range::ID, Pattern::ID, "smithy.api#uniqueItems"];

/// The direction of a change.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Tighter,
    Looser,
    /// Unknown, or partly tighter and partly looser.
    Other,
}

/// Compares the constraints of a member and its target. A change of the target is reported once for all its members.
pub(super) fn compare(
    pair: &Pair<'_>,
    old: (&Member, &Shape),
    new: (&Member, &Shape),
    place: &str,
    report: &mut Report,
) {
    for id in CONSTRAINTS {
        let own = |(member, shape): (&Member, &Shape)| {
            let own = member.traits.raw(id);
            own.or_else(|| shape.traits.raw(id)).cloned()
        };
        let (was, is) = (own(old), own(new));
        if was == is {
            continue;
        }
        let (turn, text) = match *id {
            Length::ID => bounds("length", length(&was), length(&is)),
            Range::ID => bounds("range", range(&was), range(&is)),
            Pattern::ID => pattern(was.as_ref(), is.as_ref()),
            _ if is.is_some() => (Turn::Tighter, "must have unique elements".to_owned()),
            _ => (Turn::Looser, "may repeat elements".to_owned()),
        };
        // Only inputs are validated.
        let effect = match turn {
            Turn::Tighter | Turn::Other if pair.takes() => Effect::Breaks,
            _ => Effect::Changes,
        };
        let of_member = old.0.traits.has(id) || new.0.traits.has(id);
        let is_shared = !of_member && old.1.id.name() == new.1.id.name();
        let subject = if is_shared { new.1.id.name() } else { place };
        report.push_at(effect, subject, text, place.to_owned());
    }
}

/// The minimum and maximum, if set.
type Bounds = [Option<f64>; 2];

fn length(value: &Option<serde_json::Value>) -> Bounds {
    let length = value
        .as_ref()
        .and_then(|it| serde_json::from_value::<Length>(it.clone()).ok());
    length.map_or([None; 2], |it| {
        [it.min, it.max].map(|bound| bound.map(|it| it as f64))
    })
}

fn range(value: &Option<serde_json::Value>) -> Bounds {
    let range = value
        .as_ref()
        .and_then(|it| serde_json::from_value::<Range>(it.clone()).ok());
    range.map_or([None; 2], |it| {
        [it.min, it.max].map(|bound| bound.as_ref().and_then(Number::as_f64))
    })
}

fn bounds(what: &str, was: Bounds, is: Bounds) -> (Turn, String) {
    let least = |bounds: Bounds| bounds[0].unwrap_or(f64::NEG_INFINITY);
    let most = |bounds: Bounds| bounds[1].unwrap_or(f64::INFINITY);
    let tighter = least(is) > least(was) || most(is) < most(was);
    let looser = least(is) < least(was) || most(is) > most(was);
    let turn = match (tighter, looser) {
        (true, false) => Turn::Tighter,
        (false, _) => Turn::Looser,
        (true, true) => Turn::Other,
    };
    let word = match turn {
        Turn::Tighter => "a narrower",
        Turn::Looser => "a wider",
        Turn::Other => "another",
    };
    let text = format!("has {word} {what}: {}, before {}", print(is), print(was));
    (turn, text)
}

fn print(bounds: Bounds) -> String {
    match bounds {
        [None, None] => "any".to_owned(),
        [Some(least), None] => format!("at least {least}"),
        [None, Some(most)] => format!("at most {most}"),
        [Some(least), Some(most)] => format!("{least} to {most}"),
    }
}

/// Patterns that match every text.
const ALL: &[&str] = &[".*", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"];

/// Compares patterns. With few exceptions, their texts do not show which one allows more.
fn pattern(was: Option<&serde_json::Value>, is: Option<&serde_json::Value>) -> (Turn, String) {
    let text = |value: Option<&serde_json::Value>| {
        let text = value.and_then(serde_json::Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let (was, is) = (was.map(|_| text(was)), is.map(|_| text(is)));
    match (was, is) {
        (None, Some(is)) => (Turn::Tighter, format!("must match `{is}`")),
        (Some(was), None) => (Turn::Looser, format!("need no longer match `{was}`")),
        (was, is) => {
            let [was, is] = [was, is].map(Option::unwrap_or_default);
            let text = format!("must match `{is}`, before `{was}`");
            if ALL.contains(&is.as_str()) {
                (Turn::Looser, text)
            } else {
                (
                    Turn::Other,
                    text + ", so that accepted values may be rejected now",
                )
            }
        }
    }
}
