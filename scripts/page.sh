#!/bin/sh
# The status page of appflow-local in a Chromium without a screen: what it shows, that it moves, and a picture of it.
# Usage: scripts/page.sh [SCREENSHOT]; `scripts/page.sh appflow-local/docs/page.png` renews the one in the documentation.
#
# Chromium is installed by apt-get where it is missing and that is allowed. Exits with 77, and says so, when there is no
# Chromium or Python to run it: this is a skip, not a pass.
set -eu
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"
screenshot="${1:-$target/appflow-local-page.png}"

# Not called `chromium`: some shells would find the function itself.
browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

if ! browser >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing chromium" >&2
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } \
        >/dev/null || echo "chromium cannot be installed" >&2
fi
if ! browser >/dev/null; then
    echo "SKIPPED: the page in a browser: chromium is missing" >&2
    exit 77
fi
python="$(scripts/python.sh)"
cargo build --quiet --package appflow-local
exec "$python" tests/peers/page.py "$target/debug/appflow-local" "$(browser)" "$screenshot"
