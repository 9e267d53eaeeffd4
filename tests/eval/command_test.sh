#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# shellcheck disable=SC2317 # the functions that check() is given
# command_test.sh UNFIX-MODEL UNFIX MODEL ROOT: `unfix-model eval` and `build` as
# a user meets them.
set -u

if [ $# -ne 4 ]; then
    echo "usage: command_test.sh UNFIX-MODEL UNFIX MODEL ROOT" >&2
    exit 2
fi
tool=$(realpath "$1") || exit 2
model=$(realpath "$3") || exit 2

folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
cd "$folder" || exit 2

failed=0
check() {
    name=$1
    shift
    if "$@"; then
        echo "ok - $name"
    else
        echo "not ok - $name (status $status)"
        sed 's/^/# /' out err | head -n 10
        failed=1
    fi
}

# run ARGUMENT...: leaves `status` and the files out and err.
run() {
    "$tool" "$@" >out 2>err
    status=$?
}

says() {
    [ "$status" -eq "$1" ] && [ ! -s out ] && [ "$(wc -l <err)" -ge 1 ] &&
        head -n 1 err | grep -qF -- "$2"
}
says_last() {
    [ "$status" -eq "$1" ] && tail -n 1 err | grep -qF -- "$2"
}
prints() {
    [ "$status" -eq 0 ] && [ ! -s err ] && grep -qF -- "$1" out
}
has_lines() {
    [ "$status" -eq 0 ] && [ ! -s err ] && [ "$(wc -l <out)" -eq "$1" ]
}
is_out() {
    [ "$status" -eq 0 ] && [ ! -s err ] && [ "$(cat out)" = "$1" ]
}

# ---- sets -------------------------------------------------------------------
# Nothing here can be repaired: a page without errors, and one that has lost a
# word.  So the figures are those of the pages.
mkdir one two empty alone
echo 'El Comité aprobó el informe.' | tee one/a.ocr.txt >one/a.gt.txt
echo 'El Comité aprobó el informe.' >one/b.ocr.txt
echo 'El Comité aprobó el informe anual.' >one/b.gt.txt
printf 'La paz\r\n' >two/c.ocr.txt
printf 'La  paz' >two/c.gt.txt
: >one/notes.txt
echo 'La paz' >alone/d.ocr.txt

figures='"words": 11, "CER": [9.677, 9.677], "WER": [18.182, 18.182], '
figures=$figures'"wWER": [9.091, 9.091], "wWERred": 0.0, "CERred": 0.0, '
figures=$figures'"WERred": 0.0, "edits": 0, "exact": 0, "better": 0, '
figures=$figures'"harm": 0, "precision": 0.0, "harm/10k": 0.0'

run eval --model="$model" --json one
check 'figures as JSON' is_out "{\"set\": \"one\", $figures}"

run eval --json one
check 'the model is found' is_out "{\"set\": \"one\", $figures}"

run eval --json --clean ./one//
check 'clean pages' is_out "{\"set\": \"one\", $figures, \"clean/10k\": 0.0}"

run eval --json --classes --calibration one
check 'no repairs to count' is_out "{\"set\": \"one\", $figures, \"classes\": \
{}, \"expected/10k\": 0.0, \"wrong/10k\": 0.0, \"calibration\": \
{\"corrections\": 0, \"right\": 0, \"ECE\": 0.0000, \"Brier\": 0.0000, \
\"bins\": [], \"safe\": {\"from\": 950, \"corrections\": 0, \"right\": 0}, \
\"classes\": {}}}"

run eval one two
check 'two sets and the sum' has_lines 3
check 'line of the sum' prints 'ALL                words     13  CER  8.824 -> '

run eval --worst=5 one
check 'no edits, no worst ones' has_lines 1

run eval --classes --calibration one
check 'tables' prints 'corrections 0  ECE 0.0000  Brier 0.0000'

# The pages of the quality test have something to repair.
run eval --model="$model" --classes --calibration --clean "$4/tests/pages"
check 'table of classes' prints 'accent '
check 'table of confidences' prints '0.90 - 1.00 '

check 'what is safe' prints 'from 0.95 on: precision '
check 'what goes wrong' prints 'wrong ones applied, in 10,000 words: expected '
grep -A 20 '^class .*ECE' out >classes
check 'calibration of classes' grep -q '^accent .* 0\.0' classes

# A verifier's table, and a tree.  As often as needed, the pages are enough.
printf '%s\n' '# by hand' '2 1 0 3' '-9 0' '0 500' '9 1000' \
    '1  -1 5 0 0' >verifier
cp verifier before
run eval --model="$model" --calibrate=verifier "$4/tests/pages"
check 'too few to calibrate by' says_last 2 'too few corrections'
check 'then nothing is written' cmp verifier before
# shellcheck disable=SC2046 # a list
(
    trap '' XFSZ
    ulimit -f 0
    "$tool" eval --model="$model" --calibrate=verifier \
        $(printf "$4/tests/pages %.0s" 1 2 3) 2>&1
) | cat >err
check 'no room for the new one is told' grep -q '^unfix-model: verifier: ' err
check 'and leaves the old one' cmp verifier before
# shellcheck disable=SC2046 # a list
run eval --model="$model" --calibrate=verifier \
    $(printf "$4/tests/pages %.0s" 1 2 3)
check 'a verifier is calibrated' prints 'times what was given'
check 'what is sure stays so, and all but the table' \
    sh -c 'sed "4s/.*/0 500/" verifier | cmp - before'
check 'what is not sure is moved' sed -n '4{/^0 [1-9][0-9]*$/!q1;/^0 500$/q1}' \
    verifier

run eval --model="$model" --plots=plots "$4/tests/pages"
check 'pictures' test -s plots/reliability.svg -a -s plots/precision-recall.svg
for plot in plots/reliability.svg plots/precision-recall.svg; do
    check "$plot begins and ends" sh -c 'head -c 4 "$0" | grep -q "^<svg" &&
        [ "$(tail -n 1 "$0")" = "</svg>" ]' "$plot"
    check "$plot shows no infinite figure" sh -c '! grep -qE "nan|inf" "$0"' \
        "$plot"
done
run eval --model="$model" --plots=empty-plots one
check 'pictures of nothing' test -s empty-plots/reliability.svg
check 'and no infinite figure' sh -c '! grep -qE "nan|inf" empty-plots/*'

# A budget applies less, the smaller the less.
edits() {
    "$tool" eval --json --model="$model" --max-harm="$1" "$root/tests/pages" |
        sed 's/.*"edits": \([0-9]*\).*/\1/'
}
root=$4
check 'a small budget applies less' test "$(edits 0.001)" -lt "$(edits 5)"
check 'no budget applies most' test "$(edits 5)" -le "$(edits 0)"

# ---- what could be chosen ----------------------------------------------------
# Of these the first can be read right, the second cannot, and the third, where
# no letter was meant, does not count; nor does a second document by its name.
mkdir facts
printf '# doc: one\n%s\t%s\t%s\t%s\n%s\t%s\t%s\t%s\n%s\t%s\t%s\t%s\n' \
    Comisi6n Comisión la aprobó wwwwwww Comisión ? aprobó S4 54 página ? \
    >facts/one.tsv
printf 'cooperaci6n\tcooperación\tla\tinternacional\n' >facts/two.tsv
run eval --model="$model" --candidates facts
check 'places that can be read right' prints 'ALL                   3      2  66.67'
run eval --model="$model" --candidates --classes facts
check 'places of a document' prints 'one                   2      1  50.00'
run eval --model="$model" --candidates --worst=1 facts
check 'a place that cannot' prints wwwwwww
run eval --model="$model" --candidates --part=0/2 --classes facts
cp out half
run eval --model="$model" --candidates --part=-0/2 --classes facts
check 'the parts are apart' sh -c 'cat half out | grep -cE "^(one|two) " | \
    grep -qx 2'
# A line of blanks does not part a place; the end of a page would.
mkdir parted
printf 'Comi-\\n \\n  \\nsi6n\tComisión\tla\taprobó\nacci6n\tacción\tla\ty\n' \
    >parted/one.tsv
run eval --model="$model" --candidates parted
check 'a place over a line of blanks' prints 'ALL                   2      2 100.00'
printf 'Comi-\\n\fsi6n\tComisión\tla\taprobó\nacci6n\tacción\tla\ty\n' \
    >parted/one.tsv
run eval --model="$model" --candidates parted
check 'a place over the end of a page' says 2 'unfix-model: one: a place is parted'
# Where little is right: several letters of a word, marks in it, blanks within
# words to the letter and not, letters spaced out, a page number glued to it.
mkdir dirty
printf '%s\t%s\t%s\t%s\n' ccnnecuentcs consecuentes y sus \
    'incapa Jidad' incapacidad la de 'obli gado' obligado es el \
    'E N E R O' ENERO DE DE '16Reuniones' Reuniones las de \
    'ade~u;da' adecuada forma de 'trs~inta' treinta los días \
    comisi6n comisión la de resoluci6n resolución la sobre \
    regi6n región la y poblaci6n población la en \
    >dirty/one.tsv
run eval --model="$model" --candidates dirty
check 'a page where little is right' prints 'ALL                  11     11 100.00'
# The same places give what was read for what: 6 for ó, of ten times as many.
printf '# words: 30\ncomisi6n\tcomisión\tla\tde\nacci6n\tacción\tla\ty\n' \
    >facts/one.tsv
rm facts/two.tsv
run confusions --facts --output=scans.tsv facts
check 'confusions of facts' grep -q '^6.ó.3' scans.tsv
# Several sets are one, however they stand.
mkdir others
printf '# words: 9000\nregi6n\tregión\tla\tde\nopini6n\topinión\tsu\ty\n' \
    >others/one.tsv
run confusions --facts --output=one-way.tsv facts others
run confusions --facts --output=other-way.tsv others facts
check 'confusions of facts in sets' cmp one-way.tsv other-way.tsv
# What no table can hold is in none: a NUL, a byte that is no UTF-8.
mkdir bytes
for n in 1 2 3; do
    printf 'la p\000z de la r\351gión y p1z\n' >bytes/$n.ocr.txt
    printf 'la paz de la región y paz\n' >bytes/$n.gt.txt
done
run confusions --output=bytes.tsv --marks=marks.tsv bytes
check 'confusions of bytes' test "$status" -eq 0
check 'those of characters stay' test "$(grep -v '^# ' bytes.tsv | cut -f 1,2)" \
    = "$(printf '1\ta')"
# What a document has for what, by the place of the first difference; a line's
# end is one character of it.
printf '# words: 60\n%s\t%s\n%s\t%s\n%s\t%s\n%s\t%s\n' 'a,\n' aln 'comi-\nsión' \
    comisión paz paz 'la,\nde' 'la\nde' >others/one.tsv
"$root/scripts/regimes" others one/a.gt.txt >out 2>err
status=$?
check 'regimes' test "$(cut -f 2,3 out)" = "$(printf '\t,\n\t-\\n\nln\t,\\n')"
run confusions --output=bytes.tsv
check 'confusions of nothing' says 2 'Usage: unfix-model confusions'
check 'leave the table' grep -q '^1.a' bytes.tsv
if [ -c /dev/full ]; then
    run confusions --output=/dev/full bytes
    check 'a full disk for confusions' says 2 'unfix-model: /dev/full: '
fi
run eval --candidates --part=2/2 facts
check 'no part' says 2 "2/2: not PART/PARTS"
run eval --candidates empty
check 'a folder without facts' says 2 'unfix-model: empty: holds no documents'
run eval --candidates nothing
check 'no folder of facts' says 2 "nothing"

# ---- trouble ----------------------------------------------------------------
run
check 'no command' says 2 'Usage: unfix-model COMMAND'
run mend
check 'unknown command' says 2 "unfix-model: 'mend' is no command"
run eval
check 'no set' says 2 'Usage: unfix-model eval'
run eval --sideways one
check 'unknown option' says 2 'unfix-model eval: unrecognized option'
run eval --worst=many one
check 'no number' says 2 'unfix-model: --worst=many: not a whole number from 0 to 1000000000'
run eval --min-confidence=1001 one
check 'confidence too high' says 2 'unfix-model: --min-confidence=1001:'
run eval --min-confidence= one
check 'empty number' says 2 'unfix-model: --min-confidence=: not'
while read -r command; do
    # shellcheck disable=SC2086 # a command and its options
    run $command one
    check "$command" says 2 "unfix-model: ${command#* }: not a "
done <<'END'
count --min-known=1x
count --min-unknown=
count --min-bigram=two
count --min-trigram=-1
confusions --minimum=0
learn --trees=-1
learn --depth=99
learn --rate=fast
learn --noise=inf
learn --noise-weight=nan
learn --seed=256
merge --least=0
noise --seed=18446744073709551616
ways --pages=many
END
run count --output=. 'two*one'
check 'no weight' says 2 'unfix-model: two*one: not WEIGHT*FILE'
for harm in '' . 1. .5 -1 0.1234 10000 1x; do
    run eval --max-harm="$harm" one
    check "harm '$harm'" says 2 'unfix-model eval: --max-harm:'
done
run eval --plots=missing/plots one
check 'no place for pictures' says_last 2 'unfix-model: missing/plots: '
run eval missing
check 'missing set' says 2 'unfix-model: missing: No such file or directory'
run eval empty
check 'set without pages' says 2 'unfix-model: empty: holds no pages'
run eval alone
check 'page without ground truth' says 2 \
    'unfix-model: alone/d.gt.txt: No such file or directory'
mkdir long
awk 'BEGIN { printf "p"; for (i = 0; i < 80000; i++) printf "ab"; print "p" }' \
    >long/l.ocr.txt
tr p v <long/l.ocr.txt >long/l.gt.txt
run confusions --output=long.tsv long
check 'a page too long' says 2 'unfix-model: l: '
check 'which is no lack of memory' sh -c '! grep "out of memory" err'
run eval --model=missing.unfix one
check 'missing model' says 2 'missing.unfix'
if [ -c /dev/full ]; then
    "$tool" eval one >/dev/full 2>err
    status=$?
    : >out
    check 'full disk' says 2 'unfix-model: standard output: '
fi

# ---- counts -----------------------------------------------------------------
mkdir all rest
printf 'la paz\nla paz\n' >peace
printf 'la guerra\nla guerra\n' >war
printf 'la\npaz\nguerra\n' >listed
counts() { # FOLDER WORD COUNT
    awk -F '\t' -v word="$2" '$1 == word { n = $2 } END { print n + 0 }' \
        "$1/unigrams.tsv" | grep -qx "$3"
}
run count --output=all --without=rest=1.5*war --list=listed --min-bigram=1 \
    peace 1.5*war
check 'counting' counts all la 5
check 'a weight' counts all guerra 3
check 'without a text' counts rest la 2
check 'a word of that text alone' counts rest guerra 0
check 'its pairs' test "$(cut -f 2- rest/bigrams.tsv)" = "$(
    printf 'la 2\npaz 2\n<s> 2\n'
)"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    echo 'ha- bía Pérez'
    yes había | head -n 20
