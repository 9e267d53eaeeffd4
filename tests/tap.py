# SPDX-License-Identifier: MPL-2.0
"""What a test in Python tells: a line for each check, and its exit status."""

import sys

failures = 0

def check(name, holds, detail=""):
    global failures
    print("%s - %s %s" % ("ok" if holds else "not ok", name,
                          "" if holds else detail), flush=True)
    failures += not holds

def finish():
    sys.exit(1 if failures else 0)
