#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# folders_test.sh UNFIX MODEL SPLICE: files in folders, and each to a file of its own.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

run accents && cp out accents.repaired
# tree: texts, and what is no text, hidden or a link.
tree() {
    rm -rf t out.d r && mkdir -p t/b/c t/a t/.h t/e &&
        cp dirty t/z.txt && cp accents t/a/one.txt && cp clean t/a/two.md &&
        cp dirty t/b/c/deep.txt && cp dirty t/.hidden.txt && cp dirty t/.h/x.txt &&
        printf '\177ELF\000' >t/b/lib.so && ln -s ../a/one.txt t/b/link.txt &&
        ln -s .. t/b/up && printf '%%PDF-1.4\n' >t/e/doc.pdf
}
# snapshot FOLDER: all that is in it.
snapshot() { (cd "$1" && find . -type f -exec cksum {} + | LC_ALL=C sort -k 3); }
is_repaired() {
    cmp -s "$1/z.txt" repaired && cmp -s "$1/a/one.txt" accents.repaired &&
        cmp -s "$1/a/two.md" clean && cmp -s "$1/b/c/deep.txt" repaired
}
is_rest_as_it_was() {
    cmp -s t/.hidden.txt dirty && cmp -s t/.h/x.txt dirty && [ -h t/b/link.txt ] &&
        [ "$(wc -c <t/b/lib.so)" -eq 5 ] && [ "$(cat t/e/doc.pdf)" = %PDF-1.4 ]
}

# ---- -r ----------------------------------------------------------------------

test_in_place() {
    for jobs in 1 3; do
        tree && run -q -j $jobs -r -i t && writes /dev/null && is_repaired t &&
            is_rest_as_it_was || return 1
    done
}
test_counts() {
    tree && run -r -i t && grep -v 'language\|read as' err >said &&
        mv said err && says "$(printf '%s\n' \
        "$(head -n 1 err)" \
        'unfix: 2 files left alone: no text' \
        'unfix: 2 files left out: hidden' \
        'unfix: 2 files left out: symbolic links' \
        "$(tail -n 2 err)")" && head -n 1 err | grep -q '^unfix: 4 files, [0-9]* words: '
}
test_order() {
    tree && run -q -r t && cat accents.repaired clean repaired >want &&
        { cat accents.repaired clean && cat repaired && printf '\177ELF\000' && :; } >/dev/null &&
        run -q --format=jsonl -r t &&
        sed -n 's/^{"file":"\([^"]*\)","end":true.*/\1/p' out >names &&
        printf '%s\n' t/a/one.txt t/a/two.md t/b/c/deep.txt t/z.txt | cmp -s - names
}
test_here() {
    tree && cd t && run -q -r -i
    cd .. && [ "$status" -eq 0 ] && rm -f t/out t/err && is_repaired t
}
test_without() {
    tree && run t
    refuses && says 'unfix: t: Is a directory'
}
listed() {
    run -q --format=jsonl -r "$@" t &&
        sed -n 's/^{"file":"\([^"]*\)","end":true.*/\1/p' out | tr '\n' ' '
}
test_patterns() {
    tree && [ "$(listed --include='*.txt')" = 't/a/one.txt t/b/c/deep.txt t/z.txt ' ] &&
        [ "$(listed --include='*.txt' --exclude=a)" = 't/b/c/deep.txt t/z.txt ' ] &&
        [ "$(listed --exclude='t/b/*')" = 't/a/one.txt t/a/two.md t/z.txt ' ] &&
        [ "$(listed --include='*.md' --include='z*')" = 't/a/two.md t/z.txt ' ]
}
test_goes_on() {
    tree && run -q -i -r t missing t/a/one.txt
    [ "$status" -eq 2 ] && says 'unfix: missing: No such file or directory
unfix: missing: failed, see above' && is_repaired t
}
test_backup_and_report() {
    tree && snapshot t >want && run -q -i -r --backup --report=t/r t && is_repaired t &&
        cmp -s t/z.txt.bak dirty && run -q -i -r --backup --resume --report=t/r t &&
        [ ! -e t/z.txt.bak.bak ] && cmp -s t/z.txt.bak dirty &&
        mv t/r r && find t -name '*.bak' -exec rm {} + &&
        run -q -i -r --revert=r t/a t/b/c t/z.txt && snapshot t | cmp -s - want
}
# A report as orders goes into another folder, too, and the inputs stay.
test_orders() {
    tree && snapshot t >before && run -q -r --output-dir=made --report=r t &&
        run_bare -q -r --include='*.txt' --output-dir=again --apply=r t &&
        is_silent && [ "$status" -eq 0 ] &&
        diff made/t/b/c/deep.txt again/t/b/c/deep.txt &&
        cd made && run_bare -q -r --include='*.txt' --output-dir=../undone \
            --revert=../r t && cd .. && [ "$status" -eq 0 ] &&
        diff t/b/c/deep.txt undone/t/b/c/deep.txt && snapshot t | cmp -s - before
}
# What an earlier run wrote there is no input of the next.
test_own_output() {
    for option in --output --review --count; do
        tree && run -q -r $option=t/mine t && writes /dev/null && cp t/mine want &&
            run -q -r $option=t/mine t && writes /dev/null && cmp -s t/mine want ||
            return 1
    done
}
check "-r repairs what is in folders" test_in_place
check "-r leaves out what it writes" test_own_output
check "--apply and --revert write to --output-dir" test_orders
check "what is left out is counted" test_counts
check "files come in the order of their names" test_order
check "-r without a name is for this folder" test_here
check "without -r a folder is refused" test_without
check "--include and --exclude" test_patterns
check "one bad file does not stop the rest" test_goes_on
# Once is enough.
test_twice() {
    for jobs in 1 3; do
        tree && cp dirty a && run -q -j $jobs -i -r t t/a/one.txt a a t/z.txt &&
            writes /dev/null && is_repaired t && cmp -s a repaired || return 1
    done
}
# Nor is it one that somebody else changed meanwhile.
test_other_names() {
    for jobs in 1 2 5; do
        cp dirty a && ln -sf a to-a && mkdir -p sub && rm -f r &&
            run -j $jobs -i --report=r a ./a to-a sub/../a "$PWD/a" &&
            writes /dev/null && cmp -s a repaired &&
            [ "$(grep -c '"end":true' r)" -eq 1 ] || return 1
    done
}
# A link of a file's own is another one: what is replaced is the name.
test_hard_links() {
    cp dirty a && ln -f a other && run -i a other && writes /dev/null &&
        cmp -s a repaired && cmp -s other repaired
}
# Two names, two texts.
test_two_outputs() {
    cp dirty a && ln -sf a to-a && run --output-dir=two a to-a &&
        cmp -s two/a repaired && cmp -s two/to-a repaired
}
check "a file that is named twice is replaced once" test_twice
check "by whatever names" test_other_names
check "but each of two hard links is" test_hard_links
check "and each has its place in another folder" test_two_outputs
check "backups and the report are no inputs" test_backup_and_report

