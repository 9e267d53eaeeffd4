#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# filter_test.sh UNFIX MODEL FAILING-MALLOC: each allocation of a whole run of
# the filter fails in turn, those of ICU and of libc included: the text comes
# out whole, or there is status 2, one message, and nothing is left behind.
set -u

unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
preload=$(realpath "$3") || exit 2
folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
cd "$folder" || exit 2

cat >page <<'end'
La cooperacidn internacional y los 6rganos de la Asamblea, en su 53* periodo
de sesiones, examiné la cuestion de Fulanopolis y de los paises, ŝi kaj ſu.
end
printf 'Fulanópolis\n' >words
# A file with an encoding of its own, entities, and words that are glued.
{
    echo "<?xml version='1.0' encoding='ISO-8859-1'?><html><p class='ocr_par'>"
    for word in 'Lacooperaci&oacute;n' 'internacional' 'y' 'los' '6rganos' 'de' \
        'la' 'Asamblea,' 'que' '&#39;examin&oacute;&#39;' 'la' 'cuestidn'; do
        echo "<span class='ocrx_word' title='bbox 1 2 90 4'>$word</span>"
    done
    echo '</p></html>'
} >page.hocr
printf 'b\tó\t3.5\n' >confusions

# repair, apply, revert [VARIABLE=VALUE]...: a run with all that takes memory.
repair() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --model="$model" \
        --words=words --confusions=confusions --report=report --output=out page
}
layout() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --model="$model" --output=out \
        page.hocr
}
apply() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --apply=repair.report \
        --output=out page
}
revert() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --revert=repair.report \
        --output=out repaired
}
# A draw, of files whose names fill the room for them, without the last NUL.
printf '.%0125d/page' 0 | sed 's,0,/.,g' >names
drawn() {
    env LD_PRELOAD="$preload" "$@" "$unfix" --model="$model" --jobs=1 \
        --format=jsonl --sample=2 --files0-from=names --output=out
}

failed=0
wrong() {
    echo "$life: allocation $at${on:+ and all after it}: $1"
    head -n 3 err
    failed=1
}
# all LIFE: each allocation of it fails.
all() {
    life=$1
    rm -f out report want.report
    "$life" 9>count 2>err || {
        cat err
        exit 1
    }
    cp out want
    [ ! -e report ] || cp report want.report
    count=$(cat count)
    echo "$life: $count allocations"
    [ "$count" -gt 5 ] || exit 1
    good=0
    bad=0
    for on in '' FAIL_ON=1; do
        at=0
        while [ $at -lt "$count" ]; do
            at=$((at + 1))
            rm -f out report
            # shellcheck disable=SC2086 # nothing where $on is empty
            "$life" FAIL_AT=$at $on 9>/dev/null 2>err
            status=$?
            case $status in
            0)
                good=$((good + 1))
                cmp -s out want || wrong 'other output'
                [ ! -e want.report ] || cmp -s report want.report ||
                    wrong 'another report'
                ;;
            2)
                bad=$((bad + 1))
                [ -s err ] || wrong 'no message'
                [ ! -e out ] && [ ! -e report ] || wrong 'a file appeared'
                ;;
            *) wrong "status $status" ;;
            esac
            [ -z "$(find . -name '.unfix*')" ] || wrong 'a temporary file is left'
            rm -f .unfix*
        done
    done
    echo "$good runs without need of it, $bad refused"
    [ "$bad" -gt 5 ] || failed=1
}
all repair
cp want repaired
cp want.report repair.report
all apply
cmp -s out repaired || [ ! -e out ] || failed=1
all revert
cmp -s want page || {
    echo 'revert: another text'
    failed=1
}
all drawn
all layout
grep -q '>cooperaci' want || {
    echo 'layout: nothing is repaired'
    failed=1
}
exit $failed
