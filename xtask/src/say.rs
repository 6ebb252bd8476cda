//! Lines for whoever reads them, on standard output (`say!`, and `say_part!` without an end of the line) or standard error
//! (`tell!`).
//!
//! Nobody may read them any more: `cargo xtask codegen --check | head -1` closes the pipe after a line. Where `println!`
//! panics then, these go on without a word, so that files are written whole and the exit status says what was found.

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
