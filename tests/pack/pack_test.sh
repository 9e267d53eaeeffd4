#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# pack_test.sh UNFIX UNFIX_MODEL ROOT: a language is its folder and nothing else.
# Makes a model of one that nobody speaks, with letters beyond Latin-1, accents,
# links, ordinals and dates of its own, and repairs its text with the library as
# it is.
set -eu

unfix=$1
tool=$2
root=$3
here=$root/tests/pack
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

cp -R "$root/dictionaries/common" "$work/common"
cp -R "$here/toy" "$work/toy"
# How sure a repair is was learned from Spanish, but not its letters.
cp "$root/dictionaries/es/verifier.txt" \
    "$root/dictionaries/es/ways-counted.tsv" "$work/toy"
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sed 1d "$here/toy/text.txt"
done >"$work/text"
"$tool" count --output="$work/toy" --list="$here/toy/words.txt" "$work/text" \
    2>/dev/null
"$tool" build --dictionaries="$work/toy" --output="$work/toy.unfix" 2>/dev/null

# The letters that have a bit of their own are the language's.
if ! LC_ALL=C grep -aq "$(printf '\250\251\340\343')" "$work/toy.unfix"; then
    echo "pack: no bits for the letters that only it has"
    failed=1
fi

# repairs WHAT TEXT EXPECTED
repairs() {
    "$unfix" --model="$work/toy.unfix" <"$2" >"$work/out"
    if ! diff "$3" "$work/out"; then
        echo "pack: $1 (round $round)"
        failed=1
    fi
}

repairs 'damaged text is not as it was meant' "$here/damaged.txt" \
    "$here/right.txt"
repairs 'right text is changed' "$here/right.txt" "$here/right.txt"
sed 1d "$here/toy/text.txt" >"$work/page"
# Its letters in UTF-8 read as CP1252, which Latin-1 has and which it lacks.
# shellcheck disable=SC1112 # the quotation mark is what a ő comes to
echo 'Lo mÅ‘lnar dava na parÅ‘la Å“ lo zÃ£kar mirÃ£da lo kÃ£sa.' >"$work/mangled"
echo 'Lo mőlnar dava na parőla œ lo zãkar mirãda lo kãsa.' >"$work/meant"
repairs 'its letters are not read again' "$work/mangled" "$work/meant"
repairs 'its own text is changed' "$work/page" "$work/page"
exit $failed
