//! Checks the syntax of schedule expressions.

use crate::flows::check::Severity;

const UNITS: [&str; 5] = ["minutes", "hours", "days", "weeks", "months"];

/// Returns the fault of an expression, as far as it is known: AppFlow does not document the whole syntax.
pub(super) fn fault(expression: &str) -> Option<(Severity, String)> {
    let error = |message: String| Some((Severity::Error, message));
    let inner = |name: &str| {
        let rest = expression.trim().strip_prefix(name)?;
        rest.strip_prefix('(')?.strip_suffix(')')
    };
    if let Some(cron) = inner("cron") {
        let fields = cron.split_whitespace().count();
        return match fields {
            6 => None,
            _ => error(format!(
                "invalid cron expression: expected 6 fields, found {fields}"
            )),
        };
    }
    let Some(rate) = inner("rate") else {
        return error("expected `rate(5minutes)` or `cron(0 12 * * ? *)`".to_owned());
    };
    let digits = rate.len()
        - rate
            .trim_start_matches(|digit: char| digit.is_ascii_digit())
            .len();
    let (count, unit) = rate.split_at(digits);
    let unit = unit.trim();
    if count.trim_start_matches('0').is_empty() {
        return error("invalid rate: expected a positive integer".to_owned());
    }
    if UNITS.contains(&unit) {
        return None;
    }
    let plural = UNITS
        .into_iter()
        .find(|plural| plural.strip_suffix('s') == Some(unit));
    match plural {
        Some(plural) => Some((
            Severity::Warning,
            format!("AppFlow writes units in the plural, even for 1: `rate({count}{plural})`"),
        )),
        None => error(format!(
            "invalid rate: expected one of the units {}",
            UNITS.join(", ")
        )),
    }
}
