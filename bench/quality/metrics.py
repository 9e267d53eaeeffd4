# SPDX-License-Identifier: MPL-2.0
"""How far a text is from the truth, and what a filter did to it."""

import re
import unicodedata

import numpy

EDGES = re.compile(r"^\W+|\W+$")
TERM = re.compile(r"[^\W\d_]{4,}")


def numbers(*sequences):
    """The sequences with a number for each item, the same for the same."""
    known = {}
    return [numpy.array([known.setdefault(item, len(known)) for item in one],
                        dtype=numpy.int64) for one in sequences]


def rows(a, b):
    """Rows of the table of edit distances (Wagner and Fischer 1974): after
    each item of `a`, the distance to each beginning of `b`.  An insertion
    costs one wherever it is, so that a running minimum settles all of a row's
    at once."""
    steps = numpy.arange(len(b) + 1, dtype=numpy.int64)
    row = steps.copy()
    yield row
    for item in a:
        best = row + 1
        best[1:] = numpy.minimum(best[1:], row[:-1] + (b != item))
        row = numpy.minimum.accumulate(best - steps) + steps
        yield row


def distance(a, b):
    a, b = numbers(a, b)
    for row in rows(a, b):
        last = row
    return int(last[-1])


def align(truth, text):
    """For each word of the truth the list of words of the text that stand for
    it: none where it was lost.  Words that are too many go to the one before."""
    a, b = numbers(truth, text)
    table = numpy.stack(list(rows(a, b)))
    found = [[] for _ in truth]
    i, j = len(a), len(b)
    while i > 0 or j > 0:
        here = table[i, j]
        is_same = i > 0 and j > 0 and a[i - 1] == b[j - 1]
        if is_same and here == table[i - 1, j - 1]:
            i, j = i - 1, j - 1
            found[i].insert(0, text[j])
        elif j > 0 and here == table[i, j - 1] + 1:
            j -= 1
            if found:
                found[max(i - 1, 0)].insert(0, text[j])
        elif i > 0 and j > 0 and here == table[i - 1, j - 1] + 1:
            i, j = i - 1, j - 1
            found[i].insert(0, text[j])
        else:
            i -= 1
    return found


def bare(words):
    """The words without marks at their edges, as an index sees them."""
    return [word for word in (EDGES.sub("", word) for word in words) if word]


def terms(text):
    return {term.lower() for term in TERM.findall(text)}


def nfc(text):
    return unicodedata.normalize("NFC", text)


def judge(truth, before, after):
    """What became of a page: counts that may be added up over pages."""
    truth, before, after = nfc(truth), nfc(before), nfc(after)
    words = truth.split()
    old, new = align(words, before.split()), align(words, after.split())
    right = [[word] for word in words]
    wanted = terms(truth)
    kept = sum(o == n for o, n in zip(old, new))
    mended = sum(o != r and n == r for o, n, r in zip(old, new, right))
    harmed = sum(o == r and n != r for o, n, r in zip(old, new, right))
    return {
        "words": len(words),
        "errors_before": distance(words, before.split()),
        "errors_after": distance(words, after.split()),
        "bare_before": distance(bare(words), bare(before.split())),
        "bare_after": distance(bare(words), bare(after.split())),
        "characters": len(truth),
        "characters_before": distance(truth, before),
        "characters_after": distance(truth, after),
        "changed": len(words) - kept,
        "mended": mended,
        "harmed": harmed,
        "terms": len(wanted),
        "terms_before": len(wanted & terms(before)),
        "terms_after": len(wanted & terms(after)),
    }


def add(counts):
    return {key: sum(one[key] for one in counts) for key in counts[0]}


def share(part, whole):
    return 100 * part / whole if whole > 0 else 0


def removed(counts, kind="errors"):
    """Of the errors, how many in a hundred went."""
    before, after = counts[kind + "_before"], counts[kind + "_after"]
    return share(before - after, before)


def precision(counts):
    """Of the words that were changed, how many in a hundred came out right."""
    return share(counts["mended"], counts["changed"])


def interval(pages, figure, rounds=1000, seed=1):
    """The middle 95 % of a figure over pages drawn with replacement (Efron
    1979)."""
    random = numpy.random.default_rng(seed)
    found = sorted(figure(add([pages[i] for i in random.integers(
        0, len(pages), len(pages))])) for _ in range(rounds))
    return found[int(rounds * 0.025)], found[int(rounds * 0.975)]
