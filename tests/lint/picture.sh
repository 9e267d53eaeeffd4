#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# picture.sh ROOT: the picture of docs/algorithm.md names each file of the
# library once or more, and none that is not there.  lib/base is left out.
set -eu

cd "$1"
page=docs/algorithm.md
named=$(mktemp)
there=$(mktemp)
trap 'rm -f "$named" "$there"' EXIT
sed -n '/^The way of a text/,/^## /p' $page |
    grep -oE '((api|lang|normalize|repair|text|verify)/)?[a-z0-9_]+\.c' |
    sed 's,^forms_,normalize/forms_,' | LC_ALL=C sort -u >"$named"
find lib -name '*.c' ! -path 'lib/base/*' | sed 's,^lib/,,' |
    LC_ALL=C sort >"$there"
failed=0
for file in $(LC_ALL=C comm -23 "$named" "$there"); do
    echo "$page:1: the picture names lib/$file, which is not there"
    failed=1
done
for file in $(LC_ALL=C comm -13 "$named" "$there"); do
    echo "lib/$file:1: the picture in $page lacks it"
    failed=1
done
exit $failed
