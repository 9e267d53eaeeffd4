# SPDX-License-Identifier: MPL-2.0
"""speed.py LIBRARY ROOT: the package has 95 % of the C library's speed on a
megabyte, corrections included.

What else the machine does slows a core down by half, for seconds at a time, and
it need not slow down both alike.  So the megabyte is measured in parts of some
hundredths of a second, each by turns in C and in Python, in the time of one core;
of each part the best of several rounds counts."""

import ctypes
import os
import sys
import time

import unfix

library = ctypes.CDLL(sys.argv[1])
folder = os.path.join(sys.argv[2], "tests", "pages")
pages = []
for name in sorted(os.listdir(folder)):
    if name.endswith(".ocr.txt"):
        with open(os.path.join(folder, name), "rb") as file:
            pages.append(file.read() + b"\n\n")
PART = 50_000
parts = [b""]
while sum(map(len, parts)) < 1_000_000:
    for page in pages:
        if len(parts[-1]) > PART:
            parts.append(b"")
        parts[-1] += page

model, context, result = (ctypes.c_void_p() for _ in range(3))
path = unfix.Model().path.encode()
assert library.unfix_model_load(path, None, ctypes.byref(model), None) == 0
assert not library.unfix_context_new(
    model, None, None, None, ctypes.byref(context), None
)
assert library.unfix_result_new(None, ctypes.byref(result)) == 0
repairer = unfix.Repairer()


def in_c(part):
    size = ctypes.c_size_t(len(part))
    assert library.unfix_correct(context, part, size, result, None) == 0


def in_python(part):
    return len(repairer.repair(part).corrections)


def seconds(work, part):
    start = time.thread_time()
    work(part)
    return time.thread_time() - start


bests = {in_c: [1e9] * len(parts), in_python: [1e9] * len(parts)}
for _ in range(int(os.environ.get("UNFIX_ROUNDS", "9"))):
    for i, part in enumerate(parts):
        for work, best in bests.items():
            given = part if work is in_c else part.decode()
            best[i] = min(best[i], seconds(work, given))
in_all = {work: sum(best) for work, best in bests.items()}
share = in_all[in_c] / in_all[in_python]
print(
    f"{sum(map(len, parts))} bytes: C {in_all[in_c]:.3f} s,"
    f" Python {in_all[in_python]:.3f} s,"
)
print(f"{100 * share:.1f} % of the C library's speed")
sys.exit(share < 0.95)
