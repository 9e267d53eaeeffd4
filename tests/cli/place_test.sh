#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# place_test.sh UNFIX MODEL SPLICE: what -i replaces, and what --check says of it.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

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
        rm -f r && run -i --report=r -- "$odd" -a && writes /dev/null &&
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

finish
