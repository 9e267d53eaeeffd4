#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# faults.sh ROOT CC: a check that nobody saw fail is no check.  Plants a fault
# for each rule into a copy of the sources and looks whether the lint names it;
# and things that look like faults, which it must let pass.
set -eu

root=$1
cc=$2
lint=$root/tests/lint
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0
planted=0

fail() {
    echo "$1"
    failed=1
}

for folder in include lib tools fuzz cmake scripts bindings .ci CMakeLists.txt; do
    cp -R "$root/$folder" "$tree"
done
mkdir -p "$tree/tests" "$tree/docs" "$tree/dictionaries/es"
cp "$root"/dictionaries/es/letters.tsv "$root"/dictionaries/es/forms.tsv \
    "$tree/dictionaries/es"
cp "$root/docs/algorithm.md" "$tree/docs"

# run LINT [ARG]...: its output in $said, its exit status as result.
run() {
    name=$1
    shift
    said=$(sh "$lint/$name.sh" "$@" 2>&1)
}

# put FILE TEXT
put() {
    mkdir -p "$(dirname "$tree/$1")"
    case $1 in
    *.md | *.txt) printf '%s\n' "$2" >"$tree/$1" ;;
    *) printf '/* SPDX-License-Identifier: MPL-2.0 */\n%b\n' "$2" \
        >"$tree/$1" ;;
    esac
}

# caught LINT FILE TEXT: the lint fails and names FILE.
caught() {
    put "$2" "$3"
    planted=$((planted + 1))
    if run "$1" "$tree"; then
        fail "$1: did not see in $2: $3"
    elif ! printf '%s\n' "$said" | grep -q "$2:[0-9]*:"; then
        fail "$1: does not name $2: $said"
    fi
    rm "$tree/$2"
}

# passes LINT FILE TEXT
passes() {
    put "$2" "$3"
    run "$1" "$tree" || fail "$1: must not complain about $2: $3: $said"
    rm "$tree/$2"
}

for name in layers cycles lengths language picture banned sources itself limits; do
    run $name "$tree" || fail "$name: fails before anything is planted: $said"
done
[ $failed -eq 0 ] || exit 1

caught layers lib/base/planted.c '#include "text/chars.h"'
caught layers lib/text/planted.c '#include "lang/model.h"'
caught layers lib/lang/planted.h '  #  include "normalize/search.h"'
caught layers lib/normalize/planted.c '#include "verify/verify.h"'
caught layers lib/verify/planted.c '#include "repair/state.h"'
caught layers lib/repair/planted.c '#include "api/objects.h"'
caught layers lib/lang/planted.c '#include "planted.h"'
caught layers lib/lang/planted.c '#include "../api/model.h"'
caught layers lib/lang/planted.c '#include <unicode/uchar.h>'
caught layers tools/unfix-model/planted.c '#include <unicode/uchar.h>'
caught layers lib/text/planted.c '#include <hunspell/hunspell.h>'
caught layers lib/lang/planted.c '#include "hunspell.h"'
caught layers tools/unfix-model/planted.c '#include <hunspell.h>'
caught layers lib/normalize/planted.c '#include <stdio.h>'
caught layers lib/normalize/planted.c '#include <math.h>'
caught layers tools/unfix/planted.c '#include "base/buffer.h"'
caught layers tools/unfix/planted.c '#include <unicode/ustring.h>'
caught layers tools/unfix/format/planted.c '#include "base/buffer.h"'
caught layers tools/unfix/planted.c '#include <libxml/parser.h>'
caught layers lib/api/planted.c '#include <libxml/parser.h>'
caught layers lib/api/planted.c '#define H "base/memory.h"\n#include H'
passes layers lib/api/planted.c '#include "base/memory.h"\n#include "unfix.h"'
passes layers lib/text/planted.c '#include <unicode/uchar.h>'
passes layers tools/unfix-model/planted.c '#include "lang/model.h"'
passes layers tools/unfix/format/planted.c '#include <libxml/parser.h>'
passes layers tools/unfix/format/planted.c '#include "format/markup.h"'

