#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# ratchet_test.sh UNFIX-MODEL UNFIX MODEL ROOT [--renew]: the figures over the
# bundled pages do not fall behind those of ratchet.txt.  --renew writes that
# file anew: to be done when they got better, or with the reason in the commit
# when they got worse.
set -eu

if [ $# -lt 4 ]; then
    echo "usage: ratchet_test.sh UNFIX-MODEL UNFIX MODEL ROOT [--renew]" >&2
    exit 2
fi
kept=$4/tests/eval/ratchet.txt

figures() { # errors left and removed, precision, harm, clean: one a line
    "$1" eval --model="$2" --clean "$3/tests/pages" | tail -n 1 |
        awk '{
            for (i = 1; i <= NF; i++)
                if ($i ~ /^(WERred|wWERred|precision|harm\/10k|clean\/10k)$/) {
                    value = $(i + 1)
                    sub("%", "", value)
                    print $i, value
                }
        }'
}

now=$(figures "$1" "$3" "$4")
if [ "$(printf '%s\n' "$now" | wc -l)" -ne 5 ]; then
    echo "the output of unfix-model eval is another one"
    exit 1
fi
if [ "${5:-}" = --renew ]; then
    {
        echo "# Over tests/pages: ratchet_test.sh --renew writes this file."
        printf '%s\n' "$now"
    } >"$kept"
    exit 0
fi
# More is better of the first three, less of the others.
{ grep -v '^#' "$kept"; printf '%s\n' "$now"; } | awk '
    !($1 in kept) { kept[$1] = $2; next }
    {
        less = $1 ~ /10k/
        bad = less ? $2 > kept[$1] : $2 < kept[$1]
        printf "%s - %s %s, kept %s\n", bad ? "not ok" : "ok", $1, $2, kept[$1]
        failed = failed || bad
    }
    END { exit failed }'
