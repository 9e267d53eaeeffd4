#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# cycles.sh ROOT: no circle among the modules of the library.  A module is a .c
# and the .h of its name; it hangs on those whose headers it includes and on
# those whose functions it uses, whichever header declares them.
set -eu

cd "$1"
find lib -name '*.[ch]' | LC_ALL=C sort | xargs awk '
FNR == 1 {
    module = FILENAME
    sub(/^lib\//, "", module)
    sub(/\.[ch]$/, "", module)
    header = FILENAME ~ /\.h$/
    files[module] = FILENAME
}
# Comments hang on nothing.
{
    line = $0
    if (inside) {
        if (!match(line, /\*\//))
            next
        line = substr(line, RSTART + 2)
        inside = 0
    }
    while (match(line, /\/\*/)) {
        head = substr(line, 1, RSTART - 1)
        rest = substr(line, RSTART + 2)
        if (match(rest, /\*\//))
            line = head " " substr(rest, RSTART + 2)
        else {
            line = head
            inside = 1
            break
        }
    }
}
line ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
    target = line
    gsub(/^[^"]*"|\.h".*$/, "", target)
    if (target != module)
        edge[module " " target] = FILENAME ":" FNR
    next
}
{
    if (!header && match(line, /^(ufx|unfix)_[a-z0-9_]+\(/))
        home[substr(line, 1, RLENGTH - 1)] = module
    while (match(line, /ufx_[a-z0-9_]+/)) {
        name = substr(line, RSTART, RLENGTH)
        if (!header && !((module, name) in used))
            used[module, name] = FILENAME ":" FNR
        line = substr(line, RSTART + RLENGTH)
    }
}
END {
    for (key in used) {
        split(key, part, SUBSEP)
        to = home[part[2]]
        if (to != "" && to != part[1] && !((part[1] " " to) in edge))
            edge[part[1] " " to] = used[key]
    }
    for (key in edge) {
        split(key, part, " ")
        count[part[1]]++
        below[part[1], count[part[1]]] = part[2]
        place[part[1], part[2]] = edge[key]
    }
    # What hangs on nothing that is left is taken away until nothing changes:
    # what stays is in a circle or above one.
    for (changed = 1; changed;) {
        changed = 0
        for (module in files) {
            open = 0
            for (i = 1; i <= count[module]; i++)
                open += below[module, i] in files
            if (open == 0) {
                delete files[module]
                changed = 1
            }
        }
    }
    # And what nothing that is left hangs on.
    for (changed = 1; changed;) {
        changed = 0
        for (module in files)
            wanted[module] = 0
        for (module in files)
            for (i = 1; i <= count[module]; i++)
                wanted[below[module, i]]++
        for (module in files)
            if (wanted[module] == 0) {
                delete files[module]
                changed = 1
            }
    }
    for (module in files)
        for (i = 1; i <= count[module]; i++)
            if (below[module, i] in files) {
                print place[module, below[module, i]] ": " module \
                    " hangs on " below[module, i] ", in a circle"
                failed = 1
            }
    exit failed
}' | LC_ALL=C sort >"${TMPDIR:-/tmp}/cycles.$$"
cat "${TMPDIR:-/tmp}/cycles.$$"
[ ! -s "${TMPDIR:-/tmp}/cycles.$$" ] || failed=1
rm "${TMPDIR:-/tmp}/cycles.$$"
exit "${failed:-0}"
