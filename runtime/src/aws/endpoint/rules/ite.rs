//! [`ite`]: a condition and two values in, one of them out.

/// The one value if the condition holds, else the other.
///
/// A function where `if` would do, since what a value borrows from must live as long as the rule does.
pub fn ite<T>(condition: bool, when_true: T, when_false: T) -> T {
    if condition { when_true } else { when_false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_condition_chooses() {
        assert_eq!(ite(true, "-fips", ""), "-fips");
        assert_eq!(ite(false, "-fips", ""), "");
    }
}
