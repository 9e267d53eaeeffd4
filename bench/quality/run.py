#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""run.py [--pages=FOLDER] [--clean=FOLDER] [--output=FOLDER] [--only=NAME]...
       [--few] [--speed] BUILD

What a build of unfix and its rivals (rivals.tsv) make of pages that an engine
read, of pages that are nearly good, of text that was mangled on the way, and of
text in which nothing is wrong.  Writes benchmark.md and benchmark.svg into
FOLDER (default: docs).  What a rival made of a text, and how fast it was, is
kept in BUILD/benchmark: a run that was ended goes on where it was, and after a
change of unfix the rivals need not run again.  --speed measures how fast all
are on this machine as it is now.  --few takes three pages of each set and three
right texts, to see whether all works.

The pages (default: those of the tests) are NAME.ocr.txt, what an engine read,
and NAME.gt.txt, what the page says; the part of NAME before its first hyphen
is the kind of page.  Right texts (default: those of the tests) are files of any
name."""

import argparse
import concurrent.futures
import glob
import hashlib
import json
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile

import damage
import metrics

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
EVERY = 25
TOGETHER = 16  # texts that are given to a process together, where that may be
PARTING = "\n\f\n"
MANGLED = 3  # of so many pages one is mangled, in each way
KINDS = {"eng": "read without Spanish", "spa": "read with Spanish"}


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def counts_file(folder):
    """Words and counts as the rivals that take a list want them."""
    path = os.path.join(folder, "counts")
    table = os.path.join(ROOT, "dictionaries", "es", "unigrams.tsv")
    with open(path, "w", encoding="utf-8") as out:
        for row in read(table).splitlines():
            fields = row.split("\t")
            if len(fields) > 1 and fields[0].isalpha():
                out.write("%s %s\n" % (fields[0], fields[1]))
    return path


def is_there(command):
    if shutil.which(command[0]) is None:
        return False
    if command[0] == "node":
        return os.path.isdir(os.path.join(HERE, "..", "rivals",
                                          "node_modules", command[2]))
    return command[-1] not in ("hunspell", "aspell") or \
        shutil.which(command[-1]) is not None


def rivals(build, work, only, left_out):
    """Those that are to be measured and can be; the names of the others go
    into `left_out`."""
    places = {"bin": os.path.join(build, "bin"), "bench": os.path.dirname(HERE),
              "counts": counts_file(work)}
    for row in read(os.path.join(HERE, "rivals.tsv")).splitlines():
        if row.startswith("#") or not row.strip():
            continue
        name, command, *more = row.split("\t")
        if only and name not in only:
            left_out.append(name)
            continue
        command = shlex.split(command.format(**places))
        if is_there(command):
            yield name, command, "words" in more
        else:
            left_out.append(name)
            print("benchmark: %s is not installed" % name, file=sys.stderr)


def digest(*paths):
    """Of what a rival is made of that this project makes."""
    found = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            found.update(file.read())
    return found.hexdigest()


def processor_time():
    """Of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Filter:
    """A rival.  What it made of a text is kept as long as the rival, as `made`
    tells it, is the same."""

    def __init__(self, name, command, is_by_word, kept, made):
        self.name, self.command, self.is_by_word = name, command, is_by_word
        self.kept, self.made = kept, made

    def place(self, text, ending=""):
        key = "%s\n%s\n%s" % (self.name, self.made, text)
        return os.path.join(self.kept,
                            hashlib.sha256(key.encode()).hexdigest() + ending)

    def keep(self, path, found):
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(found, file)
        os.replace(path + ".new", path)

    def run(self, text):
        path = self.place(text)
        if not os.path.exists(path):
            self.keep(path, self.ask(text))
        return json.loads(read(path))

    def run_together(self, texts):
        """Texts in one go, for what corrects word by word, whatever is around:
        it needs to read its dictionary once only."""
        texts = [text for text in texts if PARTING not in text and
                 not os.path.exists(self.place(text))]
        if not texts:
            return
        found = self.ask(PARTING.join(texts)).split(PARTING)
        if len(found) != len(texts):
            raise RuntimeError("benchmark: %s changes form feeds" % self.name)
        for text, made in zip(texts, found):
            self.keep(self.place(text), made)

    def ask(self, text):
        done = subprocess.run(self.command, input=text.encode(),
                              capture_output=True)
        if done.returncode != 0:
            raise RuntimeError("benchmark: %s failed: %s" % (
                self.name, done.stderr.decode(errors="replace")))
        return done.stdout.decode("utf-8", "replace")

    def rate(self, text, again):
        """kB a second of the processor's time, which other work on the machine
        hardly changes."""
        path = self.place(text, ".speed")
        if again or not os.path.exists(path):
            start = processor_time()
            self.ask(text)
            self.keep(path, len(text.encode()) / 1000 /
                      (processor_time() - start))
        return json.loads(read(path))