done >broken
printf 'había\n' >listed
run count --output=all --list=listed --min-unknown=10 broken
check 'a word that nobody knows' counts all pérez 10
check 'a piece of a word' counts all bía 0
run count --output=all
check 'counting nothing' says 2 'Usage: unfix-model count'
check 'leaves the tables' counts all pérez 10
run count --output=all - <peace
check 'what can be read but once' says 2 'cannot be read twice'
(
    trap '' XFSZ
    ulimit -f 0
    "$tool" count --output=all --list=listed peace 2>&1
) | cat >err
check 'no room for counts' grep -q '^unfix-model: all/unigrams.tsv: ' err
check 'leaves them, too' counts all pérez 10
run count --output=all half*peace
check 'no weight' says 2 'unfix-model: half*peace: not WEIGHT*FILE'
run count --output=all --without=rest peace
check 'no text to leave out' says_last 2 'unfix-model: rest: not FOLDER=FILE'

# ---- what a verifier is learned from ------------------------------------------
# Of one document there is nothing to hold out; samples alone need no part, but
# texts and pages do.
cp "$root/docs/examples/samples/sample-truth.txt" truth
run learn --part="$model=truth" --noise=3 --gather=samples
check 'samples are gathered' says_last 0 ' changes'
run learn --samples=samples --clean=truth --output=learned
check 'a text without a part' says 2 'Usage: unfix-model learn'
run learn --samples=samples --output=learned "$root/tests/pages"
check 'pages without a part' says 2 'Usage: unfix-model learn'
printf 'd\tó\té\toften\n' >habits
run learn --part="$model=truth" --habits=habits --output=learned
check 'habits that are none' says 2 'habits: not DOCUMENT, MEANT, READ, RATE'
printf '%s\n' '# by hand' >learned
mkdir document
for ending in ocr gt; do
    cp "$root/tests/pages/eng-roman-1.$ending.txt" "document/a.$ending.txt"
