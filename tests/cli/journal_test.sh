#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# journal_test.sh UNFIX MODEL SPLICE: a report of files that are replaced: kept, gone on with, and the way
# back for each file; and backups.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# fresh: a, b, c and e, of which c has nothing to repair, and no report.
fresh() {
    rm -f r a b c e
    cp dirty a && cp accents b && cp clean c && cp dirty e
}
run accents && cp out accents.repaired
is_old() { cmp -s a dirty && cmp -s b accents && cmp -s c clean && cmp -s e dirty; }
is_new() {
    cmp -s a repaired && cmp -s b accents.repaired && cmp -s c clean &&
        cmp -s e repaired
}
reverts() { run -i --revert=r a b c e && writes /dev/null && is_old; }

# ---- a report that is there already ------------------------------------------

test_kept() {
    fresh && echo old >r && cp r want
    run -i --report=r a
    refuses && cmp -s a dirty && cmp -s r want && run --report=r a
    refuses && cmp -s r want &&
        says 'unfix: r: is there already; --append-report adds to it, --force writes over it'
}
test_forced() {
    fresh && echo old >r && run -i --force --report=r a &&
        "$splice" dirty <r | cmp -s - repaired && fresh && echo old >r &&
        run --force --report=r a && "$splice" dirty <r | cmp -s - repaired
}
# As mktemp leaves it.
test_empty() {
    fresh && : >r && run -i --report=r a && "$splice" dirty <r | cmp -s - repaired &&
        : >r && run --report=r dirty && "$splice" dirty <r | cmp -s - repaired
}
test_appended() {
    for jobs in 1 3; do
        fresh && run -j $jobs -i --append-report --report=r a b &&
            run -j $jobs -i --append-report --report=r c e && is_new &&
            [ "$(grep -c '"end":true' r)" -eq 4 ] && reverts || return 1
    done
}
# A repaired file that is repaired once more goes back all the way.
test_appended_twice() {
    fresh && run -i --report=r --only=letter a && ! cmp -s a dirty &&
        sed 's/Comité/Comitt/' a >a.new && mv a.new a && cp a between &&
        run -i --append-report --report=r --min-confidence=0 a &&
        ! cmp -s a between && run -i --revert=r a && cmp -s a between &&
        fresh && run -i --report=r --words=words a && cmp -s a half &&
        run -i --append-report --report=r a && cmp -s a repaired &&
        run -i --revert=r a && cmp -s a dirty
}
echo organizacidn >words
sed 's/cooperacién/cooperación/' dirty >half
test_appended_to_another() {
    fresh && cp dirty r
    run -i --append-report --report=r a
    refuses && says 'unfix: r: is not a report' && cmp -s r dirty && cmp -s a dirty
}
# What was there stays when something goes wrong with what was to come.
test_appended_trouble() {
    fresh && run --report=r a && cp r want && run --append-report --report=r b missing
    [ "$status" -eq 2 ] && cmp -s r want && run --append-report --report=r b &&
        [ "$(grep -c '"end":true' r)" -eq 2 ]
}
check "a report that is there already is kept" test_kept
check "--force writes over it" test_forced
check "an empty one is none" test_empty
check "--append-report adds to it" test_appended
check "a file that is there twice goes back all the way" test_appended_twice
check "--append-report adds to nothing else" test_appended_to_another
check "--append-report takes back what came to nothing" test_appended_trouble

# ---- a run that was ended ----------------------------------------------------

