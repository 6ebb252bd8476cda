//! Lowers documentation and the facts of traits to lines of Markdown with resolved links.

use crate::error::CodegenError;
use crate::html;
use crate::ir::{Docs, Field, Type};
use crate::lower::member_names::MemberNames;
use crate::lower::resolver::Resolver;
use crate::lower::sensitivity;
use crate::markdown;
use smithy_model::known::{DefaultValue, Deprecated, Documentation, Length, Pattern, Range};
use smithy_model::{Member, Shape, ShapeKind, Trait, Traits};

/// Returns the documentation of a service.
pub(super) fn of_service(resolver: &Resolver<'_>, shape: &Shape) -> Docs {
    Docs(text(resolver, &shape.traits))
}

/// Returns the documentation of a structure, enum, union or operation, or a plain line if the model has none.
pub(super) fn of_shape(resolver: &Resolver<'_>, shape: &Shape) -> Docs {
    let lines = text(resolver, &shape.traits);
    let lines = if lines.is_empty() {
        vec![format!("The {} `{}`.", shape.kind.name(), shape.id.name())]
    } else {
        lines
    };
    with_facts(lines, deprecation_fact(&shape.traits).into_iter().collect())
}

/// Returns the reason of the deprecation of a shape or member. It is empty if the model gives no reason.
pub(super) fn deprecation(traits: &Traits) -> Option<String> {
    let deprecated = traits.get::<Deprecated>()?;
    let text = deprecated.message.unwrap_or_default();
    Some(markdown::on_one_line(&text))
}

/// Returns the line that documents the deprecation.
fn deprecation_fact(traits: &Traits) -> Option<String> {
    let text = deprecation(traits)?;
    Some(match text.is_empty() {
        true => "Deprecated.".to_owned(),
        // The text of the trait is not Markdown.
        false => format!("Deprecated: {}", markdown::text(&text, false)),
    })
}

/// Marks a field as deprecated, with the reason. A field that the model deprecates keeps the reason of the model.
pub(super) fn deprecate(field: &mut Field, reason: String) {
    if field.deprecated.is_some() {
        return;
    }
    for docs in [&mut field.docs, &mut field.setter_docs] {
        let lines = std::mem::take(&mut docs.0);
        *docs = with_facts(lines, vec![format!("Deprecated: {reason}.")]);
    }
    field.deprecated = Some(reason);
}

/// Adds the facts of traits as a separate paragraph.
fn with_facts(mut lines: Vec<String>, facts: Vec<String>) -> Docs {
    if !facts.is_empty() {
        lines.push(String::new());
        lines.push(facts.join(" "));
    }
    Docs(lines)
}

/// Returns the documentation of a value of an enum.
pub(super) fn of_variant(resolver: &Resolver<'_>, member: &Member) -> Docs {
    let lines = text(resolver, &member.traits);
    let lines = if lines.is_empty() {
        vec![format!("The value `{}`.", member.name)]
    } else {
        lines
    };
    with_facts(
        lines,
        deprecation_fact(&member.traits).into_iter().collect(),
    )
}

/// The documentation of a member: of its field and of its setter.
pub(super) struct MemberDocs {
    pub(super) field: Docs,
    pub(super) setter: Docs,
}

/// Returns the documentation of a member, with the facts of its traits. A setter has the first sentence and the facts,
/// because editors show them to callers. `required` is that of the field, since a default can replace a value that
/// the trait requires.
pub(super) fn of_member(
    resolver: &Resolver<'_>,
    member: &Member,
    ty: &Type,
    required: bool,
) -> Result<MemberDocs, CodegenError> {
    let mut lines = text(resolver, &member.traits);
    if lines.is_empty() {
        lines.push(format!("The member `{}`.", member.name));
    }
    let facts = facts(resolver, member, required)?;
    let mut setter_facts = facts.clone();
    setter_facts.extend(adding(resolver, member, ty));
    Ok(MemberDocs {
        setter: with_facts(vec![markdown::first_sentence(&lines)], setter_facts),
        field: with_facts(lines, facts),
    })
}

/// Returns the sentence about a setter that appends to a list or adds to a map.
fn adding(resolver: &Resolver<'_>, member: &Member, ty: &Type) -> Option<String> {
    let what = match ty {
        Type::List(..) => "Appends an element",
        Type::Map(..) => "Adds an entry",
        _ => return None,
    };
    let set = MemberNames::whole_setter(&resolver.field_ident(member));
    let set = set.text();
    Some(format!("{what}; [`{set}`](Self::{set}) replaces all."))
}

