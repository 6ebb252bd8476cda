#!/bin/sh
# The dependency trees of appflow-sdk in, as it is by default and with the HTTP client on hyper alone; counts of their
# crates out, and a failure when there are too many or wrong ones.
# Usage: scripts/check-tree.sh [MOST [MOST_WITH_HYPER]]
set -eu
cd "$(dirname "$0")/.."
most="${1:-130}"
most_with_hyper="${2:-75}"
failed=0

# tree OPTION...: the crates, one a line, with their versions.
tree() {
    cargo tree --locked --package appflow-sdk --edges normal --prefix none "$@" | sed 's/ (\*)//' | sort --unique
}

# check NAME MOST: the tree in `crates` has no more crates than that.
check() {
    count="$(printf '%s\n' "$crates" | wc --lines)"
    echo "$1: $count crates, at most $2"
    if [ "$count" -gt "$2" ]; then
        echo "too many crates" >&2
        failed=1
    fi
}

# without WHY NAME...: the tree in `crates` has none of these. The names are whole: aws-smithy-runtime-api is light.
without() {
    why="$1"
    shift
    for name in "$@"; do
        if printf '%s\n' "$crates" | grep --quiet "^$name v"; then
            echo "$name $why" >&2
            failed=1
        fi
    done
}

# A second TLS library, or what makes the official SDK heavy.
heavy="aws-lc-rs aws-lc-sys aws-lc-fips-sys openssl openssl-sys native-tls
    aws-config aws-runtime aws-smithy-runtime aws-smithy-http-client"

crates="$(tree)"
check "appflow-sdk" "$most"
# shellcheck disable=SC2086
without "must not be a dependency" $heavy
without "must be behind a feature" fancy-regex

crates="$(tree --no-default-features --features hyper)"
check "appflow-sdk with hyper alone" "$most_with_hyper"
# shellcheck disable=SC2086
without "must not be a dependency" $heavy
without "must not come with hyper alone" reqwest url idna tower tower-http hyper-rustls fancy-regex \
    aws-sigv4 aws-types sha2
exit "$failed"
