#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# chain_test.sh UNFIX_MODEL ROOT: everything that is learned can be learned anew.
# Takes the language of toy/ with no table of its own and goes the whole way that
# scripts/learn goes, on pages made here: what an engine reads for what, counts,
# a model, the verifier, the model with it.  In the end pages that none of it has
# seen must come out better, and the truth unchanged.
set -eu

tool=$1
here=$2/tests/pack
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# page FOLDER NAME SEED: 40 paragraphs, as they were meant and as they were read.
# The generator's numbers stay below what any awk counts exactly.
page() {
    mkdir -p "$work/$1"
    sed 1d "$here/toy/text.txt" | awk -v seed="$3" -v truth="$work/$1/$2.gt.txt" '
    function draw(n) {
        seed = (seed * 1103 + 12345) % 1048573
        return int(seed / 7) % n
    }
    { line[NR] = $0 }
    END {
        for (k = 0; k < 40; k++) {
            text = line[draw(NR) + 1]
            print text "\n" >truth
            n = split(text, word, " ")
            out = ""
            for (i = 1; i <= n; i++) {
                w = word[i]
                if (draw(4) == 0)
                    sub(/œ/, draw(2) ? "oe" : "ce", w)
                if (draw(4) == 0)
                    sub(/ő/, "6", w)
                if (draw(4) == 0)
                    sub(/ã/, draw(3) ? "a" : "8", w)
                if (draw(6) == 0)
                    sub(/rn/, "m", w)
                if (draw(30) == 0)
                    sub(/,$/, ".", w)
                out = out (i > 1 ? " " : "") w
            }
            print out "\n"
        }
    }' >"$work/$1/$2.ocr.txt"
}

for n in 1 2 3 4 5 6; do
    page train "$n" "$((n * 7919))"
done
page unseen 1 99991

mkdir "$work/toy"
cp "$here/toy/words.txt" "$here/toy/letters.tsv" "$here/toy/forms.tsv" \
    "$work/toy"
# A paragraph a line; half of it is what the other half's model has not counted.
cat "$work"/train/*.gt.txt | grep . >"$work/text"
head -n 120 "$work/text" >"$work/part"
tail -n +121 "$work/text" >"$work/rest"

"$tool" confusions --output="$work/toy/confusions.tsv" \
    --marks="$work/toy/marks.tsv" "$work/train" 2>/dev/null
grep -q '^6.ő.' "$work/toy/confusions.tsv" || {
    echo 'chain: what is read for what was not learned'
    exit 1
}

# model TEXT IMAGE
model() {
    "$tool" count --output="$work/toy" --list="$work/toy/words.txt" "$1" \
        2>/dev/null
    "$tool" build --dictionaries="$work/toy" --output="$2" 2>/dev/null
}
model "$work/rest" "$work/lesson.unfix"
"$tool" learn --part="$work/lesson.unfix=$work/part" --trees=20 --seed=1 \
    --output="$work/verifier.txt" "$work/train" 2>/dev/null
model "$work/text" "$work/bare.unfix"
cp "$work/verifier.txt" "$work/toy/verifier.txt"
model "$work/text" "$work/toy.unfix"

"$tool" eval --model="$work/toy.unfix" --clean "$work/unseen" >"$work/said"
awk '{
    for (i = 1; i < NF; i++)
        value[$i] = $(i + 1) + 0
    if (value["WERred"] < 90 || value["harm"] > 0 || value["clean/10k"] > 0) {
        print "chain: too little is mended, or too much changed: " $0
        exit 1
    }
    found = 1
}
END { exit !found }' "$work/said"