done
run learn --part="$model=truth" --trees=1 --output=learned document
check 'one document' says_last 2 'too few documents to learn from'
check 'then nothing is written' grep -qx '# by hand' learned
# The folds stand behind features, right, weights and shares of all changes.
# shellcheck disable=SC2046 # two numbers
set -- $(od -A n -t u8 -N 16 samples)
printf M | dd of=samples bs=1 seek=$((16 + $2 * (4 * $1 + 9))) conv=notrunc \
    2>/dev/null
run learn --samples=samples --output=learned
check 'samples of another fold' says 2 'samples: no samples of this program'
head -c 1000 samples >short
run learn --samples=short --output=learned
check 'samples cut off' says 2 'short: file too short'

# ---- a model of two words ---------------------------------------------------
# Whoever has the old file mapped must keep it: the new one takes its name.
mkdir words
printf 'paz\t2\t0\tk\nla\t3\t0\tk\n' >words/unigrams.tsv
printf 'la\tpaz 2\n' >words/bigrams.tsv
: >words/trigrams.tsv
printf 'paz\nla\n' >forms
printf 'SET UTF-8\n' >words.aff
printf '2\npaz\nla\n' >words.dic
compile() { # OUTPUT
    run build --dictionaries=words --forms=forms --hunspell=words --output="$1"
}
builds() {
    [ "$status" -eq 0 ] && "$tool" verify "$1" >/dev/null 2>&1
}
compile two.unfix
check 'a model' builds two.unfix
check 'that all may read' test "$(stat -c %a two.unfix)" = \
    "$(printf %o $((0666 & ~$(umask))))"
