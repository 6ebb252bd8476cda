#!/usr/bin/env bash
# Runs every `sh` block of the README, as a reader would: in order, from the top of the checkout, each in a shell of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
blocks=$(mktemp -d)
trap 'rm -rf "$blocks"' EXIT
awk -v folder="$blocks" '
    /^```sh$/ { inside = 1; count++; next }
    /^```$/   { inside = 0 }
    inside    { print > sprintf("%s/%02d.sh", folder, count) }
' README.md
[ -n "$(ls "$blocks")" ] || { echo "the README has no sh blocks"; exit 1; }
for block in "$blocks"/*.sh; do
    printf '\n-- README:\n%s\n\n' "$(cat "$block")"
    bash -euo pipefail "$block"
done
