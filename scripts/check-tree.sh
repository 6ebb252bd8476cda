#!/usr/bin/env bash
# The default tree of the SDK: at most 130 crates, and none of those whose absence is a promise.
set -euo pipefail
cd "$(dirname "$0")/.."
crates=$(cargo tree -p appflow-sdk -e normal --prefix none | sed 's/ (\*)//' | sort -u)
count=$(wc -l <<<"$crates")
echo "$count crates in the tree of appflow-sdk (at most 130)"
forbidden=$(grep -E '^(aws-lc-rs|aws-lc-sys|openssl|openssl-sys|native-tls|aws-smithy-runtime|aws-runtime|aws-config) ' <<<"$crates" || true)
if [ -n "$forbidden" ]; then
    printf 'these must not be there:\n%s\n' "$forbidden"
    exit 1
fi
[ "$count" -le 130 ]
