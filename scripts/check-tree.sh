#!/bin/sh
# The dependency tree of appflow-sdk in; a count of its crates out, and a failure when there are too many or wrong ones.
# Usage: scripts/check-tree.sh [MOST]
set -eu
cd "$(dirname "$0")/.."
most="${1:-130}"
crates="$(cargo tree --locked -p appflow-sdk -e normal --prefix none | sed 's/ (\*)//' | sort -u)"
count="$(printf '%s\n' "$crates" | wc -l)"
echo "appflow-sdk: $count crates, at most $most"
failed=0
if [ "$count" -gt "$most" ]; then
    echo "too many crates" >&2
    failed=1
fi
# A second TLS library, or what makes the official SDK heavy. The names are whole: aws-smithy-runtime-api is light.
for name in aws-lc-rs aws-lc-sys aws-lc-fips-sys openssl openssl-sys native-tls \
    aws-config aws-runtime aws-smithy-runtime aws-smithy-http-client; do
    if printf '%s\n' "$crates" | grep -q "^$name v"; then
        echo "$name must not be a dependency" >&2
        failed=1
    fi
done
# What is there by choice must not be there by default.
for name in fancy-regex; do
    if printf '%s\n' "$crates" | grep -q "^$name v"; then
        echo "$name must be behind a feature" >&2
        failed=1
    fi
done
exit "$failed"
