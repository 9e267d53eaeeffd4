#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# killed_test.sh UNFIX MODEL SPLICE: whenever a run with -i is ended, each file is the old or the new one.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# Whenever the end comes, each file is the old or the new one.  When it comes
# hangs on the machine (faults.killed ends a run at each call); the last run is
# let alone.
test_killed_in_place() {
    repeat 400 dirty >old && repeat 400 repaired >new
    for delay in 0.01 0.02 0.03 0.05 0.07 0.1 0.13 0.16 0.2 0.3 0.5 0; do
        for k in 1 2 3 4; do cp old k$k; done
        timeout -s "$1" $delay "$unfix" --model="$model" --jobs=2 \
            --min-confidence=0 -i k1 k2 k3 k4 >out 2>err
        status=$?
        for k in 1 2 3 4; do
            cmp -s k$k old || cmp -s k$k new || return 1
        done
        if [ "$1" = KILL ]; then
            rm -f .unfix*
        else
            leaves_no_temporary || return 1
        fi
    done
    [ $status -eq 0 ] && cmp -s k4 new
}
check "SIGTERM amid -i leaves the old file or the new" test_killed_in_place TERM
check "SIGKILL amid -i leaves the old file or the new" test_killed_in_place KILL

finish
