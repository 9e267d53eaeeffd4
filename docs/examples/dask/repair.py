#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""repair.py FOLDER OUT [--scheduler=ADDRESS]: repairs the texts in FOLDER by the
workers of a Dask cluster, and writes them to OUT; both are on a file system that
all workers share.  Without an address three workers are started here.

A worker that dies costs what it was at: Dask gives its files to another.  A file
appears in OUT when it is whole."""

import argparse
import os
import tempfile
from collections import Counter
from pathlib import Path

import unfix
from dask.distributed import Client, LocalCluster, as_completed

_repairer = None


def repairer():
    """One for each process: the model is mapped, and shared by all of them."""
    global _repairer
    if _repairer is None:
        _repairer = unfix.Repairer()
    return _repairer


def write_whole(path, data):
    """Lets the file appear under its name when all of it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".repair.")
    with open(number, "wb") as file:
        file.write(data)
    os.chmod(name, 0o644)
    os.replace(name, path)


def repair_files(names, folder, out):
    """Counts the repairs that were made, by their kinds."""
    counts = Counter()
    for name in names:
        result = repairer().repair((Path(folder) / name).read_bytes())
        write_whole(Path(out) / name, result.text)
        counts.update(c.kind for c in result.corrections if c.verdict == "applied")
    return counts


def texts(folder):
    return sorted(
        str(path.relative_to(folder))
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def shards(names, size):
    return [names[i : i + size] for i in range(0, len(names), size)]


def run(client, folder, out, size=16):
    """The work is mapped over shards, the counts are added as they come."""
    total = Counter()
    work = client.map(
        repair_files, shards(texts(folder), size), folder=folder, out=out, pure=False
    )
    for _, counts in as_completed(work, with_results=True):
        total.update(counts)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--scheduler")
    arguments = parser.parse_args()
    where = arguments.scheduler or LocalCluster(n_workers=3, threads_per_worker=1)
    with Client(where) as client:
        total = run(client, arguments.folder, arguments.out)
    for kind, count in sorted(total.items()):
        print(f"{kind}\t{count}")


if __name__ == "__main__":
    main()
