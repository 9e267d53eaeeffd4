#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# streams_test.sh UNFIX MODEL SPLICE: signals and pipes.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

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

# wait_for COMMAND...: until it succeeds.  A test that hangs is stopped.
wait_for() {
    until "$@"; do
        sleep 0.1
    done
}
has_temporary() { ! leaves_no_temporary; }

# ends_by SIGNAL: the signal ends it, and nothing of it stays.
ends_by() {
    rm -f fifo o && mkfifo fifo
    "$unfix" --model="$model" -o o --report=r.term fifo >out 2>err &
    child=$!
    exec 3>fifo
    cat dirty >&3
    wait_for has_temporary && kill -s "$1" $child
    { wait $child; } 2>/dev/null
    status=$?
    exec 3>&-
    [ "$(kill -l $status)" = "$1" ] && [ ! -e o ] && [ ! -e r.term ] && leaves_no_temporary
}
test_signals() {
    for signal in HUP TERM ALRM XCPU USR1 USR2; do
        ends_by $signal || return 1
    done
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
check "SIGPIPE ends it quietly" test_sigpipe
check "signals end it and remove temporary files" test_signals
if [ -d /proc/self/task ]; then
    check "signals do not come to threads" test_signals_of_threads
fi
check "output begins before the input ends" test_streams
check "the report begins before the input ends" test_streams_report
check "no temporary file is left anywhere" leaves_no_temporary

finish
