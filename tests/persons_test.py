#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""persons_test.py UNFIX MODEL FOLDER: pages in the first person and of somebody
who is spoken to, on which every ó was read as é.  What stands
as it was meant stays: `llegué` is no damaged `llegó` there.  Of the verbs of the
third person at least half are mended, and all words in -ión."""

import json
import os
import re
import subprocess
import sys

UNFIX, MODEL, FOLDER = sys.argv[1:4]
failures = 0


def check(holds, what):
    global failures
    failures += not holds
    print("%s - %s" % ("ok" if holds else "not ok", what))


def repair(text):
    run = subprocess.run([UNFIX, "--model=" + MODEL],
                         input=text.encode(), stdout=subprocess.PIPE,
                         check=True)
    return run.stdout.decode()


for name in sorted(os.listdir(FOLDER)):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        meant = file.read()
    read = meant.replace("ó", "é")
    after = re.findall(r"\w+", repair(read))
    words = list(zip(re.findall(r"\w+", meant), re.findall(r"\w+", read),
                     after))
    check(len(after) == len(words), name + ": as many words as before")
    harmed = [(w, a) for w, r, a in words if r == w != a]
    check(not harmed, "%s: what was right stays: %s" % (name, harmed))
    nouns = [(w, a) for w, r, a in words if w.endswith("ión")]
    left = [w for w, a in nouns if w != a]
    check(not left, "%s: %d words in -ión, left %s" % (name, len(nouns), left))
    verbs = [(w, a) for w, r, a in words if w.endswith("ó")]
    right = sum(w == a for w, a in verbs)
    check(2 * right >= len(verbs), "%s: %d of %d verbs of the third person" %
          (name, right, len(verbs)))
sys.exit(failures > 0)
