# SPDX-License-Identifier: MPL-2.0
"""threads.py ROOT: eight threads that share a repairer get as much done as eight
processes that share nothing: as far as the cores go.  Both are measured by turns,
so what else the machine does concerns both."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import unfix

MANY = 8
folder = os.path.join(sys.argv[1], "tests", "pages")
text = ""
while len(text) < 500_000:
    for name in sorted(os.listdir(folder)):
        if name.endswith(".ocr.txt"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text += file.read() + "\n\n"

if len(sys.argv) > 2:  # a process of those below: told to begin, tells the end
    repairer = unfix.Repairer()
    repairer.repair(text[:1000])
    print("ready", flush=True)
    sys.stdin.readline()
    repairer.repair(text)
    print("done", flush=True)
    sys.exit()

repairer = unfix.Repairer()


def alone():
    repairer.repair(text)


def in_threads():
    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(lambda _: repairer.repair(text), range(MANY)))


def in_processes(processes):
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert process.stdout.readline() == "done\n"


def start_processes():
    processes = [
        subprocess.Popen(
            [sys.executable, __file__, sys.argv[1], "one"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(MANY)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    return processes


def seconds(work, *arguments):
    start = time.monotonic()
    work(*arguments)
    return time.monotonic() - start


best = {"one": 1e9, "threads": 1e9, "processes": 1e9}
for _ in range(int(os.environ.get("UNFIX_ROUNDS", "5"))):
    started = start_processes()
    for name, taken in (
        ("one", seconds(alone)),
        ("processes", seconds(in_processes, started)),
        ("threads", seconds(in_threads)),
    ):
        best[name] = min(best[name], taken)
    for process in started:
        process.communicate()
    if best["threads"] <= best["processes"] * 1.1:
        break
scaled = MANY * best["one"] / best["threads"]
print(
    f"{MANY} threads do {scaled:.2f} times what one does, {MANY} processes"
    f" {MANY * best['one'] / best['processes']:.2f}, on {os.cpu_count()} cores"
)
sys.exit(best["threads"] > best["processes"] * 1.1)
