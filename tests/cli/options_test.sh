#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# options_test.sh UNFIX MODEL SPLICE: which repairs are made; help, versions, wrong options.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# ---- what is repaired --------------------------------------------------------

applied() { grep -c '"verdict":"applied"' out; }

test_min_confidence() {
    run --format=jsonl --min-confidence=1000 dirty || return 1
    grep '"verdict":"applied"' out | grep -vq '"confidence":1000,"bar"' &&
        return 1
    run --format=jsonl --min-confidence=0 dirty && [ "$(applied)" -ge 2 ]
}
# A bar just above a repair's confidence turns it into a proposal: one that is
# less sure than the others, since what they repair makes the rest surer.
test_min_confidence_bar() {
    { cat dirty && printf '\nEi señor presentó su tnemoria.\n'; } >doubtful
    run --format=jsonl doubtful
    least=$(sed -n 's/.*"confidence":\([0-9]*\),"bar":.*"verdict":"applied".*/\1/p' out |
        sort -n | head -n 1)
    before=$(applied)
    run --format=jsonl --min-confidence="$least" doubtful &&
        [ "$(applied)" -eq "$before" ] || return 1
    run --format=jsonl --min-confidence=$((least + 1)) doubtful &&
        [ "$(applied)" -lt "$before" ] &&
        grep -q "\"confidence\":$least,.*\"verdict\":\"proposed\"" out ||
        return 1
    # What is repaired makes the rest surer: above the surest nothing is.
    most=$(sed -n 's/.*"confidence":\([0-9]*\),"bar":.*/\1/p' out | sort -n |
        tail -n 1)
    [ "$most" -lt 1000 ] || return 0
    run --format=jsonl --min-confidence=$((most + 1)) doubtful &&
        [ "$(applied)" -eq 0 ] &&
        grep -q "\"confidence\":$most,.*\"verdict\":\"proposed\"" out
}
test_only() {
    run --only=letter dirty && writes repaired && run --only=hyphen,roman dirty &&
        writes dirty && run --only=hyphen --only=letter dirty && writes repaired &&
        run --only=all dirty && writes repaired
}
fold() { sed 's/á/a/g; s/é/e/g; s/í/i/g; s/ó/o/g; s/ú/u/g' "$1"; }
test_only_accents() {
    run --only=accents accents && is_silent && ! cmp -s out accents || return 1
    fold accents >want
    fold out | cmp -s - want
}
test_words() {
    printf '# palabras\n\ncooperacién\n' >words.txt
    sed 's/organizacidn/organización/' dirty >want
    run --words=words.txt dirty && writes want
}
test_words_twice() {
    echo organizacidn >more.txt
    run --words=words.txt --words=more.txt dirty && writes dirty
}
test_words_empty() { run --words=empty dirty && writes repaired; }
test_words_missing() {
    run --words=missing dirty
    refuses && says 'unfix: missing: No such file or directory'
}
test_words_bad_line() {
    printf 'uno\ndos\ntres\tcuatro\n' >words.txt
    run --words=words.txt dirty
    refuses && grep -q '^unfix: words\.txt:3: .' err
}
test_words_all_bad_lines() {
    printf '\357\273\277uno\ndos 2\ntres\n4\nL\303\263dz-Karabaj\nx5\n' >words.txt
    run --words=words.txt dirty
    [ "$status" -eq 2 ] && [ "$(wc -l <err)" -eq 3 ] &&
        grep -q '^unfix: words\.txt:2: .' err &&
        grep -q '^unfix: words\.txt:4: .' err &&
        grep -q '^unfix: words\.txt:6: .' err
}
test_words_many_bad_lines() {
    seq 1 1000 >words.txt
    run --words=words.txt dirty
    [ "$status" -eq 2 ] && [ "$(wc -l <err)" -eq 21 ] &&
        [ "$(tail -n 1 err)" = 'unfix: words.txt: and more' ]
}
test_confusions() {
    echo 'El informe sobre Fulanqwxpolis llegó a la Asamblea.' >unheard
    echo 'El informe sobre Fulanópolis llegó a la Asamblea.' >want
    echo Fulanópolis >place
    printf '# visto en un fax\nqwx\tó\t2\n' >confusions.tsv
    run --words=place unheard && writes unheard &&
        run --words=place --confusions=confusions.tsv unheard && writes want
}
test_confusions_bad_line() {
    printf 'zz\tó\t2\nzz\tó\n' >confusions.tsv
    run --confusions=confusions.tsv dirty
    refuses && grep -q '^unfix: confusions\.tsv:2: .' err
}
test_dict() {
    printf 'SET UTF-8\n' >my.aff
    printf '1\ncooperacién\n' >my.dic
    sed 's/organizacidn/organización/' dirty >want
    run --dict=my dirty && writes want
}
# Hunspell's handles are made and freed in several threads.
test_dict_jobs() {
    test_dict && cat want want want want >want4 &&
        run --jobs=4 --dict=my dirty dirty dirty dirty && writes want4
}
test_dict_missing() {
    run --dict=missing dirty
    refuses && says 'unfix: missing.aff: No such file or directory' || return 1
    cp my.aff half.aff
    run --dict=half dirty
    refuses && says 'unfix: half.dic: No such file or directory'
}
check "--min-confidence=1000 asks for certainty, 0 for nothing" \
    test_min_confidence
