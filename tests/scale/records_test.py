#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""records_test.py UNFIX MODEL FOLDER RECORDS: so many small records go through
one process, one without text and one of 200 MB among them: its memory, and its
CPU time against that of the first of the same texts as files in one call."""

import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL, FOLDER = [os.path.realpath(name) for name in sys.argv[1:4]]
RECORDS = int(sys.argv[4])
FILES = min(RECORDS, 20000)
LIMIT = 64 * 1024  # kB
SIZE = 1000        # characters of a record
HUGE = 200 * 1000 * 1000

def read_texts():
    texts = []
    for where, _, names in os.walk(FOLDER):
        for name in sorted(names):
            if name.endswith(".txt") and ".gt." not in name:
                with open(os.path.join(where, name), encoding="utf-8",
                          errors="replace") as file:
                    texts.append(file.read())
    return sorted(texts)

def records(texts):
    chance = random.Random(1)
    for _ in range(RECORDS):
        text = chance.choice(texts)
        first = chance.randrange(max(1, len(text) - SIZE))
        yield text[first:first + SIZE]

def run(arguments, out, feed=None):
    """Peak of memory in kB, and CPU time."""
    child = subprocess.Popen([UNFIX, "--model=" + MODEL, "-q", *arguments],
                             stdout=out, stdin=subprocess.PIPE)
    if feed is not None:
        feed(child.stdin)
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_maxrss, usage.ru_utime + usage.ru_stime

def feed_all(texts, count):
    def feed(pipe):
        for number, text in zip(range(count), records(texts)):
            pipe.write(json.dumps({"n": number, "text": text},
                                  ensure_ascii=False).encode() + b"\n")
    return feed

def feed_odd(texts):
    """Two odd ones in the middle."""
    half = feed_all(texts, RECORDS // 2)
    def feed(pipe):
        half(pipe)
        pipe.write(b'{"text": ""}\n{"text": "')
        for _ in range(HUGE // 1000):
            pipe.write(b"La cooperacion " * 66 + b"sin fin  ")
        pipe.write(b'"}\n')
        half(pipe)
    return feed

def check_rate(texts):
    os.mkdir("files")
    for number, text in zip(range(FILES), records(texts)):
        if number % 100 == 0:
            os.mkdir("files/%d" % (number // 100))
        with open("files/%d/%d.txt" % (number // 100, number), "w",
                  encoding="utf-8") as file:
            file.write(text)
    with open(os.devnull, "wb") as null:
        _, _, by_files = run(["-j1", "-r", "--input=text",
                              "--output-dir=out", "files"], null)
        _, peak, by_records = run(["-j1", "--input=jsonl"], null,
                                  feed_all(texts, FILES))
    check("records go at 90 %% of the rate of files or more: "
          "%.1f s for %.1f s, %d kB" % (by_records, by_files, peak),
          by_records <= by_files / 0.9)

def check_odd(texts):
    with open("out.jsonl", "wb") as out:
        status, peak, seconds = run(["--input=jsonl"], out, feed_odd(texts))
    with open("out.jsonl", "rb") as out:
        lines = sum(1 for _ in out)
    count = RECORDS // 2 * 2 + 2
    check("%d records come out, one as it is: %d, %.0f s"
          % (count, lines, seconds), status == 2 and lines == count)
    check("in memory that is bounded: %d kB" % peak,
          peak <= LIMIT + 64 * 1024)

def check_small(texts):
    with open("out.jsonl", "wb") as out:
        status, peak, seconds = run(["--input=jsonl"], out,
                                    feed_all(texts, RECORDS))
    check("%d small records: %.0f s" % (RECORDS, seconds), status == 0)
    check("take no more than 64 MB: %d kB" % peak, peak <= LIMIT)

def main():
    texts = read_texts()
    check_rate(texts)
    check_small(texts)
    check_odd(texts)

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
finish()
