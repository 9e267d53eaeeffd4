#!/usr/bin/python3
# SPDX-License-Identifier: MPL-2.0
"""encodings_test.py UNFIX MODEL ROOT: files that are not UTF-8.

Pages in twelve encodings are repaired: what comes out is in the same encoding,
says what the repair of the page in UTF-8 says but for what the encoding cannot
write, and goes back to the bytes that came, as a file, in place, in several
threads and from a pipe.  Then what is found by itself, what is not plain to
see, and what is converted.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

UNFIX, MODEL, ROOT = sys.argv[1:4]
MODEL = "--model=" + MODEL
failures = 0

# How Python calls it, how it is asked for, the mark at its beginning.
ENCODINGS = (
    ("utf-8", "utf-8", b""),
    ("utf-8", "UTF-8", b"\xef\xbb\xbf"),
    ("iso-8859-1", "latin1", b""),
    ("iso-8859-9", "ISO-8859-9", b""),
    ("iso-8859-15", "ISO-8859-15", b""),
    ("cp1252", "windows-1252", b""),
    ("mac-roman", "macintosh", b""),
    ("cp437", "cp437", b""),
    ("cp850", "cp850", b""),
    ("utf-16-le", "UTF-16", b"\xff\xfe"),
    ("utf-16-be", "UTF-16BE", b""),
    ("utf-32-le", "UTF-32", b"\xff\xfe\0\0"),
    ("gb18030", "GB18030", b""),
)

PAGE = """El Comité examinó el informe sobre la cooperacién internacional para el
desarrollo y tomó nota de las medidas adoptadas por la organizacidn.

