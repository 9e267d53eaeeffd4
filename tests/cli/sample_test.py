#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""sample_test.py UNFIX MODEL ROOT: a sample of repairs has some of each class
and confidence, is the same in any order of the work, and can be applied."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL, ROOT = [os.path.realpath(name) for name in sys.argv[1:4]]
BANDS = (400, 600, 780, 950)

def run(*arguments):
    done = subprocess.run([UNFIX, "--model=" + MODEL, "-q", *arguments],
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()

def stratum(line):
    return line["class"], sum(line["confidence"] >= band for band in BANDS)

def repairs(text):
    lines = [json.loads(line) for line in text.split("\n") if line]
    return [line for line in lines if not line.get("end")]

def check_strata(every, drawn):
    """Each repair says how many it stands for."""
    sizes, taken = {}, {}
    for line in every:
        sizes[stratum(line)] = sizes.get(stratum(line), 0) + 1
    for line in drawn:
        taken[stratum(line)] = taken.get(stratum(line), 0) + 1
    check("each class and confidence has some", taken.keys() == sizes.keys(),
          "%d of %d" % (len(taken), len(sizes)))
    check("and they are told how many of how many",
          all((line["drawn"], line["of"]) ==
              (taken[stratum(line)], sizes[stratum(line)]) for line in drawn))
    fewest = max(taken.values()) - 1
    check("as evenly as there are any", all(
        taken[which] >= min(fewest, size) for which, size in sizes.items()))

def check_texts(files):
    _, text, _ = run("--format=jsonl", *files)
    every = repairs(text)
    strata = len({stratum(line) for line in every})
    wanted = strata + 20
    status, first, said = run("--format=jsonl", "--sample=%d" % wanted, *files)
    drawn = repairs(first)
    check("so many are drawn", (status, said, len(drawn)) == (0, "", wanted),
          "%d, %s" % (len(drawn), said))
    check_strata(every, drawn)
    for line in drawn:
        line.pop("drawn")
        line.pop("of")
    check("they are those of the report",
          all(line in every for line in drawn))
    for jobs in ("-j1", "-j3"):
        check("the same by any number of threads, " + jobs, first ==
              run("--format=jsonl", jobs, "--sample=%d" % wanted, *files)[1])
    other = repairs(run("--format=jsonl", "--sample=%d" % wanted,
                        *reversed(files))[1])
    key = lambda line: (line["file"], line["offset"])
    for line in other:
        line.pop("drawn")
        line.pop("of")
    check("and in any order of the files",
          sorted(other, key=key) == sorted(drawn, key=key))
    few = repairs(run("--format=jsonl", "--sample=3", *files)[1])
    check("three are three", len(few) == 3)
    check("more than there are, are all", repairs(
        run("--format=jsonl", "--sample=99999", "--report-level=applied",
            *files)[1]).__len__() ==
          sum(line["verdict"] == "applied" for line in every))
    return first

def check_orders(files, sample):
    """What was looked at can be applied, and is all that is made."""
    with open("report", "w", encoding="utf-8") as file:
        file.write(sample)
    applied = [line for line in repairs(sample)
               if line["verdict"] == "applied"]
    name = applied[0]["file"]
    count = sum(line["file"] == name for line in applied)
    status, text, said = run("--apply=report", name)
    with open(name, encoding="utf-8") as file:
        was = file.read()
    check("the sample can be applied", status == 0 and text != was, said)
    shutil.copyfile(name, "one")
    with open("one.now", "w", encoding="utf-8") as file:
        file.write(text)
    changed = sum(a != b for a, b in zip(was.split(), text.split()))
    check("and makes no other repair", 0 < changed <= 3 * count,
          "%d, %d" % (changed, count))

def check_page(files):
    status, _, said = run("--review=page", "--sample=5", *files)
    with open("page", "rb") as file:
        page = file.read().decode()
    start = page.index('id="data">') + len('id="data">')
    data = page[start:page.index("</script>", start)]
    lines = [json.loads(line) for line in data.split("\n") if line]
    shown = [line for line in lines if "verdict" in line]
    check("a page has them", (status, said, len(shown)) == (0, "", 5), said)
    texts = [line["text"] for line in lines if "text" in line]
    check("with what stands around them, and no more",
          5 <= len(texts) <= 20 and max(map(len, texts)) <= 240)
    ends = [line for line in lines if line.get("end")]
    check("each file ends with the number of its own",
          sum(line["corrections"] for line in ends) == 5)

def main():
    files = []
    for i, path in enumerate(sorted(glob.glob(ROOT + "/tests/pages/*.ocr.txt"))):
        files.append("%d.txt" % i)
        shutil.copyfile(path, files[-1])
    check("there are pages", len(files) > 3, "%d" % len(files))
    sample = check_texts(files)
    check_orders(files, sample)
    check_page(files)
    check("it needs a report or a page",
          run("--sample=9", files[0])[0] == 2 and
          run("--sample=0", "--format=jsonl", files[0])[0] == 2)

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
finish()
