# SPDX-License-Identifier: MPL-2.0
"""Pages made of others: nearly good ones, and ones that were mangled on the
way."""

import unicodedata

from metrics import align

ACCENTED = "áéíóúñüÁÉÍÓÚÑÜ"


def sparse(truth, text, every):
    """The page with every so manyth of its wrong words, all others right: line
    by line as the truth has them."""
    wrong, lines = 0, []
    for line, found in lines_of(truth, text):
        words = []
        for word, read in zip(line, found):
            wrong += read != [word]
            keeps = read != [word] and wrong % every == every // 2
            words += read if keeps else [word]
        lines.append(" ".join(words))
    return "\n".join(lines) + "\n"


def lines_of(truth, text):
    """Each line of the truth as words, with what the text has for each."""
    lines = [line.split() for line in truth.splitlines()]
    found = iter(align([word for line in lines for word in line],
                       text.split()))
    for line in lines:
        yield line, [next(found) for _ in line]


def recode(write, read):
    return lambda letter: letter.encode(write).decode(read, "replace")


def parts(letter):
    base, mark = unicodedata.normalize("NFD", letter)
    return base, mark, {"\u0301": "´", "\u0303": "˜", "\u0308": "¨"}[mark]


WAYS = {
    "UTF-8 read as CP1252": recode("utf-8", "cp1252"),
    "UTF-8 read as Mac Roman": recode("utf-8", "mac_roman"),
    "CP850 read as CP1252": recode("cp850", "cp1252"),
    "accent before its letter": lambda x: parts(x)[2] + parts(x)[0],
    "accent after its letter": lambda x: parts(x)[0] + parts(x)[2],
    "replacement characters": lambda x: "\ufffd",
    "entities": lambda x: "&#%d;" % ord(x),
    "accents lost": lambda x: parts(x)[0],
}


def mangle(text, way):
    return "".join(WAYS[way](x) if x in ACCENTED else x for x in text)