La secretaría publicó también la resolución, según la cuestién de los países.
"""


def check(name, holds, detail=""):
    global failures
    if not holds:
        failures += 1
        print("not ok - %s %s" % (name, detail))


def run(*arguments, data=b""):
    """Status, standard output, standard error."""
    done = subprocess.run([UNFIX, *arguments], input=data, check=False,
                          capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def lines_of(report):
    return [json.loads(line) for line in read(report).splitlines()]


def pages():
    found = glob.glob(os.path.join(ROOT, "tests/pages/*.ocr.txt"))
    return [PAGE, PAGE.replace("\n", "\r\n"), ""] + [
        read(path).decode() for path in sorted(found)[::6]]


# ---- There and back ----------------------------------------------------------


def expected(text, codec, report):
    """What the repairs of the text make of it, but for those that are held
    back for want of a character."""
    out, done = [], 0
    for line in report:
        start, end = line["offset"], line["offset"] + line["length"]
        if line["verdict"] != "applied":
            continue
        try:
            line["replacement"].encode(codec)
        except UnicodeEncodeError:
            continue
        out += [text[done:start], line["replacement"].encode()]
        done = end
    return b"".join(out) + text[done:]


def check_page(folder, page, codec, name, mark, is_long):
    data = mark + page.encode(codec, "replace")
    text = data.decode(codec).encode()
    paths = [os.path.join(folder, n) for n in ("a", "b", "report", "plain")]
    first, second, report, plain = paths
    option = "--encoding=" + name
    write(plain, text)
    status, _, error = run(MODEL, "--force", "--report=" + report, plain)
    check("plain", (status, error) == (0, ""), error)
    want = expected(text, codec, lines_of(report)[:-1]).decode().encode(codec)
    write(first, data)
    write(second, data)
    status, out, error = run(MODEL, option, "--force", "--jobs=1",
                             "--report=" + report, first)
    check("repaired", (status, out, error) == (0, want, ""), name + error)
    for line in lines_of(report)[:-1]:
        start, end = line["offset"], line["offset"] + line["length"]
        check("place", data[start:end] == line["original"].encode(codec), line)
        start, end = line["out_offset"], line["out_offset"] + line["out_length"]
        now = "replacement" if line["verdict"] == "applied" else "original"
        check("new place", out[start:end] == line[now].encode(codec), line)
    check("applied", run("--apply=" + report, first)[:2] == (0, want), name)
    write(first, want)
    check("reverted", run("--revert=" + report, first)[:2] == (0, data), name)
    if is_long:
        return
    check("pipe", run(MODEL, option, data=data)[:2] == (0, want), name)
    write(first, data)
    status, _, error = run(MODEL, option, "-i", "--force", "--jobs=3",
                           "--report=" + report, first, second)
    check("in place", (status, read(first), read(second), error) ==
          (0, want, want, ""), name)
    status, _, error = run("-i", "--revert=" + report, first, second)
    check("back in place", (status, read(first), read(second)) ==
          (0, data, data), name + error)
    status, diff, _ = run(MODEL, option, "--format=diff", first)
    subprocess.run(["patch", "-s", "--binary", first], input=diff, check=True)
    check("patched", status == 0 and read(first) == want, name)
    write(first, data)
    check("checked", run(MODEL, option, "--check", first)[0] == (want != data),
          name)
    for way in ("--format=inline", "--format=jsonl", "--summary", "--explain"):
        status, _, error = run(MODEL, option, way, first)
        check(way, (status, error) == (0, ""), error)


# ---- By itself ---------------------------------------------------------------


def check_found(folder):
    """Without an option, and never mixed."""
    path = os.path.join(folder, "page")
    want = run(MODEL, data=PAGE.encode())[1].decode()
    check("there is something to repair", want != PAGE)
    for codec in ("utf-8", "iso-8859-1", "mac-roman", "cp437", "cp850",
                  "utf-16", "utf-32"):
        data = PAGE.encode(codec)
        mark = data[:len(data) - len(PAGE.encode(codec + "-le"))] \
            if codec in ("utf-16", "utf-32") else b""
        codec += "-le" if mark else ""
        write(path, data)
        for jobs in ("--jobs=1", "--jobs=2"):
            status, out, error = run(MODEL, jobs, path)
            check("found", (status, out, error) ==
                  (0, mark + want.encode(codec), ""), codec + error)
        check("found in a pipe", run(MODEL, data=data)[1] ==
              mark + want.encode(codec), codec)
        status, out, error = run(MODEL, "--to=utf-8", path)
        check("converted", (status, out, error) == (0, want.encode(), ""),
              codec + error)
        check("converted in place", run(MODEL, "--to=utf-8", "-i", path)[0] == 0
              and read(path) == want.encode(), codec)


def check_unsure(folder):
    path = os.path.join(folder, "page")
    for data in (PAGE.encode() + PAGE.encode("iso-8859-1"),
                 "Русский текст\n".encode("koi8-r") + b"cooperaci6n\n"):
        write(path, data)
        status, out, error = run(MODEL, path)
        check("unsure", (status, out) == (0, data) and
              "is not plain to see" in error, error)
        check("in place", run(MODEL, "-i", path)[0] == 0 and
              read(path) == data)
        # Whoever says that it is UTF-8 gets that.
        status, out, _ = run(MODEL, "--encoding=utf-8", path)
        check("as asked", status == 0 and out != data)


def check_unwritable(folder):
    """IBM437 has no Á: the words stay, and the report says why of each."""
    path = os.path.join(folder, "page")
    report = os.path.join(folder, "report")
    text = ("Los países de Africa. ÃFRICA es un continente, y la cooperación "
            "llegó también allí.\n")
    data = text.replace("ÃFRICA", "&Aacute;frica").encode("cp437")
    write(path, data)
    status, out, error = run(MODEL, "--encoding=cp437", "--force",
                             "--report=" + report, path)
    held = [line for line in lines_of(report)
            if "no such character" in line.get("held_back", "")]
    check("held back", (status, out, len(held)) == (0, data, 2), error)
    lines = read(report).splitlines(keepends=True)
    lines = [line.replace(b'"proposed"', b'"applied"') for line in lines]
    write(report, b"".join(lines))
    status, out, error = run("--apply=" + report, path)
    check("not to be forced", (status, out) == (2, b"") and
          "has no such character" in error, error)


def check_wrong(folder):
    path = os.path.join(folder, "page")
    data = b"\xff\xfea\0\0\xdc!\0"
    write(path, data)
    status, out, error = run(MODEL, path)
    check("no UTF-16", (status, out) == (0, data) and "left as it is" in error)
    status, out, error = run(MODEL, "--encoding=UTF-16", path)
    check("no UTF-16, but asked for", (status, out) == (2, data), error)
    status, out, error = run(MODEL, "--to=utf-8", path)
    check("cannot be converted", status == 2 and
          "not in that encoding" in error, error)
    check("no such", run(MODEL, "--encoding=klingon", path)[0] == 2)
    check("no other", run(MODEL, "--to=latin1", path)[0] == 2)
    check("no report", run(MODEL, "--to=utf-8", "--report=x", path)[0] == 2)


def check_cut(folder):
    """A file that ends within a character: what is left of it is not lost."""
    path = os.path.join(folder, "page")
    for codec, name in (("utf-16-le", "UTF-16LE"), ("gb18030", "GB18030")):
        for text in ("La organizacidn pidió", (PAGE * 3000).rstrip() + " pidió"):
            data = text.encode(codec)[:-1]
            write(path, data)
            for jobs in ("--jobs=1", "--jobs=3"):
                options = (MODEL, jobs, "--encoding=" + name, "--to=utf-8")
                status, _, error = run(*options, path)
                check("cut is said", status == 2 and
                      "not in that encoding" in error, name + error)
                status, _, error = run(*options, "-i", path)
                check("cut is left", (status, read(path)) == (2, data), name)
            status, _, error = run(*options, data=data)
            check("cut in a pipe", status == 2, name + error)


def check_formats(folder):
    """Records and markup without a word of their encoding."""
    path = os.path.join(folder, "page")
    text = '{"text": "La organizacidn y la cooperación, también."}\n'
    html = ("<html><body><p>La organizacidn y la cooperación, "
            "también.</p></body></html>\n")
    for data in (text, html):
        want = data.replace("organizacidn", "organización")
        write(path, data.encode("iso-8859-1"))
        status, out, error = run(MODEL, path)
        check("format", (status, out, error) ==
              (0, want.encode("iso-8859-1"), ""), error)
        status, out, error = run(MODEL, "--to=utf-8", path)
        check("converted format", (status, out) == (0, want.encode()), error)
    html = html.replace("<body>", '<head><meta charset="iso-8859-1"></head>'
                        "<body>")
    write(path, html.encode("iso-8859-1"))
    status, out, error = run(MODEL, "--to=utf-8", path)
    check("what declares it stays in it", out == html.encode("iso-8859-1") and
          "not converted" in error, error)


def check_long(folder):
    """Several sections, whose ends are found in the bytes."""
    path = os.path.join(folder, "page")
    text = PAGE * 9000
    want = run(MODEL, data=text.encode())[1].decode()
    for codec, option in (("iso-8859-1", "--jobs=1"), ("utf-16", "--jobs=2")):
        data = text.encode(codec)
        write(path, data)
        check("long", run(MODEL, option, path)[1] == want.encode(codec), codec)
    check("long pipe", run(MODEL, data=data)[1] == want.encode(codec))
    check("long to UTF-8", run(MODEL, "--to=utf-8", path)[1] == want.encode())


def main():
    with tempfile.TemporaryDirectory() as folder:
        for page in pages():
            for codec, name, mark in ENCODINGS:
                check_page(folder, page, codec, name, mark,
                           len(page) > len(PAGE) + 9)
        check_found(folder)
        check_unsure(folder)
        check_unwritable(folder)
        check_wrong(folder)
        check_cut(folder)
        check_formats(folder)
        check_long(folder)
    sys.exit(1 if failures else 0)


main()