caught layers include/planted.h '#include <unicode/utypes.h>'
caught layers include/planted.h '#include <sys/types.h>'
caught layers include/planted.h '#include "base/limits.h"'
passes layers include/planted.h '#include <stddef.h>\n#include <stdint.h>'
caught banned include/planted.h 'int f(UChar32 c);'
caught banned include/planted.h 'int f(const Hunhandle *h);'
caught banned include/planted.h 'int f(FILE *file);'

# Tables of numbers: one that nobody asks for, and one without a comment.
caught limits lib/text/tuned.h '/* So many. */\n#define UFX_PLANTED_MOST 1'
caught limits lib/text/tuned.h '\n#define UFX_TOKEN_CHARS 1'
passes limits lib/text/tuned.h '/* So many. */\n#define UFX_TOKEN_CHARS 1'

# A part that is not there, and one that leaves what does not compile.
mkdir -p "$tree/bench"
for row in 'x\tlib/base/sort.c\tno_such()\treturn;' \
    'x\tlib/base/sort.c\tufx_sort()\t}'; do
    planted=$((planted + 1))
    printf '%b\n' "$row" >"$tree/bench/parts.tsv"
    run parts "$tree" && fail "parts: did not see $row"
done

# Circles: by includes, by a function that another header declares; of three.
put lib/text/planted_two.h '#include "text/planted.h"'
caught cycles lib/text/planted.h '#include "text/planted_two.h"'
put lib/text/planted_two.h 'void ufx_planted_two(void);'
put lib/text/planted_two.c 'void\nufx_planted_two(void)\n{\n    ufx_planted();\n}'
caught cycles lib/text/planted.c \
    'void\nufx_planted(void)\n{\n    ufx_planted_two();\n}'
put lib/text/planted_two.c '#include "text/planted_three.h"'
put lib/text/planted_three.c '#include "text/planted.h"'
caught cycles lib/text/planted.h '#include "text/planted_two.h"'
passes cycles lib/text/planted.h 'int a;'
rm "$tree"/lib/text/planted_t*
passes cycles lib/text/planted.c '/* ufx_language_open() is above */'

long=$(awk 'BEGIN { for (i = 0; i < 58; i++) printf "    a++;\\n" }')
caught lengths lib/text/planted.c "void\nf(void)\n{\n$long}"
passes lengths lib/text/planted.c "void\nf(void)\n{\n${long#*;?n}}"

for text in 'bool f(int cp) { return cp == 0xF1; }' \
    'int f(int cp) { switch (cp) { case 0xE1: return 1; } }' \
    'static const int vowels[] = {0xE1, 0xE9};' "bool f(int c) { return c == 'y'; }" \
    'const char *s = "ñ";' 'bool f(void) { return is(at, "de"); }'; do
    caught language lib/normalize/planted.c "$text"
done
passes language lib/normalize/planted.c "/* ñ, 0xF1, \"de\" */ int a = 'X' != 'l';"
passes language lib/normalize/planted.c 'int a = 0xFF, b = f(0x2019), c = x & 0xE0;'

caught picture lib/normalize/planted.c 'int a;'
sed 's,normalize/search.c,normalize/planted.c,' "$root/docs/algorithm.md" \
    >"$tree/docs/algorithm.md"
planted=$((planted + 1))
run picture "$tree" && fail 'picture: did not see a file that is not there'
cp "$root/docs/algorithm.md" "$tree/docs"

# Limits: one that nobody asks, one that does not say why, one elsewhere.
limits=$tree/lib/base/limits.h
cp "$limits" "$tree/limits.h"
for text in '/* Why. */\n#define UFX_PLANTED 9' '\n\n#define UFX_BEAM_TOO UFX_BEAM'; do
    planted=$((planted + 1))
    printf '%b\n' "$text" >>"$limits"
    run limits "$tree" && fail "limits: did not see $text"
    cp "$tree/limits.h" "$limits"
done

