#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""report_test.py UNFIX MODEL ROOT: the report as others read and edit it.

Every page that the tests have, and with UNFIX_DATA the pages there, goes
through: its report is what docs/report.schema.json says, --apply and --revert
lead from each text to the other byte for byte, also after the report was
edited.  Then a report is damaged in a thousand ways: what is written is what
the damaged report still says, or nothing.
"""

import copy
import glob
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile

import jsonschema

UNFIX, MODEL, ROOT = sys.argv[1:4]
DAMAGES = 1000
failures = 0


def check(name, holds, detail=""):
    global failures
    if not holds:
        failures += 1
        print("not ok - %s %s" % (name, detail))


def run(*arguments):
    """Status, standard output, standard error."""
    done = subprocess.run([UNFIX, *arguments], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def pages():
    found = sorted(glob.glob(os.path.join(ROOT, "tests/pages/*.txt")))
    found += sorted(glob.glob(os.path.join(ROOT, "tests/corpus/*/*")))
    data = os.environ.get("UNFIX_DATA", "")
    if data:
        found += sorted(glob.glob(os.path.join(data, "ocr/*dev*/*.ocr.txt")))
    return found


def splice(text, lines):
    """The text that the lines of a report make; None if they do not fit it."""
    out, done = [], 0
    for line in lines:
        encoding = line.get("encoding", "UTF-8")
        original = line["original"].encode(encoding)
        start, end = line["offset"], line["offset"] + line["length"]
        if start < done or text[start:end] != original:
            return None
        if line["verdict"] == "applied":
            out += [text[done:start], line["replacement"].encode(encoding)]
            done = end
    return b"".join(out) + text[done:]


def dump(lines):
    return b"".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
        + b"\n" for line in lines)


# ---- The schema --------------------------------------------------------------


def load_schema():
    schema = json.loads(read(os.path.join(ROOT, "docs/report.schema.json")))
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def without_extras(schema):
    """The same with no field beyond those described: this version has none."""
    strict = copy.deepcopy(schema)
    for name in ("correction", "end"):
        strict["$defs"][name]["additionalProperties"] = False
    return jsonschema.Draft202012Validator(strict)


def check_schema_refuses(schema, correction, end):
    """A schema that takes anything would prove nothing."""
    validator = jsonschema.Draft202012Validator(schema)
    check("a line is valid", validator.is_valid(correction))
    check("a later field is valid", validator.is_valid({**correction, "x": 1}))
    for key in list(correction):
        less = {k: v for k, v in correction.items() if k != key}
        check("without " + key, validator.is_valid(less) ==
              (key in ("bar", "held_back")))
    # What version 0.1 did not tell yet.
    later = ("language", "spelling", "form", "person", "damage", "left")
    for key in list(end):
        less = {k: v for k, v in end.items() if k != key}
        check("end without " + key, validator.is_valid(less) == (key in later))
    for wrong in ({"confidence": 1001}, {"confidence": 0.5}, {"offset": -1},
                  {"verdict": "maybe"}, {"class": "none"}, {"seal": "0"},
                  {"known_before": 1}, {"alternatives": [{}]},
                  {"reason": ""}, {"original": None}):
        check("with %s" % wrong, not validator.is_valid({**correction, **wrong}))


def check_classes(schema):
    """The schema knows the classes that --help lists, and no others."""
    text = run("--help=all")[1].decode().split("Classes of repairs:\n")[1]
    names = text.split("  'accents'")[0].replace(",", " ").split()
    check("classes", names == schema["$defs"]["class"]["enum"], str(names))


# ---- Round trips -------------------------------------------------------------


def round_trip(folder, path, validator, chance):
    text = read(path)
    report = os.path.join(folder, "report")
    output = os.path.join(folder, "output")
    status, repaired, error = run("--model=" + MODEL, "--min-confidence=500",
                                  "--text", "--force", "--report=" + report, path)
    check("repaired", status == 0, path + error)
    lines = [json.loads(line) for line in read(report).splitlines()]
    for line in lines:
        problem = next(validator.iter_errors(line), None)
        check("schema", problem is None, "%s %s" % (path, line))
    for line in lines[:-1]:
        check("bar", (line["verdict"] == "applied") ==
              (line["confidence"] >= line.get("bar", 1001)), str(line))
    check("sums", lines[-1]["sha256"] == hashlib.sha256(text).hexdigest() and
          lines[-1]["out_sha256"] == hashlib.sha256(repaired).hexdigest() and
          lines[-1]["length"] == len(text) and
          lines[-1]["out_length"] == len(repaired), path)
    there_and_back(folder, path, report, text, repaired)
    for line in lines[:-1]:
        if chance.random() < 0.5:
            line["verdict"] = chance.choice(["applied", "proposed", "rejected"])
        if chance.random() < 0.2:
            line["replacement"] = chance.choice(["", "ñandú", "\n", "\0", "a b"])
    write(report, dump(lines))
    there_and_back(folder, path, report, text, splice(text, lines[:-1]))
    write(output, text + b".")
    check("another input", run("--apply=" + report, output)[:2] == (2, b""),
          path)
    return lines


def there_and_back(folder, path, report, text, repaired):
    output = os.path.join(folder, "output")
    status, out, error = run("--apply=" + report, path)
    check("apply", (status, out) == (0, repaired), path + error)
    write(output, repaired)
    status, out, error = run("--revert=" + report, output)
    check("revert", (status, out) == (0, text), path + error)
    write(output, repaired + b"!")
    check("revert another", run("--revert=" + report, output)[:2] == (2, b""),
          path)


def check_misfit(folder):
    """A report whose end names a text that its repairs do not fit leads
    nowhere, neither from that text nor back to it."""
    page = os.path.join(folder, "misfit.txt")
    report = page + ".json"
    write(page, "La cooperacién de los Estados.\n".encode())
    run("--report=" + report, "--output=" + os.path.join(folder, "out"), page)
    lines = [json.loads(line) for line in read(report).splitlines()]
    write(page, "La cooperación de los Estados.\n".encode())
    lines[-1]["sha256"] = hashlib.sha256(read(page)).hexdigest()
    write(report, dump(lines))
    check("misfit has repairs", len(lines) == 2)
    for way in ("--apply=", "--revert="):
        check("misfit " + way, run(way + report, page)[:2] == (2, b""))


def check_several(folder, validator):
    """A report of several files, and texts that are changed where they are."""
    report = os.path.join(folder, "report")
    names = sorted(glob.glob(os.path.join(ROOT, "tests/pages/eng-*.ocr.txt")))
    copies = [os.path.join(folder, os.path.basename(n)) for n in names]
    for name, to in zip(names, copies):
        write(to, read(name))
    check("repaired in place",
          run("--model=" + MODEL, "-i", "--force", "--report=" + report,
              *copies)[0] == 0)
    for line in read(report).splitlines():
        line = json.loads(line)
        check("schema", validator.is_valid(line), str(line))
        check("times", ("end" in line) == ("mtime" in line and
                                           "out_mtime" in line), str(line))
    repaired = [read(name) for name in copies]
    check("some are", repaired != [read(name) for name in names])
    check("reverted", run("-i", "--revert=" + report, *copies)[0] == 0)
    check("as before", [read(n) for n in copies] == [read(n) for n in names])
    check("applied", run("-i", "--apply=" + report, *copies)[0] == 0)
    check("as repaired", [read(n) for n in copies] == repaired)
    check("twice is refused", run("-i", "--apply=" + report, *copies)[0] == 2)
    check("and changes nothing", [read(n) for n in copies] == repaired)
    other = os.path.join(folder, "other")
    write(other, repaired[0])
    status, out, error = run("--apply=" + report, other)
    check("not in it", (status, out) == (2, b"") and "not in the report" in error)


# ---- Damage ------------------------------------------------------------------


def damage(report, chance):
    """One of the ways in which a report goes wrong."""
    data = bytearray(report)
    lines = report.splitlines(keepends=True)
    at = chance.randrange(len(data))
    way = chance.randrange(9)
    if way == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif way == 1:
        data[at] = chance.randrange(256)
    elif way == 2:
        del data[at:at + chance.randrange(1, 40)]
    elif way == 3:
        data[at:at] = bytes(chance.randrange(256)
                            for _ in range(chance.randrange(1, 9)))
    elif way == 4:
        del data[at:]
    elif way == 5:
        other = chance.randrange(len(lines))
        one = chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        data = b"".join(lines)
    elif way == 6:
        one = chance.randrange(len(lines))
        lines[one:one + 1] = lines[one:one + 1] * chance.choice([0, 2])
        data = b"".join(lines)
    elif way == 7:
        places = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
        data[chance.choice(places)] = chance.randrange(48, 58)
    else:
        other = chance.randrange(len(data))
        size = chance.randrange(1, 200)
        data[at:at + size] = data[other:other + size]
    return bytes(data)


def still_says(report, right):
    """The lines of a report that may still be followed: those of the right one
    but for verdicts and replacements.  None if there are others."""
    try:
        lines = [json.loads(line) for line in report.decode().split("\n") if line]
    except ValueError:
        return None
    if len(lines) != len(right):
        return None
    for line, other in zip(lines, right):
        if not isinstance(line, dict):
            return None
        for key in ("offset", "length", "original", "seal", "sha256"):
            if line.get(key) != other.get(key):
                return None
        if isinstance(line.get("offset"), bool):
            return None
    return lines[:-1]


def check_damage(folder, path):
    text = read(path)
    report = os.path.join(folder, "report")
    damaged = os.path.join(folder, "damaged")
    output = os.path.join(folder, "output")
    repaired = run("--model=" + MODEL, "--force", "--report=" + report, path)[1]
    whole = read(report)
    right = [json.loads(line) for line in whole.splitlines()]
    chance = random.Random(20061122)
    refused = 0
    for number in range(DAMAGES):
        bad = damage(whole, chance)
        write(damaged, bad)
        lines = still_says(bad, right)
        status, out, _ = run("--apply=" + damaged, path)
        if status == 0:
            check("apply %d" % number,
                  lines is not None and out == splice(text, lines), repr(bad))
        else:
            refused += 1
            check("refusal %d" % number, (status, out) == (2, b""))
        write(output, repaired)
        status, out, _ = run("--revert=" + damaged, output)
        check("revert %d" % number,
              (status, out) in ((0, text), (2, b"")), repr(bad))
    print("%d damaged reports, %d refused" % (DAMAGES, refused))
    check("most are refused", refused > DAMAGES / 2)


def main():
    schema = load_schema()
    validator = without_extras(schema)
    chance = random.Random(17)
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        found = pages()
        for path in found:
            lines += round_trip(folder, path, validator, chance)
        print("%d texts, %d lines" % (len(found), len(lines)))
        held = next(line for line in lines if "held_back" in line)
        held["verdict"] = "proposed"
        check_schema_refuses(schema, held, lines[-1])
        check_classes(schema)
        check_several(folder, validator)
        check_misfit(folder)
        check_damage(folder,
                     os.path.join(ROOT, "tests/pages/eng-rough-1.ocr.txt"))
    sys.exit(1 if failures else 0)


main()