check "--min-confidence is the bar" test_min_confidence_bar
check "--only takes lists of classes, several times" test_only
check "--only=accents changes nothing but accents" test_only_accents
check "--words names all bad lines" test_words_all_bad_lines
check "--words names no more than twenty" test_words_many_bad_lines
check "--words makes words known" test_words
check "--words may be given twice" test_words_twice
check "--words takes an empty table" test_words_empty
check "--words names a missing file" test_words_missing
check "--words names file and line of a bad line" test_words_bad_line
check "--confusions teaches a misreading" test_confusions
check "--confusions names file and line of a bad line" test_confusions_bad_line
check "--dict makes words known" test_dict
check "--dict in several threads" test_dict_jobs
check "--dict names a missing file" test_dict_missing

# ---- help, version, bad options ----------------------------------------------

test_compose() {
    printf 'La situacio\314\201n y la organizacidn\n' >nfd
    printf 'La situacio\314\201n y la organizacio\314\201n\n' >want
    run nfd && writes want && printf 'La situación y la organización\n' >want &&
        run --compose nfd && writes want
}
check "decomposed text keeps its form, or is composed" test_compose

test_help() {
    run_bare --help
    [ $status -eq 0 ] && is_silent && cp out want &&
        head -n 1 out | grep -q '^Usage: unfix ' &&
        [ "$(wc -L <out)" -le 79 ] && [ "$(wc -l <out)" -lt 45 ] &&
        run_bare -h && writes want
}
# The rest: every line of the short one but its last two, and more.
test_help_all() {
    run_bare --help && cp out short && run_bare --help=all && is_silent &&
        [ $status -eq 0 ] && [ "$(wc -L <out)" -le 79 ] &&
        grep -q -- '--append-report' out && ! grep -q -- --append short &&
        [ "$(head -n -2 short | grep -cvxFf out)" -eq 0 ]
}
test_version() {
    run_bare --version
    [ $status -eq 0 ] && is_silent && cp out want &&
        head -n 1 out | grep -q '^unfix [0-9]*\.[0-9]*\.[0-9]*$' &&
        sed -n 2p out | grep -q '^libunfix [0-9]' && run_bare -V && writes want
}
check "--help and -h" test_help
check "--help=all" test_help_all
check "--version and -V" test_version

# bad ARGUMENT...: one line of trouble, and the text is not touched.
bad() {
    run "$@" dirty
    refuses
}
check "an unknown option" bad --frobnicate
check "an unknown short option" bad -z
check "an ambiguous option" bad --mo=x --o=x
check "an argument that is none" bad --check=yes
check "--max-harm: nothing" bad --max-harm=
check "--max-harm: none at all" bad --max-harm=0
check "--max-harm: negative" bad --max-harm=-1
check "--max-harm: four decimals" bad --max-harm=0.1234
check "--max-harm: no decimals" bad --max-harm=1.
check "--max-harm: every word twice" bad --max-harm=10000.001
check "--max-harm: ten times every word" bad --max-harm=100000
check "--max-harm: a thousand times" bad --max-harm=10000000
check "--max-harm: far too much" bad --max-harm=18446744073709551617
check "--color: unknown" bad --color=sometimes
check "--apply with --revert" bad --apply=r --revert=r
check "--apply with --check" bad --apply=r --check
check "--apply with --report" bad --apply=r --report=x
check "--revert with --format" bad --revert=r --format=jsonl
check "--revert with --summary" bad --revert=r --summary
check "--summary with -i" bad --summary -i
check "--summary with --check" bad --summary --check
check "--index with --check" bad --index --check
check "--index with --format" bad --index --format=diff
check "--index with --review" bad --index --review=x
check "--index with --apply" bad --index --apply=r
check "--index: bars the wrong way round" bad --index=900-200
check "--apply: no such report" bad --apply=missing
check "--keep: no such file" bad --keep=missing
check "--jobs: none" bad --jobs=0
check "--jobs: no number" bad --jobs=2x
check "--jobs: too many" bad --jobs=1025
check "--min-confidence: above 1000" bad --min-confidence=1001
check "--min-confidence: far above 1000" \
    bad --min-confidence=18446744073709551617
check "--min-confidence: negative" bad --min-confidence=-1
check "--min-confidence: above 1.0" bad --min-confidence=1.001
check "--min-confidence: four decimals" bad --min-confidence=0.5000
check "--min-confidence: no decimals" bad --min-confidence=1.
check "--min-confidence: a word" bad --min-confidence=high
check "--min-confidence: nothing" bad --min-confidence=
check "--format: unknown" bad --format=xml
check "--only: unknown" bad --only=letter,colour
check "--only: a beginning of a name" bad --only=let
check "--only: nothing" bad --only=
check "--only: an empty name" bad --only=letter,
check "--check with -i" bad --check -i
check "--check with -o" bad --check -o o
check "--check with --format=diff" bad --check --format=diff
check "-i with -o" bad -i -o o
check "-i with --format=jsonl" bad -i --format=jsonl
check "-i with standard input" bad -i -
check "--report to standard output" bad --report=-
test_bad_i_without_files() {
    run -i <dirty
    refuses
}
test_missing_argument() {
    run_bare dirty --words
    refuses
}
check "-i without files" test_bad_i_without_files
check "a missing argument" test_missing_argument
check "nothing of that touched the text" \
    eval '! cmp -s dirty repaired && run dirty && writes repaired'

finish
