#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# collection_test.sh UNFIX MODEL SPLICE: many files as evidence for each of them.
# shellcheck source=tests/cli/common.sh
. "$(dirname "$0")/common.sh"

# Pages that one engine has read: o as c; a clean one; and one that is no text.
pages() {
    rm -rf p && mkdir p &&
        echo 'El gcbierno presentó el prcgrama del añc.  La ccmisión estudió el presupuestc.' >p/1.txt &&
        echo 'La ccmisión aprobó el programa.  El trabajc de los obrercs fue lento.' >p/2.txt &&
        echo 'El gobierno y la comisión vieron los caminos de Villahueca.' >p/3.txt &&
        echo 'Los obreros de Villahueca pidieron un presupuesto y el prcgreso.' >p/4.txt &&
        echo 'La señora de Sotoalto fue con él a la casa.' >p/5.txt &&
        printf '\177ELF\000' >p/6.so
}
refused() { run "$@" && refuses; }
merge() { "$(dirname "$unfix")/unfix-model" merge "$@" 2>merge.err; }

# ---- --count -------------------------------------------------------------------

test_threads_count_alike() {
    pages && run -q -r -j 1 --count=c1 p && writes /dev/null &&
        run -q -r -j 3 --count=c3 p && cmp c1 c3 &&
        [ "$(head -n 1 c1)" = "$(printf 'unfix-collection 1\t2')" ]
}
test_names_of_one_are_left_out() {
    pages && run -q -r --count=c p && grep -q Villahueca c && ! grep -q Sotoalto c &&
        run -q -r --count=c --count-least=1 p && grep -q Sotoalto c &&
        run -q -r --count=c --count-least=3 p && ! grep -q Villahueca c
}
test_pages_stay() {
    pages && cat p/* >before && run -q -r --count=c p && cat p/* | cmp - before
}
# Parts in any order, and sums of sums.
test_parts_are_added() {
    pages && run -q -r --count=whole p &&
        run -q --count=a --count-least=1 p/1.txt p/4.txt &&
        run -q --count=b --count-least=1 p/5.txt &&
        run -q --count=c --count-least=1 p/3.txt p/2.txt &&
        merge --output=sum c a b && cmp sum whole &&
        merge --output=ab --least=1 b a && merge --output=sum ab c && cmp sum whole
}
test_merge_refuses() {
    pages && run -q --count=a p/1.txt && echo 'no fact' >>a && ! merge --output=s a &&
        grep -q 'a: line [0-9]*: no fact' merge.err && [ ! -e s ] &&
        ! merge a && ! merge --output=s && ! merge --output=s --least=0 a
}

# ---- --collection, --two-pass ------------------------------------------------------

test_two_passes_are_both_commands() {
    pages && rm -rf one two three && run -q -r --count=c p &&
        run -q -r --collection=c --output-dir=one p &&
        run -q -r --two-pass --output-dir=two p && diff -r one two &&
        run -q -r -j 3 --two-pass --output-dir=three p && diff -r one three
}
test_in_place_with_way_back() {
    pages && cp -r p as.it.was && run -q -r -i --two-pass --report=r p && ! diff -rq p as.it.was >/dev/null &&
        run -q -r -i --revert=r p && diff -r p as.it.was
}
test_clean_stays() {
    pages && run -q --two-pass --output-dir=out.d p/*.txt && cmp p/5.txt out.d/p/5.txt
}
test_refuses_twice() {
    pages && refused -q --two-pass - <p/1.txt &&
        refused -q -i --resume --report=r --two-pass p/1.txt &&
        refused -q --two-pass --collection=c p/1.txt
}
test_refuses_what_is_none() {
    pages && refused -q --collection=p/1.txt p/2.txt && refused -q --collection=none p/2.txt &&
        printf 'unfix-collection 1\t2\nw\t1\t1\t0\n' >bad && refused -q --collection=bad p/2.txt &&
        grep -q 'bad:2: no fact of a collection' err
}
test_an_output_of_its_own() {
    pages && cp p/1.txt x && refused --count=x x && cmp p/1.txt x &&
        refused --count=c -i p/1.txt && refused --count=c --report=r p/1.txt &&
        refused --count-least=2 p/1.txt && refused --count=c --count-least=0 p/1.txt &&
        run --count=c p/1.txt && refused -o c --collection=c p/1.txt
}

check 'any number of threads counts alike' test_threads_count_alike
check 'what one document alone has is not told of' test_names_of_one_are_left_out
check 'counting changes nothing' test_pages_stay
check 'parts are added in any order' test_parts_are_added
check 'merge refuses what is no collection' test_merge_refuses
check '--two-pass is --count and --collection' test_two_passes_are_both_commands
check 'in place, and back' test_in_place_with_way_back
check 'a page that is right stays' test_clean_stays
check 'what cannot be read twice is refused' test_refuses_twice
check '--collection refuses what is none' test_refuses_what_is_none
check '--count has a file of its own' test_an_output_of_its_own
finish