# ended BYTES: as if -i had been ended when the report had so many of them; the
# file after the last end is the old one.
ended() {
    fresh && run -i --report=whole --force a b c e || return 1
    head -c "$1" whole >r
    # Lines to their ends.
    ends=$(while read -r line; do echo "$line"; done <r | grep -c '"end":true')
    [ "$ends" -ge 1 ] || cp dirty a
    [ "$ends" -ge 2 ] || cp accents b
    [ "$ends" -ge 4 ] || cp dirty e
}
# moments COMMAND: at each of the moments that matter, and some others.
moments() {
    run -i --report=whole --force a b c e
    size=$(wc -c <whole)
    at=1
    while [ $at -le "$size" ]; do
        ended $at && "$@" || return 1
        at=$((at + size / 9 + 1))
    done
    for end in $(grep -b -o '}$' whole | cut -d : -f 1); do
        for at in $end $((end + 1)) $((end + 2)); do
            ended $((at < size ? at : size)) && "$@" || return 1
        done
    done
}
reverts_what_changed() {
    # Those that the report does not know were not changed.
    run -i --revert=r a b c e
    ! grep -v 'not in the report$\|last file is not whole' err && is_old
}
goes_on() {
    run -i --resume --report=r a b c e && writes /dev/null && is_new && reverts &&
        [ "$(grep -c '"end":true' r)" -eq 4 ]
}
test_revert_ended() { moments reverts_what_changed; }
test_resume() { fresh && moments goes_on; }
# Its lines were on the disk, but the file was not yet replaced.
test_resume_before_rename() {
    fresh && run -i --report=r a b && cp accents b &&
        run -i --resume --report=r a b c e && is_new && reverts &&
        [ "$(grep -c '"end":true' r)" -eq 4 ]
}
test_resume_leaves_alone() {
    fresh && run -i --report=r a b c e && cp r want && before=$(inode a) &&
        run -i --resume --report=r a b c e && writes /dev/null &&
        cmp -s r want && [ "$before" = "$(inode a)" ]
}
# By its checksum where only the time is another.
test_resume_copied() {
    fresh && run -i --report=r a b c e && cp r want && cp a a.new &&
        touch -d 2001-02-03 a.new && mv a.new a &&
        run -i --resume --report=r a b c e && is_new && cmp -s r want
}
test_resume_changed() {
    fresh && run -i --report=r a b c e && cp accents a &&
        run -i --resume --report=r a b c e && cmp -s a accents.repaired &&
        run -i --revert=r a && cmp -s a accents
}
test_resume_nothing() {
    fresh && run -i --resume --report=r a b c e && is_new && reverts
}
check "the report of a run that was ended reverts" test_revert_ended
check "--resume goes on where it ended" test_resume
check "--resume, ended before a file was replaced" test_resume_before_rename
check "--resume leaves alone what is done" test_resume_leaves_alone
check "--resume knows a file by its checksum" test_resume_copied
check "--resume repairs what changed meanwhile" test_resume_changed
check "--resume without a report begins one" test_resume_nothing

# Names that JSON cannot hold, and that look alike in it.
test_names() {
    a=$(printf 'a\376') && b=$(printf 'a\377') && rm -f r
    cp dirty "$a" && cp accents "$b"
    run -i --report=r "$a" "$b" && cmp -s "$a" repaired &&
        cmp -s "$b" accents.repaired && run -i --resume --report=r "$a" "$b" &&
        run -i --revert=r "$a" "$b" && writes /dev/null && cmp -s "$a" dirty &&
        cmp -s "$b" accents
}
check "names that are not UTF-8 are told apart" test_names

# On a descriptor of its own, as another process would have it.
test_two_at_once() {
    fresh && mkfifo fifo
    "$unfix" --model="$model" --append-report --report=r fifo >first 2>&1 &
    exec 3>fifo
    run --append-report --report=r a
    exec 3>&-
    wait $!
    refuses && says 'unfix: r: is being written by another process'
}
# There is nothing to be read of it first.
test_appended_to_pipe() {
    fresh && rm -f pipe && mkfifo pipe
    cat pipe >got &
    run -i --append-report --report=pipe a && wait $! && cmp -s a repaired &&
        "$splice" dirty <got | cmp -s - repaired
}
check "--append-report to a pipe" test_appended_to_pipe
check "two runs do not write one report" test_two_at_once

test_level() {
    fresh && { cat dirty && echo 'Sobre los Iagos de las sierras.'; } >a && cp a a.was &&
        run --format=jsonl --min-confidence=990 a && grep -q '"proposed"' out &&
        run -i --min-confidence=990 --report=r --report-level=applied a &&
        ! cmp -s a a.was && ! grep -q '"proposed"\|"rejected"' r &&
        run -i --revert=r a && cmp -s a a.was &&
        run --format=jsonl --min-confidence=990 --report-level=applied a &&
        grep '"applied"' r >want && grep '"applied"' out | cmp -s - want
}
check "--report-level=applied is enough to go back" test_level

