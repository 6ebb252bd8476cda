#!/usr/bin/env bash
# Checks each crate that users depend on without its features and with each feature alone, with warnings denied.
set -euo pipefail
cd "$(dirname "$0")/.."
check() {
    printf -- '-- %s\n' "$*"
    cargo clippy --quiet "$@" --no-default-features -- -D warnings
}
for manifest in model codegen runtime appflow-sdk appflow-local; do
    package=$(sed --quiet 's/^name = "\(.*\)"/\1/p' "$manifest/Cargo.toml" | head -n 1)
    features=$(awk '/^\[/ { inside = ($0 == "[features]"); next } inside && /^[a-z]/ { print $1 }' "$manifest/Cargo.toml")
    check --package "$package"
    for feature in $features; do
        check --package "$package" --features "$feature"
    done
done
# What differs in builds without the default features: the HTTP client on hyper as the only one, types of our own instead of
# those of aws-types, and no HTTP client at all.
lean() {
    printf -- '-- tests: %s\n' "$*"
    cargo test --quiet --package smithy-reqwest --no-default-features "$@"
}
lean --lib http_client
lean --features hyper --lib --test client
