#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# progress_test.sh UNFIX MODEL FAST-CLOCK: what is said of long runs, here of a
# clock that runs fast: no more files are done than there are, in each pass.
set -u

unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
preload=$(realpath "$3") || exit 2
folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
cd "$folder" || exit 2

for file in a b c; do
    echo 'El Comité examinó la cooperacidn internacional.' >$file
done
LD_PRELOAD="$preload" "$unfix" --model="$model" --jobs=1 --two-pass \
    --output=out a b c 2>err || {
    cat err
    exit 1
}
# "unfix: 1 of 3 files, 0.0 MB, 0.0 MB/s, 1 repairs"
sed -n 's/^unfix: \([0-9]*\) of 3 files, .*/\1/p' err >counts
[ "$(sort -n counts | tail -n 1)" = 3 ] || {
    echo 'not all of three files, or more:'
    cat err
    exit 1
}
[ "$(grep -cx 3 counts)" -ge 2 ] || {
    echo 'not two passes:'
    cat err
    exit 1
}
