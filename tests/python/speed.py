# SPDX-License-Identifier: MPL-2.0
"""speed.py LIBRARY ROOT: the package has 95 % of the C library's speed on a
megabyte, corrections included; the time of one core, the best of several runs
by turns."""

import ctypes
import os
import sys
import time

import unfix

library = ctypes.CDLL(sys.argv[1])
folder = os.path.join(sys.argv[2], "tests", "pages")
text = b""
while len(text) < 1_000_000:
    for name in sorted(os.listdir(folder)):
        if name.endswith(".ocr.txt"):
            with open(os.path.join(folder, name), "rb") as file:
                text += file.read() + b"\n\n"

model, context, result = (ctypes.c_void_p() for _ in range(3))
path = unfix.Model().path.encode()
assert library.unfix_model_load(path, None, ctypes.byref(model), None) == 0
assert not library.unfix_context_new(
    model, None, None, None, ctypes.byref(context), None
)
assert library.unfix_result_new(None, ctypes.byref(result)) == 0
size = ctypes.c_size_t(len(text))
repairer = unfix.Repairer()
as_str = text.decode()


def in_c():
    assert library.unfix_correct(context, text, size, result, None) == 0


def in_python():
    return len(repairer.repair(as_str).corrections)


def seconds(work):
    start = time.thread_time()
    work()
    return time.thread_time() - start


best = {in_c: 1e9, in_python: 1e9}
for _ in range(int(os.environ.get("UNFIX_ROUNDS", "9"))):
    for work in best:
        best[work] = min(best[work], seconds(work))
share = best[in_c] / best[in_python]
print(f"{len(text)} bytes: C {best[in_c]:.3f} s, Python {best[in_python]:.3f} s,")
print(f"{100 * share:.1f} % of the C library's speed")
sys.exit(share < 0.95)
