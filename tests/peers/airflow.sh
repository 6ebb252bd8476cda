#!/bin/sh
# Airflow's operators of AppFlow run flows of appflow-local, in DAGs.
# Exits with 77, and says so, when there is no Python to run it, or Airflow cannot be installed: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/../.."
if ! python="$(scripts/python.sh airflow)"; then
    echo "SKIPPED: Airflow cannot be installed" >&2
    exit 77
fi
cargo build --quiet --package appflow-local
exec "$python" tests/peers/airflow_peer.py "${CARGO_TARGET_DIR:-target}/debug/appflow-local"
