#!/bin/sh
# The path of a Python with what the peers pin: boto3 and the AWS CLI in requirements.txt, or NAME-requirements.txt. It is
# installed into the target folder. Usage: scripts/python.sh [NAME]
# Exits with 77, and says so, when there is no Python to make it with: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"
mkdir -p "$target"
folder="$(cd "$target" && pwd)/python${1:+-$1}"
if ! command -v python3 >/dev/null 2>&1; then
    echo "SKIPPED: python3 is missing" >&2
    exit 77
fi
pinned="tests/peers/${1:+$1-}requirements.txt"
if ! cmp -s "$pinned" "$folder/installed.txt"; then
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$pinned" >&2
    cp "$pinned" "$folder/installed.txt"
fi
echo "$folder/bin/python"