def run_all(filters, texts):
    """Everything that the tables need, by as many processes as there are
    cores."""
    texts = list(dict.fromkeys(texts))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(one.run_together, texts[i:i + TOGETHER])
                for one in filters if one.is_by_word
                for i in range(0, len(texts), TOGETHER)]
        jobs += [pool.submit(one.run, text) for text in texts
                 for one in filters if not one.is_by_word]
        for number, job in enumerate(jobs):
            job.result()
            if number % 50 == 49:
                print("benchmark: %d of %d" % (number + 1, len(jobs)),
                      file=sys.stderr, flush=True)


def page_sets(folder):
    """{title: [(truth, text)]}"""
    sets = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.ocr.txt"))):
        kind = os.path.basename(path).split("-")[0]
        pair = read(path[:-len("ocr.txt")] + "gt.txt"), read(path)
        sets.setdefault("Pages " + KINDS.get(kind, "of kind " + kind),
                        []).append(pair)
    pages = [pair for one in sets.values() for pair in one]
    sets["Nearly good pages: one error in %d left" % EVERY] = [
        (truth, damage.sparse(truth, text, EVERY)) for truth, text in pages]
    return sets, [truth for truth, _ in pages]


def page_table(filters, pages):
    yield ("| | WER | without marks | CER | errors removed (95 %) | precision |"
           " harm | terms found |")
    yield "|---|---|---|---|---|---|---|---|"
    for one in filters:
        judged = [metrics.judge(truth, text, one.run(text))
                  for truth, text in pages]
        all_ = metrics.add(judged)
        low, high = metrics.interval(judged, metrics.removed)
        one.removed.append(metrics.removed(all_))
        is_idle = all_["changed"] == 0
        yield "| %s | %.2f | %.2f | %.2f | %s | %s | %.1f | %.1f |" % (
            one.name, metrics.share(all_["errors_after"], all_["words"]),
            metrics.share(all_["bare_after"], all_["words"]),
            metrics.share(all_["characters_after"], all_["characters"]),
            "-" if is_idle else "%.1f (%.1f to %.1f)" % (
                metrics.removed(all_), low, high),
            "-" if is_idle else "%.1f" % metrics.precision(all_),
            100 * metrics.share(all_["harmed"], all_["words"]),
            metrics.share(all_["terms_after"], all_["terms"]))


def mangled_table(filters, truths):
    yield "| | " + " | ".join(damage.WAYS) + " |"
    yield "|---|" + "---|" * len(damage.WAYS)
    for one in filters:
        row = []
        for way in damage.WAYS:
            judged = []
            for truth in truths:
                text = damage.mangle(truth, way)
                judged.append(metrics.judge(truth, text, one.run(text)))
            row.append("%.1f" % metrics.removed(metrics.add(judged)))
        yield "| %s | %s |" % (one.name, " | ".join(row))


def clean_table(filters, paths):
    yield "| | words changed in 10,000 | texts left whole | the worst |"
    yield "|---|---|---|---|"
    for one in filters:
        words = changed = whole = 0
        worst = 0, "-"
        for path in paths:
            text = read(path)
            before = text.split()
            found = metrics.align(before, one.run(text).split())
            n = sum(got != [word] for word, got in zip(before, found))
            words, changed, whole = words + len(before), changed + n, \
                whole + (n == 0)
            worst = max(worst, (100 * metrics.share(n, len(before)),
                                os.path.basename(path)))
        yield "| %s | %.1f | %d of %d | %s |" % (
            one.name, 100 * metrics.share(changed, words), whole, len(paths),
            "%s, %.0f" % (worst[1], worst[0]) if worst[0] > 0 else "-")


def speed_table(filters, text, again):
    yield "| | kB a second of processor time |"
    yield "|---|---|"
    for one in filters:
        if one.name != "nothing":
            yield "| %s | %.1f |" % (one.name, one.rate(text, again))


