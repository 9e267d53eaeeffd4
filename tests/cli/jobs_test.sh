#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# jobs_test.sh UNFIX MODEL SPLICE: several threads.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# Long enough for several sections; with errors in each.
test_jobs() {
    for _ in 1 2 3 4 5; do
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

finish
