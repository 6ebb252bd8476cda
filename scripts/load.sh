#!/bin/sh
# Measures appflow-local as it is released: a minute of calls by 64 clients, and runs on a gigabyte of CSV, in folders and in S3.
set -eu
cd "$(dirname "$0")/.."
LOAD_SECONDS="${LOAD_SECONDS:-60}" LOAD_MEGABYTES="${LOAD_MEGABYTES:-1024}" \
    cargo test --release --package appflow-local --test load -- --test-threads 1 --nocapture