ln two.unfix held.unfix
ln -s two.unfix link.unfix
compile link.unfix
check 'again, over a link to it' builds two.unfix
check 'the link is still there' test -L link.unfix
check 'the old file is not written to' test ! held.unfix -ef two.unfix
compile missing/two.unfix
check 'no place for a model' says_last 2 'unfix-model: missing/two.unfix: '
if [ -c /dev/full ]; then
    compile /dev/full
    check 'a full disk for a model' says_last 2 'unfix-model: /dev/full: '
fi
chmod 600 two.unfix
cp two.unfix before.unfix
if (
    trap '' XFSZ
    ulimit -f 1
) 2>/dev/null; then
    (
        trap '' XFSZ
        ulimit -f 1
        exec "$tool" build --dictionaries=words --forms=forms \
            --hunspell=words --output=two.unfix
    ) >out 2>err
    status=$?
    check 'no room for a model' says 2 'unfix-model: two.unfix: '
    check 'the one before is as it was' cmp -s two.unfix before.unfix
fi
compile two.unfix
check 'a model over a private one' builds two.unfix
check 'which stays private' test "$(stat -c %a two.unfix)" = 600
ln -s nothing dangling.unfix
compile dangling.unfix
check 'a link to nothing' says_last 2 'dangling.unfix: symbolic link to nothing'
"$tool" build --dictionaries=words --forms=forms --hunspell=words \
    --output=/dev/stdout 2>err | cat >piped.unfix
