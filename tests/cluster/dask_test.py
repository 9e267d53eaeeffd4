# SPDX-License-Identifier: MPL-2.0
"""dask_test.py UNFIX PAGES EXAMPLE: repairs a folder by a Dask cluster of
three processes, one of which is killed in the middle.  The result is that of the
filter on one machine, byte for byte."""

import filecmp
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from dask.distributed import Client, LocalCluster

COPIES = 20


def load(path):
    """The example as a module that the workers find as well."""
    sys.path.insert(0, str(path.parent))
    os.environ["PYTHONPATH"] = f"{path.parent}:{os.environ.get('PYTHONPATH', '')}"
    spec = importlib.util.find_spec(path.stem)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def make_tree(pages, tree):
    for copy in range(COPIES):
        folder = tree / str(copy % 5) / str(copy)
        folder.mkdir(parents=True)
        for page in pages.glob("*.ocr.txt"):
            shutil.copy(page, folder)


def kill_one(cluster, out):
    """When some files are there, and long before all are."""
    while not list(out.rglob("*.ocr.txt")):
        time.sleep(0.05)
    pid = next(iter(cluster.workers.values())).pid
    os.kill(pid, signal.SIGKILL)


def differing(a, b):
    left = sorted(str(p.relative_to(a)) for p in a.rglob("*.txt"))
    right = sorted(str(p.relative_to(b)) for p in b.rglob("*.txt"))
    if left != right:
        return sorted(set(left) ^ set(right))
    return filecmp.cmpfiles(a, b, left, shallow=False)[1]


def main():
    program, pages, example = (Path(a).resolve() for a in sys.argv[1:])
    os.environ["UNFIX"] = str(program)
    module = load(example)
    folder = Path(tempfile.mkdtemp())
    try:
        tree, out, want = folder / "tree", folder / "out", folder / "want"
        make_tree(pages, tree)
        out.mkdir()
        subprocess.run(
            [
                *(program, "-q", "-r", "--jobs=1", "--two-pass"),
                *(f"--output-dir={want}", "."),
            ],
            cwd=tree,
            check=True,
        )
        print("1..2")
        with LocalCluster(
            n_workers=3, threads_per_worker=1, dashboard_address=None
        ) as cluster, Client(cluster) as client:
            killer = threading.Thread(target=kill_one, args=(cluster, out))
            killer.start()
            total = module.run(client, str(tree), str(out))
            killer.join()
        print(f"ok 1 - {sum(total.values())} repairs, a worker was killed")
        wrong = differing(want, out)
        if wrong:
            print("not ok 2 - the texts are those of one machine")
            print(f"# {wrong[:5]}")
            sys.exit(1)
        print("ok 2 - the texts are those of one machine")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