fn text(resolver: &Resolver<'_>, traits: &Traits) -> Vec<String> {
    let Some(Documentation(text)) = traits.get() else {
        return Vec::new();
    };
    of_text(resolver, &text).0
}

/// Converts a text that is not the value of a `documentation` trait.
pub(super) fn of_text(resolver: &Resolver<'_>, text: &str) -> Docs {
    let text = if resolver.html_documentation {
        html::to_markdown(text)
    } else {
        link_shapes(resolver, text.trim())
    };
    let lines = markdown::lines(&text).map(|line| line.trim_end().to_owned());
    Docs(lines.collect())
}

/// Turns [`Shape`] into a link to the shape's type. A name without a type stays as it is, without the brackets.
fn link_shapes(resolver: &Resolver<'_>, text: &str) -> String {
    let mut linked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("[`") {
        let (before, after) = rest.split_at(start);
        linked.push_str(before);
        let Some(end) = after.find("`]") else {
            linked.push_str(after);
            return linked;
        };
        let (name, behind) = (&after[2..end], &after[end + 2..]);
        match resolver.path_by_name(name) {
            Some(path) => {
                let ident = path.rsplit("::").next().unwrap_or(name);
                linked.push_str(&format!("[`{ident}`]({path})"));
            }
            None => linked.push_str(&format!("`{name}`")),
        }
        rest = behind;
    }
    linked.push_str(rest);
    linked
}

fn facts(
    resolver: &Resolver<'_>,
    member: &Member,
    required: bool,
) -> Result<Vec<String>, CodegenError> {
    let target = resolver.shape(&member.target)?;
    let mut facts = Vec::new();
    if required {
        facts.push("Required.".to_owned());
    }
    if member.traits.has("smithy.api#idempotencyToken") {
        facts.push("Filled in when it is not set, and kept over retries.".to_owned());
    }
    facts.extend(either::<Length>(member, target).and_then(|length| length_fact(&length, target)));
    facts.extend(either::<Range>(member, target).and_then(|range| range_fact(&range)));
    facts.extend(pattern_fact(member, target));
    facts.extend(default_fact(member, target));
    if sensitivity::is_sensitive(resolver.model, member) {
        facts.push("Never printed.".to_owned());
    }
    facts.extend(deprecation_fact(&member.traits));
    Ok(facts)
}

fn either<T: Trait>(member: &Member, target: &Shape) -> Option<T> {
    member.traits.get().or_else(|| target.traits.get())
}

fn length_fact(length: &Length, target: &Shape) -> Option<String> {
    let unit = match target.kind {
        ShapeKind::String => "characters",
        ShapeKind::Blob => "bytes",
        ShapeKind::List => "elements",
        ShapeKind::Map => "entries",
        _ => return None,
    };
    Some(match (length.min.filter(|min| *min > 0), length.max) {
        (Some(min), Some(max)) if min == max => format!("Exactly {min} {unit}."),
        (Some(min), Some(max)) => format!("{min} to {max} {unit}."),
        (Some(min), None) => format!("At least {min} {unit}."),
        (None, Some(max)) => format!("At most {max} {unit}."),
        (None, None) => return None,
    })
}

fn range_fact(range: &Range) -> Option<String> {
    Some(match (&range.min, &range.max) {
        (Some(min), Some(max)) => format!("{min} to {max}."),
        (Some(min), None) => format!("At least {min}."),
        (None, Some(max)) => format!("At most {max}."),
        (None, None) => return None,
    })
}

fn pattern_fact(member: &Member, target: &Shape) -> Option<String> {
    let Pattern(pattern) = either(member, target)?;
    let says_nothing = matches!(pattern.as_str(), ".*" | "\\S+" | ".+");
    // A pattern with several lines or backticks cannot be shown in a code span.
    let is_plain = !pattern.contains(['`', '\n', '\r']) && matches!(target.kind, ShapeKind::String);
    (is_plain && !says_nothing).then(|| format!("Pattern: `{pattern}`."))
}

fn default_fact(member: &Member, target: &Shape) -> Option<String> {
    let DefaultValue(value) = either(member, target)?;
    (!value.is_null() && !value.is_array() && !value.is_object())
        .then(|| format!("Default: `{value}`."))
}
