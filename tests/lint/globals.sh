#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# globals.sh ARCHIVE|OBJECT...: the library has no variable that can be
# written, but for the lock around what Hunspell counts.  Constant tables of pointers (.data.rel.ro) are read-only once the
# program has been loaded.
set -eu

LC_ALL=C objdump -t "$@" | awk '
    / file format / { object = $1; seen++ }
    {
        for (i = 2; i < NF; i++)
            if ($i ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ &&
                $i !~ /^\.data\.rel\.ro/ && $0 !~ / d  \./ &&
                $NF != "ufx_speller_busy") {
                print object " " $NF " in " $i
                failed = 1
            }
    }
    END {
        if (seen == 0) {
            print "no objects"
            failed = 1
        }
        exit failed
    }'
