#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# cli_test.sh UNFIX MODEL SPLICE: the filter as a user meets it.  SPLICE is the
# program made of splice.c.  Prints TAP and ends with the counts.
set -u

if [ $# -ne 3 ]; then
    echo "usage: cli_test.sh UNFIX MODEL SPLICE" >&2
    exit 2
fi
unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
splice=$(realpath "$3") || exit 2

folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
cd "$folder" || exit 2
umask 022
LC_ALL=C.UTF-8
export LC_ALL

passed=0
failed=0

# check NAME COMMAND...: counts whether the command succeeds.
check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $name"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $name"
        echo "# status $status"
        sed 's/^/# stdout: /' out | head -n 5
        sed 's/^/# stderr: /' err | head -n 5
    fi
}

# run ARGUMENT...: leaves `status` and the files out and err.
status=
run() {
    "$unfix" --model="$model" "$@" >out 2>err
    status=$?
}

# The same, without the model.
run_bare() {
    "$unfix" "$@" >out 2>err
    status=$?
}

is_silent() { [ ! -s err ]; }
is_empty() { [ ! -s out ]; }
says() { [ "$(cat err)" = "$1" ]; }
says_one_line() { [ "$(wc -l <err)" -eq 1 ] && grep -q '^unfix: ' err; }
writes() { [ "$status" -eq 0 ] && is_silent && cmp -s out "$1"; }
refuses() { [ "$status" -eq 2 ] && is_empty && says_one_line; }
leaves_no_temporary() { [ -z "$(find . -name '.unfix*')" ]; }

# mode FILE, owner FILE, inode FILE: of files with plain names.
# shellcheck disable=SC2012
mode() { ls -l "$1" | cut -c 1-10; }
# shellcheck disable=SC2012
owner() { ls -ln "$1" | tr -s ' ' | cut -d ' ' -f 3,4; }
# shellcheck disable=SC2012
inode() { ls -i "$1" | tr -s ' ' '\n' | grep -m 1 .; }

# ---- texts -------------------------------------------------------------------

# Two errors that any model of Spanish knows.
cat >dirty <<'end'
El Comité examinó el informe sobre la cooperacién internacional para el
desarrollo y tomó nota de las medidas adoptadas por los Estados Miembros.

La organizacidn de los Estados Americanos seguirá prestando asistencia técnica
a los países que la soliciten.
end
sed 's/cooperacién/cooperación/; s/organizacidn/organización/' dirty >repaired
cp repaired clean
cat >accents <<'end'
El Comité examinó la cooperacion internacional y pidió a la organizacidn
que informara sobre los progresos realizados.
end

# clean_text N: so many bytes of it.  The writer ends when nobody reads on.
clean_text() {
    while cat clean && echo; do :; done 2>/dev/null | head -c "$1"
}

# repeat N FILE
repeat() {
    i=0
    while [ $i -lt "$1" ]; do
        cat "$2" && echo
        i=$((i + 1))
    done
}

# ---- text in, text out -------------------------------------------------------

test_file() { run dirty && writes repaired; }
test_stdin() { run <dirty && writes repaired; }
test_dash() { run - <dirty && writes repaired; }
test_installed_model() { run_bare dirty && writes repaired; }
test_clean() { run clean && writes clean; }
test_several() {
    cat repaired clean repaired >want
    run dirty - dirty <clean && writes want
}
test_second_pass() { run repaired && writes repaired; }
test_empty() { : >empty && run empty && writes empty; }
test_dashes_end_options() {
    cp dirty ./-o && run -- -o && writes repaired
}
test_closed_input() {
    run <&-
    refuses
}
check "a file is repaired" test_file
check "standard input is repaired" test_stdin
check "- is standard input" test_dash
check "the model is found without --model" test_installed_model
check "clean text comes out as it went in" test_clean
check "several files come out one after the other" test_several
check "a second pass changes nothing" test_second_pass
check "an empty file is an empty text" test_empty
check "-- ends the options" test_dashes_end_options
check "a closed standard input is an error" test_closed_input

# ---- odd bytes ---------------------------------------------------------------

test_crlf() {
    sed "s/\$/$(printf '\r')/" dirty >crlf
    sed "s/\$/$(printf '\r')/" repaired >want
    run crlf && writes want
}
test_bom() {
    { printf '\357\273\277' && cat dirty; } >bom
    { printf '\357\273\277' && cat repaired; } >want
    run bom && writes want
}
test_no_newline() {
    printf %s "$(cat dirty)" >no_newline
    printf %s "$(cat repaired)" >want
    run no_newline && writes want
}
# odd_bytes BYTES: as a paragraph among others.
odd_bytes() {
    { cat dirty && echo && printf %b "$1" && echo && echo && cat dirty; } >odd
    { cat repaired && echo && printf %b "$1" && echo && echo &&
        cat repaired; } >want
    run odd && writes want
}
test_all_bytes() {
    i=0
    while [ $i -lt 256 ]; do
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\$(printf %03o $i)"
        i=$((i + 1))
    done >bytes
    cat bytes bytes bytes >binary
    run binary && writes binary
}
test_long_line() {
    tr '\n' ' ' <clean >words
    { cat words words words words && cat words words words words; } >eight
    { cat eight eight eight eight eight eight eight eight && echo; } >line
    run line && writes line
}
check "CRLF is kept" test_crlf
check "a byte order mark is kept" test_bom
check "a missing last newline stays missing" test_no_newline
check "NUL bytes are kept" odd_bytes 'a\0000b \0000\0000'
check "invalid UTF-8 is kept" odd_bytes \
    '\0377\0376 \0303 \0355\0240\0200 \0300\0257 \0364\0220\0200\0200'