for call in 'strcpy(a, b)' 'strcat(a, b)' 'sprintf(a, b)' 'vsprintf(a, b, c)' \
    'gets(a)' 'strtok(a, b)' 'system(a)' 'alloca(9)' 'setjmp(a)' 'atoi(a)' \
    'Hunspell_suggest(h, &s, w)'; do
    caught banned lib/text/planted.c "int f(void) { return $call; }"
    caught banned tools/unfix/planted.c "int f(void) { return $call; }"
done
for call in 'printf(a)' 'fputs(a, stderr)' 'exit(1)' 'abort()' 'getenv(a)' \
    'time(NULL)' 'pthread_create(a, b, c, d)' 'malloc(9)' 'free(a)'; do
    caught banned lib/verify/planted.c "int f(void) { return $call; }"
done
caught banned lib/normalize/planted.c 'static float a;'
caught banned lib/normalize/planted.c 'long double a;'
passes banned lib/text/planted.c '/* not strcpy(), nor\n   system() */'
passes banned lib/text/planted.c 'const char *s = "\\"strcpy(a, b)";'
passes banned lib/text/planted.c 'int my_system(int subsystem); // gets(a)'
passes banned lib/text/planted.c 'int f(struct s *p) { return p->time; }'
passes banned lib/normalize/planted.c 'int a; /* no float, no double */'

caught sources lib/text/planted.c 'int a; '
caught sources lib/text/planted.c '\tint a;'
printf 'int a;\n' >"$tree/lib/planted.c"
run sources "$tree" && fail 'sources: did not see a file without licence'
printf '/* SPDX-License-Identifier: MPL-2.0 */' >"$tree/lib/planted.c"
run sources "$tree" && fail 'sources: did not see a missing newline'
rm "$tree/lib/planted.c"
planted=$((planted + 2))

for text in "see /hom""e/ana/notes" "cd /wor""k/main" "in /roo""t/x" \
    "out=/tm""p/out.txt" "data in ../share""d/ocr" \
    "https://pyp""i.org/x" "http://deb.debia""n.org/" \
    "registry.npmj""s.org" "see issue""s show 2"; do
    caught itself docs/planted.md "$text"
done
passes itself docs/planted.md 'and/or/works, ~/homework/, /usr/share/doc'
passes itself docs/planted.md "cmake -DUNFIX_DATA=../share""d"

# Objects: a variable at file scope, in a function, in common, in a thread.
for text in 'int a;' 'int a = 1;' 'int *f(void){static int a; return &a;}' \
    'int g = 0; const char *a = "x";' '_Thread_local int a;'; do
    put planted.c "$text"
    "$cc" -fPIC -c "$tree/planted.c" -o "$tree/planted.o"
    planted=$((planted + 1))
    run globals "$tree/planted.o" && fail "globals: did not see: $text"
    "$cc" -fPIC -fcommon -c "$tree/planted.c" -o "$tree/planted.o"
    run globals "$tree/planted.o" && fail "globals: did not see (common): $text"
done
put planted.c 'extern int b; int f(void);
    const int a[] = {1}; const char *const t[] = {"x", "y"};
    int f(void) { return b + a[0] + t[0][0]; }'
"$cc" -fPIC -c "$tree/planted.c" -o "$tree/planted.o"
run globals "$tree/planted.o" || fail "globals: constants must pass: $said"

# Exports: one too many and one too few, in library, header and list.
put planted.c 'int unfix_one(void); int unfix_two(void);
    int unfix_one(void) { return 1; } int unfix_two(void) { return 2; }'
put planted.h '#define UNFIX_VERSION_MAJOR 0\n#define UNFIX_VERSION_MINOR 7
UNFIX_API const char *\nunfix_one(void *(*f)(int), int a);
UNFIX_API void unfix_two(void);'
printf '# sorted\nunfix_one\nunfix_two\n' >"$tree/list.txt"
# export_all SOURCE LIBRARY NODE SONAME
export_all() {
    echo "$3 { global: unfix_*; local: *; };" >"$tree/planted.map"
    "$cc" -shared -fPIC "-Wl,--version-script=$tree/planted.map" \
        "-Wl,-soname,$4" "$tree/$1" -o "$tree/$2"
}
export_all planted.c planted.so UNFIX_0.7 libunfix.so.0.7
run abi "$tree/planted.so" "$tree/planted.h" "$tree/list.txt" ||
    fail "abi: equal lists must pass: $said"
