#!/usr/bin/env bash
# Packages the crates that users depend on, as for a registry, builds each from its package alone, and checks what is in
# it. The order is that of docs/releasing.md: no crate comes before one it depends on.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(smithy-model smithy-codegen smithy-reqwest appflow-sdk appflow-local-s3 appflow-local appflow-cli)
select=()
for package in "${packages[@]}"; do
    select+=(--package "$package")
done
# Uncommitted changes are allowed, so that a change can be tried before it is committed; a release is made without this.
# Cargo warns of every test that is not in the package, which is meant so.
cargo package --quiet --allow-dirty "${select[@]}" 2> >(grep --invert-match 'is not included in the published package' >&2)

folder=${CARGO_TARGET_DIR:-target}/package
failed=0
complain() {
    echo "$1" >&2
    failed=1
}
for package in "${packages[@]}"; do
    archives=("$folder/$package"-[0-9]*.crate)
    archive=${archives[-1]}
    # The first component is the package's name with its version.
    files=$(tar --list --gzip --file "$archive" | cut --delimiter=/ --fields=2-)
    manifest=$(tar --extract --gzip --to-stdout --file "$archive" --wildcards '*/Cargo.toml')
    root=src/lib.rs
    [ "$package" != appflow-cli ] || root=src/main.rs
    for wanted in README.md LICENSE "$root"; do
        grep --quiet --line-regexp "$wanted" <<<"$files" || complain "$package: the package has no $wanted"
    done
    if unwanted=$(grep --extended-regexp '^(tests|examples|docs|api|target)/' <<<"$files"); then
        complain "$package: the package has files that users do not need: $(head -n 3 <<<"$unwanted" | tr '\n' ' ')"
    fi
    for key in description license repository readme keywords categories rust-version; do
        grep --quiet "^$key = " <<<"$manifest" || complain "$package: Cargo.toml has no \`$key\`"
    done
    printf '%-16s %4d files, %4d kB packed\n' "$package" "$(wc -l <<<"$files")" "$(($(stat --format=%s "$archive") / 1000))"
done
exit "$failed"
