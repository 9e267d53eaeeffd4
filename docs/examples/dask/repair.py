#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""repair.py FOLDER OUT [--scheduler=ADDRESS]: repairs the texts in FOLDER by the
workers of a Dask cluster, and writes them to OUT; both are on a file system that
all workers share.  Without an address three workers are started here.

All texts together are evidence for each: what they show is counted as a map over
shards, added as a tree, and kept as OUT.counts; then the repair is a map again.
UNFIX names the filter, and beside it is unfix-model.

A worker that dies costs what it was at: Dask gives its files to another.  A file
appears in OUT when it is whole."""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from dask.distributed import Client, LocalCluster, as_completed

UNFIX = shutil.which(os.environ.get("UNFIX", "unfix")) or "unfix"


def count_files(names, folder):
    """What the texts show, as bytes that can be added."""
    with tempfile.TemporaryDirectory() as own:
        counts = Path(own) / "counts"
        run_filter(names, folder, f"--count={counts}", "--count-least=1")
        return counts.read_bytes()


def merge(parts, least=1):
    """The sum, the same for any grouping and order."""
    with tempfile.TemporaryDirectory() as own:
        paths = [Path(own) / str(i) for i in range(len(parts))]
        for path, part in zip(paths, parts):
            path.write_bytes(part)
        total = Path(own) / "sum"
        model = str(Path(UNFIX).parent / "unfix-model")
        options = [f"--output={total}", f"--least={least}"]
        subprocess.run([model, "merge", *options, *map(str, paths)], check=True)
        return total.read_bytes()


def repair_files(names, folder, out):
    """Counts the repairs that were made, by their kinds.  A file appears under
    its name when it is whole."""
    with tempfile.TemporaryDirectory() as own:
        report = Path(own) / "report"
        run_filter(
            names,
            folder,
            f"--output-dir={out}",
            f"--collection={out}.counts",
            f"--report={report}",
            "--report-level=applied",
        )
        lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
        return Counter(line["class"] for line in lines if "class" in line)


def run_filter(names, folder, *options):
    subprocess.run(
        [UNFIX, "--quiet", "--jobs=1", "--files0-from=-", *options],
        input="\0".join(names).encode(),
        cwd=folder,
        check=True,
    )


def texts(folder):
    return sorted(
        str(path.relative_to(folder))
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def shards(names, workers):
    """Enough of them that no worker waits long for the last one, and none so
    small that starting the filter is what it costs."""
    size = min(max(len(names) // (8 * workers), 1), 64)
    return [names[i : i + size] for i in range(0, len(names), size)]


def learn(client, parts, folder, width=8):
    """The counts of all shards, added by `width` until one is left."""
    level = client.map(count_files, parts, folder=folder, pure=False)
    while len(level) > width:
        groups = [level[i : i + width] for i in range(0, len(level), width)]
        level = [client.submit(merge, group, pure=False) for group in groups]
    return client.submit(merge, level, least=2, pure=False).result()


def run(client, folder, out):
    """The work is mapped over shards, the counts are added as they come."""
    parts = shards(texts(folder), max(len(client.ncores()), 1))
    Path(f"{out}.counts").write_bytes(learn(client, parts, folder))
    total = Counter()
    work = client.map(repair_files, parts, folder=folder, out=out, pure=False)
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
        out = Path(arguments.out).absolute()
        total = run(client, arguments.folder, str(out))
    for kind, count in sorted(total.items()):
        print(f"{kind}\t{count}")


if __name__ == "__main__":
    main()
