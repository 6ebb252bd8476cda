#!/usr/bin/env bash
# Takes in AppFlow's model of the newest botocore; if it is another one, commits what follows from it to the branch
# `model-update` and opens a pull request, or renews the one that is open. Needs git that may push, and gh.
set -euo pipefail
cd "$(dirname "$0")/.."
branch=model-update
summary=$(mktemp)
trap 'rm -f "$summary"' EXIT

# What cannot be generated is told in the summary: a person has to mend it either way.
cargo xtask model update --summary "$summary" || [ -s "$summary" ]
if [ ! -s "$summary" ]; then
    echo "the model is as it was"
    exit 0
fi
cargo xtask api || echo "the public API is not written anew" >&2

title="Model of AppFlow: $(sed --quiet '1s/.* in \(botocore [^ ]*\)\.$/\1/p' "$summary")"
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git switch --force-create "$branch"
git add model api appflow-sdk/src/generated appflow-local/src/generated
git commit --message "$title"
git push --force origin "$branch"
if [ -n "$(gh pr list --head "$branch" --state open --json number --jq '.[].number')" ]; then
    gh pr edit "$branch" --title "$title" --body-file "$summary"
else
    gh pr create --head "$branch" --title "$title" --body-file "$summary"
fi
