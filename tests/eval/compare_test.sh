#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# compare_test.sh UNFIX-MODEL UNFIX MODEL ROOT: `unfix-model eval`, which calls
# the library, prints what an independent scorer prints that runs the filter on
# the same pages: score/score.py in the folder that UNFIX_DATA names.
set -eu

if [ $# -ne 4 ]; then
    echo "usage: compare_test.sh UNFIX-MODEL UNFIX MODEL ROOT" >&2
    exit 2
fi
tool=$1
filter=$2
model=$3
root=$4

skip() {
    echo "skipped: $1"
    exit 77
}
[ -n "${UNFIX_DATA:-}" ] || skip 'UNFIX_DATA names no folder of data'
score=$UNFIX_DATA/score/score.py
[ -f "$score" ] || skip 'UNFIX_DATA holds no score/score.py'
command -v python3 >/dev/null || skip 'there is no python3'

# Sets that the filter makes much of, sets that it hardly touches.
set --
for set in "$UNFIX_DATA/ocr/dev-eng-roman" "$UNFIX_DATA/ocr/real-dev" \
    "$root/tests/pages"; do
    [ ! -d "$set" ] || set -- "$@" "$set"
done
[ $# -ge 2 ] || skip 'UNFIX_DATA holds no pages'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM

failed=0
compare() {
    name=$1
    if cmp -s "$folder/scorer" "$folder/tool"; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        diff "$folder/scorer" "$folder/tool" | cut -c 1-300 | head -n 20
        failed=1
    fi
}

python3 "$score" --clean --json --worst 1000 "$@" -- \
    "$filter" --model="$model" >"$folder/scorer"
"$tool" eval --model="$model" --clean --json --worst=1000 "$@" >"$folder/tool"
compare "$# sets, as JSON, with clean text and the worst edits"

python3 "$score" "$1" -- "$filter" --model="$model" >"$folder/scorer"
"$tool" eval --model="$model" "$1" >"$folder/tool"
compare 'one set, as text'

python3 "$score" "$1" -- \
    "$filter" --model="$model" --min-confidence=600 >"$folder/scorer"
"$tool" eval --model="$model" --min-confidence=600 "$1" >"$folder/tool"
compare 'one set, at another confidence'

# The same figures without any repair would show that nothing was compared.
python3 "$score" "$1" -- cat >"$folder/scorer"
if cmp -s "$folder/scorer" "$folder/tool"; then
    echo 'not ok - the figures show the repairs'
    failed=1
else
    echo 'ok - the figures show the repairs'
fi
exit $failed
