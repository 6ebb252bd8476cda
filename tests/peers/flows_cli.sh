#!/bin/sh
# The command appflow beside the AWS CLI and boto3.
# Exits with 77, and says so, when there is no Python to run them: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh)"
cargo build --quiet --package appflow-local --package appflow-cli
programs="${CARGO_TARGET_DIR:-target}/debug"
exec "$python" tests/peers/flows_cli.py "$programs/appflow-local" "$programs/appflow" "$(dirname "$python")/aws" \
    appflow-sdk/tests/flows/definitions