for edit in '/two/d' '$aunfix_zoo' 's/one/won/'; do
    planted=$((planted + 1))
    sed "$edit" "$tree/list.txt" >"$tree/other.txt"
    run abi "$tree/planted.so" "$tree/planted.h" "$tree/other.txt" &&
        fail "abi: did not see the list after $edit"
done
sed 's/unfix_two/unfix_too/' "$tree/planted.h" >"$tree/other.h"
run abi "$tree/planted.so" "$tree/other.h" "$tree/list.txt" &&
    fail 'abi: did not see another header'
sed 's/unfix_two/unfix_too/g' "$tree/planted.c" >"$tree/other.c"
export_all other.c other.so UNFIX_0.7 libunfix.so.0.7
run abi "$tree/other.so" "$tree/planted.h" "$tree/list.txt" &&
    fail 'abi: did not see another library'
export_all planted.c other.so UNFIX_0.7 libunfix.so.0
run abi "$tree/other.so" "$tree/planted.h" "$tree/list.txt" &&
    fail 'abi: did not see a SONAME of another number'
export_all planted.c other.so UNFIX_0 libunfix.so.0.7
run abi "$tree/other.so" "$tree/planted.h" "$tree/list.txt" &&
    fail 'abi: did not see symbols of another number'
planted=$((planted + 4))

# Interfaces that old programs would not run with.
if command -v abidiff >/dev/null && command -v abidw >/dev/null; then
    mkdir "$tree/header"
    # interface STRUCT FUNCTION: a library that has them.
    interface() {
        printf 'struct s { %s };\nint %s(const struct s *s);\n' "$1" "$2" \
            >"$tree/header/types.h"
        put planted.c '#include "types.h"\nint '"$2"'(const struct s *s)
            { return (int)s->b; }'
        "$cc" -g -shared -fPIC -I"$tree/header" "$tree/planted.c" \
            -o "$tree/interface.so"
    }
    baseline=$tree/baseline.abi
    interface 'int a; int b;' unfix_one
    sh "$lint/abidiff.sh" --write "$tree/interface.so" "$tree/header" >"$baseline"
    run abidiff "$tree/interface.so" "$baseline" ||
        fail "abidiff: the same must pass: $said"
    for struct in 'int b; int a;' 'long a; int b;' 'int a; unsigned b;' \
        'int b;'; do
        planted=$((planted + 1))
        interface "$struct" unfix_one
        run abidiff "$tree/interface.so" "$baseline" &&
            fail "abidiff: did not see $struct"
    done
    planted=$((planted + 1))
    interface 'int a; int b;' unfix_two
    run abidiff "$tree/interface.so" "$baseline" &&
        fail 'abidiff: did not see that a function is gone'
fi

# A program without hardening; each flag alone is not enough.
put planted.c '#include <stdio.h>\nint main(int n, char **v)
    { char b[64]; return snprintf(b, (size_t)n, "%s", v[0]); }'
strong='-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-all'
strong="$strong -fPIE -pie -Wl,-z,relro,-z,now"
# shellcheck disable=SC2086 # $strong is a list of flags
"$cc" $strong "$tree/planted.c" -o "$tree/planted"
run hardening "$tree/planted" || fail "hardening: must pass: $said"
for weak in -U_FORTIFY_SOURCE -fno-stack-protector -no-pie -Wl,-z,lazy \
    -Wl,-z,norelro -Wl,-z,execstack; do
    planted=$((planted + 1))
    # shellcheck disable=SC2086
    "$cc" $strong $weak "$tree/planted.c" -o "$tree/planted" 2>/dev/null
    run hardening "$tree/planted" && fail "hardening: did not see $weak"
done

echo "$planted faults planted"
exit $failed
