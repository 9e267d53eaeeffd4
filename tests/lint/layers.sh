#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# layers.sh ROOT: folders are layers, and includes point down only.
set -eu

cd "$1"
find include lib tools -name '*.[ch]' | LC_ALL=C sort | xargs awk '
BEGIN {
    n = split("base text lang normalize verify repair api", name)
    for (i = 1; i <= n; i++)
        rank["lib/" name[i]] = i
    pure = " stdalign.h stdbool.h stddef.h stdint.h stdlib.h string.h limits.h "
    failed = 0
}
function fault(why) {
    print FILENAME ":" FNR ": " why
    failed = 1
}
function check_system(target, folder) {
    if (target ~ /^unicode\// && folder != "lib/text")
        fault("<" target ">: only lib/text uses ICU")
    if (target ~ /hunspell/ && FILENAME != "lib/lang/speller.c")
        fault("<" target ">: only lib/lang/speller.c uses Hunspell")
    if (target ~ /^libxml\// && folder != "tools/unfix/format")
        fault("<" target ">: only tools/unfix/format uses libxml2")
    if (folder == "lib/normalize" && index(pure, " " target " ") == 0)
        fault("<" target ">: lib/normalize is pure")
}
# The public header: what C and C++ have everywhere.
function check_public(target) {
    if (target != "stddef.h" && target != "stdint.h")
        fault("<" target ">: the public header needs libc alone")
}
function check_filter(target) {
    if (target != "unfix.h" && (getline line < ("tools/unfix/" target)) < 0)
        fault("\"" target "\": tools/unfix knows unfix.h and its own headers only")
    close("tools/unfix/" target)
}
function check_library(target, folder) {
    if (target == "unfix.h")
        return
    to = "lib/" target
    sub(/\/[^\/]*$/, "", to)
    if (!(to in rank))
        fault("\"" target "\": write it as \"layer/file.h\"")
    else if (rank[to] > rank[folder])
        fault("\"" target "\": " folder " is below " to)
}
/^[ \t]*#[ \t]*include/ {
    folder = FILENAME
    sub(/\/[^\/]*$/, "", folder)
    target = $0
    if (folder == "include") {
        gsub(/^[^<"]*[<"]|[>"].*$/, "", target)
        check_public(target)
    } else if (match(target, /<[^>]*>/))
        check_system(substr(target, RSTART + 1, RLENGTH - 2), folder)
    else if (!match(target, /"[^"]*"/))
        fault("an include that cannot be read")
    else {
        target = substr(target, RSTART + 1, RLENGTH - 2)
        if (target ~ /^unicode\// || target ~ /hunspell/)
            check_system(target, folder)
        else if (folder in rank)
            check_library(target, folder)
        else if (folder ~ /^tools\/unfix(\/format)?$/)
            check_filter(target)
    }
}
END { exit failed }
'
