#!/usr/bin/env bash
# Builds the crates that users depend on with the oldest Rust that Cargo.toml says is enough, or that MINIMUM_RUST says.
# Exits with 77, and says so, when that Rust is not installed and cannot be: this is a skip, not a pass.
set -euo pipefail
cd "$(dirname "$0")/.."
stated=$(sed --quiet 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
rust=${MINIMUM_RUST:-$stated}
if ! command -v rustup >/dev/null; then
    echo "SKIPPED: Rust $rust: rustup is missing" >&2
    exit 77
fi
if ! rustup run "$rust" rustc --version 2>/dev/null &&
    ! timeout 60 rustup toolchain install "$rust" --profile minimal --no-self-update; then
    echo "SKIPPED: Rust $rust cannot be installed" >&2
    exit 77
fi
# What a build with another Rust leaves behind is of no use to the steps after it.
target=${CARGO_TARGET_DIR:-target}/minimum-rust
trap 'rm -rf "$target"' EXIT
rustup run "$rust" cargo check --quiet --locked --target-dir "$target" --all-features \
    --package smithy-model --package smithy-codegen --package smithy-reqwest --package appflow-sdk --package appflow-local
echo "Rust $rust is enough"
