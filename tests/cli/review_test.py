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


HOCR = """<html><body><div class="ocr_page" title='image "%s"; bbox 0 0 900 100'>
<span class="ocr_line" title="bbox 0 0 900 40">
<span class="ocrx_word" title="bbox 0 10 80 40">La</span>
<span class="ocrx_word" title="bbox 90 10 290 40">cooperacién</span>
<span class="ocrx_word" title="bbox 300 10 380 40">de</span>
<span class="ocrx_word" title="bbox 390 10 480 40">la</span>
<span class="ocrx_word" title="bbox 500 10 700 40">Asam-</span></span>
<span class="ocr_line" title="bbox 0 60 900 90">
<span class="ocrx_word" title="bbox 0 60 80 90">blea</span>
<span class="ocrx_word" title="bbox 90 60 290 90">General</span></span>
</div>
<div class="ocr_page" title="bbox 0 0 900 100">
<span class="ocr_line" title="bbox 5 6 890 41">y su cooperacién técnica</span>
</div></body></html>
"""


def lines_of(target, *arguments):
    status, _, err = run("--review=" + target, *arguments)
    check("the page is written", status == 0, err)
    with open(target, "rb") as file:
        return [json.loads(line) for line in
                data_of(file.read()).split(b"\n") if line]


def check_images(work):
    folder = os.path.join(work, "a b")
    os.mkdir(folder)
    os.mkdir(os.path.join(folder, "in"))
    os.mkdir(os.path.join(work, "out"))
    page = os.path.join(folder, "in", "one.hocr")
    target = os.path.join(work, "out", "page.html")

    def image_of(name, *options):
        with open(page, "w", encoding="utf-8") as file:
            file.write(HOCR % name)
        return [line["image"] for line in lines_of(target, *options, page)
                if "image" in line][0]

    check("no image", image_of("x#1.png") == "")
    for path in ("one.png", "in/other.jpg", "in/x#1.png"):
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(path)
    with open(os.path.join(work, "far.png"), "w", encoding="utf-8") as file:
        file.write("far")
    for name, wanted in (
            ("x#1.png", "../a%20b/in/x%231.png"),
            ("/some/where/x#1.tif", "../a%20b/in/x%231.png"),
            ("one.png", "../a%20b/one.png"),
            ("../../far.png", ""), (work + "/far.png", ""),
            ("data:image/svg+xml,x", ""),
            ("data:image/png;base64,eA==", "data:image/png;base64,eA==")):
        check("image", image_of(name) == wanted, name)
    check("embedded", image_of("x#1.png", "--images=embed") ==
          "data:image/png;base64,aW4veCMxLnBuZw==")
    open(os.path.join(folder, "in", "one.png"), "w", encoding="utf-8").close()
    check("by the file's name", image_of("none") == "../a%20b/in/one.png")
    lines = lines_of(target, "--join-hyphens", page)
    check("clips", [line["clips"] for line in lines if "clips" in line] == [
        [[2, 90, 10, 290, 40]], [[2, 500, 10, 700, 40], [2, 0, 60, 80, 90]],
        [[3, 5, 6, 890, 41]]], [line.get("clips") for line in lines])
    check("no clips", not any("clips" in line or "page" in line for line in
                              lines_of(target, "--images=none", page)))


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
        check_images(work)
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
