#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""review_test.py UNFIX MODEL ROOT: the data within the review page.

The page as a person uses it is tested in a browser (scripts/check review); this
holds what the filter puts into it: all of the text and all of the report, in
their order, and no markup of a document.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

UNFIX, MODEL, ROOT = sys.argv[1:4]
HOSTILE = ("La cooperacién </script><script>alert(1)</script> <!-- la\n"
           "situacién <b>sefialadas</b> & la proteccién ]]>\n") * 3
failures = 0


def check(name, holds, detail=""):
    global failures
    if not holds:
        failures += 1
        print("not ok - %s %s" % (name, detail))


def run(*arguments):
    done = subprocess.run([UNFIX, "--model=" + MODEL, *arguments],
                          capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def data_of(page):
    start = page.index(b'<script type="application/json" id="data">')
    start = page.index(b">", start) + 1
    return page[start:page.index(b"</script>", start)]


def check_page(paths, work):
    target = os.path.join(work, "page.html")
    status, out, err = run("--review=" + target, *paths)
    check("the page is written", (status, out, err) == (0, b"", ""), err)
    with open(target, "rb") as file:
        data = data_of(file.read())
    check("no markup in the data", b"<" not in data)
    lines = [json.loads(line) for line in data.split(b"\n") if line]
    report = [line for line in lines if "text" not in line]
    wanted = [json.loads(line) for line in
              run("--format=jsonl", *paths)[1].split(b"\n") if line]
    check("the report is whole", report == wanted)
    for path in paths:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8", "replace")
        check("the text is whole", text == "".join(
            line.get("text", line.get("original", ""))
            for line in lines if line["file"] == path), path)


def main():
    pages = sorted(glob.glob(os.path.join(ROOT, "tests/pages/*.ocr.txt")))
    with tempfile.TemporaryDirectory() as work:
        hostile = os.path.join(work, "<b>&.txt")
        with open(hostile, "w", encoding="utf-8") as file:
            file.write(HOSTILE)
        empty = os.path.join(work, "empty.txt")
        open(empty, "w", encoding="utf-8").close()
        check_page([hostile], work)
        check_page(pages[:4] + [empty, hostile], work)
        kept = os.path.join(work, "kept.html")
        check("an input that is missing",
              run("--review=" + kept, os.path.join(work, "none"))[0] == 2 and
              not os.path.exists(kept))
        for options in (["-o", "x"], ["--format=diff"], ["--check"], ["-i"],
                        ["--summary"]):
            status, _, err = run("--review=" + kept, *options, hostile)
            check("refused", status == 2 and "combined" in err, options)
    print("%d failed" % failures)
    return 1 if failures else 0


sys.exit(main())
