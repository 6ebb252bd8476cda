//! Macros that print to standard output (`say!`, and `say_part!` without a line end) or standard error (`tell!`).
//!
//! The pipe may be closed: `cargo xtask codegen --check | head -1` closes it after a line. `println!` panics then; these
//! macros continue, so that files are written completely and the exit code is correct.

/// Writes a line to standard output.
macro_rules! say {
    ($($line:tt)*) => {{
        use ::std::io::Write as _;
        let _ = ::std::writeln!(::std::io::stdout(), $($line)*);
    }};
}

/// Writes a part of a line, or several lines, to standard output.
macro_rules! say_part {
    ($($part:tt)*) => {{
        use ::std::io::Write as _;
        let _ = ::std::write!(::std::io::stdout(), $($part)*);
    }};
}

/// Writes a line to standard error.
macro_rules! tell {
    ($($line:tt)*) => {{
        use ::std::io::Write as _;
        let _ = ::std::writeln!(::std::io::stderr(), $($line)*);
    }};
}

pub(crate) use {say, say_part, tell};
