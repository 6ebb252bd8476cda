#!/bin/sh
# boto3 against the program appflow-local: all 25 operations and the life cycle.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
target="${CARGO_TARGET_DIR:-target}"
if ! command -v python3 >/dev/null 2>&1; then
    echo "SKIPPED: boto3 against appflow-local: python3 is missing" >&2
    exit 77
fi
python="$target/peers/boto3/bin/python"
if [ ! -x "$python" ]; then
    python3 -m venv "$target/peers/boto3"
    "$python" -m pip install --quiet boto3
fi
cargo build --quiet --package appflow-local
exec "$python" tests/peers/appflow_local.py "$target/debug/appflow-local"
