#!/usr/bin/env bash
# Builds the crates that users depend on with the lowest of all that Cargo.toml states: the lowest version of each direct
# dependency, and the oldest Rust (or the one that MINIMUM_RUST names). It works in a copy, which has a Cargo.lock of its own.
# Exits with 77, and says so, when that Rust is not installed and cannot be: the versions were then built with another one.
set -euo pipefail
cd "$(dirname "$0")/.."
rust=${MINIMUM_RUST:-$(sed --quiet 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)}
target=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")/lowest
copy=$(mktemp --directory)
trap 'rm -rf "$copy" "$target"' EXIT
git ls-files -z | xargs --null cp --parents --no-dereference --target-directory "$copy"
cd "$copy"
rm Cargo.lock
# The flag is one of nightly's, and only cargo sees it: a compiler that is told to be one would build other code.
RUSTC_BOOTSTRAP=1 cargo -Z direct-minimal-versions generate-lockfile --quiet

code=0
cargo=(rustup run "$rust" cargo)
if ! command -v rustup >/dev/null || {
    ! rustup run "$rust" rustc --version 2>/dev/null &&
        ! timeout 60 rustup toolchain install "$rust" --profile minimal --no-self-update
}; then
    echo "SKIPPED: Rust $rust cannot be installed" >&2
    code=77
    cargo=(cargo)
fi
"${cargo[@]}" check --quiet --locked --target-dir "$target" --all-features \
    --package smithy-model --package smithy-codegen --package smithy-reqwest --package appflow-sdk --package appflow-local
echo "the lowest versions are enough, with $("${cargo[@]}" --version)"
exit "$code"
