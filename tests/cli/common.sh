# SPDX-License-Identifier: MPL-2.0
# shellcheck shell=sh
# The beginning of each test of the filter as a user meets it:
#     X_test.sh UNFIX MODEL SPLICE
# SPLICE is the program made of splice.c.  Each prints TAP and ends with
# `finish`, which prints the counts.
set -u

if [ $# -ne 3 ]; then
    echo "usage: $0 UNFIX MODEL SPLICE" >&2
    exit 2
fi
# shellcheck disable=SC2034 # what a test may not use
{
unfix=$(realpath "$1") || exit 2
model=$(realpath "$2") || exit 2
splice=$(realpath "$3") || exit 2
}

folder=$(mktemp -d) || exit 2
trap 'cd / && rm -rf "$folder"' EXIT
trap 'exit 2' HUP INT TERM
cd "$folder" || exit 2
umask 022
LC_ALL=C.UTF-8
export LC_ALL

passed=0
failed=0

# check NAME COMMAND...: counts whether the command succeeds.
check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $name"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $name"
        echo "# status $status"
        sed 's/^/# stdout: /' out | head -n 5
        sed 's/^/# stderr: /' err | head -n 5
    fi
}

# run ARGUMENT...: leaves `status` and the files out and err.
status=
run() {
    "$unfix" --model="$model" "$@" >out 2>err
    status=$?
}

# The same, without the model.
run_bare() {
    "$unfix" "$@" >out 2>err
    status=$?
}

is_silent() { [ ! -s err ]; }
is_empty() { [ ! -s out ]; }
says() { [ "$(cat err)" = "$1" ]; }
says_one_line() { [ "$(wc -l <err)" -eq 1 ] && grep -q '^unfix: ' err; }
writes() { [ "$status" -eq 0 ] && is_silent && cmp -s out "$1"; }
refuses() { [ "$status" -eq 2 ] && is_empty && says_one_line; }
leaves_no_temporary() { [ -z "$(find . -name '.unfix*')" ]; }

# mode FILE, owner FILE, inode FILE: of files with plain names.
# shellcheck disable=SC2012
mode() { ls -l "$1" | cut -c 1-10; }
# shellcheck disable=SC2012
owner() { ls -ln "$1" | tr -s ' ' | cut -d ' ' -f 3,4; }
# shellcheck disable=SC2012
inode() { ls -i "$1" | tr -s ' ' '\n' | grep -m 1 .; }

# ---- texts -------------------------------------------------------------------

# Two errors that any model of Spanish knows.
cat >dirty <<'end'
El Comité examinó el informe sobre la cooperacién internacional para el
desarrollo y tomó nota de las medidas adoptadas por los Estados Miembros.

La organizacidn de los Estados Americanos seguirá prestando asistencia técnica
a los países que la soliciten.
end
sed 's/cooperacién/cooperación/; s/organizacidn/organización/' dirty >repaired
cp repaired clean
cat >accents <<'end'
El Comité examinó la cooperacion internacional y pidió a la organizacidn
que informara sobre los progresos realizados.
end

# Odd inputs; `bytes` has every byte once.
: >empty
mkdir d
i=0
while [ $i -lt 256 ]; do
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf %03o $i)"
    i=$((i + 1))
done >bytes
sed "s/\$/$(printf '\r')/" dirty >crlf
{ printf '\357\273\277' && cat dirty; } >bom

# clean_text N: so many bytes of it.  The writer ends when nobody reads on.
clean_text() {
    while cat clean && echo; do :; done 2>/dev/null | head -c "$1"
}

# repeat N FILE
repeat() {
    i=0
    while [ $i -lt "$1" ]; do
        cat "$2" && echo
        i=$((i + 1))
    done
}

# finish: the counts, and whether all went well.
finish() {
    echo "1..$((passed + failed))"
    echo "$passed passed, $failed failed"
    [ $failed -eq 0 ]
}
