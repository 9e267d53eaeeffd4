#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# limits.sh ROOT: every cap in lib/base/limits.h and every number in the tables of
# tuned ones is asked for somewhere in lib/, and a comment before it says what it
# stops, or is.
set -eu

cd "$1"
failed=0
for file in lib/base/limits.h lib/*/tuned.h; do
    names=$(sed -n 's/^#define \(UFX_[A-Z0-9_]*\) .*/\1/p' "$file")
    for name in $names; do
        if ! grep -rEq --include='*.[ch]' --exclude="${file##*/}" \
            "(^|[^A-Z0-9_])$name([^A-Z0-9_]|\$)" lib &&
            ! grep -Eq "^#define .*[^A-Z0-9_]$name([^A-Z0-9_]|\$)" "$file"; then
            echo "$file:1: $name is not used"
            failed=1
        fi
    done
    # A run of definitions stands right after the comment that says why.
    awk '
        /\*\// { said = 1; next }
        /^#define UFX_/ && !/_H$/ {
            if (!said) {
                print FILENAME ":" FNR ": " $2 " does not say what it stops"
                failed = 1
            }
            next
        }
        /^$/ { said = 0 }
        END { exit failed }' "$file" || failed=1
done
exit $failed
