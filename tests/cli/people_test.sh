#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# people_test.sh UNFIX MODEL SPLICE: what people look at, and reports as orders.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"
corpus=$(dirname "$0")/../corpus/clean
case $corpus in /*) ;; *) corpus=$OLDPWD/$corpus ;; esac

# ---- in people's hands -------------------------------------------------------

test_inline() {
    sed -e 's/cooperacién/[-cooperacién-]{+cooperación+}/' \
        -e 's/organizacidn/[-organizacidn-]{+organización+}/' dirty >want
    run --format=inline dirty && writes want
}
test_inline_colour() {
    esc=$(printf '\033')
    sed -e "s/cooperacién/${esc}[31mcooperacién${esc}[m${esc}[32mcooperación${esc}[m/" \
        -e "s/organizacidn/${esc}[31morganizacidn${esc}[m${esc}[32morganización${esc}[m/" \
        dirty >want
    run --format=inline --color=always dirty && writes want
}
test_diff_colour() {
    run --format=diff dirty && cp out want &&
        run --format=diff --color=always dirty && ! cmp -s out want &&
        sed "s/$(printf '\033')\[[0-9]*m//g" out >got && cmp -s got want
}
# on_terminal ARGUMENT...: what a terminal shows of it, in `out`.
on_terminal() {
    script -qec "$unfix --model=$model $*" /dev/null >out 2>err </dev/null
    status=$?
}
has_colour() { grep -q "$(printf '\033')\[31m" out; }
test_colour_on_terminal() {
    on_terminal --format=diff dirty && has_colour &&
        on_terminal --format=inline dirty && has_colour &&
        on_terminal --format=inline --color=never dirty && ! has_colour &&
        run --format=inline dirty && ! has_colour
}
test_no_color() {
    NO_COLOR=1 on_terminal --format=diff dirty && ! has_colour &&
        NO_COLOR='' on_terminal --format=diff dirty && has_colour &&
        NO_COLOR=1 on_terminal --format=diff --color=always dirty &&
        has_colour && TERM=dumb on_terminal --format=diff dirty && ! has_colour
}
test_totals() {
    on_terminal -o o dirty clean &&
        grep -q '^unfix: 2 files, [0-9]* words: 2 repairs (.* in 100 words)' \
            out && grep -q '^unfix: letter 2' out &&
        grep -q '^unfix: [0-9.]* in 100 of them are right' out &&
        on_terminal -q -o o dirty && [ ! -s out ]
}
check "--format=inline shows repairs in their places" test_inline
check "--format=inline in colours" test_inline_colour
check "--format=diff in colours is the same diff" test_diff_colour
if script -qec true /dev/null >out 2>err </dev/null; then
    check "colours are for terminals" test_colour_on_terminal
    check "NO_COLOR is honoured" test_no_color
    check "at a terminal a run is summed up" test_totals
fi

test_summary() {
    run --summary dirty clean dirty && is_silent && [ "$status" -eq 0 ] &&
        [ "$(sed -n '/^#/d; s/, .*//p' out | head -n 2)" = "$(printf '%s\n' \
            'ó read as d: 2' 'ó read as é: 2')" ] &&
        grep -q '^    dirty:40: .*\[cooperacién -> cooperación\] int' out
}
test_summary_not_made() {
    run --summary --min-confidence=1000 dirty &&
        grep -q '^ó read as é: 0; 1 not made$' out
}
test_summary_file() {
    run --summary dirty && cp out want && run --summary -o o dirty &&
        [ ! -s out ] && cmp -s o want
}
test_summary_nature() {
    run --summary "$corpus/gallego.txt" &&
        grep -q '^# language gl, modern spelling, prose, ' out &&
        grep -q '^# words left alone: [0-9]* in another language' out &&
        run --summary "$corpus/fideicomiso-1949.txt" &&
        grep -q '^# language es, old spelling, prose, third' out &&
        grep -q 'words left alone: [0-9]* of older spelling' out &&
        run --summary "$corpus/programa.py" && grep -q ', syntax, ' out &&
        run --summary "$corpus/primera-persona.txt" &&
        grep -q ', first person$' out &&
        run --summary dirty && grep -q '^# ó read as é 1, as d 1$' out
}
# row FIELD...: whether the table has a row that begins so.
row() {
    grep -q "^$(printf '%s\t' "$@")" out || {
        echo "no row $*" >>err
        return 1
    }
}
# A page of which every fifth word was mended, and every tenth is rubble.
make_rubble() {
    i=0
    while [ $i -lt 12 ]; do
        echo 'La cooperacién y la organizacidn xq~vkz internacional, que'
        echo 'qwrtzp las medidas de la situacién y de los paises.'
        i=$((i + 1))
    done
}
test_table() {
    mkdir -p t && cp dirty clean t && cp "$corpus/gallego.txt" t/gl &&
        make_rubble >t/rubble && printf 'a\0b' >t/bin && : >t/.hidden &&
        run -q -r --summary=tsv t && is_silent && [ "$status" -eq 0 ] &&
        cp out one && row document t/dirty es modern prose third &&
        row document t/gl gl &&
        [ "$(awk -F '\t' '$13 == "rescan" {print $2}' out)" = t/rubble ] &&
        [ "$(awk -F '\t' '$1 == "document" {made += $8; words += $7}
            END {print made, words}' out)" = \
        "$(awk -F '\t' '$1 == "all" && $2 ~ /made|words/ {n[$2] = $3}
            END {print n["made"], n["words"]}' out)" ] &&
        [ "$(awk -F '\t' '$1 == "class" {made += $3} END {print made}' out)" = \
        "$(awk -F '\t' '$1 == "series" {made += $3} END {print made}' out)" ] &&
        printf '%s\t%s\t%s\n' all documents 4 all rescan 1 'files' 'no text' 1 \
            files hidden 1 | while read -r line; do
            grep -qxF "$line" out || exit 1
        done &&
        row language gl 1 && row series 'ó read as é' &&
        run -q -r -j3 --summary=tsv t && cmp -s out one &&
        [ "$(awk -F '\t' '{print $1, NF}' out | sort -u | tr '\n' ' ')" = \
            'all 3 bytes 3 class 3 damage 2 document 14 files 3 language 4 series 6 words 3 ' ]
}
# Each kind of bundled text that is of one language is told so.
test_languages() {
    while read -r file language; do
        run --format=jsonl "$corpus/$file.txt" || return 1
        tail -n 1 out | grep -q "\"language\":\"$language\"" || {
            echo "$file is no $language" >&2
            return 1
        }
    done <<'END'
aleman de
asturiano ast
catalan ca
frances fr
gallego gl
guarani gn
ingles en
italiano it
ladino lad
latin la
papiamento pap
portugues pt
quechua qu
rumano ro
vasco eu
acta-consejo es
antiguo es
dialogo es
voseo es
versos es
participantes und
END
}
check "--summary tells what the text is" test_summary_nature
check "languages are told" test_languages
check "--summary puts repairs of all files together" test_summary
check "--summary counts what was not made" test_summary_not_made
check "--summary=tsv has each document, and all of them" test_table
check "--summary into a file" test_summary_file

sed 's/organizacidn/organización/' dirty >half # cooperacién stays
test_veto_series() {
    echo 'ó read as é' >list
    run --veto=list dirty && writes half && echo 'ó read é' >list &&
        run --veto=list dirty && writes half
}
test_veto_pair() {
    echo 'cooperacién=cooperación' >list
    run --veto=list dirty && writes half &&
        echo 'cooperacién=cooperation' >list && run --veto=list dirty &&
        writes repaired
}
test_keep() {
    printf '# words\r\n\ncooperacién\r\n' >list
    run --keep=list dirty && writes half &&
        run --format=jsonl --keep=list dirty &&
        grep '"original":"cooperacién"' out | grep '"verdict":"rejected"' |
        grep -q '"held_back":"vetoed"'
}
test_keep_mark() {
    printf '\357\273\277# kept words\ncooperacién\n' >list
    run --keep=list dirty && writes half
}
test_keep_one_word() {
    printf 'informe\ncooperacién=cooperación\n' >list
    run --keep=list dirty
    refuses && says 'unfix: list:2: not one word'
}
test_veto_odd() {
    printf 'informe\n\n=b\n' >list
    run --veto=list dirty
    refuses && says 'unfix: list:3: a pair needs both its sides'
}
check "--veto switches a series off" test_veto_series
check "--veto switches a pair off" test_veto_pair
check "--keep leaves words alone" test_keep
check "--keep of a table with a byte order mark" test_keep_mark
check "--keep takes words only" test_keep_one_word
check "--veto names the line that it cannot read" test_veto_odd

bad_explain() {
    run --explain="$1" ${2+"$2"} dirty
    refuses
}
test_explain() {
    run --explain dirty && is_silent &&
        grep -q '^ *40  cooperacién  *> cooperación  *[0-9.]*  *[0-9.]*  *[0-9.]*  unknown$' out &&
        grep -q '^          = cooperación  .* applied, letter: ó read as é; unknown -> known; seen 1 and 0 times$' out &&
        [ "$(grep -c '^line ' out)" -eq "$(grep -c . dirty)" ]
}
test_explain_line() {
    run --explain dirty && sed -n '/^line 2$/,/^$/p' out | sed '$d' >want &&
        run --explain=2 dirty && writes want && [ -s want ] &&
        run --explain=3 dirty && is_empty && says 'unfix: dirty: line 3 has no text'
}
check "--explain shows tokens, readings and costs" test_explain
check "--explain of a line" test_explain_line
check "--explain: no line" bad_explain 0
check "--explain: a word" bad_explain last
check "--explain: beyond all numbers" bad_explain 99999999999999999999
check "--explain with -i" bad_explain 1 -i
check "--explain with --report" bad_explain 1 --report=x

test_harm() {
    run --max-harm=10000 dirty && writes repaired &&
        run --max-harm=0.001 clean && writes clean
}
# Iagos may be lagos, Pagos and more: too doubtful for so short a text.
test_harm_refused() {
    printf 'Sobre los Iagos de las sierras.\n' >page
    run --min-confidence=0 page && ! cmp -s out page &&
        run --min-confidence=0 --max-harm=0.001 page && cmp -s out page &&
        grep -q '^unfix: page: nothing is repaired: .*--max-harm' err
}
check "--max-harm" test_harm
check "--max-harm says what it cannot hold" test_harm_refused

# The word begins, or with a mark after it, ends a line; no line is lost.
test_join_hyphens() {
    printf '%s\n' 'El Comité examinó en su período de sesio-' \
        'nes la situación de la coope-' 'ración, que destacó la delega-' \
        'ción de los Es- tados. El acuerdo greco-' 'romano.' >page
    printf '%s\n' 'El Comité examinó en su período de sesiones' \
        'la situación de la' 'cooperación, que destacó la delegación' \
        'de los Estados. El acuerdo greco-' 'romano.' >want
    sed 's/Es- tados/Estados/' page >parted
    run page && writes parted && run --join-hyphens page && writes want &&
        run --join-hyphens --only=letter page && cmp -s out page
}
check "--join-hyphens" test_join_hyphens

# Both halves are words: baja, do; es, ta; pro, ductos.
test_join_words() {
    printf '%s\n' 'El Gobier' 'no dice que los precios han baja' \
        'do y espera que en es' 'ta temporada se vendan los pro' \
        'ductos del país.' >page
    printf '%s\n' 'El Gobierno' 'dice que los precios han bajado' \
        'y espera que en esta' 'temporada se vendan los productos' \
        'del país.' >want
    run --join-hyphens page && writes want
}
check "--join-hyphens and no hyphen" test_join_words

run --report=orders dirty
cp orders kept
test_apply() { run --apply=orders dirty && writes repaired; }
test_apply_stdin() { run --apply=orders - <dirty && writes repaired; }
test_revert() { run --revert=orders repaired && writes dirty; }
test_apply_edited() {
    sed '/"original":"cooperacién"/s/"applied"/"rejected"/' kept >orders
    run --apply=orders dirty && writes half && cp half page &&
        run --revert=orders page && writes dirty &&
        sed 's/"replacement":"cooperación"/"replacement":"COOP"/' kept \
            >orders && run --apply=orders dirty &&
        sed 's/cooperación/COOP/' repaired | cmp -s - out
    good=$?
    cp kept orders
    return $good
}
test_apply_other_text() {
    run --apply=orders repaired
    refuses && says 'unfix: repaired: is not the text that the report is of'
}
test_revert_other_text() {
    run --revert=orders accents
    refuses && says 'unfix: accents: is not what the report makes of its text'
}
# altered NAME EDIT: a report so edited is refused, with that said.
altered() {
    sed "$2" kept >orders
    run --apply=orders dirty
    refuses && grep -q "^unfix: orders.*$1" err
    good=$?
    cp kept orders
    return $good
}
test_apply_output() {
    rm -f o && run --apply=orders -o o dirty && cmp -s o repaired &&
        run --revert=orders -o o o && cmp -s o dirty && rm -f o &&
        run --apply=orders -o o repaired
    [ $status -eq 2 ] && [ ! -e o ] && leaves_no_temporary
}
test_apply_over_report() {
    run --apply=orders -o orders dirty
    refuses && says 'unfix: orders: is the report and cannot be the output'
}
check "--apply makes what the report says" test_apply
check "--apply reads standard input" test_apply_stdin
check "--revert gives the text back" test_revert
check "--apply and --revert of an edited report" test_apply_edited
check "--apply refuses another text" test_apply_other_text
check "--revert refuses another text" test_revert_other_text
# As after a revert that was ended in the middle.
test_revert_twice() {
    run --revert=orders dirty && writes dirty && cp dirty a &&
        before=$(inode a) && run -i --revert=orders a && cmp -s a dirty &&
        [ "$before" = "$(inode a)" ]
}
test_revert_no_report() {
    run --revert=dirty dirty
    [ $status -eq 2 ] && [ ! -s out ] && says_one_line &&
        grep -q '^unfix: dirty:1: not one object of JSON' err
}
check "--revert of a text that is reverted leaves it" test_revert_twice
check "--revert by what is no report" test_revert_no_report
check "--apply into a file" test_apply_output
check "--apply does not write over its report" test_apply_over_report
check "--apply: stale offset" altered ':1: the place of the repair was altered' \
    '1s/"offset":40/"offset":41/'
check "--apply: another length" altered ':1: the place of the repair' \
    '1s/"length":12/"length":11/'
check "--apply: another original" altered ':2: the place of the repair' \
    's/"original":"organizacidn"/"original":"organizacion"/'
check "--apply: no such verdict" altered ':1: a field is missing' \
    '1s/"applied"/"aplied"/'
check "--apply: a line is missing" altered ':2: lines of the file are missing' 1d
check "--apply: lines out of order" altered ':2: the repair is not in its pla' \
    '1{h;d};2G'
check "--apply: the end is missing" altered ': the report is not whole' '$d'
check "--apply: no JSON" altered ':2: not one object of JSON' '2s/^{//'
check "--apply: a field twice" altered ':1: not one object of JSON' \
    '1s/"verdict"/"offset":40,"verdict"/'

finish
