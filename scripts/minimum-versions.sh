#!/usr/bin/env bash
# Builds the workspace with the lowest version of each direct dependency that Cargo.toml says is enough, in a copy, since it
# needs a Cargo.lock of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")/minimum-versions
copy=$(mktemp --directory)
trap 'rm -rf "$copy" "$target"' EXIT
git ls-files -z | xargs --null cp --parents --no-dereference --target-directory "$copy"
cd "$copy"
rm Cargo.lock
# The flag is one of nightly's, and only cargo sees it: a compiler that is told to be one would build other code.
RUSTC_BOOTSTRAP=1 cargo -Z direct-minimal-versions generate-lockfile --quiet
cargo check --quiet --locked --target-dir "$target" --all-features \
    --package smithy-model --package smithy-codegen --package smithy-reqwest --package appflow-sdk --package appflow-local
echo "the lowest versions are enough"
