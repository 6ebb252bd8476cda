#!/bin/sh
# pandas and pyarrow read what flows of appflow-local write.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh rows)"
cargo build --quiet --package appflow-local --features parquet
exec "$python" tests/peers/rows.py "${CARGO_TARGET_DIR:-target}/debug/appflow-local"