check 'a model into a pipe' cmp piped.unfix two.unfix
check 'nothing is left behind' sh -c '! ls two.unfix.* 2>/dev/null'

# ---- tables that are none ------------------------------------------------------
while IFS='|' read -r file line why; do
    rm -rf bad
    cp -R words bad
    # shellcheck disable=SC2059 # with tabs
    printf "$line\\n" >"bad/$file"
    run build --dictionaries=bad --output=bad.unfix
    check "$file: $line" says 2 "bad/$file:1: $why"
done <<'END'
unigrams.tsv|paz|no count
unigrams.tsv|paz\t-2|not a number
unigrams.tsv|paz\t2\t101|not a number
unigrams.tsv|paz\t2\t\tk|not a number
bigrams.tsv|la\tpaz|no count
bigrams.tsv|la\tpaz x|not a number
bigrams.tsv|la\tpaz 0|not a number
bigrams.tsv|la\tpaz 2x|no count
bigrams.tsv|la\tpaz 99999999999999999999|not a number
trigrams.tsv|la paz\tla -1|not a number
marks.tsv|,\t.\t-3|not a cost
marks.tsv|,\t.\t|not a cost
marks.tsv|,\t.\t5x|not a cost
marks.tsv|,\t.\tnan|not a cost
derived.tsv|izar\t1|not END
verifier.txt|1 2 3000000000|a number too large
END
rm -rf bad
cp -R words bad
ln -s marks.tsv bad/marks.tsv
run build --dictionaries=bad --output=bad.unfix
check 'a table that cannot be read' says 2 'unfix-model: bad/marks.tsv: '
mkdir common
for line in 'signs\t%0200d' 'text\tf\tw\tU+00zz\ta' 'text\tf\tw\tU+110000\ta'; do
    # shellcheck disable=SC2059 # one has a format
    printf "$line\\n" 0 >common/ways.tsv
    run build --dictionaries=words --output=bad.unfix
    check "ways.tsv: $line" says 2 'words/../common/ways.tsv:1: '
