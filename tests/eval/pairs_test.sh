#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# pairs_test.sh UNFIX_MODEL UNFIX MODEL ROOT: scripts/pairs counts what comes
# out right, wrong and as it was.
set -eu

root=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tab=$(printf '\t')

# wants NAME FACT: the output has that.
wants() {
    if ! grep -q -e "$2" "$1"; then
        echo "no \"$2\" in $1:" >&2
        cat "$1" >&2
        exit 1
    fi
}

printf '%s\t%s\n' '# read' meant reuni6n reunión sesi6n sesión \
    ACT0S ACTOS de/ del >pairs.tsv
"$root/scripts/pairs" pairs.tsv cat >kept
wants kept 'sentences 12 right 0.0 % wrong 0.0 % left 100.0 %'
# Two words are mended, one is made another, and one stays.
"$root/scripts/pairs" --all pairs.tsv \
    sed 's/reuni6n/reunión/; s/ACT0S/ACTOS/; s/sesi6n/lesión/' >some
wants some 'sentences 12 right 50.0 % wrong 25.0 % left 25.0 %'
wants some "^sesi6n${tab}sesión${tab}1${tab}lesión"
wants some "^de/${tab}del${tab}3${tab}de/"
# A sentence of which another word changed is wrong, whatever else is right.
"$root/scripts/pairs" pairs.tsv sed 's/reuni6n/reunión/; s/firma/forma/' >harm
wants harm 'right 16.7 % wrong 25.0 % left 58.3 %'
# What was meant in capitals stands among capitals.
"$root/scripts/pairs" pairs.tsv sed 's/ACT0S [A-Z]/x/' >capitals
wants capitals 'wrong 25.0 %'
if "$root/scripts/pairs" pairs.tsv 2>usage; then
    echo "no command, and no complaint" >&2
    exit 1
fi
wants usage '^usage: '
