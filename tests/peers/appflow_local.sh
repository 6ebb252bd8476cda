#!/bin/sh
# boto3 against the program appflow-local: all 25 operations and the life cycle.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh)"
cargo build --quiet --package appflow-local
exec "$python" tests/peers/appflow_local.py "${CARGO_TARGET_DIR:-target}/debug/appflow-local"