# Some clocks are wrong, and some archives hold no times.
test_odd_times() {
    for jobs in 1 3; do
        fresh && touch -d '1960-01-02 03:04:05 UTC' a && touch -d @0 b &&
            touch -d '2300-01-02 UTC' c && touch -d @-1 e &&
            run -j $jobs -i --report=r a b c e && writes /dev/null && is_new &&
            cp r want && run -j $jobs -i --resume --report=r a b c e &&
            cmp -s r want && reverts || return 1
    done
}
check "files from before 1970 and after 2262" test_odd_times

# ---- a compressed report -----------------------------------------------------

# without_times: the report from standard input.
without_times() { sed 's/,"mtime":[0-9]*,"out_mtime":[0-9]*//'; }
test_gzip() {
    for jobs in 1 3; do
        fresh && rm -f r.gz && run -i -j $jobs --report=r.gz a b c e && is_new &&
            zcat r.gz | without_times >got && fresh && run -i --report=r a b c e &&
            without_times <r | cmp -s got - && run -i --revert=r.gz a b c e &&
            writes /dev/null && is_old && rm r.gz && run --report=r.gz dirty &&
            zcat r.gz | "$splice" dirty | cmp -s - repaired || return 1
    done
}
test_gzip_appended() {
    fresh && rm -f r.gz && run -i --report=r.gz a b &&
        run -i --append-report --report=r.gz c e && is_new &&
        [ "$(zcat r.gz | grep -c '"end":true')" -eq 4 ] &&
        run --append-report --report=r.gz dirty &&
        [ "$(zcat r.gz | grep -c '"end":true')" -eq 5 ] &&
        run -i --revert=r.gz a b c e && is_old
}
# As if the run had been ended when so much of the report was on the disk: what
# is in no whole member was not replaced yet.
gzip_ended() {
    fresh && head -c "$1" whole.gz >r.gz
    ends=0
    for end in $member_ends; do
        [ "$1" -lt "$end" ] || ends=$((ends + 1))
    done
    [ $ends -lt 1 ] || cp repaired a
    [ $ends -lt 2 ] || cp accents.repaired b
    [ $ends -lt 4 ] || cp repaired e
}
test_gzip_ended() {
    member_ends=
    for files in a 'a b' 'a b c' 'a b c e'; do
        # shellcheck disable=SC2086 # several names
        fresh && rm -f whole.gz && run -i --report=whole.gz $files || return 1
        member_ends="$member_ends $(wc -c <whole.gz)"
    done
    size=$(wc -c <whole.gz)
    at=0
    while [ $at -le "$size" ]; do
        gzip_ended $at && run -i --resume --report=r.gz a b c e && is_new &&
            [ "$(zcat r.gz | grep -c '"end":true')" -eq 4 ] &&
            run -i --revert=r.gz a b c e && is_old || return 1
        at=$((at + size / 23 + 1))
    done
}
test_gzip_damaged() {
    fresh && rm -f r.gz && run -i --report=r.gz a b && cp r.gz d.gz &&
        printf '\037\213\010\000\000\000\000\000\000\003\007\377' >>d.gz && cp a a.now
    run -i --revert=d.gz a
    refuses && says 'unfix: d.gz: its gzip data are damaged' && cmp -s a a.now &&
        run -i --resume --report=d.gz e
    refuses && says 'unfix: d.gz: is not a report' && cmp -s e dirty && gzip -c r.gz >n.gz &&
        run -i --append-report --report=n.gz e
    refuses && says 'unfix: n.gz: is not a report' && mv r.gz plain &&
        run -i --append-report --report=plain e
    refuses && says 'unfix: plain: is compressed, but not named .gz'
}
# The end of a file in which nothing was repaired.
end_line() {
    printf '{"file":"x","end":true,"corrections":0,"length":0,"sha256":"%s"}\n' \
        "$(sha256sum </dev/null | cut -d ' ' -f 1)"
}
test_gzip_empty_member() {
    fresh && gzip -c </dev/null >r.gz && end_line | gzip -c >>r.gz && cp r.gz first &&
        run -i --append-report --report=r.gz a && writes /dev/null &&
        head -c "$(wc -c <first)" r.gz | cmp -s - first
}
# What fills the room for it: for a little more that may be moved.
test_gzip_full_room() {
    for size in 512 1048576; do
        pad=$((size - $(end_line | wc -c) - 12))
        fresh && { printf '{"file":"%0*d"}\n' $pad 0 && end_line; } | gzip -c >r.gz &&
            [ "$(zcat r.gz | wc -c)" -eq $size ] && cp r.gz first &&
            run -i --append-report --report=r.gz a && writes /dev/null &&
            head -c "$(wc -c <first)" r.gz | cmp -s - first || return 1
    done
}
check "a report named .gz is compressed" test_gzip
check "--append-report to a compressed one" test_gzip_appended
check "a compressed report of a run that was ended" test_gzip_ended
check "a compressed report that is damaged" test_gzip_damaged
check "a compressed report that begins with nothing" test_gzip_empty_member
check "a compressed report of a round size" test_gzip_full_room

