#!/usr/bin/env bash
# Runs the examples of appflow-sdk against an appflow-local of their own, and looks at what they print. The client finds it
# by the variables that appflow-local names when it starts.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${CARGO_TARGET_DIR:-target}/debug/examples
cargo build --quiet --package appflow-local
cargo build --quiet --package appflow-sdk --examples --features blocking
cargo test --quiet --package appflow-sdk --example tested --features blocking
work=$(mktemp --directory)
"${CARGO_TARGET_DIR:-target}/debug/appflow-local" --port 0 >"$work/log" 2>&1 &
server=$!
finish() {
    kill "$server" 2>/dev/null || true
    rm --recursive --force "$work"
}
trap finish EXIT

# Nothing of this machine's own settings gets in.
while read -r name; do
    unset "$name"
done < <(compgen -e | grep '^AWS_' || true)
export HOME=$work AWS_EC2_METADATA_DISABLED=true
for _ in $(seq 100); do
    grep --quiet ' is ready at ' "$work/log" && break
    sleep 0.1
done
eval "$(grep --only-matching --extended-regexp 'export AWS_.*' "$work/log")" # the lines that a reader would copy
[ -n "${AWS_ENDPOINT_URL_APPFLOW:-}" ] || { cat "$work/log"; exit 1; }

# Runs an example, and wants its output to match each pattern.
run() {
    local example=$1 arguments=() output
    shift
    while [ "$1" != "--" ]; do
        arguments+=("$1")
        shift
    done
    shift
    printf '\n-- %s %s\n' "$example" "${arguments[*]}"
    output=$("$examples/$example" "${arguments[@]}" 2>&1) || true
    printf '%s\n' "$output"
    for pattern in "$@"; do
        grep --quiet --extended-regexp "$pattern" <<<"$output" || { echo "no line matches: $pattern"; exit 1; }
    done
    if grep --quiet 'a-secret' <<<"$output"; then
        echo "a secret was printed"
        exit 1
    fi
}

files=appflow-sdk/examples
run create_flow "$files/nightly-orders.json" -- '^created arn:aws:appflow:.*:flow/nightly-orders$' '^nightly-orders is active$'
run create_flow "$files/orders.json" -- '^created .*:flow/orders$'
run create_flow "$files/none.json" -- 'none.json: No such file'
run list_flows -- '^nightly-orders	Active	stage=test team=sales$' '^orders	' '^2 flows$'
run run_flow orders -- '^run ' '^InProgress$' '^Successful$' '^successful: [0-9]+ records$'
run run_flow nightly-orders -- '^nightly-orders has a schedule'
run run_flow none -- '^Error: StartFlow: ResourceNotFoundException \(404\): .*request id .*attempt 1 of 3'
run tested stage test -- '^stopped: nightly-orders$'
run copy_flow nightly-orders copy -- '^nightly-orders is now arn:.*:flow/copy, too$'
run copy_flow nightly-orders copy -- '^there is a flow copy already$'
export ACCESS_TOKEN=a-secret REFRESH_TOKEN=a-secret
run create_profile salesforce https://acme.my.salesforce.com -- '^created arn:.*salesforce$'
run rotate_credentials salesforce -- '^sending .*Redacted' '^salesforce has new tokens$'
run rotate_credentials none -- 'no such profile'
run blocking orders -- '^run .*: Successful$' '^copy$' '^nightly-orders$' '^orders$'
run blocking none -- '^there is no flow none$'
