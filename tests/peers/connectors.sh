#!/bin/sh
# A connector on AWS's own connector SDK for Python, called by appflow-local as a Lambda function, and driven by boto3.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh connectors)"
cargo build --quiet --package appflow-local
exec "$python" tests/peers/connectors.py "${CARGO_TARGET_DIR:-target}/debug/appflow-local"