check "every byte passes through" test_all_bytes
check "a long line passes through" test_long_line

# ---- -o ----------------------------------------------------------------------

test_output() {
    rm -f o
    run -o o dirty && writes /dev/null && cmp -s o repaired &&
        [ "$(mode o)" = -rw-r--r-- ]
}
test_output_long() {
    rm -f o
    run --output=o dirty && writes /dev/null && cmp -s o repaired
}
test_output_dash() { run -o - dirty && writes repaired; }
test_output_over_input() {
    cp dirty o && run -o o o && writes /dev/null && cmp -s o repaired
}
test_output_keeps_mode() {
    echo old >o && chmod 600 o && run -o o dirty && cmp -s o repaired &&
        [ "$(mode o)" = -rw------- ]
}
test_output_through_link() {
    rm -f o link && echo old >o && ln -s o link &&
        run -o link dirty && cmp -s o repaired && [ -h link ]
}
test_output_dangling() {
    rm -f link && ln -s nowhere link
    run -o link dirty
    refuses && [ ! -e nowhere ]
}
test_output_fifo() {
    rm -f fifo && mkfifo fifo
    cat fifo >got &
    run -o fifo dirty && writes /dev/null && wait $! && cmp -s got repaired &&
        [ -p fifo ]
}
test_output_appends() {
    echo first >o
    { echo first && cat repaired; } >want
    "$unfix" --model="$model" -o /dev/stdout dirty >>o 2>err
    status=$?
    [ $status -eq 0 ] && cmp -s o want
}
test_output_in_no_folder() {
    run -o nowhere/o dirty
    refuses
}
test_output_is_folder() {
    mkdir -p d
    run -o d dirty
    refuses && says 'unfix: d: Is a directory'
}
# The old file stays when something goes wrong.
test_output_missing_input() {
    echo old >o && echo old >want
    run -o o dirty missing clean
    refuses && cmp -s o want && leaves_no_temporary
}
test_output_nothing_left() {
    rm -f o r
    run -o o --report=r dirty d
    refuses && [ ! -e o ] && [ ! -e r ] && leaves_no_temporary
}
check "-o writes a file" test_output
check "--output writes a file" test_output_long
check "-o - is standard output" test_output_dash
check "-o may name the input" test_output_over_input
check "-o keeps the mode of a file that is there" test_output_keeps_mode
check "-o follows a symbolic link" test_output_through_link
check "-o refuses a symbolic link to nothing" test_output_dangling
check "-o writes into a pipe" test_output_fifo
check "-o /dev/stdout appends where the shell does" test_output_appends
check "-o into a missing folder is an error" test_output_in_no_folder
check "-o to a folder is an error" test_output_is_folder
check "-o keeps the old file after trouble" test_output_missing_input
check "-o leaves nothing behind after trouble" test_output_nothing_left

# ---- -i ----------------------------------------------------------------------

test_in_place() {
    cp dirty a && cp dirty b
    run -i a b && writes /dev/null && cmp -s a repaired &&
        cmp -s b repaired && leaves_no_temporary
}
test_in_place_long() {
    cp dirty a && run --in-place a && writes /dev/null && cmp -s a repaired
}
test_in_place_mode() {
    cp dirty a && chmod 2640 a && run -i a && cmp -s a repaired &&
        [ "$(mode a)" = -rw-r-S--- ]
}
test_in_place_owner() {
    cp dirty a
    if [ "$(id -u)" -eq 0 ]; then
        chown 12345:23456 a
    fi
    before=$(owner a)
    run -i a && cmp -s a repaired && [ "$before" = "$(owner a)" ]
}
test_in_place_link() {
    mkdir -p sub && cp dirty sub/a && rm -f link && ln -s sub/a link &&
        run -i link && writes /dev/null && [ -h link ] &&
        cmp -s sub/a repaired && leaves_no_temporary
}
test_in_place_untouched() {
    cp clean a && before=$(inode a) && run -i a && cmp -s a clean &&
        [ "$before" = "$(inode a)" ]
}
test_in_place_replaces() {
    cp dirty a && ln -f a held && run -i a && cmp -s a repaired &&
        cmp -s held dirty
}
test_in_place_goes_on() {
    cp dirty a && cp dirty b
    run -i a missing b
    refuses && cmp -s a repaired && cmp -s b repaired
}
test_in_place_folder() {
    run -i d
    refuses && says 'unfix: d: Is a directory'
}
test_in_place_device() {
    run -i /dev/null
    refuses && says 'unfix: /dev/null: not a regular file'
}
test_in_place_report() {
    cp dirty a && rm -f r
    run -i --report=r a missing d
    [ $status -eq 2 ] && cmp -s a repaired && "$splice" dirty <r >got &&
        cmp -s got repaired
}
check "-i replaces files" test_in_place
check "--in-place replaces a file" test_in_place_long
check "-i keeps the mode" test_in_place_mode
check "-i keeps the owner" test_in_place_owner
check "-i follows a symbolic link" test_in_place_link
check "-i leaves a file alone that does not change" test_in_place_untouched
check "-i makes a new file, and writes not into the old" test_in_place_replaces
check "-i goes on after a missing file" test_in_place_goes_on
check "-i refuses a folder" test_in_place_folder
check "-i refuses a device" test_in_place_device
check "-i reports what was replaced, even after trouble" test_in_place_report

# Where root runs this, without root's right to pass by permissions.
bound=
if [ "$(id -u)" -eq 0 ]; then
    bound='setpriv --bounding-set=-dac_override,-dac_read_search'