# ---- names from a file -------------------------------------------------------

test_names() {
    tree && find t -name '*.txt' -type f -print0 | LC_ALL=C sort -z >list &&
        run -q -i --files0-from=list && [ "$status" -eq 0 ] &&
        cmp -s t/.hidden.txt repaired && cmp -s t/z.txt repaired && tree &&
        "$unfix" --model="$model" -q -i --files0-from=- <list &&
        cmp -s t/z.txt repaired && printf 'dirty' >list &&
        run -q --files0-from=list && cmp -s out repaired && printf 'dirty\0\0' >list &&
        run --files0-from=list
    refuses && says 'unfix: list: holds an empty name'
}
check "--files0-from" test_names
test_follow() {
    tree && mkdir -p far/in && cp dirty far/in/f.txt && ln -s ../../far t/a/far &&
        cp accents far/g.txt && ln -s ../../far/in t/b/in &&
        [ "$(listed -L)" = 't/a/far/g.txt t/a/far/in/f.txt t/a/one.txt t/a/two.md t/b/c/deep.txt t/b/link.txt t/z.txt ' ] &&
        run -q -r -L -i t && cmp -s far/in/f.txt repaired && [ -h t/b/link.txt ] &&
        cmp -s t/a/one.txt accents.repaired && ln -s nothing t/a/broken &&
        run -q -r --follow t
    [ "$status" -eq 2 ] && says 'unfix: t/a/broken: No such file or directory'
}
check "--follow takes what links lead to, each folder once" test_follow

# ---- each file to a file of its own ------------------------------------------

test_output_dir() {
    for jobs in 1 3; do
        tree && snapshot t >want && run -q -j $jobs -r --output-dir=out.d t &&
            writes /dev/null && is_repaired out.d/t && snapshot t | cmp -s - want &&
            [ "$(find out.d -type f | wc -l)" -eq 4 ] || return 1
    done
}
test_output_slash() {
    rm -rf o.d && cp dirty a && run -o o.d/ a accents && writes /dev/null &&
        cmp -s o.d/a repaired && cmp -s o.d/accents accents.repaired &&
        run -o o.d/ "$PWD/a" && cmp -s "o.d/$PWD/a" repaired
}
# What lies in the tree itself is not read again.
test_output_inside() {
    tree && run -q -r --output-dir=t/new t && run -q -r --output-dir=t/new t &&
        is_repaired t/new/t && [ ! -e t/new/t/new ]
}
test_output_over_input() {
    tree && run -q -r --output-dir=. t
    [ "$status" -eq 2 ] && grep -q 'is an input and cannot be the output$' err &&
        cmp -s t/z.txt dirty
}
test_output_outside() {
    mkdir -p sub && cd sub && run_bare --output-dir=o ../dirty
    cd .. && [ "$status" -eq 2 ] && [ ! -e sub/o ] &&
        grep -q '^unfix: \.\./dirty: leads out of the folder o$' sub/err
}
test_output_resume() {
    tree && run -q -r --output-dir=out.d --report=r t && cp r whole &&
        snapshot out.d >want && rm -r out.d && head -c 500 whole >r &&
        run -q -r --output-dir=out.d --report=r --resume t &&
        snapshot out.d | cmp -s - want && [ "$(grep -c '"end":true' r)" -eq 4 ] &&
        before=$(inode out.d/t/z.txt) && cp r kept && rm out.d/t/a/one.txt &&
        run -q -r --output-dir=out.d --report=r --resume t &&
        snapshot out.d | cmp -s - want && [ "$before" = "$(inode out.d/t/z.txt)" ]
}
check "--output-dir keeps the tree" test_output_dir
check "-o of a folder" test_output_slash
check "--output-dir within the tree" test_output_inside
check "--output-dir does not write over inputs" test_output_over_input
check "--output-dir keeps names within" test_output_outside
check "--output-dir with --resume" test_output_resume
# Where nothing can be begun there is nothing to sum up.
test_no_model() {
    run_bare -r --model=none t
    refuses
}
check "-r without a model" test_no_model
bad() {
    run "$@" dirty
    refuses
}
check "--output-dir with -i" bad -i --output-dir=x
check "--output-dir with --format" bad --format=diff --output-dir=x
check "--output-dir of standard input" bad --output-dir=x -
check "--include without -r" bad --include='*.txt'

finish
