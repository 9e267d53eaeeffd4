#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""resume_test.py UNFIX MODEL FOLDER DOCUMENTS KILLS: a tree of documents is
repaired while the run is killed outright again and again and gone on with: the
same bytes come out as in one undisturbed run, and every file can be brought
back.  FOLDER has texts, which are cut and copied until there are so many; with 0
of them it is the tree."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL, FOLDER = [os.path.realpath(name) for name in sys.argv[1:4]]
DOCUMENTS, KILLS = int(sys.argv[4]), int(sys.argv[5])

def command(out, *options):
    return [UNFIX, "--model=" + MODEL, "-q", "-r", "--output-dir=" + out,
            "--report=%s.jsonl.gz" % out, *options, "tree"]

def files_in(folder):
    """Path within it and bytes of each."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found

def count_done(folder):
    return sum(len(names) for _, _, names in os.walk(folder))

def texts():
    """Each whole, and then parts of it, until nobody wants more."""
    paths = sorted(os.path.join(where, name)
                   for where, _, names in os.walk(FOLDER) for name in names
                   if name.endswith(".txt") and ".gt." not in name)
    chance = random.Random(1)
    for path in paths:
        with open(path, "rb") as file:
            yield file.read()
    while True:
        with open(chance.choice(paths), "rb") as file:
            lines = file.read().splitlines(keepends=True)
        first = chance.randrange(len(lines) or 1)
        yield b"".join(lines[first:first + chance.randrange(4, 40)])

def make_tree():
    for number, text in zip(range(DOCUMENTS), texts()):
        path = "tree/%d/%d/%d.txt" % (number % 7, number // 50, number)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text)

def kill_again_and_again():
    """Kills spread over the work; returns how many were in the middle."""
    killed = 0
    for number in range(1, KILLS + 1):
        child = subprocess.Popen(command("out", "--resume"))
        wanted = DOCUMENTS * number // (KILLS + 1)
        while child.poll() is None and count_done("out") < wanted:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
    return killed

def main():
    tree = files_in("tree")
    check("there are %d documents" % DOCUMENTS, len(tree) == DOCUMENTS)
    start = time.monotonic()
    check("they are repaired", subprocess.call(command("want")) == 0)
    print("# %.1f s undisturbed" % (time.monotonic() - start))
    killed = kill_again_and_again()
    check("killed %d times" % KILLS, killed == KILLS, "%d" % killed)
    check("and gone on with to the end",
          subprocess.call(command("out", "--resume")) == 0)
    want, out = files_in("want"), files_in("out")
    left = [name for name in out if name not in want]
    check("nothing else is left but what kills leave",
          all("/.unfix" in name for name in left), str(left[:3]))
    check("the same bytes come out",
          all(out.get(name) == text for name, text in want.items()) and
          len(want) == DOCUMENTS)
    check("of which some were repaired", sum(
        want["tree/" + name] != text for name, text in tree.items()) >
        DOCUMENTS // 3)
    os.chdir("out")
    check("the report leads back", subprocess.call(
        [UNFIX, "-q", "-r", "--revert=../out.jsonl.gz", "--output-dir=../back",
         "tree"]) == 0)
    os.chdir("..")
    check("to every file", files_in("back/tree") == tree)

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    if DOCUMENTS > 0:
        make_tree()
    else:
        shutil.copytree(FOLDER, "tree")
        DOCUMENTS = count_done("tree")
    main()
    os.chdir("/")
finish()
