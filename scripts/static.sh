#!/usr/bin/env bash
# Builds the command as one static binary, and prints its size and what the build took. It needs the target and a C compiler
# for musl: `rustup target add x86_64-unknown-linux-musl`, and Debian's package musl-tools.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-$(uname --machine)-unknown-linux-musl}
TIMEFORMAT='built in %R seconds, %U of them in user mode on the processor'
time cargo build --quiet --profile dist --package appflow-cli --target "$target"
program=${CARGO_TARGET_DIR:-target}/$target/dist/appflow
if ldd "$program" 2>&1 | grep --quiet '=>'; then
    echo "$program is not static" >&2
    exit 1
fi
"$program" --version
printf '%s: %d bytes\n' "$program" "$(stat --format=%s "$program")"
