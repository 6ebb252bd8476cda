#!/bin/sh
# The programs of tests/services/moto: generated clients of fourteen services against a moto server. The clients are
# generated from the models of botocore with the operations that the programs call, and built in one workspace.
# Exits with 77, and says so, when there is no Python to run it: this is a skip, not a pass.
# Usage: tests/peers/moto.sh [NAME-OF-TEST]
set -eu
cd "$(dirname "$0")/../.."
python="$(scripts/python.sh moto)"
data="$("$python" -c 'import botocore, pathlib; print(pathlib.Path(botocore.__file__).parent / "data")')"
target="$(mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)"
cargo xtask services --from "$data" --stories --out "$target/stories"
# Built before the server is started, so that the tests wait for nothing.
test="cargo test --quiet --manifest-path $target/stories/Cargo.toml --package stories --target-dir $target"
$test --no-run
exec "$python" tests/peers/with_moto.py $test -- "$@"
