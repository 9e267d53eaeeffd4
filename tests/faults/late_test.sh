#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# late_test.sh UNFIX MODEL LATE-WRITER: another run goes on with a report, and
# ends, after this one has read it and before it has locked it: the lines of the
# other stay, as the way back of what it replaced.
set -u

unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
preload=$(realpath "$3") || exit 2
folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
cd "$folder" || exit 2

failed=0
wrong() {
    echo "$report $*"
    head -n 3 err
    failed=1
}
export BEFORE_LOCK="'$unfix' --model='$model' -i --append-report --report=\$REPORT b"
for report in r r.gz; do
    for how in '-i --resume' '-i --append-report' --append-report; do
        for file in a b c; do
            echo 'El Comité examinó la cooperacidn internacional.' >$file
        done
        cp a old
        rm -f r r.gz
        "$unfix" --model="$model" -i --report=$report a || exit 1
        # shellcheck disable=SC2086 # two words
        REPORT=$report LD_PRELOAD="$preload" "$unfix" --model="$model" $how \
            --report=$report c >out 2>err
        [ $? -eq 2 ] || wrong "$how: another status"
        echo "unfix: $report: was written meanwhile; try again" | cmp -s - err ||
            wrong "$how: another message"
        cmp -s c old || wrong "$how: the file is replaced"
        ! cmp -s b old || wrong "$how: the other run did nothing"
        "$unfix" --model="$model" -i --revert=$report a b 2>err ||
            wrong "$how: the way back is lost"
        cmp -s a old && cmp -s b old || wrong "$how: a file is not the old one"
    done
done
exit $failed
