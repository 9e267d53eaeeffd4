#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# language.sh ROOT: no letter and no word of a language stands in the library;
# what is known of one is in its dictionaries.  Letters that every Latin script
# has for something else may: those of Roman numerals, and shapes that engines
# take for each other.  lexicon.c spreads all letters over 32 bits.
set -eu

cd "$1"
words=$(awk -F '\t' '!/^#/ && $1 != "form" && $2 ~ /^[a-z]+$/ && length($2) > 1 { print $2 }' \
    dictionaries/*/letters.tsv dictionaries/*/forms.tsv | tr '\n' ' ')
find lib -name '*.[ch]' ! -path 'lib/text/*' ! -name 'lexicon.c' |
    LC_ALL=C sort | LC_ALL=C xargs awk -v words=" $words" '
function fault(why) {
    print FILENAME ":" FNR ": " why
    failed = 1
}
FNR == 1 { inside = 0 }
{
    line = $0
    for (;;) {
        if (inside) {
            if (!match(line, /\*\//))
                next
            line = substr(line, RSTART + 2)
            inside = 0
        }
        if (!match(line, /\/\*/))
            break
        head = substr(line, 1, RSTART - 1)
        rest = substr(line, RSTART + 2)
        if (!match(rest, /\*\//)) {
            line = head
            inside = 1
            break
        }
        line = head " " substr(rest, RSTART + 2)
    }
}
line ~ /^[ \t]*#[ \t]*include/ { next }
# A code point of Latin-1 or beyond that is a letter with a sign.
line ~ /([=!]=|case|[{,]) *0x([CDEFcdef][0-9A-Fa-f]|1[0-7][0-9A-Fa-f])[^0-9A-Fa-f|]/ {
    fault("a letter of a language, by its number")
}
line ~ /"[^"]*\303[\200-\277]/ || line ~ /"[^"]*[\304-\305][\200-\277]/ {
    fault("a letter of a language in a string")
}
line ~ /([=!]=|case) *'"'"'[abeghkmnopqrsuwyzABEGHKMNOPQRSUWYZ]'"'"'/ {
    fault("a letter of a language")
}
{
    while (match(line, /"[a-z]+"/)) {
        word = substr(line, RSTART + 1, RLENGTH - 2)
        if (index(words, " " word " "))
            fault("\"" word "\" is a word of a language")
        line = substr(line, RSTART + RLENGTH)
    }
}
END { exit failed }'
