#!/usr/bin/env bash
# Runs the commands of the guides that regenerate this client and generate others, so that a renamed flag is noticed. Takes
# the folder `data` of botocore, in place of the models that a reader downloads; what the commands write lies in the target
# folder.
set -euo pipefail
cd "$(dirname "$0")/.."
data=$1
out=$(pwd)/target/guide-commands
[ -z "${CARGO_TARGET_DIR:-}" ] || out=$CARGO_TARGET_DIR/guide-commands
rm -rf "$out"
mkdir -p "$out"
# The tests are a step of their own, and too long for here.
commands=$(awk '
    /^\/\/! ```(sh|text)$/ { inside = 1; next }
    /^\/\/! ```/           { inside = 0 }
    inside && /^\/\/! cargo xtask / { print substr($0, 5) }
' appflow-sdk/src/guide/regenerate.rs appflow-sdk/src/guide/other_services.rs)
for wanted in "model import" "codegen --model" "docs --check"; do
    grep --quiet "cargo xtask $wanted" <<<"$commands" || { echo "the guides have no command \`$wanted\`"; exit 1; }
done
# The guide's model is Smithy's, which no package has: the same service's, imported from botocore's format.
mkdir -p "$out/models"
smithy=$out/models/polly-2016-06-10.json
cargo xtask model import "$data/polly/2016-06-10/service-2.json.gz" --out "$smithy"
while read -r command; do
    # What CI runs to the letter, and at length, is not run twice.
    if [ "$command" != "cargo xtask codegen" ] && grep --quiet --fixed-strings "$command" .ci/run; then
        continue
    fi
    # Models where they are, packed or not; crates and the imported model beside nobody's work.
    command=$(sed --regexp-extended \
        -e "s#(botocore/data/)?([a-z]+/[0-9-]+/service-2\.json)(\.gz)?#$data/\2.gz#" \
        -e "s#--model polly-2016-06-10\.json#--model $smithy#" \
        -e "s#--from api-models-aws/models#--from $out/models --out $out/services#" \
        -e "s#--crate \.\./#--crate $out/#" \
        -e "s#^(cargo xtask model import .*)#\1 --out $out/service.json#" \
        -e "s#^cargo xtask codegen\$#cargo xtask codegen --check#" <<<"$command")
    printf '\n-- guide: %s\n\n' "$command"
    bash -euo pipefail -c "$command" </dev/null
done <<<"$commands"
[ -s "$out/service.json" ] || { echo "nothing was imported"; exit 1; }
