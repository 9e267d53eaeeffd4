#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# abidiff_fault.sh LIBRARY BASELINE: abidiff.sh must see what breaks programs: a
# function that is gone, a field that has moved, a struct that has another size.
set -eu

here=$(dirname "$0")
planted=$(mktemp)
trap 'rm -f "$planted"' EXIT
failed=0

# caught WHAT SED-COMMAND: that, done to the baseline, is a break.
caught() {
    sed "$2" "$baseline" >"$planted"
    if cmp -s "$baseline" "$planted"; then
        echo "abidiff_fault: nothing was planted: $1"
        failed=1
    elif sh "$here/abidiff.sh" "$library" "$planted" >/dev/null; then
        echo "abidiff_fault: not seen: $1"
        failed=1
    fi
}

library=$1
baseline=$2
correction="class-decl name='unfix_correction'"
caught 'a function that is gone' "s/'unfix_class_name'/'unfix_class_gone'/g"
caught 'a field that has moved' \
    "/$correction/,/'confidence'/s/offset-in-bits='\\([1-9]\\)/offset-in-bits='9\\1/"
caught 'a struct of another size' "/$correction/s/size-in-bits='/&9/"
exit $failed
