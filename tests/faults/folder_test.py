#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""folder_test.py UNFIX MODEL PAGES KILLS: a folder of 300 binary files and 300
texts is repaired in place: no binary file changes, every text does, and the
report takes all back; also where the run is ended in its midst, KILLS times,
half of them by SIGKILL and half by SIGTERM.  With --resume it comes to the same
end as one that nobody disturbs."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
from tap import check, finish

UNFIX, MODEL, PAGES = [os.path.realpath(name) for name in sys.argv[1:4]]
KILLS = int(sys.argv[4])
MANY = 300
DIRTY = b"La cooperaci\xc3\xa9n internacional y la organizacidn de los Estados.\n"

# How files begin that are no text, whatever they hold besides.
BEGINNINGS = [
    b"\x7fELF\x02\x01\x01\x00", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"GIF89a\x01\x00\x01\x00", b"PK\x03\x04",
    b"\x1f\x8b\x08\x00", b"BZh91AY&SY", b"\xfd7zXZ\x00", b"!<arch>\n",
    b"\xca\xfe\xba\xbe\x00\x00", b"MZ\x90\x00\x03\x00", b"SQLite format 3\x00",
    b"RIFF\x24\x08\x00\x00WAVE", b"OggS\x00\x02", b"%!PS-Adobe-3.0\n",
    b"{\\rtf1\\ansi ", b"II*\x00\x08\x00", b"\x00\x01\x00\x00\x00\x0c",
]


def binary(number, chance):
    """Lines to repair, in what no one may repair."""
    noise = bytes(chance.randrange(256) for _ in range(chance.randrange(2000)))
    kind = number % (len(BEGINNINGS) + 2)
    if kind < len(BEGINNINGS):
        return BEGINNINGS[kind] + DIRTY + noise + DIRTY
    if kind == len(BEGINNINGS):  # known by what it holds alone
        return DIRTY * 3 + b"\0" + noise
    return zlib.compress(DIRTY * 3 + noise)


def make():
    """The files of the folder, by name."""
    chance = random.Random(1)
    pages = []
    for name in sorted(os.listdir(PAGES)):
        if name.endswith(".ocr.txt"):
            with open(os.path.join(PAGES, name), "rb") as file:
                pages.append(file.read().splitlines(keepends=True))
    files = {}
    for number in range(MANY):
        lines = chance.choice(pages)
        first = chance.randrange(len(lines))
        files["%d/%d.txt" % (number % 7, number)] = DIRTY + b"".join(
            lines[first:first + chance.randrange(30)])
        files["%d/%d.bin" % (number % 7, number)] = binary(number, chance)
    return files


def write(files, before):
    """Writes those that are others than before."""
    for name, text in files.items():
        if before.get(name) != text:
            path = os.path.join("folder", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text)


def read():
    files = {}
    for where, _, names in os.walk("folder"):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, "folder")] = file.read()
    return files


def command(*options):
    return [UNFIX, "--model=" + MODEL, "-q", "-r", "-i", "--jobs=2", *options,
            "folder"]


def size(name):
    try:
        return os.stat(name).st_size
    except FileNotFoundError:
        return 0


def end_in_the_midst(number, until, chance):
    """Starts a run and ends it when its report has grown so long, and a moment
    later.  Returns whether it had not ended by itself."""
    sent = signal.SIGTERM if number % 2 else signal.SIGKILL
    with subprocess.Popen(command("--report=report"),
                          stderr=subprocess.DEVNULL) as run:
        while run.poll() is None and size("report") < until:
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.01)
        run.send_signal(sent)
        run.wait()
        return run.returncode != 0


def main():
    old = make()
    write(old, {})
    check("a run over the folder", subprocess.call(command("--report=report")) == 0)
    new = read()
    kept = [name for name in old if name.endswith(".bin")]
    changed = [name for name in old if name.endswith(".txt")]
    check("%d binary files stay" % MANY,
          len(kept) == MANY and all(new[name] == old[name] for name in kept))
    check("%d texts change" % MANY, len(changed) == MANY and
          all(new[name] != old[name] for name in changed))
    whole = size("report")
    check("the report takes all back",
          subprocess.call(command("--revert=report")) == 0 and read() == old)

    chance = random.Random(2)
    ended = amid = torn = kept_back = other_end = left = 0
    for number in range(KILLS):
        os.unlink("report")
        ended += end_in_the_midst(number, chance.random() * 0.95 * whole, chance)
        now = read()
        temporary = [name for name in now if name not in old]
        left += len(temporary) if number % 2 else 0
        for name in temporary:
            os.unlink(os.path.join("folder", name))
            del now[name]
        many = sum(now[name] != text for name, text in old.items())
        amid += 0 < many < MANY
        torn += sum(now[name] not in (text, new[name])
                    for name, text in old.items())
        shutil.copyfile("report", "report.kept")
        subprocess.call(command("--revert=report"), stderr=subprocess.DEVNULL)
        back = read()
        kept_back += sum(back[name] != text for name, text in old.items())
        write(now, back)
        # A resumed run takes the files as they are, and their report.
        os.replace("report.kept", "report")
        subprocess.call(command("--report=report", "--resume"))
        now = read()
        other_end += now != new
        subprocess.call(command("--revert=report"))
        now = read()
        kept_back += sum(now[name] != text for name, text in old.items())
        write(old, now)
    print("# of %d runs %d were ended, %d of them between two files" %
          (KILLS, ended, amid))
    check("runs were ended in their midst", amid > 0)
    check("each file is the old or the new one", torn == 0, str(torn))
    check("each can be taken back", kept_back == 0, str(kept_back))
    check("--resume comes to the same end", other_end == 0, str(other_end))
    check("SIGTERM leaves no temporary file", left == 0, str(left))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
    os.chdir("/")
finish()
