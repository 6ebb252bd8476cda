#!/usr/bin/env bash
# Builds the image of appflow-local and runs it: it must become healthy, not run as root, and keep its state in the volume.
# Exits with 77, and says so, when there is no engine to build with: this is a skip, not a pass.
set -euo pipefail
cd "$(dirname "$0")/.."
engine=
for command in docker podman; do
    if command -v "$command" >/dev/null && "$command" info >/dev/null 2>&1; then
        engine=$command
        break
    fi
done
if [ -z "$engine" ]; then
    echo "SKIPPED: the image of appflow-local: neither docker nor podman can be used" >&2
    exit 77
fi
name=appflow-local-check-$$
finish() {
    "$engine" rm --force --volumes "$name" >/dev/null 2>&1 || true
    "$engine" volume rm --force "$name" >/dev/null 2>&1 || true
}
trap finish EXIT
"$engine" build --file appflow-local/Dockerfile --tag appflow-local:check .
"$engine" run --detach --name "$name" --volume "$name:/data" appflow-local:check >/dev/null

# Health is asked for as the engine asks.
healthy() {
    for _ in $(seq 50); do
        "$engine" exec "$name" /appflow-local --health 2>/dev/null && return 0
        sleep 0.2
    done
    "$engine" logs "$name" >&2
    return 1
}
healthy
user=$("$engine" inspect --format '{{.Config.User}}' "$name")
[ "$user" = 65534:65534 ] || { echo "the image runs as $user" >&2; exit 1; }
# The volume belongs to that user, and a second start finds its state.
"$engine" restart "$name" >/dev/null
healthy
echo "the image is healthy, runs as $user and keeps its volume"
