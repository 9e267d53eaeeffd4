#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""suggest.py hunspell|aspell|accents: a filter that puts for each word that is
unknown to Hunspell or Aspell its first suggestion; or (accents) for each word
without accents the form that unigrams.tsv has most often."""

import os
import re
import subprocess
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
UNIGRAMS = os.path.join(HERE, "..", "..", "dictionaries", "es", "unigrams.tsv")
WORD = re.compile(r"[^\W_]+")
COMMANDS = {
    "hunspell": ["hunspell", "-a", "-i", "utf-8", "-d", "es_ES"],
    "aspell": ["aspell", "-a", "--encoding=utf-8", "-l", "es"],
}


def suggestions(command, words):
    """The first suggestion for each word that has one, by ispell's protocol."""
    order = sorted(words)
    process = subprocess.run(
        command, input="".join("^%s\n" % word for word in order),
        capture_output=True, text=True, encoding="utf-8", check=True)
    answers = process.stdout.split("\n")[1:]
    found = {}
    for line in answers:
        if line.startswith("& "):
            head, _, rest = line.partition(": ")
            found[head.split()[1]] = rest.split(", ")[0]
    return found


def fold(word):
    return "".join(x for x in unicodedata.normalize("NFD", word)
                   if x not in "\u0301\u0308")


def accented(words):
    """The commonest form of each word that is one without accents."""
    best = {}
    with open(UNIGRAMS, encoding="utf-8") as table:
        for row in table:
            fields = row.split()
            if len(fields) < 2 or not fields[0].isalpha():
                continue
            key, count = fold(fields[0]), int(fields[1])
            if count > best.get(key, ("", 0))[1]:
                best[key] = fields[0], count
    return {word: best[word.lower()][0] for word in words
            if word.lower() in best and fold(word) == word}


def shaped(word, like):
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in [*COMMANDS, "accents"]:
        sys.exit(__doc__)
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    words = set(WORD.findall(text))
    found = (accented(words) if sys.argv[1] == "accents" else
             suggestions(COMMANDS[sys.argv[1]], words))
    sys.stdout.buffer.write(WORD.sub(
        lambda m: shaped(found[m[0]], m[0]) if m[0] in found else m[0],
        text).encode())


main()
