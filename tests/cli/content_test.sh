#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# content_test.sh UNFIX MODEL SPLICE: what is no text is left alone.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# Whatever these hold, there is a line to repair in them.
{ printf '\177ELF\002\001\001\000' && cat dirty; } >elf
{ cat dirty && printf '%%PDF-1.4\n' && cat dirty; } >pdf
{ printf '%%PDF-1.4\n' && cat dirty; } >pdf.early
{ printf '\211PNG\r\n\032\n' && cat dirty; } >png
{ printf '%%!PS-Adobe-3.0\n' && cat dirty; } >postscript
{ printf '{\\rtf1\\ansi ' && cat dirty; } >rtf
{ cat dirty && printf 'a\000b\n'; } >nul
{ clean_text 200000 && cat dirty && printf '\000'; } >late
{ cat dirty && i=0 && while [ $i -lt 60 ]; do
    printf '\001\002' && i=$((i + 1))
done; } >control
gzip -c dirty >dirty.gz
binaries='elf pdf.early png postscript rtf nul late control'

is_left_alone() {
    cp "$1" a && cp "$1" want
    run -i a && [ "$status" -eq 0 ] && cmp -s a want && says "unfix: a: $2, left alone"
}
test_binaries() {
    for file in $binaries; do
        cp "$file" a && run -i --report=r a
        [ "$status" -eq 0 ] && cmp -s a "$file" && [ ! -s r ] &&
            grep -q '^unfix: a: binary file.*, left alone$' err || return 1
        rm -f r
    done
}
test_passes_through() {
    for file in $binaries dirty.gz; do
        run "$file" && cmp -s out "$file" && grep -q 'left alone$' err &&
            run - <"$file" && cmp -s out "$file" &&
            run --jobs=2 "$file" "$file" &&
            cat "$file" "$file" | cmp -s - out || return 1
    done
}
test_among_texts() {
    for jobs in 1 2 5; do
        cp dirty a && cp elf b && cp dirty c && cp dirty.gz e && cp dirty f
        run -j $jobs -i a b c e f
        [ "$status" -eq 0 ] && cmp -s a repaired && cmp -s b elf &&
            cmp -s c repaired && cmp -s e dirty.gz && cmp -s f repaired &&
            says 'unfix: b: binary file (ELF), left alone
unfix: e: compressed file (gzip), left alone' || return 1
    done
}
# On the way back, too; but a text must be one that the report tells of.
test_way_back() {
    cp dirty a && cp elf b && cp dirty c && run -i --report=r a b &&
        run -i --revert=r a b && [ "$status" -eq 0 ] && cmp -s a dirty &&
        cmp -s b elf && says 'unfix: b: binary file (ELF), left alone' &&
        run -i --apply=r a b c && [ "$status" -eq 2 ] && cmp -s a repaired &&
        cmp -s b elf && cmp -s c dirty && grep -q '^unfix: c: is not in' err
    kept=$?
    rm -f r
    return $kept
}
# To check, or for a diff, there is nothing to be said of it.
test_other_formats() {
    run --check elf && writes_with_notice && run --format=diff elf &&
        writes_with_notice && run --format=jsonl elf && writes_with_notice &&
        run --explain elf && writes_with_notice
}
writes_with_notice() {
    [ "$status" -eq 0 ] && is_empty &&
        says 'unfix: elf: binary file (ELF), left alone'
}
test_quiet() {
    run -q elf && [ "$status" -eq 0 ] && is_silent && cmp -s out elf
}
test_as_text() {
    { cat repaired && printf 'a\000b\n'; } >want
    run --text nul && writes want && run -a nul && writes want &&
        cp nul a && run -a -i a && cmp -s a want
}
# A PDF begins within the first kilobyte, and at the start of a line.
test_no_binary() {
    printf 'El precio es de 100%%PDF-. ' >said && cat dirty >>said
    { printf 'El precio es de 100%%PDF-. ' && cat repaired; } >want
    run said && writes want &&
        run pdf && [ "$status" -eq 0 ] && grep -q 'PDF' err
}
# Letters of an old encoding are not many in a text, nor is a form feed odd.
test_old_encoding() {
    for name in iso-8859-1 macintosh; do
        { printf 'La sesión y la nación\n\n\014\n' && cat dirty; } |
            iconv -t $name >page
        { printf 'La sesión y la nación\n\n\014\n' && cat repaired; } |
            iconv -t $name >want
        run page && is_silent && cmp -s out want || return 1
    done
}
check "binary files are left alone" test_binaries
check "where a text is asked for, they pass through" test_passes_through
check "they are no trouble among texts" test_among_texts
check "a report takes back a folder in which there were some" test_way_back
check "gzip is recognized" is_left_alone dirty.gz 'compressed file (gzip)'
check "of what is left alone there is no diff and no report" test_other_formats
check "-q says nothing of it" test_quiet
check "--text repairs whatever it is" test_as_text
check "what only looks like a PDF" test_no_binary
check "text in an old encoding is text" test_old_encoding

finish
