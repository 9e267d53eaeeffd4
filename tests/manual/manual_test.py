#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""manual_test.py [--fast] BUILD ROOT [HTML]: runs what the manual shows.

The blocks of code of the README and of each page of docs/manual run in their
order in a folder of its own, with an installation of the build:

    ```sh       runs; what is said to fail, fails the test
    ```text     what the block before it printed
    any other   goes to the file that `<!-- file: NAME -->` before it names

`<!-- needs: PROGRAM... -->` before a block names what it needs that building
does not: where that is missing, or with --fast, the command of
`<!-- instead: COMMAND -->` runs.  $ROOT is the project's folder.

Then all links between pages are followed, with their anchors; those of the
folder HTML as well."""

import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
REMARK = re.compile(r"<!-- (file|needs|instead): *(.*?) *-->")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.M)

failures = 0


def fail(where, what):
    global failures
    failures += 1
    print("not ok - %s: %s" % (where, what))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def blocks(text):
    """(line, remarks, language, code) of each block of a page."""
    end = 0
    for block in FENCE.finditer(text):
        before = text[end:block.start()].rstrip()
        remarks = {}
        while before.endswith("-->"):
            start = before.rindex("<!--")
            found = REMARK.match(before[start:])
            if found:
                remarks[found[1]] = found[2]
            before = before[:start].rstrip()
        end = block.end()
        yield (text.count("\n", 0, block.start()) + 1, remarks, block[1],
               block[2])


class Page:
    def __init__(self, path, folder, environment, is_fast):
        self.path, self.folder, self.is_fast = path, folder, is_fast
        self.environment, self.said = environment, ""

    def run(self, line, command):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command], cwd=self.folder,
            env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True)
        self.said = done.stdout
        if done.returncode != 0:
            fail("%s:%d" % (self.path, line), "exit status %d\n%s" % (
                done.returncode, done.stderr))
        else:
            print("ok - %s:%d" % (self.path, line))

    def take(self, line, remarks, language, code):
        lacks = [one for one in remarks.get("needs", "").split()
                 if self.is_fast or shutil.which(one) is None]
        if "file" in remarks:
            with open(os.path.join(self.folder, remarks["file"]), "w",
                      encoding="utf-8") as file:
                file.write(code)
        elif language == "sh":
            self.run(line, remarks["instead"] if lacks else code)
        elif language == "text":
            if self.said != code:
                fail("%s:%d" % (self.path, line), "printed was\n" + self.said)
        else:
            fail("%s:%d" % (self.path, line), "nothing runs this block")


def make_scans(folder, root):
    """Two documents as a scanner leaves them, for the tutorial."""
    loader = importlib.machinery.SourceFileLoader(
        "render", os.path.join(root, "scripts/render"))
    render = importlib.util.module_from_spec(
        importlib.util.spec_from_loader("render", loader))
    loader.exec_module(render)
    os.makedirs(folder)
    for seed, name in enumerate(("acta-consejo", "resolucion-arenas")):
        given = render.page_options().parse_args(["--dpi=300"])
        lines, font, leading = render.set_text(
            os.path.join(root, "tests/corpus/clean/%s.txt" % name), given)
        image, _, _ = render.draw(lines[:24], font, 300, leading)
        image = render.degrade(image, 300, 1.2, seed)
        image.convert("L").save(os.path.join(folder, name + ".pdf"),
                                resolution=300)


def install(build, folder):
    subprocess.run(["cmake", "--install", build, "--prefix", folder],
                   check=True, stdout=subprocess.DEVNULL)


def anchors(path):
    """As GitHub makes them of a page's headings."""
    found = set()
    for heading in HEADING.findall(read(path)):
        heading = re.sub(r"[`*]|\[|\]\([^)]*\)", "", heading)
        found.add("".join(
            "-" if one == " " else one for one in heading.lower()
            if one in " -_" or unicodedata.category(one)[0] in "LN"))
    return found


def follow_links(root):
    pages = [os.path.join(folder, name)
             for top in ("docs", "bindings", "dictionaries")
             for folder, folders, names in os.walk(os.path.join(root, top))
             for name in names
             if name.endswith(".md") and "node_modules" not in folder]
    pages += [os.path.join(root, name) for name in os.listdir(root)
              if name.endswith(".md")]
    count = 0
    for page in sorted(pages):
        text = re.sub(r"^```.*?^```$", "", read(page), flags=re.M | re.S)
        for link in LINK.findall(text):
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            path = os.path.join(os.path.dirname(page), path) if path else page
            count += 1
            if not os.path.exists(path):
                fail(os.path.relpath(page, root), "%s leads nowhere" % link)
            elif anchor and anchor not in anchors(path):
                fail(os.path.relpath(page, root), "no heading for %s" % link)
    print("ok - %d links" % count)


def follow_html(top):
    count = 0
    for folder, _, names in os.walk(top):
        for name in names:
            if not name.endswith(".html"):
                continue
            path = os.path.join(folder, name)
            for link in re.findall(r'(?:href|src)="([^"#]*)[#"]', read(path)):
                count += 1
                if link and not re.match(r"[a-z]+:", link) and \
                        not os.path.exists(os.path.join(folder, link)):
                    fail(os.path.relpath(path, top), "%s leads nowhere" % link)
    print("ok - %d links in HTML" % count)


def check_example(root, environment):
    """The README begins with a text and what becomes of it."""
    found = re.findall(r"(?:^    .*\n)+", read(os.path.join(root, "README.md")),
                       re.M)
    text, wanted = (re.sub("^    ", "", one, flags=re.M) for one in found[:2])
    made = subprocess.run(["unfix"], input=text, capture_output=True, text=True,
                          encoding="utf-8", env=environment, check=True).stdout
    if made != wanted:
        fail("README.md", "its example becomes\n" + made)


def pages(root):
    names = sorted(os.listdir(os.path.join(root, "docs/manual")))
    return ["README.md"] + ["docs/manual/" + name for name in names
                            if name.endswith(".md")]


def main():
    is_fast = sys.argv[1] == "--fast"
    build, root, *html = map(os.path.abspath, sys.argv[1 + is_fast:])
    with tempfile.TemporaryDirectory() as work:
        prefix = os.path.join(work, "installed")
        install(build, prefix)
        environment = dict(
            os.environ, ROOT=root, LC_ALL="C.UTF-8",
            PATH=os.path.join(prefix, "bin") + os.pathsep + os.environ["PATH"],
            PKG_CONFIG_PATH=os.path.join(prefix, "lib/pkgconfig"),
            LD_LIBRARY_PATH=os.path.join(prefix, "lib"))
        check_example(root, environment)
        for path in pages(root):
            folder = os.path.join(work, os.path.basename(path))
            os.makedirs(folder)
            if path == "README.md":
                for name in ("docs", "tests"):
                    os.symlink(os.path.join(root, name),
                               os.path.join(folder, name))
            if path.endswith("tutorial.md") and not is_fast:
                make_scans(os.path.join(folder, "scans"), root)
            page = Page(path, folder, environment, is_fast)
            for block in blocks(read(os.path.join(root, path))):
                page.take(*block)
    follow_links(root)
    for folder in html:
        follow_html(folder)
    print("%d failed" % failures)
    return 1 if failures else 0


sys.exit(main())
