#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# killed_test.sh UNFIX MODEL FAILING-CALL: a run with -i and a report is killed at
# each call to do with files and threads.  Every file is the old one or the new
# one, the report takes each of the new ones back, and --resume makes of both,
# report and files, what a run makes that nobody disturbs.
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
cp new.a old.c && cp new.a new.c

# life [VARIABLE=VALUE]...: three files, in place, with a report and backups.
begin() { rm -f report ./*.bak && cp old.a a && cp old.b b && cp old.c c; }
life() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --model="$model" --jobs=$jobs \
        --min-confidence=0 -i --backup --report=report --resume a b c 2>err
}
# Where no call of an earlier run is left: times are not the same in any two.
timeless() { sed 's/"out_mtime":[0-9]*/"out_mtime":0/; s/"mtime":[0-9]*/"mtime":0/' report; }

# Every third call is enough for every day; KILL_STEP=1 takes them all.
step=${KILL_STEP:-3}
wrong=0
say() {
    echo "$jobs jobs, call $at: $1"
    head -n 3 err
    wrong=1
}
for jobs in 1 2; do
    at=0
    begin && life 9>count || exit 1
    count=$(cat count)
    timeless >want
    cmp a new.a && cmp b new.b && cmp c new.c || exit 1
    echo "$jobs jobs: $count calls"
    [ "$count" -gt 20 ] || exit 1
    # With two threads the same calls come in another order.
    by=$((step * (jobs == 1 ? 1 : 3)))
    while [ $((at + by)) -le "$count" ]; do
        at=$((at + by))
        begin
        { life KILL_AT=$at 9>/dev/null; } 2>/dev/null
        [ $? -eq 137 ] || [ $jobs -gt 1 ] || say 'was not killed'
        for file in a b c; do
            cmp -s $file old.$file || cmp -s $file new.$file ||
                say "$file is neither old nor new"
        done
        for file in a b c; do cp -p $file was.$file; done
        [ -s report ] || {
            cmp -s a old.a && cmp -s b old.b || say 'replaced without report'
            continue
        }
        "$unfix" -i --revert=report a b c 2>err
        ! grep -v 'not in the report$\|last file is not whole' err ||
            say 'revert complains'
        for file in a b c; do
            cmp -s $file old.$file || say "$file is not taken back"
            cp -p was.$file $file
        done
        rm -f .unfix*
        life 9>/dev/null || say 'does not go on'
        for file in a b c; do
            cmp -s $file new.$file || say "$file is not new"
        done
        cmp -s a.bak old.a && cmp -s b.bak old.b || say 'a backup is missing'
        timeless | cmp -s - want || say 'another report'
        [ -z "$(find . -name '.unfix*')" ] || say 'a temporary file is left'
    done
done
exit $wrong
