#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""memory_test.py UNFIX MODEL: however long a line is, memory does not grow with
it, whatever is written of it; and the diff of long lines is right."""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL = sys.argv[1:3]
SENTENCE = "La Asamblea General de las Naciones Unidas. "
DAMAGED = "La cooperacién internacional. "
SHORT, LONG = 2500000, 5500000
ROOM = 6000  # kB that the longer line may take besides

def run(path, *arguments):
    """Status and the peak of memory in kB."""
    with open("out", "wb") as out:
        child = subprocess.Popen([UNFIX, "--model=" + MODEL, "-q", "-j1",
                                  *arguments, path], stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
    return status, usage.ru_maxrss

def make_line(path, length):
    part = SENTENCE * 200 + DAMAGED
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(length // len(part.encode())):
            file.write(part)
        file.write("\n")

def main():
    make_line("short", SHORT)
    make_line("long", LONG)
    for option in ("--format=diff", "--explain"):
        status, small = run("short", option)
        check("%s of a short line" % option, status == 0)
        status, large = run("long", option)
        check("%s of a long line" % option, status == 0)
        check("%s: the same memory" % option, large < small + ROOM,
              "%d kB, %d kB" % (small, large))
    run("long", "--format=text")
    os.rename("out", "want")
    run("long", "--format=diff")
    done = subprocess.run(["patch", "-s", "-o", "patched", "long", "out"],
                          check=False)
    with open("want", "rb") as want, open("patched", "rb") as patched:
        check("patch makes the repaired line", done.returncode == 0 and
              want.read() == patched.read())

UNFIX, MODEL = os.path.realpath(UNFIX), os.path.realpath(MODEL)
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
finish()