fi
# run_bound ARGUMENT...: one that hangs is ended.
run_bound() {
    # shellcheck disable=SC2086 # a command and its options, or nothing
    timeout 60 $bound "$unfix" --model="$model" "$@" >out 2>err
    status=$?
}
test_in_place_read_only_folder() {
    mkdir -p ro && cp dirty ro/a && chmod 555 ro
    run_bound -i ro/a
    chmod 755 ro
    refuses && says 'unfix: ro/a: cannot make a temporary file in its folder: Permission denied' &&
        cmp -s ro/a dirty
}
# A file that cannot be replaced is no reason for the next to get its text.
# The first is long: the others are read before it is written.
test_in_place_read_only_file() {
    for jobs in 1 2 5; do
        rm -f a b && repeat 300 dirty >a && cp dirty b && cp accents c &&
            cp clean e && chmod 444 b
        run_bound --jobs=$jobs --min-confidence=0 -i a b c e
        refuses && says 'unfix: b: Permission denied' && cmp -s b dirty &&
            cmp -s c accents.repaired && cmp -s e clean &&
            repeat 300 repaired | cmp -s - a || return 1
    done
    rm -f b
}
test_in_place_odd_files() {
    rm -f fifo && mkfifo fifo
    for jobs in 1 2; do
        rm -f a && cp dirty a && cp accents b
        run_bound --jobs=$jobs --min-confidence=0 -i a fifo /dev/zero d b
        [ $status -eq 2 ] && is_empty && [ "$(sort err)" = "unfix: /dev/zero: not a regular file
unfix: d: Is a directory
unfix: fifo: not a regular file" ] && cmp -s a repaired &&
            cmp -s b accents.repaired && [ -p fifo ] || return 1
    done
}
test_in_place_odd_names() {
    odd=$(printf 'x\ny/a\nb\033 "c')
    mkdir -p "${odd%/*}" && cp dirty "$odd" && cp dirty ./-a
    run --check "$odd"
    [ $status -eq 1 ] &&
        says 'unfix: x\012y/a\012b\033 "c: would change (2 repairs)' &&
        run -i --report=r -- "$odd" -a && writes /dev/null &&
        cmp -s "$odd" repaired && cmp -s ./-a repaired &&
        leaves_no_temporary && grep -q '"file":"x\\ny/a\\nb\\u001b \\"c"' r &&
        run -i --revert=r -- "$odd" && cmp -s "$odd" dirty
}
test_in_place_bad_links() {
    rm -f loop nothing && ln -s loop loop && ln -s nowhere nothing
    run_bound -i loop nothing
    [ $status -eq 2 ] && is_empty && says 'unfix: loop: Too many levels of symbolic links
unfix: nothing: No such file or directory' && [ -h loop ] && [ -h nothing ]
}
# A link through a link, from another folder.
test_in_place_link_of_link() {
    mkdir -p sub && cp dirty sub/a && rm -f sub/one two && ln -s a sub/one &&
        ln -s sub/one two && run -i two && writes /dev/null && [ -h two ] &&
        [ -h sub/one ] && cmp -s sub/a repaired && leaves_no_temporary
}
run --min-confidence=0 accents && cp out accents.repaired
if [ -n "$bound" ] && ! $bound true 2>err; then
    echo "# skipped, permissions do not bind: $(cat err)"
else
    check "-i in a read-only folder" test_in_place_read_only_folder
    check "-i leaves out a read-only file, and no other" \
        test_in_place_read_only_file
fi
check "-i refuses pipes, devices and folders, and goes on" \
    test_in_place_odd_files
check "-i with odd names" test_in_place_odd_names
check "-i refuses links that lead nowhere" test_in_place_bad_links
check "-i follows a link of a link" test_in_place_link_of_link

# ---- --check -----------------------------------------------------------------

test_check_dirty() {
    run --check clean dirty
    [ $status -eq 1 ] && is_empty &&
        says 'unfix: dirty: would change (2 repairs)'
}
test_check_clean() { run --check clean && writes /dev/null; }
test_check_stdin() {
    run --check <dirty
    [ $status -eq 1 ] && grep -q '^unfix: (stdin): would change' err
}
test_check_quiet() {
    run --check -q dirty
    [ $status -eq 1 ] && is_empty && is_silent || return 1
    run --check --quiet dirty
    [ $status -eq 1 ] && is_empty && is_silent
}
test_check_trouble() {
    run --check -q dirty missing
    refuses
}
test_check_report() {
    rm -f r
    run --check --report=r dirty
    [ $status -eq 1 ] && "$splice" dirty <r >got && cmp -s got repaired
}
check "--check names what would change, with status 1" test_check_dirty
check "--check of clean text is silent, with status 0" test_check_clean
check "--check reads standard input" test_check_stdin
check "--check -q says nothing" test_check_quiet
check "--check has status 2 after trouble, which -q does not hide" \
    test_check_trouble
check "--check writes a report" test_check_report

# ---- --format, --report ------------------------------------------------------

# Changes near each other, far from each other, at both ends.
test_diff() {
    {
        cat dirty clean dirty clean clean
        echo
        printf 'La cooperacién internacional para el desarrollo.'
    } >page
    run page && cp out want && ! cmp -s page want &&
        run --format=diff page && is_silent && cp out page.diff &&
        [ "$(head -n 2 out)" = "$(printf -- '--- page\n+++ page')" ] || return 1
    diff -u page want | tail -n +3 >hunks
    tail -n +3 page.diff | cmp -s - hunks
}
test_diff_patches() {
    cp page got && patch -s got page.diff && cmp -s got want
}
test_diff_clean() { run --format=diff clean && writes /dev/null; }
test_diff_several() {
    run --format=diff dirty clean page && is_silent &&
        [ "$(grep -c '^--- ' out)" -eq 2 ]
}
test_diff_name() {
    odd=$(printf 'a "b\nc')
    cp dirty "$odd" && run --format=diff "$odd" &&
        [ "$(head -n 1 out)" = '--- "a \"b\012c"' ]
}
# A hunk of half a megabyte comes in parts, each of which fits.
test_diff_long() {
    i=0
    while [ $i -lt 600 ]; do
        echo "La cooperacién de la organizacidn para el desarrollo de los países."
        i=$((i + 1))
    done >many
    cat many many many many many many clean >page
    run --min-confidence=0 page && cp out want &&
        run --format=diff --min-confidence=0 page && cp out page.diff &&
        [ "$(grep -c '^-La' page.diff)" -eq 3600 ] &&
        [ "$(grep -c '^@@' page.diff)" -gt 1 ] && test_diff_patches
}
test_jsonl() {
    run --format=jsonl dirty && is_silent && "$splice" dirty <out >got &&
        cmp -s got repaired
}
test_jsonl_fields() {
    run --format=jsonl dirty
    grep -q '^{"file":"dirty","offset":40,"length":12,"out_offset":40,"out_length":12,"original":"cooperacién","replacement":"cooperación","confidence":[0-9]*,"bar":720,"score":-\{0,1\}[0-9]*,"verdict":"applied","class":"letter","reason":".*","alternatives":\[.*\],"channel_cost":-\{0,1\}[0-9]*,"context_gain":-\{0,1\}[0-9]*,"known_before":false,"known_after":true,"seen_before":[0-9]*,"seen_after":[0-9]*,"seal":"[0-9a-f]\{16\}"}$' out
}
test_report() {
    rm -f r
    run --format=jsonl dirty && cp out want && run --report=r dirty &&
        writes repaired && cmp -s r want
}
test_report_several() {
    cp dirty a && run --report=r a clean - <dirty && grep '"file":"a"' r >ra &&
        grep '"file":"-"' r >rs && ! grep -q '"file":"clean".*applied' r &&
        "$splice" dirty <ra | cmp -s - repaired &&
        "$splice" dirty <rs | cmp -s - repaired
}
test_report_odd_input() {
    cat dirty bytes dirty crlf bom odd >page
    run --report=r page && "$splice" page <r >got && cmp -s got out &&
        ! cmp -s got page
}
test_report_odd_name() {
    name=$(printf 'a\001\377"\\b')
    cp dirty "$name" && run --format=jsonl "$name" &&
        "$splice" dirty <out >got && cmp -s got repaired &&
        grep -q '"file":"a\\u0001�\\"\\\\b"' out
}
test_report_clean() {
    run --format=jsonl empty && is_silent && [ "$(wc -l <out)" -eq 1 ] &&
        grep -q '"end":true,"corrections":0,"words":0,"length":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","out_length":0' out
}
test_report_over_input() {
    cp dirty a
    run --report=a a
    refuses && cmp -s a dirty
}
test_report_over_output() {
    run -o a --report=a dirty
    refuses
}
check "--format=text is the default" \
    eval 'run --format=text dirty && writes repaired'
check "--format=diff is what diff -u finds" test_diff
if command -v patch >/dev/null; then
    check "patch turns the input into the output" test_diff_patches
    check "a long hunk is cut where patch takes it" test_diff_long
fi
check "--format=diff of clean text is empty" test_diff_clean
check "--format=diff has a part for each file that changes" test_diff_several
check "--format=diff quotes an odd name" test_diff_name
check "--format=jsonl gives repairs that lead to the output" test_jsonl
check "--format=jsonl has the documented fields" test_jsonl_fields
check "--report writes the same to a file" test_report
check "--report tells files apart" test_report_several
check "the report of odd bytes is valid and leads to the output" \
    test_report_odd_input
check "the report of an odd name is valid" test_report_odd_name
check "the report of an empty text is its last line" test_report_clean
check "--report refuses to replace an input" test_report_over_input
check "--report refuses to replace the output" test_report_over_output

# ---- what is repaired --------------------------------------------------------

applied() { grep -c '"verdict":"applied"' out; }

test_min_confidence() {
    run --format=jsonl --min-confidence=1000 dirty || return 1
    grep '"verdict":"applied"' out | grep -vq '"confidence":1000,"score"' &&
        return 1
    run --format=jsonl --min-confidence=0 dirty && [ "$(applied)" -ge 2 ]
}
# A bar just above a repair's confidence turns it into a proposal.
test_min_confidence_bar() {
    run --format=jsonl dirty
    least=$(sed -n 's/.*"confidence":\([0-9]*\),"score":.*"verdict":"applied".*/\1/p' out |
        sort -n | head -n 1)
    [ "$least" -lt 1000 ] || return 0
    before=$(applied)
    run --format=jsonl --min-confidence="$least" dirty &&
        [ "$(applied)" -eq "$before" ] || return 1
    run --format=jsonl --min-confidence=$((least + 1)) dirty &&
        [ "$(applied)" -lt "$before" ] &&
        grep -q "\"confidence\":$least,.*\"verdict\":\"proposed\"" out
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
test_confusions() {
    sed 's/cooperacién/cooperacizzn/' dirty >unheard
    printf '# visto en un fax\nzz\tó\t2\n' >confusions.tsv
    sed 's/organizacidn/organización/' unheard >want
    run unheard && writes want &&
        run --confusions=confusions.tsv unheard && writes repaired
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

test_help() {
    run_bare --help
    [ $status -eq 0 ] && is_silent && cp out want &&
        head -n 1 out | grep -q '^Usage: unfix ' &&
        [ "$(wc -L <out)" -le 79 ] && run_bare -h && writes want
}
test_version() {
    run_bare --version
    [ $status -eq 0 ] && is_silent && cp out want &&
        head -n 1 out | grep -q '^unfix [0-9]*\.[0-9]*\.[0-9]*$' &&
        sed -n 2p out | grep -q '^libunfix [0-9]' && run_bare -V && writes want
}
check "--help and -h" test_help
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
check "--apply: no such report" bad --apply=missing
check "--keep: no such file" bad --keep=missing
check "--jobs: none" bad --jobs=0
check "--jobs: no number" bad --jobs=2x
check "--jobs: too many" bad --jobs=1025
check "--min-confidence: above 1000" bad --min-confidence=1001
check "--min-confidence: far above 1000" \
    bad --min-confidence=18446744073709551617
check "--min-confidence: negative" bad --min-confidence=-1
check "--min-confidence: a fraction" bad --min-confidence=0.5
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

# ---- in people's hands -------------------------------------------------------

test_inline() {
    sed -e 's/cooperacién/[-cooperacién-]{+cooperación+}/' \
        -e 's/organizacidn/[-organizacidn-]{+organización+}/' dirty >want
    run --format=inline dirty && writes want
}
test_inline_colour() {
    esc=$(printf '\033')
    sed -e "s/cooperacién/${esc}[31mcooperacién${esc}[m${esc}[32mcooperación${esc}[m/" \
        -e "s/organizacidn/${esc}[31morganizacidn${esc}[m${esc}[32morganización${esc}[m/" \
        dirty >want
    run --format=inline --color=always dirty && writes want
}
test_diff_colour() {
    run --format=diff dirty && cp out want &&
        run --format=diff --color=always dirty && ! cmp -s out want &&
        sed "s/$(printf '\033')\[[0-9]*m//g" out >got && cmp -s got want
}
# on_terminal ARGUMENT...: what a terminal shows of it, in `out`.
on_terminal() {
    script -qec "$unfix --model=$model $*" /dev/null >out 2>err </dev/null
    status=$?
}
has_colour() { grep -q "$(printf '\033')\[31m" out; }
test_colour_on_terminal() {
    on_terminal --format=diff dirty && has_colour &&
        on_terminal --format=inline dirty && has_colour &&
        on_terminal --format=inline --color=never dirty && ! has_colour &&
        run --format=inline dirty && ! has_colour
}
test_no_color() {
    NO_COLOR=1 on_terminal --format=diff dirty && ! has_colour &&
        NO_COLOR='' on_terminal --format=diff dirty && has_colour &&
        NO_COLOR=1 on_terminal --format=diff --color=always dirty &&
        has_colour && TERM=dumb on_terminal --format=diff dirty && ! has_colour
}
test_totals() {
    on_terminal -o o dirty clean &&
        grep -q '^unfix: 2 files, [0-9]* words: 2 repairs (.* in 100 words)' \
            out && grep -q '^unfix: letter 2' out &&
        grep -q '^unfix: [0-9.]* in 100 of them are right' out &&
        on_terminal -q -o o dirty && [ ! -s out ]
}
check "--format=inline shows repairs in their places" test_inline
check "--format=inline in colours" test_inline_colour
check "--format=diff in colours is the same diff" test_diff_colour
if command -v script >/dev/null; then
    check "colours are for terminals" test_colour_on_terminal
    check "NO_COLOR is honoured" test_no_color
    check "at a terminal a run is summed up" test_totals
fi

test_summary() {
    run --summary dirty clean dirty && is_silent && [ "$status" -eq 0 ] &&
        [ "$(sed -n 's/, .*//p' out | head -n 2)" = "$(printf '%s\n' \
            'ó read as d: 2' 'ó read as é: 2')" ] &&
        grep -q '^    dirty:40: .*\[cooperacién -> cooperación\] int' out
}
test_summary_not_made() {
    run --summary --min-confidence=1000 dirty &&
        grep -q '^ó read as é: 0; 1 not made$' out
}
test_summary_file() {
    run --summary dirty && cp out want && run --summary -o o dirty &&
        [ ! -s out ] && cmp -s o want
}
check "--summary puts repairs of all files together" test_summary
check "--summary counts what was not made" test_summary_not_made
check "--summary into a file" test_summary_file

sed 's/organizacidn/organización/' dirty >half # cooperacién stays
test_veto_series() {
    echo 'ó read as é' >list
    run --veto=list dirty && writes half && echo 'ó read é' >list &&
        run --veto=list dirty && writes half
}
test_veto_pair() {
    echo 'cooperacién=cooperación' >list
    run --veto=list dirty && writes half &&
        echo 'cooperacién=cooperation' >list && run --veto=list dirty &&
        writes repaired
}
test_keep() {
    printf '# words\r\n\ncooperacién\r\n' >list
    run --keep=list dirty && writes half &&
        run --format=jsonl --keep=list dirty &&
        grep '"original":"cooperacién"' out | grep '"verdict":"rejected"' |
        grep -q '"held_back":"vetoed"'
}
test_keep_one_word() {
    printf 'informe\ncooperacién=cooperación\n' >list
    run --keep=list dirty
    refuses && says 'unfix: list:2: not one word'
}
test_veto_odd() {
    printf 'informe\n\n=b\n' >list
    run --veto=list dirty
    refuses && says 'unfix: list:3: a pair needs both its sides'
}
check "--veto switches a series off" test_veto_series
check "--veto switches a pair off" test_veto_pair
check "--keep leaves words alone" test_keep
check "--keep takes words only" test_keep_one_word
check "--veto names the line that it cannot read" test_veto_odd

bad_explain() {
    run --explain="$1" ${2+"$2"} dirty
    refuses
}
test_explain() {
    run --explain dirty && is_silent &&
        grep -q '^ *40  cooperacién  *> cooperación  *[0-9.]*  *[0-9.]*  *[0-9.]*  unknown$' out &&
        grep -q '^          = cooperación  .* applied, letter: ó read as é; unknown -> known; seen 1 and 0 times$' out &&
        [ "$(grep -c '^line ' out)" -eq "$(grep -c . dirty)" ]
}
test_explain_line() {
    run --explain dirty && sed -n '/^line 2$/,/^$/p' out | sed '$d' >want &&
        run --explain=2 dirty && writes want && [ -s want ] &&
        run --explain=3 dirty && is_empty && says 'unfix: dirty: line 3 has no text'
}
check "--explain shows tokens, readings and costs" test_explain
check "--explain of a line" test_explain_line
check "--explain: no line" bad_explain 0
check "--explain: a word" bad_explain last
check "--explain: beyond all numbers" bad_explain 99999999999999999999
check "--explain with -i" bad_explain 1 -i
check "--explain with --report" bad_explain 1 --report=x

test_harm() {
    run --max-harm=10000 dirty && writes repaired &&
        run --max-harm=0.001 clean && writes clean
}
# Iagos may be lagos, Pagos and more: too doubtful for so short a text.
test_harm_refused() {
    printf 'Sobre los Iagos de las sierras.\n' >page
    run --min-confidence=0 page && ! cmp -s out page &&
        run --min-confidence=0 --max-harm=0.001 page && cmp -s out page &&
        grep -q '^unfix: page: nothing is repaired: .*--max-harm' err
}
check "--max-harm" test_harm
check "--max-harm says what it cannot hold" test_harm_refused

# The word begins, or with a mark after it, ends a line; no line is lost.
test_join_hyphens() {
    printf '%s\n' 'El Comité examinó en su período de sesio-' \
        'nes la situación de la coope-' 'ración, que destacó la delega-' \
        'ción de los Es- tados. El acuerdo greco-' 'romano.' >page
    printf '%s\n' 'El Comité examinó en su período de sesiones' \
        'la situación de la' 'cooperación, que destacó la delegación' \
        'de los Estados. El acuerdo greco-' 'romano.' >want
    run page && cmp -s out page && run --join-hyphens page && writes want &&
        run --join-hyphens --only=letter page && cmp -s out page
}
check "--join-hyphens" test_join_hyphens

run --report=orders dirty
cp orders kept
test_apply() { run --apply=orders dirty && writes repaired; }
test_apply_stdin() { run --apply=orders - <dirty && writes repaired; }
test_revert() { run --revert=orders repaired && writes dirty; }
test_apply_edited() {
    sed '/"original":"cooperacién"/s/"applied"/"rejected"/' kept >orders
    run --apply=orders dirty && writes half && cp half page &&
        run --revert=orders page && writes dirty &&
        sed 's/"replacement":"cooperación"/"replacement":"COOP"/' kept \
            >orders && run --apply=orders dirty &&
        sed 's/cooperación/COOP/' repaired | cmp -s - out
    good=$?
    cp kept orders
    return $good
}
test_apply_other_text() {
    run --apply=orders repaired
    refuses && says 'unfix: repaired: is not the text that the report is of'
}
test_revert_other_text() {
    run --revert=orders dirty
    refuses && says 'unfix: dirty: is not what the report makes of its text'
}
# altered NAME EDIT: a report so edited is refused, with that said.
altered() {
    sed "$2" kept >orders
    run --apply=orders dirty
    refuses && grep -q "^unfix: orders.*$1" err
    good=$?
    cp kept orders
    return $good
}
test_apply_output() {
    rm -f o && run --apply=orders -o o dirty && cmp -s o repaired &&
        run --revert=orders -o o o && cmp -s o dirty && rm -f o &&
        run --apply=orders -o o repaired
    [ $status -eq 2 ] && [ ! -e o ] && leaves_no_temporary
}
test_apply_over_report() {
    run --apply=orders -o orders dirty
    refuses && says 'unfix: orders: is the report and cannot be the output'
}
check "--apply makes what the report says" test_apply
check "--apply reads standard input" test_apply_stdin
check "--revert gives the text back" test_revert
check "--apply and --revert of an edited report" test_apply_edited
check "--apply refuses another text" test_apply_other_text
check "--revert refuses another text" test_revert_other_text
check "--apply into a file" test_apply_output
check "--apply does not write over its report" test_apply_over_report
check "--apply: stale offset" altered ':1: the place of the repair was altered' \
    '1s/"offset":40/"offset":41/'
check "--apply: another length" altered ':1: the place of the repair' \
    '1s/"length":12/"length":11/'
check "--apply: another original" altered ':2: the place of the repair' \
    's/"original":"organizacidn"/"original":"organizacion"/'
check "--apply: no such verdict" altered ':1: a field is missing' \
    '1s/"applied"/"aplied"/'
check "--apply: a line is missing" altered ':2: lines of the file are missing' 1d
check "--apply: lines out of order" altered ':2: the repair is not in its pla' \
    '1{h;d};2G'
check "--apply: the end is missing" altered ': the report is not whole' '$d'
check "--apply: no JSON" altered ':2: not one object of JSON' '2s/^{//'
check "--apply: a field twice" altered ':1: not one object of JSON' \
    '1s/"verdict"/"offset":40,"verdict"/'

# ---- trouble -----------------------------------------------------------------

test_missing_input() {
    run missing
    refuses && says 'unfix: missing: No such file or directory'
}
test_folder_input() {
    run d
    refuses && says 'unfix: d: Is a directory'
}
test_goes_on() {
    run dirty missing clean
    cat repaired clean >want
    [ $status -eq 2 ] && cmp -s out want && says_one_line
}
test_odd_name() {
    run "$(printf 'x\ny\033')"
    refuses && says 'unfix: x\012y\033: No such file or directory'
}
test_missing_model() {
    run_bare --model=missing.unfix dirty
    refuses && grep -q 'missing\.unfix' err
}
test_damaged_model() {
    head -c "$(($(wc -c <"$model") / 2))" "$model" >damaged
    run_bare --model=damaged dirty
    refuses && grep -q '^unfix: damaged: ' err
}
test_not_a_model() {
    run_bare --model=dirty dirty
    refuses && grep -q '^unfix: dirty: ' err
}
test_bad_model_leaves_no_output() {
    rm -f o r
    run_bare --model=damaged -o o --report=r dirty
    refuses && [ ! -e o ] && [ ! -e r ] && leaves_no_temporary
}
check "a missing input" test_missing_input
check "a folder as input" test_folder_input
check "the other files are repaired all the same" test_goes_on
check "an odd name stays in its line" test_odd_name
check "a missing model" test_missing_model
check "half a model" test_damaged_model
check "a model that is none" test_not_a_model
check "without a model there is no output file" test_bad_model_leaves_no_output

full='No space left on device'

# on_disk OPTIONS: -i in a file system of its own, mounted so; nobody else sees
# it.  The file there is as `page` was.
on_disk() {
    mkdir -p disk && unshare -m sh -c '
        mount -t tmpfs -o size=64k none disk && cp page disk/a &&
            mount -o "remount,$1" disk || exit 77
        "$2" --model="$3" -i disk/a >out 2>err
        echo $? >status
        cmp disk/a page && [ "$(ls -A disk)" = a ]' \
        sh "$1" "$unfix" "$model"
    whole=$?
    status=$(cat status)
    return $whole
}
test_no_space_in_place() {
    on_disk size=64k && refuses && says "unfix: disk/a: $full"
}
test_read_only_disk() {
    on_disk ro && refuses && says 'unfix: disk/a: Read-only file system'
}
{ cat dirty && clean_text 40000; } >page
if mkdir -p disk && unshare -m mount -t tmpfs none disk 2>err; then
    check "-i keeps the old file where there is no space" \
        test_no_space_in_place
    check "-i keeps the old file where nothing can be written" \
        test_read_only_disk
else
    echo "# skipped, no file system can be mounted: $(cat err)"
fi

test_full_stdout() {
    "$unfix" --model="$model" dirty 2>err >/dev/full
    status=$?
    : >out
    refuses && says "unfix: (stdout): $full"
}
test_full_stdout_several() {
    "$unfix" --model="$model" missing dirty 2>err >/dev/full
    status=$?
    [ $status -eq 2 ] && grep -q "^unfix: (stdout): $full" err &&
        [ "$(wc -l <err)" -eq 2 ]
}
test_full_help() {
    "$unfix" --help 2>err >/dev/full
    status=$?
    : >out
    refuses && says "unfix: (stdout): $full"
}
test_full_output() {
    run -o /dev/full dirty
    refuses && says "unfix: /dev/full: $full"
}
test_full_report() {
    rm -f o
    run -o o --report=/dev/full dirty
    refuses && says "unfix: /dev/full: $full" && [ ! -e o ] &&
        leaves_no_temporary
}
test_full_report_in_place() {
    cp dirty a && cp dirty b
    run -i --report=/dev/full a b
    refuses && cmp -s a dirty && cmp -s b dirty && leaves_no_temporary
}
test_closed_stdout() {
    "$unfix" --model="$model" dirty 2>err >&-
    status=$?
    : >out
    refuses && says 'unfix: (stdout): Bad file descriptor'
}
# No file is opened where messages go.
test_closed_stderr() {
    cp dirty a && rm -f r
    "$unfix" --model="$model" -i --report=r missing a >out 2>&-
    status=$?
    : >err
    [ $status -eq 2 ] && "$splice" dirty <r >got && cmp -s got repaired
}
# A limit on file sizes is a small disk that is full: run() with files of 4 KiB
# at most, but for those that a coverage build writes.
run_limited() {
    (
        GCOV_PREFIX=$PWD/coverage && export GCOV_PREFIX
        ulimit -f 8 && run "$@" && exit "$status"
    )
    status=$?
    grep -v '^libgcov ' err >said
    mv said err
}

test_full_disk() {
    { cat dirty && echo && clean_text 30000; } >big && rm -f o
    run_limited -o o big
    refuses && says 'unfix: o: File too large' && [ ! -e o ] &&
        leaves_no_temporary
}
test_full_disk_in_place() {
    cp big a
    run_limited -i a
    refuses && cmp -s a big && leaves_no_temporary
}
# What was not replaced in the end is not reported.
test_full_disk_report() {
    cp dirty b && rm -f r
    run_limited -i --report=r b a
    refuses && cmp -s a big && cmp -s b repaired &&
        "$splice" dirty <r >got && cmp -s got repaired
}
check "a full disk under standard output" test_full_stdout
check "the same after other trouble" test_full_stdout_several
check "a full disk under --help" test_full_help
check "a full disk under -o" test_full_output
check "a full disk under --report" test_full_report
check "a full disk under --report stops -i" test_full_report_in_place
check "a closed standard output" test_closed_stdout
check "a closed standard error" test_closed_stderr
check "a disk that fills leaves no part of -o" test_full_disk
check "a disk that fills leaves the file under -i" test_full_disk_in_place
check "-i does not report what it could not replace" test_full_disk_report

# ---- signals and streams -----------------------------------------------------

# Ends as cat does: by the signal, or, where the caller ignores that, with an
# error.
test_sigpipe() {
    clean_text 400000 >big
    (cat big 2>/dev/null; echo $? >cat_status) | head -c 1 >/dev/null
    ("$unfix" --model="$model" --report=r.pipe big 2>err; echo $? >out) |
        head -c 1 >/dev/null
    status=$(cat out)
    [ ! -e r.pipe ] && leaves_no_temporary || return 1
    if [ "$(cat cat_status)" -gt 128 ]; then
        [ "$status" -eq "$(cat cat_status)" ] && is_silent
    else
        [ "$status" -eq 2 ] && says_one_line
    fi
}

# wait_for COMMAND...: until it succeeds, ten seconds at most.
wait_for() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        "$@" && return 0
        sleep 1
    done
    return 1
}
has_temporary() { ! leaves_no_temporary; }

test_sigterm() {
    rm -f fifo o && mkfifo fifo
    "$unfix" --model="$model" -o o --report=r.term fifo >out 2>err &
    child=$!
    exec 3>fifo
    cat dirty >&3
    wait_for has_temporary && kill -TERM $child
    { wait $child; } 2>/dev/null
    status=$?
    exec 3>&-
    [ $status -eq 143 ] && [ ! -e o ] && [ ! -e r.term ] && leaves_no_temporary
}
# The threads must leave the signal to the one that renames.
test_signals_of_threads() {
    rm -f fifo o && mkfifo fifo
    "$unfix" --model="$model" --jobs=2 -o o dirty fifo >out 2>err &
    child=$!
    # While threads are started, the first one blocks signals as well.
    wait_for one_takes_signals $child
    taken=$?
    kill -TERM $child
    { wait $child; } 2>/dev/null
    status=$?
    [ $status -eq 143 ] && [ $taken -eq 0 ] && [ ! -e o ] &&
        leaves_no_temporary
}
# Of two threads or more all block SIGTERM but one.  That is bit 14 of the mask:
# digit 4 from the right is odd in bit 2.
one_takes_signals() {
    threads=$(find "/proc/$1/task" -mindepth 1 -maxdepth 1 | wc -l)
    blocking=$(grep -l '^SigBlk:.*[4-7c-f][0-9a-f]\{3\}$' \
        "/proc/$1/task"/*/status | wc -l)
    [ "$threads" -ge 2 ] && [ "$blocking" -eq $((threads - 1)) ]
}
# Whenever the end comes, each file is the old or the new one.
test_killed_in_place() {
    repeat 400 dirty >old && repeat 400 repaired >new
    ended=0
    for delay in 0.01 0.02 0.03 0.05 0.07 0.1 0.13 0.16 0.2 0.3 0.5 60; do
        for k in 1 2 3 4; do cp old k$k; done
        timeout -s "$1" $delay "$unfix" --model="$model" --jobs=2 \
            --min-confidence=0 -i k1 k2 k3 k4 >out 2>err
        status=$?
        [ $status -eq 0 ] || ended=$((ended + 1))
        for k in 1 2 3 4; do
            cmp -s k$k old || cmp -s k$k new || return 1
        done
        if [ "$1" = KILL ]; then
            rm -f .unfix*
        else
            leaves_no_temporary || return 1
        fi
    done
    [ $ended -gt 0 ] && cmp -s k4 new
}
# stream OPTION...: repairs `page` from a pipe.  What is out before the pipe is
# closed goes to `begun`.
stream() {
    rm -f fifo && mkfifo fifo
    "$unfix" --model="$model" "$@" fifo >out 2>err &
    child=$!
    exec 3>fifo
    cat page >&3
    wait_for test -s out
    cp out begun
    exec 3>&-
    wait $child
    status=$?
}
test_streams() {
    { cat dirty && echo && clean_text 400000; } >page
    run page && cp out want && stream && writes want && [ -s begun ] &&
        head -c "$(wc -c <begun)" want | cmp -s - begun
}
# A few lines of a report are less than any buffer holds.
test_streams_report() {
    stream --format=jsonl && [ $status -eq 0 ] && [ -s begun ] &&
        [ "$(wc -c <begun)" -lt 4096 ]
}
# Long enough for several sections; with errors in each.
test_jobs() {
    for _ in 1 2 3 4 5 6 7 8 9; do
        cat dirty && echo && clean_text 500000
    done >long
    run --jobs=1 --report=r.1 long dirty long && cp out want &&
        run --jobs=4 --report=r.4 long dirty long && writes want &&
        cmp -s r.1 r.4 && run -j 3 - <long && cp out want &&
        run --jobs=1 - <long && writes want
}
test_jobs_diff() {
    run --format=diff --jobs=1 dirty long && cp out want &&
        run --format=diff --jobs=2 dirty long && writes want
}
test_jobs_in_place() {
    cp dirty a && cp clean b && cp dirty c && run --jobs=3 -i a none b c
    [ "$status" -eq 2 ] && says_one_line && cmp -s a repaired &&
        cmp -s b clean && cmp -s c repaired && leaves_no_temporary
}
test_jobs_missing() {
    cat repaired repaired >want && run --jobs=2 dirty none dirty
    [ "$status" -eq 2 ] && says_one_line && cmp -s out want
}
check "any number of jobs gives the same text and report" test_jobs
check "and the same diff" test_jobs_diff
check "jobs replace files in place" test_jobs_in_place
check "jobs go on after a file that is not there" test_jobs_missing
check "SIGPIPE ends it quietly" test_sigpipe
check "SIGTERM ends it and removes temporary files" test_sigterm
if [ -d /proc/self/task ]; then
    check "signals do not come to threads" test_signals_of_threads
fi
check "SIGTERM amid -i leaves the old file or the new" test_killed_in_place TERM
check "SIGKILL amid -i leaves the old file or the new" test_killed_in_place KILL
check "output begins before the input ends" test_streams
check "the report begins before the input ends" test_streams_report
check "no temporary file is left anywhere" leaves_no_temporary

echo "1..$((passed + failed))"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
