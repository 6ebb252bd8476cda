#!/usr/bin/env bash
# Generates a client of every service that botocore ships a model of, and compiles thirty of them. botocore, pinned where
# the suites of tests/peers pin it, is installed into the target folder. The guides' commands are run with its models too, and
# the examples in the documentation of the client of S3.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${CARGO_TARGET_DIR:-target}/other-services
pinned=$(grep --extended-regexp '^(botocore|jmespath|python-dateutil|six|urllib3)==' tests/peers/requirements.txt)
if [ "$(cat "$folder/pinned.txt" 2>/dev/null)" != "$pinned" ]; then
    rm -rf "$folder"
    python3 -m venv "$folder"
    # shellcheck disable=SC2086
    "$folder/bin/pip" --disable-pip-version-check --quiet install --no-deps $pinned
    printf '%s\n' "$pinned" >"$folder/pinned.txt"
fi
data=$("$folder/bin/python" -c 'import botocore, pathlib; print(pathlib.Path(botocore.__file__).parent / "data")')
cargo xtask services --from "$data" --compile sample
cargo xtask facts --check --from "$(dirname "$data")"
scripts/guide-commands.sh "$data"
# The examples in the documentation of a large client compile.
cargo xtask codegen --model "$data"/s3/*/service-2.json* --crate "$folder/s3-sdk"
cp Cargo.lock "$folder/s3-sdk/"
cargo test --doc --quiet --manifest-path "$folder/s3-sdk/Cargo.toml" --target-dir "${CARGO_TARGET_DIR:-target}/generated"
