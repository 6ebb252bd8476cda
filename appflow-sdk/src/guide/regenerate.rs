//! Update to a new version of AppFlow's model: import it, document the additions, regenerate.
//!
//! ```sh
//! pip download --no-deps botocore && unzip -o botocore-*.whl 'botocore/data/appflow/*'
//! cargo xtask model import botocore/data/appflow/2020-08-23/service-2.json.gz
//! ```
//!
//! The import writes `model/appflow/service.json`, which contains only facts, in an order that keeps diffs readable. It then
//! lists the shapes without documentation.
//!
//! 1. Document the additions in `model/appflow/docs/*.json`, in your own words.
//! 2. Add examples of new operations to `model/appflow/examples.json` (`smithy.api#examples`). An operation without one gets
//!    an example with its required members.
//! 3. Look for secret members that are not marked as sensitive, and for lists with tokens but without pagination. Add both
//!    traits in `model/appflow/extensions.json`.
//! 4. Generate and check:
//!
//! ```sh
//! cargo xtask codegen
//! cargo xtask docs --check
//! cargo test --workspace
//! ```
//!
//! New operations, members and enum values are compatible changes. Structures and enums are `#[non_exhaustive]`. An older client
//! reads an unknown enum value as `Unknown`, and can send it back unchanged.
