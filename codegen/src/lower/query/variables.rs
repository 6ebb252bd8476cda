//! Determines the variables that an expression reads, so that functions do not name the others.

use crate::ir::{Query, Step};

/// Returns whether an expression reads this variable.
pub(in crate::lower) fn reads(query: &Query, name: &str) -> bool {
    match &query.step {
        Step::Variable(variable) => *variable == name,
        Step::Text(_) | Step::Integer(_) | Step::Float(_) | Step::Boolean(_) => false,
        Step::Field { of, .. }
        | Step::Variant { of, .. }
        | Step::Entry { of, .. }
        | Step::Element { of, .. }
        | Step::View(of, _)
        | Step::Keys(of)
        | Step::Values(of)
        | Step::Length { of, .. }
        | Step::IsAbsent(of)
        | Step::Not(of)
        | Step::Truth(of, _)
        | Step::AllAre(of, _)
        | Step::AnyIs(of, _) => reads(of, name),
        Step::Contains(left, right)
        | Step::StartsWith(left, right)
        | Step::EndsWith(left, right)
        | Step::Compare(_, left, right)
        | Step::And(left, right)
        | Step::Or(left, right) => reads(left, name) || reads(right, name),
        Step::Several(queries) => queries.iter().any(|query| reads(query, name)),
        // The inner expressions of the projection read its own item.
        Step::Project(projection) => reads(&projection.of, name),
    }
}
