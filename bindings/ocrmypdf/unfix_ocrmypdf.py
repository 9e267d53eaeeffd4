# SPDX-License-Identifier: MPL-2.0
"""A plugin for OCRmyPDF 14: repairs what Tesseract read before it becomes the
text of the PDF.

    ocrmypdf --plugin unfix_ocrmypdf.py --pdf-renderer hocr scan.pdf out.pdf

The words keep their boxes.  Tesseract writes the text as hOCR, `unfix` repairs
it there, with the engine's own confidence in each word, and OCRmyPDF makes the
layer of text from that; a --sidecar file gets the same words.
"""

import shlex
import xml.etree.ElementTree
from pathlib import Path

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.exceptions import BadArgsError, SubprocessOutputError
from ocrmypdf.subprocess import check_external_program, get_version, run

LINES = ("ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat")


@hookimpl
def add_options(parser):
    group = parser.add_argument_group("unfix", "Repair of what was read")
    group.add_argument("--unfix", default="unfix", metavar="PROGRAM",
                       help="the unfix program (default: from PATH)")
    group.add_argument("--unfix-options", default="", metavar="OPTIONS",
                       help="its options, as a shell takes them, such as "
                       "'--words=names.txt --max-harm=1'")


@hookimpl
def check_options(options):
    # Another renderer takes Tesseract's PDF as it is.
    if options.pdf_renderer == "auto":
        options.pdf_renderer = "hocr"
    if options.pdf_renderer != "hocr":
        raise BadArgsError("the unfix plugin needs --pdf-renderer hocr")
    check_external_program(program=options.unfix, package="unfix",
                           version_checker=lambda: version(options.unfix),
                           need_version="0.2")


def version(program):
    return get_version(program, regex=r"unfix (\S+)")


def text_of(path):
    """The text of a hOCR file: its words, line by line."""
    lines = []
    for element in xml.etree.ElementTree.parse(path).iter():
        kind = element.get("class", "")
        if kind == "ocr_par" and lines:
            lines.append("")
        if kind in LINES:
            words = ("".join(word.itertext()).strip() for word in element.iter()
                     if word.get("class") == "ocrx_word")
            lines.append(" ".join(word for word in words if word))
    return "\n".join(lines) + "\n" if lines else ""


class UnfixEngine(TesseractOcrEngine):
    """Tesseract, and what it read repaired."""

    @staticmethod
    def creator_tag(options):
        return TesseractOcrEngine.creator_tag(options) + " + unfix"

    @staticmethod
    def generate_hocr(input_file, output_hocr, output_text, options):
        TesseractOcrEngine.generate_hocr(input_file, output_hocr, output_text,
                                         options)
        command = [options.unfix, "--quiet", "--input=hocr", "--in-place",
                   *shlex.split(options.unfix_options), str(output_hocr)]
        if run(command).returncode != 0:
            raise SubprocessOutputError("unfix failed")
        Path(output_text).write_text(text_of(output_hocr), encoding="utf-8")


@hookimpl
def get_ocr_engine():
    return UnfixEngine()
