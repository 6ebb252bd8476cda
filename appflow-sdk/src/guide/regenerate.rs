//! When AWS updates AppFlow's model: take the new one in, describe what is new, generate.
//!
//! ```sh
//! pip download --no-deps botocore && unzip -o botocore-*.whl 'botocore/data/appflow/*'
//! cargo xtask model import botocore/data/appflow/2020-08-23/service-2.json.gz
//! ```
//!
//! The import writes `model/appflow/service.json`: facts only, in an order that makes differences readable. It then lists
//! what has no documentation yet.
//!
//! 1. Describe what is new in `model/appflow/docs/*.json`, in words of your own.
//! 2. Show new operations in `model/appflow/examples.json` (`smithy.api#examples`). One that is not there gets a call that
//!    is made up from its required members.
//! 3. Look for members that are secret but not marked so, and for lists with tokens but without pagination: both are added
//!    in `model/appflow/extensions.json`.
//! 4. Generate, and check:
//!
//! ```sh
//! cargo xtask codegen
//! cargo xtask docs --check
//! cargo test --workspace
//! ```
//!
//! What stays compatible: new operations, members and enum values. Structures and enums are `#[non_exhaustive]`, and a
//! value that an older client does not know arrives as `Unknown` and can be sent back as it came.
