#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""index_test.py UNFIX MODEL SOURCE: what --index writes, and the examples of
docs/indexing.md, which are run as they stand there.  One that needs a program
which is not installed is skipped, and named."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

UNFIX, MODEL, SOURCE = map(os.path.abspath, sys.argv[1:4])

PAGES = {
    "1": "La sesién sobre la cooperacién deter-\nminada.\n",
    "2": "La Asamblea aprobó el informe.\n",
}


def index(path, *options):
    done = subprocess.run([UNFIX, "--model=" + MODEL, "--index", *options, path],
                          check=True, stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.splitlines()]


def words_of(part):
    """The words by their positions."""
    positions = []
    for token in part["tokens"]:
        if token["i"] == 1:
            positions.append([])
        positions[-1].append(token["t"])
    return positions


class Index(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def check_places(self, part):
        units = part["str"].encode("utf-16-le")
        for token in part["tokens"]:
            text = units[2 * token["s"]:2 * token["e"]].decode("utf-16-le")
            self.assertTrue(text and text == text.strip(), token)
            self.assertIn(token["i"], (0, 1))
        return part

    def words(self, text, *options):
        parts = index(self.write("page.txt", text), *options)
        self.assertEqual(len(parts), 1)
        self.assertEqual(parts[0]["str"], text)
        return words_of(self.check_places(parts[0]))

    def test_plain(self):
        self.assertEqual(self.words("El AÑO 1949: ¡𝒜brir Łódź!\n"),
                         [["el"], ["año"], ["1949"], ["𝒜brir"], ["łódź"]])

    def test_bars(self):
        text = "La sesién de la Comisién.\n"
        self.assertEqual(self.words(text, "--index=0-0")[1], ["sesión"])
        self.assertEqual(self.words(text, "--index=0-1000")[1],
                         ["sesión", "sesién"])
        self.assertEqual(self.words(text, "--index=1000-1000")[1], ["sesién"])

    def test_wrong_bars(self):
        for bars in ("", "5", "5-", "-5", "900-200", "0-1001", "a-b", "1-2-3"):
            done = subprocess.run([UNFIX, "--index=" + bars],
                                  stderr=subprocess.PIPE, input=b"")
            self.assertEqual(done.returncode, 2, bars)
            self.assertIn(b"LOW-HIGH", done.stderr)

    def test_several_words(self):
        text = "Los derechos delos pueblos.\n"
        self.assertEqual(self.words(text, "--index=0-1000")[2:4],
                         [["de", "delos"], ["los"]])
        text = "La coope racién técnica.\n"
        self.assertEqual(self.words(text, "--index=0-0"),
                         [["la"], ["cooperación"], ["técnica"]])
        self.assertEqual(self.words(text, "--index=0-1000"),
                         [["la"], ["cooperación", "coope"], ["racién"],
                          ["técnica"]])

    def test_marks_are_no_words(self):
        self.assertEqual(
            self.words("La sesién, la sesién ~ y la sesión.\n", "--index=0-0"),
            [["la"], ["sesión"], ["la"], ["sesión"], ["y"], ["la"], ["sesión"]])

    def test_format(self):
        path = self.write("page.hocr", """<div class='ocr_page'><p class='ocr_par'>
<span class='ocr_line'><span class='ocrx_word' title='bbox 1 2 3 4'>sesi&eacute;n</span>
<span class='ocrx_word' title='bbox 5 2 9 4'>deter-</span></span>
<span class='ocr_line'><span class='ocrx_word' title='bbox 1 8 3 9'>minada</span></span></p></div>
""")
        (part,) = index(path, "--index=0-0")
        self.assertEqual(part["str"], "sesién deter-\nminada")
        self.assertEqual(words_of(self.check_places(part)),
                         [["sesión"], ["determinada"]])

    def test_several_parts(self):
        text = "La cooperacién de la sesién.\n" * 28000
        path = self.write("long.txt", text)
        parts = index(path, "--jobs=3", "--index=0-1000")
        self.assertEqual([part["part"] for part in parts], [1, 2])
        self.assertEqual(index(path, "--jobs=1", "--index=0-1000"),
                         parts)
        self.assertEqual("".join(part["str"] for part in parts), text)
        for part in parts:
            self.check_places(part)

    def test_odd_bytes(self):
        (part,) = index(self.write("odd.txt", b"La sesi\xf3n \"a\\b\x01\" \xe2\x82"))
        self.assertEqual(words_of(part)[0], ["la"])
        self.assertEqual(index(self.write("empty.txt", "")), [])


class Examples(unittest.TestCase):
    """The blocks of docs/indexing.md: shell, and what it writes."""

    def test_document(self):
        with open(os.path.join(SOURCE, "docs", "indexing.md"),
                  encoding="utf-8") as file:
            blocks = re.findall(r"```sh\n(.*?)```\n\n```output\n(.*?)```",
                                file.read(), re.S)
        self.maxDiff = None
        self.assertEqual(len(blocks), 6)
        for command, output in blocks:
            with self.subTest(command=command):
                self.run_block(command, output)

    def run_block(self, command, output):
        for program in ("sqlite3", "omindex", "quest", "jq"):
            if re.search(r"\b%s\b" % program, command) and \
                    shutil.which(program) is None:
                self.skipTest(program + " is not installed")
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "pages"))
            for name, text in PAGES.items():
                with open(os.path.join(folder, "pages", name + ".txt"), "w",
                          encoding="utf-8") as file:
                    file.write(text)
            shell = 'unfix() { "%s" --model="%s" "$@"; }\n%s' % (
                UNFIX, MODEL, command)
            done = subprocess.run(["sh", "-eu", "-c", shell], cwd=folder,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)
            self.assertEqual(done.stderr.decode(), "")
            self.assertEqual(done.stdout.decode(), output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
