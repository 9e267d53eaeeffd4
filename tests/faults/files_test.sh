#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# files_test.sh UNFIX MODEL FAILING-CALL: each call to do with files and threads
# in a run with -i fails in turn.  Every file is the old one or the new one, the
# report tells of those that are new and of no others, and there is status 2
# with a message unless all went well.
set -u

unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
preload=$(realpath "$3") || exit 2
folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
cd "$folder" || exit 2

cat >old.a <<'end'
El Comité examinó el informe sobre la cooperacién internacional para el
desarrollo y tomó nota de las medidas adoptadas por los Estados Miembros.
end
cat >old.b <<'end'
La organizacidn de los Estados Americanos seguirá prestando asistencia técnica
a los países que la soliciten.
end
sed 's/cooperacién/cooperación/' old.a >new.a
sed 's/organizacidn/organización/' old.b >new.b

# life [VARIABLE=VALUE]...: both files, in place, with a report.
life() {
    cp old.a a && cp old.b b && rm -f report failed
    env LD_PRELOAD="$preload" FAIL_LOG=failed "$@" "$unfix" --model="$model" \
        --min-confidence=0 --jobs=$jobs -i --report=report a b 2>err
}

wrong=0
say() {
    echo "$jobs jobs, call $at, $(cat failed): $1"
    head -n 3 err
    wrong=1
}
# is_reported FILE: with a repair, and to its end.
is_reported() {
    [ -e report ] && grep -q "\"file\":\"$1\".*\"applied\"" report &&
        grep -q "\"file\":\"$1\",\"end\":true" report
}

bad=0
good=0
for jobs in 1 2; do
    at=0
    life 9>count || {
        cat err
        exit 1
    }
    cmp a new.a && cmp b new.b || exit 1
    count=$(cat count)
    echo "$jobs jobs: $count calls"
    [ "$count" -gt 20 ] || exit 1
    while [ $at -lt "$count" ]; do
        at=$((at + 1))
        life FAIL_AT=$at 9>/dev/null
        status=$?
        [ -e failed ] || echo nothing >failed
        case $status in
        0) good=$((good + 1)) ;;
        2)
            bad=$((bad + 1))
            [ -s err ] || say 'no message'
            ;;
        *) say "status $status" ;;
        esac
        for file in a b; do
            if cmp -s $file old.$file; then
                [ $status -eq 2 ] || say "$file is not replaced"
                ! grep -qs "\"file\":\"$file\"" report ||
                    say "$file is not replaced, but reported"
            elif ! cmp -s $file new.$file; then
                say "$file is neither old nor new"
            elif [ -e report ] && ! is_reported $file; then
                say "$file is replaced and not reported"
            fi
        done
        [ -z "$(find . -name '.unfix*')" ] || say 'a temporary file is left'
        rm -f .unfix*
    done
done
echo "$good runs without need of it, $bad refused"
[ "$bad" -gt 20 ] || wrong=1
exit $wrong
