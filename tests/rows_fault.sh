#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# rows_fault.sh ROWS_TEST MODEL FORMS SPEC: a check that nobody saw fail is no
# check.  Without the examples of dates it must name the rows of the months, and
# no row of the symbols.
set -eu

said=$("$1" "$2" "$3" "$4/ordinal.md" "$4/roman.md" "$4/number.md" \
    "$4/symbol.md" "$4/list.md") && {
    echo "rows_test did not see that the examples of dates are missing"
    exit 1
}
for month in enero mayo agosto; do
    printf '%s\n' "$said" | grep -q "needs the row: month.$month" || {
        echo "rows_test does not name $month: $said"
        exit 1
    }
done
if printf '%s\n' "$said" | grep 'needs the row: part'; then
    exit 1
fi
