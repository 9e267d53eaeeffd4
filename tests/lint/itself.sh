#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# itself.sh ROOT: the project speaks of itself alone.  It names no folder of
# somebody's machine and no host that packages come from: it is built from
# what the system has.
set -eu

cd "$1"
if [ -e .git ] && command -v git >/dev/null; then
    list() { git ls-files -z --cached --others --exclude-standard; }
else
    list() { find . \( -path ./build -o -path ./.git \) -prune -o -type f -print0; }
fi

# The patterns are spelt so that they do not match themselves.
found=0
no() {
    # -s: one that git lists may be gone.
    if list | LC_ALL=C xargs -0 -r grep -sHInE -e "$1" -- | grep -v "$3"; then
        echo "  ^ $2"
        found=1
    fi
}

nothing='^$'
no '(^|[^[:alnum:]_.}])/(home|root|Users|wor[k])(/|$)' \
    'a folder of one machine' "$nothing"
no '(^|[^[:alnum:]_.}])/tm[p]/[[:alnum:]_.]' \
    'a fixed temporary name: use mktemp' "$nothing"
no '[.][.]/share[d]' \
    'a folder outside the project, other than through UNFIX_DATA' UNFIX_DATA
no '(pyp[i]|crate[s]|npmj[s]|rubygem[s]|pkg[.]g[o]|proxy[.]golan[g]|(deb|ftp|security|packages)[.]debia[n]|(archive|ports)[.]ubunt[u]|docke[r]|ghc[r]|qua[y]|mave[n]|(registry|mirror)[.][a-z0-9-]+)[.](org|io|com|net|dev)' \
    'a package registry' "$nothing"
no 'issue[s] (show|list|close)|AGENT[S][.]md|CLAUD[E][.]md' \
    'how it was made' "$nothing"
exit $found