done
printf 'text\tf\tw\tÃ³\tó\n' >common/ways.tsv
printf 'w\t0\t5x0\t-1\n' >words/ways-counted.tsv
run build --dictionaries=words --output=bad.unfix
check 'ways-counted.tsv' says 2 'words/ways-counted.tsv:1: not a number'
rm words/ways-counted.tsv
: >common/ways.tsv
run build --dictionaries=words --output=bad.unfix
check 'no ways' says_last 0 '2 words'
rm -r common
# Words that are all frequent tell nothing of the letters of unknown ones.
printf 'paz\t2000\t0\tk\nla\t3000\t0\tk\n' >words/unigrams.tsv
compile two.unfix
check 'a model of frequent words' builds two.unfix
# The folder's name is the language's, however it is written.
run build --dictionaries=words/ --output=slash.unfix
check 'a folder with a slash' grep -qa words slash.unfix
run build --dictionaries=words --language='' --output=slash.unfix
check 'a language without a name' says 2 "not a language's tag"

# ---- ways ---------------------------------------------------------------------
printf 'La comisión examinó la situación de los niños del valle.\n' >good
run ways --model="$model" good
check 'ways are counted' prints 'UTF-8 read as CP1252'
compile two.unfix
run ways --model=two.unfix good
check 'a model without ways' says 2 'two.unfix: has no ways to be counted'
counts_ways() { # MODEL: `status` and the files, by the script
    UNFIX_MODEL_TOOL=$tool sh "$root/scripts/ways" "$@" >out 2>err
    status=$?
}
counts_ways "$model" good -- truth
check 'the script counts them' prints 'UTF-8 read as CP1252'
counts_ways missing.unfix good -- truth
check 'the script tells of trouble' says 2 'missing.unfix: '
counts_ways "$model" good good good
check 'the script wants texts as they are' says 2 'usage: scripts/ways'

# ---- scripts -------------------------------------------------------------------
# script NAME ARGUMENT...: as run.
script() {
    name=$1
    shift
    "$root/scripts/$name" "$@" >out 2>err
    status=$?
}
script forms missing
check 'forms of no dictionary' says 2 'forms: missing.dic: cannot be read'
script halves empty parted
check 'halves of nothing' says 2 'halves: empty: holds no sets'
script ablation one two 'a part that is none'
check 'a part that is none' says 2 'has no a part that is none'

# ---- help -------------------------------------------------------------------
run --help
check 'help' prints 'eval '
run eval --help
check 'help of the command' prints '--calibration'
# The man page has each option of each command, in its synopsis and below.
page() { # SECTION COMMAND
    awk -v synopsis="$1" -v command="$2" '
        /^\.S[hs] / { here = !synopsis && $0 == ".Ss unfix-model " command }
        synopsis && /^\.Nm/ { here = 0 }
        synopsis && /^\.Cm / { here = $2 == command }
        synopsis && /^\.Sh DESCRIPTION/ { exit }
        here' "$root/tools/unfix-model/unfix-model.1"
}
has_options() {
    # shellcheck disable=SC2013 # they have no blanks
    for option in $(sed -n 's/^ *\(--[a-z][a-z-]*\).*/\1/p' help); do
        for synopsis in 1 0; do
            page "$synopsis" "$1" | grep -q "Fl ${option#-}\\>" || {
                echo "$1 $option ($synopsis)" >err
                return 1
            }
        done
    done
}
for command in $("$tool" --help | awk '/^  [a-z]/ { print $1 }'); do
    "$tool" "$command" --help >help
    check "the man page of $command" has_options "$command"
done
run --version
check 'version' prints 'unfix-model 0.'

# noise: the same for the same seed, and only as much as is asked for.
printf 'La Comisión examinó el informe sobre la situación de los bosques.\n' >page
run noise --model="$model" --rate=20 --seed=3 page
cp out first
differs() { [ "$status" -eq 0 ] && ! cmp -s out "$1"; }
same() { [ "$status" -eq 0 ] && cmp -s out "$1"; }
check 'noise damages' differs page
run noise --model="$model" --rate=20-20 --seed=3 page
check 'noise is the same for a seed' same first
run noise --model="$model" --rate=20 --seed=4 page
check 'noise is another for another seed' differs first
run noise --model="$model" --rate=0 page
check 'noise of no rate' same page
run noise --model="$model" --rate=20-10 page
check 'noise of a range that is none' says 2 'Usage: unfix-model noise'

exit $failed
