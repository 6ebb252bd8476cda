#!/bin/sh
# Flows of appflow-local from S3 to S3, with the S3 of moto's server.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh s3)"
cargo build --quiet --package appflow-local --features parquet
exec "$python" tests/peers/s3.py "${CARGO_TARGET_DIR:-target}/debug/appflow-local"
