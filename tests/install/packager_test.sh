#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# packager_test.sh CMAKE BUILD ROOT CC: the builds that packages are made of, as
# far as they differ from everybody's: the library alone, with a pkg-config that
# knows nothing but ICU and Hunspell; a model by an unfix-model from elsewhere;
# a library that is not told where it was loaded from; libraries in lib/ARCH.
set -eu

cmake=$1
build=$2
root=$3
cc=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    echo "packager: $1"
    exit 1
}

# configure NAME OPTION...
configure() {
    name=$1
    shift
    "$cmake" -S "$root" -B "$scratch/$name" -DCMAKE_C_COMPILER="$cc" \
        -DCMAKE_BUILD_TYPE=None "$@" >"$scratch/log" 2>&1
}

mkdir "$scratch/pc"
for name in icu-uc hunspell; do
    file=$(pkg-config --variable=pcfiledir $name)/$name.pc
    cp "$file" "$scratch/pc"
done
PKG_CONFIG_LIBDIR=$scratch/pc
export PKG_CONFIG_LIBDIR
configure alone -DUNFIX_TOOLS=OFF -DUNFIX_HAVE_DLADDR=OFF \
    -DCMAKE_INSTALL_LIBDIR=lib/arch -DCMAKE_INSTALL_PREFIX=/opt/unfix ||
    fail "the library alone: $(cat "$scratch/log")"
unset PKG_CONFIG_LIBDIR
"$cmake" --build "$scratch/alone" >"$scratch/log" 2>&1 ||
    fail "the library alone: $(cat "$scratch/log")"
DESTDIR=$scratch/root "$cmake" --install "$scratch/alone" >"$scratch/log" ||
    fail "$(cat "$scratch/log")"
prefix=$scratch/root/opt/unfix
for file in bin share/unfix share/man/man1; do
    if [ -e "$prefix/$file" ]; then
        fail "the library alone has $file"
    fi
done
echo 'the library alone: ok'

# It asks for the model where it was built to be, and nowhere else.
PKG_CONFIG_PATH=$prefix/lib/arch/pkgconfig
export PKG_CONFIG_PATH
cat >"$scratch/places.c" <<'END'
#include <unfix.h>
#include <stdio.h>
int
main(int argc, char **argv)
{
    char path[4096];
    unfix_model *model;

    for (size_t i = 0; unfix_model_place(i, path, sizeof path) > 0; i++)
        puts(path);
    if (argc == 2 &&
        unfix_model_load(argv[1], NULL, &model, NULL) == UNFIX_OK) {
        puts(unfix_model_path(model));
        unfix_model_release(model);
    }
    return 0;
}
END
# shellcheck disable=SC2046 # pkg-config prints lists
"$cc" "$scratch/places.c" $(pkg-config --cflags --libs unfix) \
    -o "$scratch/places"
said=$(LD_LIBRARY_PATH=$prefix/lib/arch "$scratch/places" \
    "$build/share/unfix/es.unfix" | tail -n 2)
[ "$said" = "/opt/unfix/share/unfix/es.unfix
$build/share/unfix/es.unfix" ] || fail "without dladdr: places: $said"
echo 'without dladdr: ok'

configure model -DUNFIX_TOOLS=OFF \
    -DUNFIX_MODEL_COMPILER="$build/bin/unfix-model" ||
    fail "a model by another compiler: $(cat "$scratch/log")"
"$cmake" --build "$scratch/model" --target unfix_model_image \
    >"$scratch/log" 2>&1 || fail "$(cat "$scratch/log")"
cmp "$build/share/unfix/es.unfix" "$scratch/model/share/unfix/es.unfix" ||
    fail 'a model by another compiler differs'
echo 'a model by another compiler: ok'

# For a machine whose programs do not run here, it has to be given.
if configure foreign -DCMAKE_SYSTEM_NAME=Linux -DUNFIX_TESTS=OFF; then
    fail 'cross-compiling asks for no UNFIX_MODEL_COMPILER'
fi
grep -q UNFIX_MODEL_COMPILER "$scratch/log" || fail "$(cat "$scratch/log")"
echo 'cross-compiling: ok'
