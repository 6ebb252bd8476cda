#!/bin/sh
# What appflow-local's README tells its readers to run: boto3, the AWS CLI, JavaScript, Terraform, GitHub Actions, curl.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass. Without npm or terraform
# those sections are skipped, and said to be.
set -eu
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"
python="$(scripts/python.sh)"
cargo build --quiet --package appflow-local
exec "$python" tests/peers/snippets.py "$target/debug/appflow-local" appflow-local/README.md "$target/node"
