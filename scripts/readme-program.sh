#!/usr/bin/env bash
# Builds the README's first program from the README's `[dependencies]` alone, in a folder outside of the checkout, and runs
# it against an appflow-local, which it finds by the variables that appflow-local names when it starts. The dependency is
# the last commit of this checkout, by git.
set -euo pipefail
cd "$(dirname "$0")/.."
checkout=$PWD
target=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")
cargo build --quiet --package appflow-local
work=$(mktemp --directory)
"$target/debug/appflow-local" --port 0 >"$work/log" 2>&1 &
server=$!
finish() {
    kill "$server" 2>/dev/null || true
    rm --recursive --force "$work"
}
trap finish EXIT

# The first block of the README in a language.
block() {
    awk -v language="$1" '$0 ~ "^```" language && !done { inside = 1; next } /^```/ && inside { inside = 0; done = 1 } inside' README.md
}
mkdir -p "$work/program/src"
printf '[package]\nname = "program"\nedition = "2024"\n\n%s\n' "$(block toml)" |
    sed "s|https://github.com/[^\"]*|file://$checkout|" >"$work/program/Cargo.toml"
grep --quiet "git = \"file://$checkout\"" "$work/program/Cargo.toml"
block rust >"$work/program/src/main.rs"
cp Cargo.lock "$work/program/"
cat "$work/program/Cargo.toml"
(cd "$work/program" && cargo build --quiet --target-dir "$target/generated")

for _ in $(seq 100); do
    grep --quiet ' is ready at ' "$work/log" && break
    sleep 0.1
done
variables=$(grep --only-matching --extended-regexp 'AWS_[A-Z_]+=[^ ]+' "$work/log")
mapfile -t variables <<<"$variables"
said=$(env --ignore-environment HOME="$work" "${variables[@]}" "$target/generated/debug/program")
printf '%s\n' "$said"
[ "$said" = "flow not found" ]
