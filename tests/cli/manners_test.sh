#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# manners_test.sh UNFIX MODEL SPLICE: what it says to somebody who made a slip.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# says_of MESSAGE ARGUMENT...: refused with that.
says_of() {
    message=$1
    shift
    run_bare "$@"
    refuses && says "unfix: $message" || {
        echo "# wanted: unfix: $message"
        return 1
    }
}
try="; try 'unfix --help'"
check "an option with a slip" says_of \
    "no such option '--formt'; did you mean '--format'?$try" --formt=diff dirty
check "letters exchanged" says_of \
    "no such option '--reprot'; did you mean '--report'?$try" --reprot=r dirty
check "nothing that is near" says_of \
    "no such option '--frobnicate'$try" --frobnicate dirty
check "a beginning of several" says_of "ambiguous option '--re'$try" --re=x dirty
check "no such letter" says_of "no such option '-z'$try" -z dirty
check "no such letter among others" says_of "no such option '-z'$try" -qz dirty
check "an argument too much" says_of \
    "option '--check' takes no argument$try" --check=yes dirty
check "an argument that is missing" says_of \
    "option '--words' needs an argument$try" dirty --words
check "an argument of a letter that is missing" says_of \
    "option '-o' needs an argument$try" dirty -o
check "an empty name" says_of "--report needs a name$try" --report= dirty
check "an empty name in a list" says_of "--words needs a name$try" --words= dirty
check "a name given twice" says_of '--output is given twice' -o x -o y dirty
check "a format with a slip" says_of \
    "--format: 'jsnol' is none of text, diff, inline, jsonl; did you mean 'jsonl'?" \
    --format=jsnol dirty
check "a format far from any" says_of \
    "--format: 'xml' is none of text, diff, inline, jsonl" --format=xml dirty
check "a colour with a slip" says_of \
    "--color: 'nevre' is none of auto, always, never; did you mean 'never'?" \
    --color=nevre dirty
check "a class with a slip" says_of \
    "--only: 'acent' is no class; did you mean 'accent'?; see unfix --help=all" \
    --only=letter,acent dirty
check "two things at once" says_of \
    '--check and --format cannot be combined' --format=diff --check dirty
check "a report and what it settles" says_of \
    '--apply and --words cannot be combined' --apply=r --words=w dirty
check "what goes with every format" \
    eval 'run --check --format=text clean && [ "$status" -eq 0 ]'

test_confidence() {
    run --format=jsonl --min-confidence=900 dirty && cp out want &&
        run --format=jsonl --min-confidence=0.9 dirty && writes want &&
        run --format=jsonl --min-confidence=0.900 dirty && writes want &&
        run --format=jsonl --min-confidence=1000 dirty && cp out want &&
        run --format=jsonl --min-confidence=1.0 dirty && writes want &&
        run --format=jsonl --min-confidence=0 dirty && cp out want &&
        run --format=jsonl --min-confidence=0.0 dirty && writes want
}
# As an installed tree of which the model was taken away.
test_places() {
    mkdir -p tree/bin && cp "$unfix" tree/bin/ &&
        cp -r "$(dirname "$unfix")"/../lib* tree/ 2>err
    tree/bin/unfix dirty >out 2>err
    status=$?
    refuses && grep -q 'looked for .*es\.unfix, .*es\.unfix.*--model names' err
}
test_explain_past() {
    run --explain=9999 dirty
    refuses && says 'unfix: dirty: has no line 9999: it has 5 lines' &&
        run --explain=6 dirty
    refuses && printf 'sin fin' >page && run --explain=2 page
    refuses && says 'unfix: page: has no line 2: it has 1 line' &&
        run --explain=1 page && [ -s out ] && run --explain=1 empty
    refuses && says 'unfix: empty: has no line 1: it has 0 lines'
}
check "--min-confidence takes a probability, too" test_confidence
check "--explain of a line past the end" test_explain_past
case $(ldd "$unfix" 2>err) in
*libunfix*/*) check "without a model all places are named" test_places ;;
esac

# ---- several texts, one after the other --------------------------------------

test_glue() {
    printf 'uno' >one && printf 'dos' >two && printf 'uno\ndos\ntres\n' >want
    printf 'tres\n' >three && run one two three && writes want &&
        run -j 3 one two three && writes want && printf 'uno\ndos' >want &&
        run one empty two && writes want && run one two - <empty && writes want &&
        run one two -o got && cmp -s got want && printf uno >want &&
        run one && writes want && run one empty && writes want
}
test_glue_orders() {
    printf 'La cooperacién internacional.' >one && cp one two &&
        run --report=r one two && cp out repaired.2 &&
        run --apply=r one two && writes repaired.2 &&
        [ "$(wc -l <out)" -eq 1 ]
}
# Bytes that are no text are not parted.
test_glue_binary() {
    printf '\000a' >bin && cat bin bin >want && run bin bin && cmp -s out want
}
check "texts without a last line end are not glued" test_glue
check "neither by a report" test_glue_orders
check "files that are no text are" test_glue_binary

# The file is there before it reads; to end a terminal's input takes ^D.
on_terminal() {
    printf '\004' | timeout 60 script -qec "$unfix --model=$model $*" \
        /dev/null >out 2>err
}
test_hint() {
    on_terminal && grep -q '^unfix: reading from the terminal, up to Ctrl-D' out &&
        on_terminal -q && ! grep -q reading out && on_terminal - &&
        ! grep -q reading out
}
if script -qec true /dev/null >out 2>err </dev/null; then
    check "at a terminal without a file there is a hint" test_hint
else
    echo "# skipped, no terminal can be had: $(cat err)"
fi

finish
