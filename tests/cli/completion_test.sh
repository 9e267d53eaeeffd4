#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# completion_test.sh UNFIX MODEL SPLICE: what shells complete.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"
completions=$(dirname "$unfix")/../completions

run_bare --help=all
sed -n 's/^  -., --\([a-z0-9-]*\).*/\1/p; s/^      --\([a-z0-9-]*\).*/\1/p' out \
    >options

# has_all FILE BEFORE: names every option of --help=all, BEFORE before it.
has_all() {
    [ "$(wc -l <options)" -gt 40 ] && while read -r option; do
        grep -q -e "$2$option\([^a-z0-9-]\|$\)" "$1" || {
            echo "$1 lacks $option"
            return 1
        }
    done <options
}

# completes WANTED WORD...: what bash makes of these words, of which the last
# is not yet whole, on one line.
completes() {
    wanted=$1
    shift
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _unfix
        echo ${COMPREPLY[*]-}' "$completions/unfix.bash" "$@" >out 2>err
    status=$?
    [ "$(cat out)" = "$wanted" ] && is_silent
}

test_bash_options() {
    completes '--review= --revert=' unfix --rev &&
        completes '--in-place' unfix page.txt --in-
}
test_bash_values() {
    completes 'text diff inline jsonl' unfix --format = &&
        completes 'diff' unfix --format = d &&
        completes 'diff' unfix --format d &&
        completes 'applied' unfix --report-level = ap &&
        completes 'hocr html' unfix --input = h &&
        completes 'all' unfix --help =
}
test_bash_classes() {
    completes 'letter lost list' unfix --only = l &&
        completes 'accent,roman' unfix --only = accent,ro
}
test_bash_files() {
    mkdir -p place && : >place/page.txt && : >placebo &&
        completes 'place placebo' unfix --words = pl &&
        completes 'place' unfix --output-dir = pl &&
        completes 'place/page.txt' unfix place/ &&
        completes 'placebo' unfix -o placeb
}
# fish_says WANTED LINE: the completions of a line, without descriptions.
fish_says() {
    env HOME="$folder" fish --no-config -c \
        "source $completions/unfix.fish; complete -C '$2'" >said 2>err
    cut -f 1 said >out
    [ "$(tr '\n' ' ' <out)" = "$1" ]
}
test_fish() {
    fish --no-execute "$completions/unfix.fish" &&
        fish_says '--format=diff ' 'unfix --format=d' &&
        fish_says '--append-report ' 'unfix --appe' &&
        fish_says '--only=accent,roman ' 'unfix --only=accent,ro'
}
test_zsh() {
    zsh -n "$completions/_unfix" && sed 1q "$completions/_unfix" >out &&
        [ "$(cat out)" = '#compdef unfix' ]
}

check "bash has every option" has_all "$completions/unfix.bash" --
check "zsh has every option" has_all "$completions/_unfix" --
check "fish has every option" has_all "$completions/unfix.fish" '-l '
if command -v bash >/dev/null; then
    check "bash completes options" test_bash_options
    check "bash completes values" test_bash_values
    check "bash completes classes, one after another" test_bash_classes
    check "bash completes files and folders" test_bash_files
fi
if command -v fish >/dev/null; then
    check "fish completes" test_fish
fi
if command -v zsh >/dev/null; then
    check "zsh reads what it is to complete" test_zsh
fi

finish
