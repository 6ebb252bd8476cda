#!/usr/bin/env bash
# Generates a client of a small model into each kind of place, with the runtime from each kind of source, and builds it as
# it is; then builds a program from the lines of a generated README.
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
model=$checkout/tests/fixtures/aws_json_1_0/model.json
target=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")
outside=$(mktemp --directory)
inside=target/generated-crates
rm -rf "$inside"
mkdir -p "$inside"
trap 'rm -rf "$outside" "$inside"' EXIT

# generate FOLDER [FLAG...]: from the folder `scripts`, so that a relative path begins with `..`.
generate() {
    (cd scripts && cargo xtask codegen --model "$model" --crate "$@")
}

# build FOLDER [OPTION...]: all crates with the versions of our lock file and into one folder, so that what they depend on
# is built once.
build() {
    local folder=$1
    shift
    printf '\n-- %s: ' "$folder"
    sed --quiet 's/^smithy-reqwest = //p' "$folder/Cargo.toml"
    cp Cargo.lock "$folder/"
    (cd "$folder" && cargo build --quiet --target-dir "$target/generated" "$@")
}

generate "../$inside/relative"
build "$inside/relative"
generate "$outside/by-path" --name client-by-path
build "$outside/by-path"
generate "$(realpath --relative-to=scripts "$outside")/by-version" --runtime-version 0.1.0
# The version need not be published yet: what is asked for by the manifest is taken from here.
build "$outside/by-version" --config "patch.crates-io.smithy-reqwest.path = '$checkout/runtime'"
# The last commit, not what is in the folder.
generate "$outside/by-git" --runtime-git "file://$checkout" --runtime-rev "$(git rev-parse HEAD)"
build "$outside/by-git"

# What a reader of the README writes, beside the crate.
block() {
    awk -v language="$1" '$0 ~ "^```" language { inside = 1; next } /^```/ { inside = 0 } inside' "$outside/by-path/README.md"
}
mkdir -p "$outside/program/src"
printf '[package]\nname = "program"\nedition = "2024"\n\n%s\n' "$(block toml)" >"$outside/program/Cargo.toml"
block rust >"$outside/program/src/main.rs"
cp Cargo.lock "$outside/program/"
printf '\n-- the program of a generated README:\n%s\n' "$(cat "$outside/program/src/main.rs")"
(cd "$outside/program" && AWS_REGION=us-east-1 cargo run --quiet --target-dir "$target/generated") >/dev/null
echo "it runs"
