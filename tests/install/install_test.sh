#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# install_test.sh CMAKE BUILD ROOT CC DEFAULT: installs into a prefix that the build
# has never heard of, moves that, and uses what is there: the filter, the
# library by pkg-config and by find_package, shared and static.
set -eu

cmake=$1
build=$2
root=$3
cc=$4
default=$5
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
prefix=$scratch/moved
broken='La cooperacién internacional'
mended='La cooperación internacional'

fail() {
    echo "install: $1"
    exit 1
}

# repairs WHAT COMMAND...: with an empty environment, the command's output has
# the repair.
repairs() {
    what=$1
    shift
    said=$(printf '%s\n' "$broken" | env -i "$@") || fail "$what: exit $?"
    printf '%s\n' "$said" | grep -qxF "$mended" || fail "$what: said: $said"
    echo "$what: ok"
}

"$cmake" --install "$build" --prefix "$scratch/first" >"$scratch/log" ||
    fail "$(cat "$scratch/log")"
mv "$scratch/first" "$prefix"

abi=$("$prefix/bin/unfix" --version | sed -n '1s/.* \([0-9]*\.[0-9]*\)\..*/\1/p')
for file in include/unfix.h bin/unfix bin/unfix-model lib/libunfix.a \
    lib/libunfix.so "lib/libunfix.so.$abi" lib/pkgconfig/unfix.pc \
    lib/cmake/unfix/unfixConfig.cmake \
    lib/cmake/unfix/unfixConfigVersion.cmake share/unfix/es.unfix \
    share/man/man1/unfix.1 share/man/man1/unfix-model.1 \
    share/man/man3/libunfix.3 share/man/man3/unfix_correct.3 \
    share/bash-completion/completions/unfix \
    share/zsh/site-functions/_unfix \
    share/fish/vendor_completions.d/unfix.fish \
    share/doc/unfix/README.md share/doc/unfix/CHANGELOG.md \
    share/doc/unfix/LICENSE share/doc/unfix/abi.md share/doc/unfix/examples/correct.c; do
    [ -s "$prefix/$file" ] || fail "no $file"
done
# As a whole path: the project may lie in /unfix, and files in .../unfix.
folders=$(printf '%s\n' "$build" "$root" "$scratch" |
    sed 's/[^[:alnum:]/_-]/[&]/g' | paste -s -d '|')
if grep -rlE "(^|[^][:alnum:]_.}/)-]|-[IL])($folders)(/|[^[:alnum:]_.-]|\$)" \
    "$prefix/lib/pkgconfig" "$prefix/lib/cmake"; then
    fail 'files above name a folder of the build'
fi

repairs 'installed filter' "$prefix/bin/unfix"
ln -s "$prefix/bin/unfix" "$scratch/link"
repairs 'filter through a link' "$scratch/link"

example=$prefix/share/doc/unfix/examples/correct.c
PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # pkg-config prints a list
"$cc" "$example" $(pkg-config --cflags --libs unfix) -o "$scratch/correct"
repairs 'example by pkg-config' "LD_LIBRARY_PATH=$prefix/lib" \
    "$scratch/correct" "$broken"
# shellcheck disable=SC2046
"$cc" "$example" $(pkg-config --cflags unfix) "$prefix/lib/libunfix.a" \
    $(pkg-config --libs --static unfix | sed 's/-lunfix//') \
    -o "$prefix/bin/correct"
if ! pkg-config --print-requires-private unfix | grep -q icu-uc; then
    fail 'unfix.pc does not name ICU'
fi
# A static program that is nowhere near the model is told where it is.
model=$(pkg-config --variable=modelfile unfix)
[ "$(realpath "$model")" = "$prefix/share/unfix/es.unfix" ] ||
    fail "modelfile: $model"
repairs 'example with the static library' "$prefix/bin/correct" "$broken"

"$cmake" -S "$root/tests/install/consumer" -B "$scratch/consumer" \
    -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$cc" \
    -DEXAMPLE="$example" >"$scratch/log" 2>&1 || fail "$(cat "$scratch/log")"
"$cmake" --build "$scratch/consumer" >"$scratch/log" 2>&1 ||
    fail "$(cat "$scratch/log")"
repairs 'example by find_package' "$scratch/consumer/correct-shared" "$broken"
cp "$scratch/consumer/correct-static" "$prefix/bin"
repairs 'example by find_package, static' "$prefix/bin/correct-static" \
    "$broken"

# components COMPONENT FILE...: that part alone holds these files, and no others.
components() {
    part=$1
    shift
    rm -rf "$scratch/part"
    "$cmake" --install "$build" --prefix "$scratch/part" --component "$part" \
        >"$scratch/log" || fail "$(cat "$scratch/log")"
    has=$(cd "$scratch/part" && find . ! -type d | sed 's,^\./,,' | sort)
    [ "$has" = "$(printf '%s\n' "$@" | sort)" ] || fail "$part holds: $has"
}
version=$("$prefix/bin/unfix" --version | sed -n '1s/.* //p')
components runtime "lib/libunfix.so.$abi" "lib/libunfix.so.$version"
components model share/unfix/es.unfix
components tools bin/unfix bin/unfix-model \
    share/bash-completion/completions/unfix \
    share/fish/vendor_completions.d/unfix.fish share/man/man1/unfix.1 \
    share/man/man1/unfix-model.1 share/zsh/site-functions/_unfix
echo 'components: ok'

# The counter-check: what found the model was the place of the library.
rm "$prefix/share/unfix/es.unfix"
if [ -e "$default" ]; then
    echo "there is a model in $default as well: cannot look without one"
else
    code=0
    env -i "$prefix/bin/unfix" </dev/null 2>"$scratch/log" || code=$?
    [ $code -eq 2 ] || fail "without a model: exit $code, not 2"
    for place in "$prefix/share/unfix/es.unfix" "$default"; do
        sed 's,/[^/]*/\.\./,/,g' "$scratch/log" | grep -qF "$place" ||
            fail "does not say that it looked for $place: $(cat "$scratch/log")"
    done
    echo "without a model: $(cat "$scratch/log")"
fi
