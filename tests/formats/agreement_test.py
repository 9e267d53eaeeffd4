#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""agreement_test.py UNFIX MODEL SOURCE: one reading of a page, written by
Tesseract as text and in three formats, is repaired alike; and files that mean
harm do none."""

import difflib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

UNFIX, MODEL, SOURCE = map(os.path.abspath, sys.argv[1:4])
PAGES = os.path.join(SOURCE, "tests", "formats", "pages")

# Of 10 MB of XML: the bytes, their text, what is made of it, and the model.
MEMORY = 400 * 1024 * 1024


def run(*options, text=None):
    return subprocess.run([UNFIX, "--model=" + MODEL, *options], input=text,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def repaired(path):
    done = run("--index", path)
    assert done.returncode == 0, done.stderr
    return [word for line in done.stdout.splitlines()
            for word in json.loads(line)["repaired"].split()]


def sides(element):
    """Left and right of an element of hOCR or ALTO."""
    found = re.search(r"bbox (\d+) \d+ (\d+)", element.get("title", ""))
    if found:
        return int(found[1]), int(found[2])
    left = int(element.get("HPOS"))
    return left, left + int(element.get("WIDTH"))


class Agreement(unittest.TestCase):
    def test_formats_agree(self):
        for page in ("eng", "spa"):
            path = os.path.join(PAGES, page + ".ocr.")
            words = {kind: repaired(path + kind)
                     for kind in ("txt", "hocr", "alto", "tsv")}
            with open(path + "txt", encoding="utf-8") as file:
                self.assertGreater(len(set(words["txt"]) -
                                       set(file.read().split())), 2)
            for kind in ("hocr", "alto", "tsv"):
                # Text comes without the engine's confidences.
                same = difflib.SequenceMatcher(
                    None, words["txt"], words[kind], autojunk=False).ratio()
                self.assertGreater(same, 0.98, (page, kind))
                same = difflib.SequenceMatcher(
                    None, words["hocr"], words[kind], autojunk=False).ratio()
                self.assertGreater(same, 0.99, (page, kind))

    def check_boxes(self, root, lines, words):
        for line in root.iter():
            if not lines(line):
                continue
            left, right = sides(line)
            for word in line.iter():
                if words(word):
                    start, end = sides(word)
                    self.assertTrue(left <= start <= end <= right, word.attrib)

    def test_boxes_are_within_their_lines(self):
        for page in ("eng", "spa"):
            done = run(os.path.join(PAGES, page + ".ocr.hocr"))
            self.check_boxes(xml.etree.ElementTree.fromstring(done.stdout),
                             lambda e: e.get("class") == "ocr_line",
                             lambda e: e.get("class") == "ocrx_word")
            done = run(os.path.join(PAGES, page + ".ocr.alto"))
            self.check_boxes(xml.etree.ElementTree.fromstring(done.stdout),
                             lambda e: e.tag.endswith("TextLine"),
                             lambda e: e.tag.endswith("String"))

    def test_nothing_to_repair_nothing_changed(self):
        for kind in ("hocr", "alto", "tsv"):
            path = os.path.join(PAGES, "eng.ocr." + kind)
            with open(path, "rb") as file:
                self.assertEqual(
                    run("--min-confidence=1000", "--only=list", path).stdout,
                    file.read())


WORD = "<String CONTENT=\"sesién\" WC=\"0.5\"/>"
ALTO = "<alto><Layout><Page><TextLine>%s</TextLine></Page></Layout></alto>"


class Hostile(unittest.TestCase):
    """What is not repaired comes out as it was."""

    def check(self, text, *options):
        with tempfile.NamedTemporaryFile(suffix=".xml") as file:
            file.write(text)
            file.flush()
            done = subprocess.run(
                [UNFIX, "--model=" + MODEL, *options, file.name],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_DATA, (MEMORY, MEMORY)))
        self.assertIn(done.returncode, (0, 2), done.stderr[:300])
        return done

    def test_entities(self):
        laughs = "".join('<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * 10)
                         for i in range(1, 12))
        text = ("<!DOCTYPE alto [<!ENTITY l0 \"ha\">%s]>" % laughs +
                ALTO % (WORD + "<String CONTENT=\"&l11;\"/>")).encode()
        done = self.check(text)
        self.assertLess(len(done.stdout), len(text) + 300)
        self.assertIn(b"&l11;", done.stdout)

    def test_external_entities(self):
        text = ("<!DOCTYPE alto [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
                ALTO % (WORD + "<String CONTENT=\"&x;\"/>")).encode()
        done = self.check(text)
        self.assertIn(b"&x;", done.stdout)
        self.assertNotIn(b"root:", done.stdout)

    def test_long_attribute(self):
        text = (ALTO % (WORD + "<String CONTENT=\"%s\"/>" % ("a" * 10000000)))
        done = self.check(text.encode())
        self.assertGreater(len(done.stdout), 10000000)

    def test_depth(self):
        text = ALTO % ("<a>" * 100000 + WORD + "</a>" * 100000)
        self.assertGreaterEqual(len(self.check(text.encode()).stdout),
                                len(text))

    def test_many_readings(self):
        word = "<String CONTENT=\"sesién\" WC=\"0.5\">%s</String>" % (
            "<ALTERNATIVE>sesión</ALTERNATIVE>" * 100000)
        done = self.check((ALTO % word).encode())
        self.assertIn("CONTENT=\"sesión\"".encode(), done.stdout)

    def test_broken_bytes(self):
        text = (ALTO % WORD).encode().replace(b"sesi", b"sesi\xff\xfe")
        self.assertEqual(self.check(text).stdout, text)

    def test_many_attributes(self):
        text = "<alto %s>" % " ".join("a%d=\"1\"" % i for i in range(200000))
        text += (ALTO % WORD)[len("<alto>"):]
        self.assertGreater(len(self.check(text.encode()).stdout), 1000000)

    def test_no_version(self):
        """Which PAGE it is, is looked for once, not at each repair."""
        line = "<TextLine>%s</TextLine>" % "".join(
            "<Word><TextEquiv><Unicode>%s</Unicode></TextEquiv></Word>" % word
            for word in "La Comisién examiné la proteccién".split())
        text = "<!--%s--><PcGts><Page><TextRegion>%s</TextRegion></Page></PcGts>"
        done = self.check((text % ("p" * 4000000, line * 3000)).encode(),
                          "--input=page")
        self.assertGreater(done.stdout.count("Comisión".encode()), 2000)

    def test_unended(self):
        for end in ("<String CONTENT=\"", "<!--", "<![CDATA[", "<?x", "<!DOCTYPE"):
            text = ("<alto><Layout><TextLine>" + WORD +
                    end + "x" * 1000000).encode()
            done = self.check(text, "--input=alto")
            self.assertEqual(done.stdout[-1000000:], text[-1000000:])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
