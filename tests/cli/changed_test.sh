#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# changed_test.sh UNFIX MODEL SPLICE: a file that changes while it is read is not replaced.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# has_open FILE: whether the filter has it open.
has_open() {
    find "/proc/$child/fd" -lname "*/$1" 2>/dev/null | grep -q .
}
# meanwhile COMMAND...: runs it when `b` has been opened, but is not yet written,
# while `a`, which is long, is being repaired; longer if that was too short.
meanwhile() {
    for length in 300 3000 30000; do
        repeat $length dirty >a
        rm -f b && cp dirty b
        "$unfix" --model="$model" --jobs=2 -i a b >out 2>err &
        child=$!
        while kill -0 $child 2>/dev/null && ! has_open b; do :; done
        kill -STOP $child 2>/dev/null
        if has_open b; then
            "$@"
            kill -CONT $child
            wait $child
            status=$?
            return
        fi
        wait $child
    done
    return 1
}
save() { printf 'saved\n' >b.new && mv b.new b; }
add() { printf 'written\n' >>b; }
link() { mv b b.old && ln -s victim b; }
remove() { rm b; }

is_refused() {
    refuses && leaves_no_temporary &&
        says 'unfix: b: was changed while it was read, and is left as it is now'
}
test_saved() { meanwhile save && is_refused && [ "$(cat b)" = saved ]; }
test_written() {
    meanwhile add && is_refused && { cat dirty && echo written; } | cmp -s - b
}
test_link() {
    cp dirty victim
    meanwhile link && is_refused && cmp -s victim dirty && [ -h b ]
}
test_removed() {
    meanwhile remove && refuses && leaves_no_temporary && [ ! -e b ] &&
        says 'unfix: b: No such file or directory'
}

if [ -d /proc/self/fd ]; then
    check "a file that an editor saved is kept" test_saved
    check "a file that somebody wrote into is kept" test_written
    check "a link that took its place is not followed" test_link
    check "a file that was removed stays removed" test_removed
fi

finish
