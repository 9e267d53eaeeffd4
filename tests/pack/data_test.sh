#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# data_test.sh UNFIX_MODEL ROOT: scripts/data on clones of a few lines, one of
# each kind of file, and what comes of it counted.
set -eu

tool=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clones=$work/clones

fail() {
    echo "data: $*"
    exit 1
}

mkdir -p "$clones/one+posts/_posts/deep" "$clones/two+keys/es" \
    "$clones/three+set" "$clones/four+tei/a/tei" "$clones/four+tei/b/tei" \
    "$clones/five+branch/texts"
cat >"$clones/one+posts/_posts/deep/first.md" <<'end'
---
title: La cabecera de este archivo no es texto
---

## La educación rural[^1]

El Comité **celebra** que las escuelas [del norte](http://example.org/n) abran
en todas las aldeas del valle.

| una tabla | que nadie | debe contar |

- Se recomienda que cada escuela tenga una biblioteca.

[^1]: Nota que también es una frase que se puede leer.
end
echo 'Este archivo no se lee: es el que presenta la colección.' \
    >"$clones/one+posts/_posts/README.md"
cat >"$clones/two+keys/es/goals.yml" <<'end'
short: Agua
long: 'Garantizar el agua limpia y el saneamiento
  para todas las personas'
end
for n in $(seq 250); do
    echo "La delegación número $n agradeció al Secretario su informe."
done >"$clones/three+set/lines.es"
cat >"$clones/four+tei/a/tei/n.xml" <<'end'
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>La cabecera de la
edición no es de la novela.</p></teiHeader><text><body><p>—¿Vendrá usted
ma&#241;ana? —preguntó la <hi>marquesa</hi>.</p></body></text></TEI>
end
echo '<TEI><text>' >"$clones/four+tei/b/tei/broken.xml"
printf 'Que la Corte tiene competencia para conocer\ndel presente caso.\n\n7.\n' \
    >"$clones/five+branch/texts/c.txt"

printf '%s\t%s\t%s\tpublic\t-\t-\n' un one/posts _posts un two/keys es \
    un-dev three/set lines.es novels four/tei '*/tei' \
    corte_idh five/branch 'branch gh-pages, texts' >"$work/SOURCES"
"$root/scripts/data" --clones="$clones" --sources="$work/SOURCES" --pages=0 \
    "$work/data" >"$work/said" 2>"$work/warned"

# wants NAME LINE: the text has that line.
wants() {
    xz -dc "$work/data/corpus/$1.txt.xz" | grep -qxF "$2" ||
        fail "$1 lacks: $2"
}
wants un 'El Comité celebra que las escuelas del norte abran en todas las aldeas del valle.'
wants un 'Se recomienda que cada escuela tenga una biblioteca.'
wants un 'Garantizar el agua limpia y el saneamiento para todas las personas'
wants un 'La delegación número 100 agradeció al Secretario su informe.'
wants un-dev 'La delegación número 101 agradeció al Secretario su informe.'
wants un 'La delegación número 201 agradeció al Secretario su informe.'
wants novels '—¿Vendrá usted mañana? —preguntó la marquesa.'
wants corte_idh 'Que la Corte tiene competencia para conocer del presente caso.'
if xz -dc "$work"/data/corpus/*.xz |
    grep -E 'cabecera|tabla|presenta|Agua$|^7|\[\^'; then
    fail 'what is no text was taken'
fi
[ "$(xz -dc "$work/data/corpus/un-dev.txt.xz" | wc -l)" -eq 100 ] ||
    fail 'not half of the set is held out'
grep -q 'broken.xml: left out' "$work/warned" || fail 'a broken file is not named'
grep -q '^not public: ocr/real-facts: ' "$work/said" ||
    fail 'what is not public is not named'

# The way goes on with what scripts/learn counts first.
xz -dc "$work/data/corpus/un.txt.xz" >"$work/un.txt"
mkdir "$work/counts"
"$tool" count --output="$work/counts" --list="$root/dictionaries/es/words.txt" \
    "$work/un.txt" 2>/dev/null
grep -q '^delegación.150' "$work/counts/unigrams.tsv" ||
    fail 'the texts are not counted'

# A set of pages is there whole or not at all.
mkdir -p "$work/root/scripts"
cp "$root/scripts/data" "$work/root/scripts"
printed() { # WHAT SCRIPT-OF-RENDER...
    printf '#!/bin/sh\nset -e\nmkdir -p "$3"\ntouch "$3/%s"\n%s\n' "$1" "$2" \
        >"$work/root/scripts/render"
    chmod +x "$work/root/scripts/render"
    "$work/root/scripts/data" --clones="$clones" --sources="$work/SOURCES" \
        --pages=1 "$work/data" >"$work/said" 2>&1
}
if printed half 'exit 1'; then
    fail 'a printer that fails is passed over'
fi
printed page 'exit 0' || fail "pages: $(cat "$work/said")"
for set in "$work"/data/ocr/*; do
    [ "$(ls "$set")" = page ] || fail "not whole: $set"
done

# Paths are parted by blanks in scripts/learn.
mkdir -p "$work/with blanks/corpus"
if "$root/scripts/learn" "$work/with blanks" >"$work/said" 2>&1; then
    fail 'a path with blanks is taken'
fi
grep -q 'with blanks: no blanks' "$work/said" || fail 'a path is not named'

# A source that is not there is said to be missing, and nothing is made.
printf 'un\tone/posts\tmissing\tpublic\t-\t-\n' >"$work/SOURCES"
if "$root/scripts/data" --clones="$clones" --sources="$work/SOURCES" --pages=0 \
    "$work/none" >/dev/null 2>"$work/warned"; then
    fail 'a missing source was passed over'
fi
grep -q 'missing: is not there' "$work/warned" || fail 'it is not named'
[ ! -e "$work/none/corpus" ] || fail 'texts were made without it'
