//! Twenty programs as users of aws-sdk-appflow write them. What differs here from `../ours` is what moving takes.

/// The SDK: the `use` lines of the programs begin here.
pub mod sdk {
    pub use aws_sdk_appflow::*;
}

pub mod errors;
pub mod settings;

#[path = "../../programs/mod.rs"]
pub mod programs;
