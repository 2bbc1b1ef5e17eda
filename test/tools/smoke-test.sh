#!/usr/bin/env bash
# smoke-test.sh NODE COMMAND: the built command on a Node of any version says its version and finds the planted mistakes of the sample.
set -euo pipefail
node=$1 command=$2
sample=$(cd "$(dirname "$0")/../repos/sample" && pwd)
echo "$("$node" --version): gitops-lint $("$node" "$command" --version)"
status=0
findings=$("$node" "$command" check --root "$sample" --format compact) || status=$?
echo "$findings" | tail -n 3
[ "$status" = 1 ] || { echo "the sample has errors, so the exit code must be 1: it was $status"; exit 1; }
grep -q secrets/plaintext-manifest <<< "$findings"
"$node" "$command" check --root "$sample" --format sarif | "$node" -e 'JSON.parse(fs.readFileSync(0, "utf8"))' || [ "${PIPESTATUS[*]}" = "1 0" ]
