#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# determinism_test.sh DIGEST UNFIX MODEL ROOT: whatever must not matter does not:
# threads, pieces, the locale, what a context did before, how often it runs.
# Whether the output is the committed one is asked by `scripts/check determinism`.
set -eu

digest=$1
unfix=$2
model=$3
root=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

set -- "$root"/tests/pages/*.txt "$root"/tests/corpus/*/* "$root"/tests/spec/*.md
"$digest" "$model" "$@" >"$folder/want"
echo "$# files"

# same NAME [OPTION]...
same() {
    name=$1
    shift
    if "$digest" "$@" >"$folder/is" && cmp -s "$folder/want" "$folder/is"; then
        echo "same: $name"
    else
        echo "other output: $name"
        diff "$folder/want" "$folder/is" | head -n 5 || :
        failed=1
    fi
}
same 'again' "$model" "$@"
same 'four threads' -t 4 "$model" "$@"
same 'a context that was used' -w "$model" "$@"
for seed in 1 2 3; do
    same "pieces, seed $seed" -c $seed "$model" "$@"
done
same 'pieces and threads' -c 4 -t 3 "$model" "$@"
cp "$model" "$folder/copy.unfix"
same 'a copy of the model' "$folder/copy.unfix" "$@"

# A dictionary that knows no word of theirs, opened by each context.
printf 'SET UTF-8\n' >"$folder/d.aff"
printf '1\nxyzzyxyzzy\n' >"$folder/d.dic"
same 'Hunspell beside' -d "$folder/d" -t 2 "$model" "$@"

# Locales as the program's, not as the environment's alone.
for locale in C.UTF-8 es_ES.UTF-8 tr_TR.UTF-8; do
    # It warns and fails where it made one, and leaves a folder where not.
    if [ $locale != C.UTF-8 ] && ! localedef -c -i ${locale%.*} -f UTF-8 \
        "$folder/$locale" 2>/dev/null &&
        [ ! -e "$folder/$locale/LC_CTYPE" ]; then
        echo "skipped: $locale cannot be made (package locales)"
        continue
    fi
    LOCPATH=$folder
    export LOCPATH
    same "locale $locale" -l $locale "$model" "$@"
    LC_ALL=$locale "$unfix" --model="$model" --format=jsonl "$1" \
        >"$folder/is.jsonl"
    unset LOCPATH
    LC_ALL=C "$unfix" --model="$model" --format=jsonl "$1" \
        >"$folder/want.jsonl"
    if ! cmp -s "$folder/want.jsonl" "$folder/is.jsonl"; then
        echo "other report in $locale"
        failed=1
    fi
done
exit $failed
