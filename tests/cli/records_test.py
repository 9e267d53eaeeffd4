#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""records_test.py UNFIX MODEL: records of any length go through in bounded
memory, in their order; long ones in parts, what is too long as it is."""

import json
import os
import select
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL = sys.argv[1:3]
LIMIT = 64 * 1024  # kB, while no record has more than 1 MB
MIB = 1024 * 1024
LINE = "La cooperacién internacional y las medidas que tomó la Asamblea.\n"
FIXED = LINE.replace("cooperacién", "cooperación")

def run(*arguments):
    """Status, peak of memory in kB, what was said."""
    with open("out", "wb") as out, open("err", "wb") as err:
        child = subprocess.Popen([UNFIX, "--model=" + MODEL, "-q",
                                  "--input=jsonl", *arguments],
                                 stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    with open("err", encoding="utf-8") as err:
        return child.returncode, usage.ru_maxrss, err.read()

def write(path, records, escaped=False):
    with open(path, "w", encoding="utf-8") as file:
        for record in records:
            file.write(record if isinstance(record, str) else
                       json.dumps(record, ensure_ascii=escaped))
            file.write("\n")

def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")[:-1]

def text_of(size, line=LINE):
    return (line * 7 + "\n") * (size // (7 * len(line.encode()) + 1))

def long_records():
    """A record of 1 MB is repaired in parts, and within the bound."""
    record = {"id": 1, "text": text_of(MIB - 1000), "last": "cooperacién"}
    want = dict(record, text=text_of(MIB - 1000, FIXED))
    small = {"id": 2, "text": LINE}
    empty = {"id": 3, "text": ""}
    write("in", [small, record, empty, "", record, small])
    status, peak, said = run("-j1", "--report=report", "in")
    got = lines("out")
    check("records of 1 MB", status == 0 and not said, said)
    check("take no more than 64 MB", peak <= LIMIT, "%d kB" % peak)
    check("and are repaired, the rest as it was",
          [json.loads(got[i]) for i in (1, 4)] == [want] * 2)
    check("in their order", got[0] == got[5] and got[3] == "" and
          got[2] == lines("in")[2] and json.loads(got[0])["text"] == FIXED)
    os.rename("out", "one")
    run("-j3", "in")
    check("by any number of threads", lines("one") == lines("out"))
    run("-j1", "--revert=report", "one")
    check("the report leads back", lines("out") == lines("in"))
    with open("in", "rb") as file:
        piped = subprocess.run([UNFIX, "--model=" + MODEL, "-q",
                                "--input=jsonl"], stdin=file, check=False,
                               capture_output=True)
    check("and so they are from a pipe",
          piped.stdout.decode().split("\n")[:-1] == lines("one"))

def spellings():
    """Letters by their numbers stay so, and no escape is cut in two."""
    for line in (LINE, LINE.replace("\n", " "), "ñéñ" + "\U0001f600" * 9):
        record = {"text": line * (200000 // len(line))}
        for escaped in (False, True):
            write("in", [record], escaped)
            status = run("-j1", "in")[0]
            got = lines("out")
            want = record["text"].replace("cooperacién", "cooperación")
            check("%r, escaped: %s" % (line[:9], escaped),
                  status == 0 and len(got) == 1 and
                  json.loads(got[0])["text"] == want and
                  got[0].isascii() == escaped)

def declarations():
    """What a long text says of itself is not what the file is in."""
    line = "La organizacidn internacional y las medidas de la Asamblea.\n"
    text = "<meta charset=latin1>" + text_of(200000, line)
    write("in", [{"text": text}])
    status = run("-j1", "in")[0]
    check("a text that begins with a declaration",
          status == 0 and json.loads(lines("out")[0])["text"] ==
          text.replace("organizacidn", "organización"))

def is_same_but_for_small():
    """Line by line: what this process takes, its children seem to take."""
    with open("in", encoding="utf-8") as one, \
         open("out", encoding="utf-8") as other:
        for was, is_now in zip(one, other, strict=True):
            if is_now != was and json.loads(is_now)["text"] != FIXED:
                return False
    return True

def larger_records():
    """+ 4 times the record, up to the cap; beyond it comes out as it is."""
    write("in", [{"text": text_of(12 * MIB)}])
    status, peak, _ = run("-j1", "in")
    check("a record of 12 MiB", status == 0 and peak <= LIMIT + 48 * 1024,
          "%d, %d kB" % (status, peak))
    check("is repaired", "cooperacién" not in lines("out")[0])
    small, part = json.dumps({"text": LINE}), json.dumps(LINE * 1000)[1:-1]
    with open("in", "w", encoding="utf-8") as file:
        file.write(small + '\n{"text": "')
        for _ in range(600):
            file.write(part)
        file.write('"}\nno record\n' + small + "\n")
    for jobs in ("-j1", "-j2"):
        status, peak, said = run(jobs, "in")
        check("one of 40 MiB comes out as it is, %s" % jobs,
              status == 2 and is_same_but_for_small())
        check("and is named with its line", "in:2: a record of more than" in
              said and "in:3: no valid" in said and said.count("\n") == 2, said)
        check("and is not kept", jobs == "-j2" or peak <= LIMIT + 64 * 1024,
              "%d kB" % peak)

def broken_records():
    """What is long and no record comes out as it is."""
    long = json.dumps({"text": text_of(200000)}, ensure_ascii=False)
    no_text = json.dumps({"no": text_of(200000)}, ensure_ascii=False)
    write("in", [long[:-1], {"text": LINE}, no_text])
    status, _, said = run("-j1", "in")
    check("a long line that is no record is named, one without text is not",
          status == 2 and said.count("\n") == 1 and "in:1: no valid" in said,
          said)
    check("and both come out as they are", lines("out")[0] == long[:-1] and
          lines("out")[2] == no_text)
    write("in", ["\ufeff" + long])
    check("a byte order mark may come before one",
          run("-j1", "in")[0] == 0 and lines("out")[0] == "\ufeff" +
          json.dumps({"text": text_of(200000, FIXED)}, ensure_ascii=False))
    with open("in", "w", encoding="utf-8") as file:
        file.write(long)
    run("-j1", "in")
    with open("out", encoding="utf-8") as file:
        check("the last line may have no end", json.loads(file.read()) ==
              {"text": text_of(200000, FIXED)})

def documents():
    """Records of a document show together what a word is."""
    def page(key, text):
        return {"book": key, "text": text}
    records = [page("a", LINE)] * 3 + [page("b", LINE)] * 2
    long = page("b", text_of(100000))
    write("in", records + [long, page("b", LINE), page("c", "")])
    status = run("-j1", "--document=book", "in")[0]
    got = [json.loads(line) for line in lines("out")]
    want = [dict(r, text=r["text"].replace("cooperacién", "cooperación"))
            for r in records + [long, page("b", LINE), page("c", "")]]
    check("documents of several records, a long one among them",
          status == 0 and got == want)

def answers():
    """Who waits for a record's repair before the next is written gets it."""
    def take(pipe):
        ready = select.select([pipe], [], [], 60)[0]
        return json.loads(pipe.readline())["text"] if ready else None
    child = subprocess.Popen([UNFIX, "--model=" + MODEL, "-q",
                              "--input=jsonl"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=0)
    got = []
    for _ in range(3):
        child.stdin.write(json.dumps({"text": LINE}).encode() + b"\n")
        got.append(take(child.stdout))
    check("each record is answered at once", got == [FIXED] * 3, str(got))
    child.stdin.close()
    child.wait()

def answers_by_document():
    """With a key, once the next document begins."""
    child = subprocess.Popen([UNFIX, "--model=" + MODEL, "-q", "--input=jsonl",
                              "--document=book"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, bufsize=0)
    for book in "aab":
        child.stdin.write(json.dumps({"book": book, "text": LINE}).encode() +
                          b"\n")
    got = []
    while len(got) < 2 and select.select([child.stdout], [], [], 60)[0]:
        got.append(child.stdout.readline())
    check("a document is answered when the next begins",
          [json.loads(line)["text"] for line in got] == [FIXED] * 2)
    child.stdin.close()
    check("and the last at the end", child.stdout.read().count(b"\n") == 1)
    child.wait()

UNFIX, MODEL = os.path.realpath(UNFIX), os.path.realpath(MODEL)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    long_records()
    spellings()
    declarations()
    larger_records()
    broken_records()
    documents()
    answers()
    answers_by_document()
    os.chdir("/")
finish()