def plot(filters, titles):
    """Errors removed: a group of bars for each set of pages, SVG."""
    shown = [one for one in filters if one.name != "nothing"]
    height, left, scale = 18, 230, 3.4
    lowest = min(min(one.removed) for one in shown) if shown else 0
    lowest = max(-60, min(-20, lowest))
    zero = left - lowest * scale
    lines, y = [], 10
    for at, title in enumerate(titles):
        lines.append('<text x="8" y="%d" font-weight="bold">%s</text>' %
                     (y + 14, title))
        y += 24
        for one in shown:
            value = max(lowest, min(100, one.removed[at]))
            x = zero + min(0, value) * scale
            lines.append('<text x="8" y="%d">%s</text>' % (y + 13, one.name))
            lines.append('<rect x="%.0f" y="%d" width="%.0f" height="%d" '
                         'fill="%s"/>' % (
                             x, y + 2, abs(value) * scale, height - 5,
                             "#2d6a4f" if one.name == "unfix" else "#9a9a9a"))
            lines.append('<text x="%.0f" y="%d">%.0f</text>' % (
                zero + max(0, value) * scale + 5, y + 13, one.removed[at]))
            y += height
        y += 10
    lines.append('<line x1="%.0f" x2="%.0f" y1="5" y2="%d" stroke="#444"/>' %
                 (zero, zero, y))
    width = zero + 100 * scale + 40
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" '
            'viewBox="0 0 %.0f %d" font-family="sans-serif" font-size="12" '
            'role="img"><title>Word errors removed, in a hundred</title>'
            '<rect width="100%%" height="100%%" fill="#fff"/>\n%s\n</svg>\n' %
            (width, y + 10, width, y + 10, "\n".join(lines)))


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build")
    parser.add_argument("--pages", default=os.path.join(ROOT, "tests/pages"))
    parser.add_argument("--clean",
                        default=os.path.join(ROOT, "tests/corpus/clean"))
    parser.add_argument("--output", default=os.path.join(ROOT, "docs"))
    parser.add_argument("--only", action="append")
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    sets, truths = page_sets(options.pages)
    controls = sorted(glob.glob(os.path.join(options.clean, "*")))
    if options.few:
        sets = {title: pages[:3] for title, pages in sets.items()}
        truths, controls = truths[:3], controls[:3]
    with tempfile.TemporaryDirectory() as work:
        kept = os.path.join(options.build, "benchmark")
        os.makedirs(kept, exist_ok=True)
        made = digest(os.path.join(HERE, "suggest.py"),
                      os.path.join(HERE, "..", "rivals", "correct.js"),
                      os.path.join(ROOT, "dictionaries/es/unigrams.tsv"))
        unfix = digest(os.path.join(options.build, "bin/unfix"),
                       os.path.join(options.build, "lib/libunfix.so"),
                       os.path.join(options.build, "share/unfix/es.unfix"))
        left_out = []
        filters = [
            Filter(name, command, is_by_word, kept,
                   unfix if name == "unfix" else made)
            for name, command, is_by_word in rivals(
                options.build, work, options.only, left_out)]
        for one in filters:
            one.removed = []
        mangled = truths[::MANGLED]
        run_all(filters, [text for pages in sets.values() for _, text in pages] +
                [damage.mangle(truth, way) for way in damage.WAYS
                 for truth in mangled] + [read(path) for path in controls])
        parts = [read(os.path.join(HERE, "about.md"))]
        if left_out:
            parts += ["Not measured in this run: %s.\n" % ", ".join(left_out)]
        for title, pages in sets.items():
            print("benchmark: %s" % title, file=sys.stderr)
            parts += ["## %s (%d pages)\n" % (title, len(pages)),
                      *page_table(filters, pages), ""]
        print("benchmark: mangled text", file=sys.stderr)
        parts += ["## Mangled on the way: words put right, in a hundred "
                  "(%d pages)\n" % len(mangled),
                  *mangled_table(filters, mangled), ""]
        print("benchmark: right text", file=sys.stderr)
        parts += ["## Text in which nothing is wrong\n",
                  *clean_table(filters, controls), ""]
        print("benchmark: speed", file=sys.stderr)
        first = next(iter(sets.values()))
        parts += ["## Speed: three pages, start of the program included\n",
                  *speed_table(filters, "".join(text for _, text in first[:3]),
                               options.speed), ""]
    write(options.output, "benchmark.md", "\n".join(parts))
    write(options.output, "benchmark.svg", plot(filters, list(sets)))


main()
