#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""benchmark_test.py ROOT BUILD: the benchmark's counts, against ones made by
hand, and a run of it over two pages without the rivals."""

import os
import shutil
import subprocess
import sys
import tempfile

ROOT, BUILD = sys.argv[1:3]
try:
    import numpy  # noqa: F401
except ImportError:
    print("skipped: no numpy")
    sys.exit(77)
sys.path.insert(0, os.path.join(ROOT, "bench", "quality"))
import damage  # noqa: E402
import metrics  # noqa: E402

failures = 0


def check(name, found, wanted):
    global failures
    if found != wanted:
        failures += 1
        print("not ok - %s: %r is not %r" % (name, found, wanted))


def check_counts():
    check("distance", metrics.distance("la casa", "1a cas"), 2)
    check("distance to nothing", metrics.distance("", "abc"), 3)
    check("align", metrics.align("a b c d".split(), "a x c".split()),
          [["a"], ["x"], ["c"], []])
    check("align a split word",
          metrics.align("la casa".split(), "la ca sa".split()),
          [["la"], ["ca", "sa"]])
    counts = metrics.judge("La unión hace la fuerza, siempre.",
                           "La unién hace 1a fuerza, siempre.",
                           "La unión hacer 1a fuerza. siempre.")
    check("judged", {key: counts[key] for key in (
        "words", "errors_before", "errors_after", "bare_after", "changed",
        "mended", "harmed", "terms_before", "terms_after")}, {
            "words": 6, "errors_before": 2, "errors_after": 3, "bare_after": 2,
            "changed": 3, "mended": 1, "harmed": 2, "terms_before": 3,
            "terms_after": 3})
    check("removed", metrics.removed(counts), -50)
    check("sparse", damage.sparse("a b c d\ne f\n", "1 2 c 4\n5 f\n", 2),
          "1 b c 4\ne f\n")
    check("mangled", damage.mangle("año", "UTF-8 read as CP1252"), "aÃ±o")
    check("accent before", damage.mangle("así", "accent before its letter"),
          "as´i")


def run(work, *names):
    return subprocess.run(
        [sys.executable, os.path.join(ROOT, "bench/quality/run.py"),
         *("--only=" + name for name in names), "--pages=" + work,
         "--clean=" + os.path.join(ROOT, "tests/corpus/odd"),
         "--output=" + work, BUILD], capture_output=True, text=True).returncode


def kept():
    """What the benchmark keeps, and when it was written."""
    with os.scandir(os.path.join(BUILD, "benchmark")) as found:
        return {one.name: one.stat().st_mtime_ns for one in found}


def check_run():
    with tempfile.TemporaryDirectory() as work:
        for name in ("eng-roman-1", "spa-roman-1"):
            for end in ("ocr", "gt"):
                shutil.copy(os.path.join(ROOT, "tests", "pages", "%s.%s.txt" % (
                    name, end)), work)
        check("run with nothing", run(work, "nothing"), 0)
        check("run", run(work, "nothing", "unfix"), 0)
        with open(os.path.join(work, "benchmark.md"), encoding="utf-8") as file:
            text = file.read()
        check("rows", sum(line.startswith("| unfix |")
                          for line in text.splitlines()), 6)
        check("who is left out is said", "Not measured in this run: Hunspell"
              in text, True)
        check("picture",
              os.path.getsize(os.path.join(work, "benchmark.svg")) > 500, True)
        before = kept()
        check("run again", run(work, "nothing", "unfix"), 0)
        check("what was measured is kept", {
            name: time for name, time in kept().items() if name in before
        }, before)


check_counts()
check_run()
print("%d failed" % failures)
sys.exit(1 if failures else 0)