# ---- names from another folder -----------------------------------------------

test_base() {
    rm -rf one two r && mkdir -p one/x two && cp dirty one/x/a && cp accents one/b &&
        cp -r one/. two && run -i --report=r --report-base=one one/x/a one/b &&
        grep -q '^{"file":"x/a"' r && cmp -s one/x/a repaired &&
        run -i --apply=r --report-base=two/ two/x/a two/b && cmp -s two/x/a repaired &&
        cmp -s two/b accents.repaired && run -i --revert=r --report-base=./two ./two/x/a &&
        cmp -s two/x/a dirty
}
test_base_resume() {
    rm -rf one r && mkdir -p one && cp dirty one/a && cp accents one/b &&
        run -q -r -i --report=r --report-base=one one && head -n 1 r >short && mv short r &&
        cp dirty one/a && cp accents one/b &&
        run -q -r -i --resume --report=r --report-base=one one && cmp -s one/a repaired &&
        [ "$(grep -c '"end":true' r)" -eq 2 ] && cp r want &&
        run -q -r -i --resume --report=r --report-base=one one && cmp -s r want
}
test_base_elsewhere() {
    run --report-base=other --format=jsonl dirty
    refuses && says 'unfix: dirty: is not in the folder other' && run --report-base=. dirty
    refuses
}
check "--report-base: a report for another folder" test_base
check "--report-base with --resume" test_base_resume
check "--report-base of files elsewhere" test_base_elsewhere

# ---- backups -----------------------------------------------------------------

test_backup() {
    fresh && rm -f a.bak && run -i --backup a c && cmp -s a repaired &&
        cmp -s a.bak dirty && [ ! -e c.bak ] && [ "$(mode a.bak)" = "$(mode dirty)" ]
}
test_backup_suffix() {
    fresh && rm -f a.old a~ && run -i --backup=.old a && cmp -s a.old dirty &&
        cp dirty a && run -i --backup='~' a && cmp -s a~ dirty
}
test_backup_kept() {
    fresh && echo mine >a.bak
    run -i --backup a
    refuses && cmp -s a dirty && [ "$(cat a.bak)" = mine ] && leaves_no_temporary &&
        grep -q 'a\.bak: is there already; --force replaces it$' err &&
        run -i --backup --force a && cmp -s a repaired && cmp -s a.bak dirty
}
test_backup_link() {
    fresh && mkdir -p sub && cp dirty sub/x && rm -f link sub/x.bak &&
        ln -s sub/x link && run -i --backup link && cmp -s sub/x.bak dirty &&
        cmp -s sub/x repaired && [ -h link ] && [ ! -e link.bak ]
}
test_backup_not_reported() {
    fresh && echo mine >a.bak
    run -i --backup --report=r a b
    [ "$status" -eq 2 ] && ! grep -q '"file":"a"' r && grep -q '"file":"b"' r
}
check "--backup keeps the old file" test_backup
check "--backup with another suffix" test_backup_suffix
check "--backup writes over nothing without --force" test_backup_kept
check "--backup of a file that a link leads to" test_backup_link
check "what was not replaced for want of a backup is not reported" \
    test_backup_not_reported
bad() {
    run "$@" dirty
    refuses
}
check "--backup without -i" bad --backup
check "--backup into another folder" bad -i --backup=/x
check "--backup without a suffix" bad -i --backup=
check "--resume without a report" bad -i --resume
check "--resume without -i" bad --resume --report=x
check "--append-report without a report" bad --append-report
check "--append-report with --force" bad --append-report --force --report=x
check "--force alone" bad --force
check "--report-level: none" bad --report-level=some --report=x
check "--report-level alone" bad --report-level=applied

finish
