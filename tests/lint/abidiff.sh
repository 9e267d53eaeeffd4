#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# abidiff.sh LIBRARY BASELINE: programs that were compiled with the
# library that the baseline describes run with this one: types, fields and
# functions are where they were.  More functions may be there.  A field at the
# end of a struct that allows it is a change as well: renew the baseline then
# (scripts/renew), and look at its difference.
# abidiff.sh --write LIBRARY HEADERS: prints a baseline.
set -eu

if [ "$1" = --write ]; then
    # Without what differs from machine to machine.
    abidw --exported-interfaces-only --no-show-locs --no-comp-dir-path \
        --no-corpus-path --no-elf-needed --drop-private-types \
        --drop-undefined-syms --headers-dir "$3" "$2" |
        sed "s,^\\(.*<abi-instr.* path='\\)[^']*/,\\1,"
    exit
fi
exec abidiff --no-added-syms "$2" "$1"
