#!/usr/bin/env bash
# What the guide of flows as code and the README say to run: the guide's `sh` blocks and the commands of its workflow are run in
# order against an appflow-local, and the transcript in the README is made anew. With --check it must be as it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-}
cargo build --quiet --package appflow-local --package appflow-cli
programs=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug
root=$(pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
export PATH=$programs:$PATH
for name in $(compgen -e AWS_ || true); do unset "$name"; done
cd "$work"

# A flow as somebody made it in the console.
seed() {
    local name=$1 trigger=$2
    cat >"$3" <<JSON
{ "flowName": "$name", "active": $4,
  "triggerConfig": $trigger,
  "sourceFlowConfig": { "connectorType": "S3",
    "sourceConnectorProperties": { "S3": { "bucketName": "acme-exports", "bucketPrefix": "orders" } } },
  "destinationFlowConfigList": [{ "connectorType": "S3",
    "destinationConnectorProperties": { "S3": { "bucketName": "acme-data-lake", "bucketPrefix": "$name" } } }],
  "tasks": [{ "taskType": "Map_all", "connectorOperator": { "S3": "NO_OP" }, "sourceFields": [] }] }
JSON
}
daily='{ "triggerType": "Scheduled", "triggerProperties": { "Scheduled":
    { "scheduleExpression": "rate(1days)", "scheduleStartTime": "2090-01-01T00:00:00Z" } } }'
mkdir seed
seed orders-to-lake "$daily" seed/orders-to-lake.json true

transcript() {
    printf '```console\n'
    local command
    while read -r command; do
        printf '$ %s\n' "$command"
        bash -c "${command/#appflow /appflow --local }" 2>&1
    done <<'COMMANDS'
appflow export --to flows
cat flows/orders-to-lake.yaml
sed --in-place 's/rate(1days)/rate(6hours)/' flows/orders-to-lake.yaml
appflow plan flows
appflow apply flows --yes
appflow plan flows
COMMANDS
    printf '```\n'
}
appflow --local apply seed --yes >/dev/null
transcript >transcript.md
awk -v file=transcript.md '
    /<!-- transcript:begin -->/ { print; while ((getline line < file) > 0) print line; inside = 1; next }
    /<!-- transcript:end -->/   { inside = 0 }
    !inside                     { print }
' "$root/README.md" >README.md
grep --quiet 'No changes: 1 as defined' README.md || { echo "the README has no transcript"; exit 1; }
if [ "$mode" = --check ]; then
    diff "$root/README.md" README.md || { echo "the README's transcript is stale: scripts/flows.sh"; exit 1; }
else
    cp README.md "$root/README.md"
fi

# The guide, against a program that stands for the account.
rm -rf flows .appflow-local
appflow-local --port 0 --quiet >server.txt &
server=$!
for _ in $(seq 100); do grep --quiet 'http://' server.txt && break; sleep 0.1; done
AWS_ENDPOINT_URL_APPFLOW=$(grep --only-matching 'http://[^ ]*:[0-9]*' server.txt | head -n 1)
export AWS_ENDPOINT_URL_APPFLOW
export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_EC2_METADATA_DISABLED=true
seed orders-on-demand '{ "triggerType": "OnDemand" }' seed/orders-on-demand.json false
appflow apply seed --yes >/dev/null
guide=$root/appflow-sdk/src/guide/flows_as_code.rs
awk '
    /^\/\/! ```sh$/ { inside = 1; next }
    /^\/\/! ```/    { inside = 0 }
    inside          { print substr($0, 5) }
    /^\/\/! .*run: appflow / { sub(/.*run: /, ""); print }
' "$guide" >guide.sh
[ "$(grep --count '^appflow ' guide.sh)" -ge 10 ] || { echo "the guide has too few commands"; exit 1; }
while read -r command; do
    printf -- '\n-- guide: %s\n' "$command"
    bash -euo pipefail -c "$command" </dev/null
done <guide.sh
