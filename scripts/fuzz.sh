#!/bin/sh
# Every fuzz target in turn, for so many seconds each; fails at the first crash.
# Usage: scripts/fuzz.sh [SECONDS] [TARGET...]
#
# Without a sanitizer: the code has no unsafe block, and panics, hangs and memory are watched all the same.
# Needs cargo-fuzz (`cargo install cargo-fuzz`) and a C++ compiler. Without a nightly toolchain the stable compiler is
# told to accept the flags it takes. Where cargo-fuzz is missing it says so and ends with 0, or with 1 when FUZZ_REQUIRED
# is set.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-60}"
[ "$#" -gt 0 ] && shift
targets="${*:-wire response xml cbor error profile endpoint event_stream}"
if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "SKIPPED: no fuzzing, since cargo-fuzz is not installed" >&2
    [ -z "${FUZZ_REQUIRED:-}" ] && exit 0 || exit 1
fi
case "$(rustc --version)" in
*nightly*) ;;
*) export RUSTC_BOOTSTRAP=1 ;;
esac
for target in $targets; do
    mkdir -p "fuzz/corpus/$target"
    seeds="fuzz/seeds/$target"
    [ "$target" = wire ] && seeds="fuzz/seeds/response"
    [ -d "$seeds" ] || seeds=""
    echo "fuzzing $target for $seconds s"
    # shellcheck disable=SC2086
    cargo fuzz run -s none "$target" "fuzz/corpus/$target" $seeds -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
done
echo "no crash in: $targets"
