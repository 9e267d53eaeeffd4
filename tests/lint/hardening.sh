#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# hardening.sh PROGRAM-OR-LIBRARY...: the hardening flags took effect: full
# RELRO, position-independent, stack not executable and guarded, and libc's
# checking functions in use.
set -eu

failed=0
need() {
    if ! printf '%s\n' "$facts" | grep -Eq -- "$2"; then
        echo "$1: $3"
        failed=1
    fi
}
for file; do
    facts=$(LC_ALL=C readelf -W -h -l -d --dyn-syms "$file")
    need "$file" 'Type: +DYN' 'not position-independent'
    need "$file" 'GNU_RELRO' 'no RELRO'
    need "$file" 'BIND_NOW|Flags:.* NOW' 'symbols are bound lazily'
    need "$file" 'GNU_STACK.* RW ' 'the stack is executable'
    need "$file" '__stack_chk_fail' 'no stack protector'
    need "$file" '_chk@' '_FORTIFY_SOURCE found nothing to check'
done
exit $failed
