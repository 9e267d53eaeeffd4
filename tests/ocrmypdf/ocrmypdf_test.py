#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""ocrmypdf_test.py UNFIX MODEL SOURCE: a page that is printed here, read without
Spanish and made a PDF by OCRmyPDF, with the plugin and without.  Skipped, with
status 77, where a program that it needs is not installed."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

UNFIX, MODEL, SOURCE = map(os.path.abspath, sys.argv[1:4])
PLUGIN = os.path.join(SOURCE, "bindings", "ocrmypdf", "unfix_ocrmypdf.py")
FONT = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"

LINES = ["La decisión de la Comisión sobre la cooperación",
         "internacional fue aprobada en la sesión de ayer.",
         "La organización pidió información sobre la",
         "situación económica y la educación pública."]


def is_missing():
    """What is not there, or None."""
    for program in ("ocrmypdf", "tesseract", "pdftotext"):
        if shutil.which(program) is None:
            return program
    try:
        from PIL import Image  # noqa: F401
    except ImportError:
        return "PIL"
    return None if os.path.exists(FONT) else FONT


def print_page(path):
    from PIL import Image, ImageDraw, ImageFont
    page = Image.new("L", (1650, 800), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, 50)
    for number, line in enumerate(LINES):
        pen.text((150, 150 + 80 * number), line, font=font, fill=0)
    page.save(path, dpi=(200, 200))


def words_of(pdf):
    """The words of the PDF and their boxes."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True,
                          stdout=subprocess.PIPE)
    return re.findall(r'<word (xMin="[^>]*")>(.*?)</word>', done.stdout.decode())


class Plugin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.page = os.path.join(cls.folder, "page.png")
        print_page(cls.page)

    def run_ocrmypdf(self, name, *options):
        pdf = os.path.join(self.folder, name)
        done = subprocess.run(
            ["ocrmypdf", "-l", "eng", "--output-type", "pdf", "-j", "1",
             "--optimize", "0", *options, self.page, pdf],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return pdf, done

    def plugin(self, *more):
        return ("--plugin", PLUGIN, "--unfix", UNFIX,
                "--unfix-options=--model='%s'" % MODEL, *more)

    def test_words_are_found_at_their_places(self):
        plain, done = self.run_ocrmypdf("plain.pdf", "--pdf-renderer", "hocr")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        sidecar = os.path.join(self.folder, "side.txt")
        repaired, done = self.run_ocrmypdf("repaired.pdf", "--sidecar", sidecar,
                                           *self.plugin())
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        before, after = words_of(plain), words_of(repaired)
        text = " ".join(word for _, word in after)
        self.assertNotIn("información", " ".join(word for _, word in before))
        for word in ("Comisión", "cooperación", "sesión", "información",
                     "educación"):
            self.assertIn(word, text)
        self.assertEqual(len(before), len(after))
        # The height of a word of this layer hangs on its letters' shapes.
        for (box, _), (other, _) in zip(before, after):
            self.assertEqual(re.findall(r'xMin="([\d]+)', box),
                             re.findall(r'xMin="([\d]+)', other))
        with open(sidecar, encoding="utf-8") as file:
            self.assertIn("La decisión de la Comisión sobre la cooperación\n",
                          file.read())

    def test_other_renderers_are_refused(self):
        _, done = self.run_ocrmypdf("no.pdf",
                                    *self.plugin("--pdf-renderer", "sandwich"))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"needs --pdf-renderer hocr", done.stderr)

    def test_failures_are_not_passed_over(self):
        pdf, done = self.run_ocrmypdf(
            "no.pdf", "--plugin", PLUGIN, "--unfix", UNFIX,
            "--unfix-options=--model=/missing")
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse(os.path.exists(pdf))
        _, done = self.run_ocrmypdf("no.pdf", "--plugin", PLUGIN, "--unfix",
                                    "/missing/unfix")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"unfix", done.stderr)


if __name__ == "__main__":
    missing = is_missing()
    if missing is not None:
        print("skipped: %s is not there" % missing)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
