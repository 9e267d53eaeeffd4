#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# trouble_test.sh UNFIX MODEL SPLICE: files that are not there, disks that are full.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

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
# Installed somewhere else: the model is looked for there.
test_installed_model() {
    mkdir -p there/bin there/lib there/share/unfix && cp "$unfix" there/bin/unfix &&
        cp "$(dirname "$unfix")"/../lib/libunfix.so* there/lib || return 1
    there/bin/unfix dirty >out 2>err
    status=$?
    # There may be a model where it was built to be installed.
    [ $status -eq 0 ] || {
        refuses &&
            grep -q '^unfix: no model; looked for .*; --model names another$' err &&
            sed 's/.* looked for //; s/;.*//' err | tr ',' '\n' | tr -d ' ' >places &&
            grep -q '/share/unfix/es\.unfix$' places &&
            [ -z "$(sort places | uniq -d)" ] || return 1
    }
    cp damaged there/share/unfix/es.unfix && there/bin/unfix dirty >out 2>err
    status=$?
    refuses && ! grep -q 'looked for' err &&
        grep -q '^unfix: .*/share/unfix/es\.unfix: .*; --model names another$' err
}
check "a missing input" test_missing_input
check "a folder as input" test_folder_input
check "the other files are repaired all the same" test_goes_on
check "an odd name stays in its line" test_odd_name
check "a missing model" test_missing_model
check "half a model" test_damaged_model
check "an installed model that is missing or damaged" test_installed_model
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

finish
