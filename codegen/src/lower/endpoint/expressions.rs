//! [`Typed`]: an expression with its type, its attributes, and the functions of the rules language that the runtime has.

use super::Result;
use crate::ir::{RuleExpr, RuleStep};

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `&str`.
    Text,
    /// `String`.
    OwnedText,
    /// `bool`.
    Boolean,
    /// `usize`.
    Integer,
    /// `&[String]`.
    List,
    /// `&Partition`.
    Partition,
    /// `Url`.
    Url,
    /// `Arn`.
    Arn,
}

impl Kind {
    /// Whether values of both can be compared.
    pub(super) fn is_like(self, other: Self) -> bool {
        let is_text = |kind| matches!(kind, Self::Text | Self::OwnedText);
        self == other || (is_text(self) && is_text(other))
    }
}

/// An expression with its type.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) expr: RuleExpr,
    pub(super) kind: Kind,
}

impl Typed {
    pub(super) fn new(expr: RuleExpr, kind: Kind) -> Self {
        Self { expr, kind }
    }

    /// `getAttr`.
    pub(super) fn attribute(self, path: &str) -> Result<Self> {
        if self.expr.optional {
            return Err(format!(
                "`{path}` of what may have no value: ask `isSet` before"
            ));
        }
        if let Some((name, index)) = element(path) {
            return self.element(name, index, path);
        }
        let (field, kind) = match (self.kind, path) {
            (Kind::Partition, "name") => ("name", Kind::Text),
            (Kind::Partition, "dnsSuffix") => ("dns_suffix", Kind::Text),
            (Kind::Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", Kind::Text),
            (Kind::Partition, "supportsFIPS") => ("supports_fips", Kind::Boolean),
            (Kind::Partition, "supportsDualStack") => ("supports_dual_stack", Kind::Boolean),
            (Kind::Partition, "implicitGlobalRegion") => ("implicit_global_region", Kind::Text),
            (Kind::Url, "scheme") => ("scheme", Kind::Text),
            (Kind::Url, "authority") => ("authority", Kind::Text),
            (Kind::Url, "path") => ("path", Kind::Text),
            (Kind::Url, "normalizedPath") => ("normalized_path", Kind::OwnedText),
            (Kind::Url, "isIp") => ("is_ip", Kind::Boolean),
            (Kind::Arn, "partition") => ("partition", Kind::Text),
            (Kind::Arn, "service") => ("service", Kind::Text),
            (Kind::Arn, "region") => ("region", Kind::Text),
            (Kind::Arn, "accountId") => ("account_id", Kind::Text),
            _ => return Err(format!("there is no attribute `{path}`")),
        };
        let mut expr = plain(RuleStep::Field(Box::new(self.expr), field));
        expr.owned = kind == Kind::OwnedText;
        Ok(Self::new(expr, kind))
    }

    fn element(self, name: &str, index: usize, path: &str) -> Result<Self> {
        let of = Box::new(self.expr);
        let step = match (self.kind, name) {
            (Kind::Arn, "resourceId") => RuleStep::ArnResource(of, index),
            (Kind::List, "") => RuleStep::Element(of, index),
            _ => return Err(format!("there is no attribute `{path}`")),
        };
        let expr = RuleExpr {
            step,
            optional: true,
            owned: false,
        };
        Ok(Self::new(expr, Kind::Text))
    }
}

/// `name[3]` as its name and its number.
fn element(path: &str) -> Option<(&str, usize)> {
    let (name, index) = path.strip_suffix(']')?.split_once('[')?;
    Some((name, index.parse().ok()?))
}

/// Whether it is a function of the runtime.
pub(super) fn is_function(name: &str) -> bool {
    matches!(
        name,
        "aws.partition"
            | "aws.parseArn"
            | "parseURL"
            | "uriEncode"
            | "substring"
            | "isValidHostLabel"
            | "aws.isVirtualHostableS3Bucket"
    )
}

/// A function of the runtime; the error is where its arguments do not fit.
pub(super) fn call(function: &str, arguments: &[Typed]) -> Result<Typed> {
    use Kind::{Arn, Boolean, Integer, OwnedText, Partition, Text, Url};
    let (name, takes, gives): (_, &[Kind], _) = match function {
        "aws.partition" => ("partition", &[Text], Partition),
        "aws.parseArn" => ("parse_arn", &[Text], Arn),
        "parseURL" => ("parse_url", &[Text], Url),
        "uriEncode" => ("uri_encode", &[Text], OwnedText),
        "substring" => ("substring", &[Text, Integer, Integer, Boolean], Text),
        "isValidHostLabel" => ("is_valid_host_label", &[Text, Boolean], Boolean),
        "aws.isVirtualHostableS3Bucket" => {
            ("is_virtual_hostable_s3_bucket", &[Text, Boolean], Boolean)
        }
        _ => {
            return Err(
                "a rule: there is no such function, or its arguments are of other types".into(),
            );
        }
    };
    let fits = |(argument, kind): (&Typed, &Kind)| argument.kind.is_like(*kind);
    if takes.len() != arguments.len() || !arguments.iter().zip(takes).all(fits) {
        return Err("a rule: its arguments are of other types".into());
    }
    // Of no value a function makes none; some rules leave the question whether there is one to the function.
    if arguments
        .iter()
        .skip(1)
        .any(|argument| argument.expr.optional)
    {
        return Err("a rule: an argument may have no value: ask `isSet` before".into());
    }
    let arguments = arguments.iter().map(|argument| argument.expr.clone());
    let expr = RuleExpr {
        step: RuleStep::Call(name, arguments.collect()),
        optional: gives != Boolean,
        owned: gives == OwnedText,
    };
    Ok(Typed::new(expr, gives))
}

/// An expression that always gives a value.
pub(super) fn plain(step: RuleStep) -> RuleExpr {
    RuleExpr {
        step,
        optional: false,
        owned: false,
    }
}

pub(super) fn boolean(value: bool) -> RuleExpr {
    plain(RuleStep::Boolean(value))
}

pub(super) fn negated(of: RuleExpr) -> RuleExpr {
    plain(RuleStep::Not(Box::new(of)))
}

pub(super) fn is_some(of: RuleExpr) -> RuleExpr {
    if of.optional {
        plain(RuleStep::IsSome(Box::new(of)))
    } else {
        boolean(true)
    }
}

pub(super) fn is_none(of: RuleExpr) -> RuleExpr {
    plain(RuleStep::IsNone(Box::new(of)))
}
