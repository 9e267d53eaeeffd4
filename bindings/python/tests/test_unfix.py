# SPDX-License-Identifier: MPL-2.0
"""The package as its users meet it; nothing but the standard library."""

import os
import random
import re
import resource
import signal
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import unfix
from unfix import _unfix

ROOT = os.environ.get("UNFIX_SOURCE", os.path.join(os.path.dirname(__file__), *[".."] * 3))
BROKEN = "La cooperacién internacional"
MENDED = "La cooperación internacional"


def pages():
    folder = os.path.join(ROOT, "tests", "pages")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".ocr.txt"):
            with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
                yield f.read()


class Repairing(unittest.TestCase):
    def test_repairs(self):
        result = unfix.repair(BROKEN)
        self.assertEqual(result.text, MENDED)
        (c,) = result.applied
        self.assertEqual((c.start, c.end, c.out_start, c.out_end), (3, 14, 3, 14))
        self.assertEqual((c.offset, c.length, c.out_offset, c.out_length), (3, 12, 3, 12))
        self.assertEqual((c.original, c.replacement), ("cooperacién", "cooperación"))
        self.assertGreater(c.confidence, 900)
        self.assertEqual((c.verdict, c.held_back), ("applied", None))
        self.assertIn(c.kind, unfix.KINDS)
        self.assertIs(c.known_before, False)
        self.assertIs(c.known_after, True)
        self.assertGreaterEqual(result.words, 3)
        self.assertLess(result.expected_harm, 0.5)
        self.assertEqual(result.unsearched, 0)
        self.assertEqual(set(result.bars), set(unfix.KINDS))

    def test_offsets_in_code_points_and_bytes(self):
        for page in [*pages(), "ñ😀 " + BROKEN + "\udcff " + BROKEN]:
            data = page.encode("utf-8", "surrogateescape")
            result = unfix.repair(page)
            self.assertGreater(len(result.corrections), 0)
            self.assertEqual(result.revert(), page)
            out = result.text.encode("utf-8", "surrogateescape")
            for c in result.corrections:
                original = c.original.encode("utf-8", "surrogateescape")
                self.assertEqual(page[c.start : c.end], c.original)
                self.assertEqual(data[c.offset : c.offset + c.length], original)
                now = c.replacement if c.applied else c.original
                self.assertEqual(result.text[c.out_start : c.out_end], now)
                self.assertEqual(
                    out[c.out_offset : c.out_offset + c.out_length],
                    now.encode("utf-8", "surrogateescape"),
                )

    def test_bytes_stay_bytes(self):
        page = next(pages()).encode() + b"\xff\xfe cooperaci\xc3\xa9n"
        result = unfix.repair(page)
        self.assertIsInstance(result.text, bytes)
        self.assertIn(b"\xff\xfe", result.text)
        self.assertEqual(result.revert(), page)
        self.assertEqual(unfix.apply(page, result.applied), result.text)
        self.assertEqual(unfix.repair(bytearray(BROKEN.encode())).text, MENDED.encode())

    def test_apply_what_one_chooses(self):
        page = next(pages())
        found = unfix.repair(page).corrections
        self.assertEqual(unfix.apply(page, []), page)
        one = found[0]
        mended = unfix.apply(page, [one])
        self.assertEqual(mended, page[: one.start] + one.replacement + page[one.end :])
        with self.assertRaises(ValueError):
            unfix.apply("x" + page, [one])
        with self.assertRaises(ValueError):
            unfix.revert("x", unfix.repair(BROKEN).corrections)

    def test_options_by_call(self):
        self.assertEqual(unfix.repair(BROKEN, only=[]).text, BROKEN)
        self.assertEqual(unfix.repair(BROKEN, only=["split"]).text, BROKEN)
        self.assertEqual(unfix.repair(BROKEN).text, MENDED)
        strict = unfix.Repairer(only=())
        self.assertEqual(strict.repair(BROKEN).text, BROKEN)
        self.assertEqual(strict.repair(BROKEN, only=unfix.KINDS).text, MENDED)
        self.assertEqual(unfix.repair(BROKEN, max_harm=0.0005).corrections[0].original, "cooperacién")
        self.assertIn("coopera-", unfix.repair("la coopera-\nción de la coopera-\nción").text)
        self.assertNotIn("coopera-", unfix.repair("la coopera-\nción", join_hyphens=True).text)

    def test_composes_if_asked(self):
        text = "La cooperacio\u0301n internacional"
        self.assertEqual(unfix.repair(text).text, text)
        self.assertEqual(unfix.repair(text, compose=True).text, MENDED)

    def test_explains(self):
        text = "ñ " + BROKEN
        for place in unfix.explain(text):
            self.assertEqual(text[place.start : place.end], place.original)
            self.assertEqual(
                text.encode()[place.offset : place.offset + place.length].decode(),
                place.original,
            )
            self.assertGreater(len(place.readings), 0)

    def test_empty_and_odd(self):
        for text in ["", " ", "\0", "\udcff", "😀"]:
            self.assertEqual(unfix.repair(text).text, text)
        for wrong in [None, 7, ["x"]]:
            with self.assertRaises(TypeError):
                unfix.repair(wrong)
        with self.assertRaises(UnicodeEncodeError):
            unfix.repair("\ud800")


class Overlays(unittest.TestCase):
    def test_words_confusions_vetoes(self):
        kept = unfix.Overlay(["cooperacién"])
        self.assertEqual(unfix.repair(BROKEN, overlay=kept).text, BROKEN)
        veto = unfix.Overlay(vetoes=["cooperacién=cooperación"])
        result = unfix.repair(BROKEN, overlay=veto)
        self.assertEqual(result.text, BROKEN)
        self.assertEqual([c.verdict for c in result.corrections], ["rejected"])
        rule = unfix.Overlay(confusions=[("€", "ó", 2.0)])
        self.assertEqual(unfix.repair("La cooperaci€n internacional", overlay=rule).text, MENDED)

    def test_dictionaries(self):
        dic = "/usr/share/hunspell/es_ES"
        if not os.path.exists(dic + ".dic"):
            self.skipTest("no hunspell-es here")
        overlay = unfix.Overlay(dictionaries=[(dic + ".aff", dic + ".dic")])
        try:
            self.assertEqual(unfix.repair(BROKEN, overlay=overlay).text, MENDED)
        except unfix.Error as error:
            # Debian's is in Latin-1; the library wants UTF-8, and says so.
            self.assertIn("UTF-8", str(error))
        with self.assertRaises(unfix.FileError):
            unfix.Repairer(overlay=unfix.Overlay(dictionaries=[("no.aff", "no.dic")]))

    def test_errors_name_the_line(self):
        with self.assertRaises(unfix.InputError) as caught:
            unfix.Overlay(["bueno", "ma lo"])
        self.assertEqual(caught.exception.line, 2)
        self.assertIsInstance(caught.exception, ValueError)
        with self.assertRaises(ValueError):
            unfix.Overlay(["dos\nlineas"])


class Models(unittest.TestCase):
    def test_facts(self):
        model = unfix.Model()
        self.assertEqual(model.language, "es")
        self.assertTrue(model.data_version)
        self.assertIn(os.path.realpath(model.path), [os.path.realpath(p) for p in unfix.model_places()])

    def test_in_memory(self):
        with open(unfix.Model().path, "rb") as file:
            image = file.read()
        repairer = unfix.Repairer(unfix.Model(data=image))
        del image
        self.assertIsNone(repairer.model.path)
        self.assertEqual(repairer.repair(BROKEN).text, MENDED)
        with self.assertRaises(unfix.ModelError):
            unfix.Model(data=b"no model")

    def test_errors(self):
        with self.assertRaises(unfix.FileError) as caught:
            unfix.Model("/nonexistent")
        self.assertIsInstance(caught.exception, OSError)
        self.assertIn("/nonexistent", str(caught.exception))
        with self.assertRaises(unfix.ModelError):
            unfix.Model(__file__)
        with self.assertRaisesRegex(unfix.InputError, "^min_confidence "):
            unfix.repair(BROKEN, min_confidence=1001)
        self.assertEqual(unfix.repair(BROKEN).text, MENDED)
        with self.assertRaises(ValueError):
            unfix.repair(BROKEN, only=["nonsense"])


class Streams(unittest.TestCase):
    def test_any_cut_gives_the_same(self):
        text = "\n\n".join(pages())
        whole = unfix.repair(text)
        data = text.encode()
        whole_bytes = unfix.repair(data)
        chance = random.Random(7)
        for size in [1000, 7919, len(text)]:
            cuts = range(0, len(text), size)
            pieces = list(unfix.Repairer().stream(text[i : i + size] for i in cuts))
            self.assertEqual("".join(p.text for p in pieces), whole.text)
            self.assertEqual([c for p in pieces for c in p.corrections], whole.corrections)
            cuts = sorted({0, *(chance.randrange(len(data)) for _ in range(20))})
            pieces = list(
                unfix.Repairer().stream(
                    data[a:b] for a, b in zip(cuts, [*cuts[1:], len(data)])
                )
            )
            self.assertEqual(b"".join(p.text for p in pieces), whole_bytes.text)
            self.assertEqual(sum(p.words for p in pieces), whole.words)

    def test_by_hand(self):
        stream = unfix.Stream(unfix.Repairer())
        self.assertEqual(stream.feed(BROKEN), [])
        self.assertEqual([r.text for r in stream.flush()], [MENDED])
        stream.feed(BROKEN)
        (piece,) = stream.finish()
        self.assertEqual(piece.corrections[0].start, len(BROKEN) + 3)
        stream.feed(BROKEN)
        (piece,) = stream.finish()
        self.assertEqual(piece.corrections[0].start, 3)

    def test_sections(self):
        page = next(pages()).encode()
        text = (page + b"\n\n") * (5_000_000 // len(page))
        parts = list(unfix.sections(text))
        self.assertGreater(len(parts), 1)
        self.assertEqual(b"".join(parts), text)


class Evidence(unittest.TestCase):
    """What the engine said; what it is worth the verifier decides."""

    TEXT = "Señor: La cooperacién internacional"
    START, END = TEXT.index("cooperacién"), TEXT.index(" internacional")

    def confidences(self, text, evidence):
        return [c.confidence for c in unfix.repair(text, evidence=evidence).corrections]

    def test_is_heard(self):
        """What it would have read instead is a candidate."""
        told = [unfix.Evidence(3, 8, 300, (("casa", 900),))]
        (c,) = unfix.repair("La zqxqa internacional", evidence=told).corrections
        self.assertEqual((c.start, c.replacement), (3, "casa"))
        self.assertEqual(unfix.repair("La zqxqa internacional").corrections, [])

    def test_code_points_and_bytes_are_the_same(self):
        encoded = self.TEXT.encode()
        start = encoded.index("cooperacién".encode())
        told = [(start, start + len("cooperacién".encode()), 100)]
        self.assertEqual(
            self.confidences(encoded, told),
            self.confidences(self.TEXT, [(self.START, self.END, 100)]),
        )

    def test_in_a_stream(self):
        stream = unfix.Stream(unfix.Repairer())
        pieces = stream.feed("Señor: ") + stream.feed(
            self.TEXT[7:], [(self.START - 7, self.END - 7, 100)]
        )
        pieces += stream.finish()
        self.assertEqual(
            [c.confidence for p in pieces for c in p.corrections],
            self.confidences(self.TEXT, [(self.START, self.END, 100)]),
        )
        stream.feed(self.TEXT, [(self.START, self.END, 100)])
        self.assertEqual(len(stream.finish()), 1)

    def test_what_is_wrong_is_refused(self):
        for told in ([(5, 2, 100)], [(0, 99, 100)], [(4, 6, 1), (0, 2, 1)]):
            with self.assertRaises(ValueError):
                unfix.repair(self.TEXT, evidence=told)
        with self.assertRaises(unfix.InputError):
            unfix.repair(self.TEXT, evidence=[(0, 5, 2000)])
        with self.assertRaises(TypeError):
            unfix.repair(self.TEXT, evidence=[("a", 5, 200)])


class Encodings(unittest.TestCase):
    def test_repaired_in_their_own(self):
        text = "\n".join([BROKEN, "el año y los niños", "la sesión del Comité"] * 20)
        for name in ("ISO-8859-1", "windows-1252", "IBM850"):
            data = text.encode(name)
            repaired = unfix.repair_encoded(data, name)
            self.assertEqual(repaired.data, text.replace(BROKEN, MENDED).encode(name))
            self.assertEqual((repaired.text, repaired.left_out), (text, []))
        data = text.encode("latin-1")
        name = unfix.detect_encoding(data)
        self.assertIn(name, ("ISO-8859-1", "windows-1252", "ISO-8859-15"))
        self.assertEqual(unfix.repair_encoded(data).encoding, name)

    def test_what_it_cannot_write_is_left_out(self):
        data = BROKEN.encode("latin-1")
        repairer = unfix.Repairer()
        self.assertEqual(
            unfix.repair_encoded(data, "latin1", repairer).data, MENDED.encode("latin-1")
        )
        data = b"La cooperacion internacional"
        repaired = unfix.repair_encoded(data, "US-ASCII", min_confidence=1)
        self.assertEqual(repaired.data, data)
        self.assertEqual([c.replacement for c in repaired.left_out], ["cooperación"])

    def test_errors(self):
        with self.assertRaises(unfix.Error):
            unfix.repair_encoded(b"x", "no-such-thing")
        with self.assertRaises(ValueError):
            unfix.repair_encoded(bytes(range(128, 256)))
        with self.assertRaises(ValueError):
            unfix.repair_encoded(b"x", "latin1\0")
        for wrong in (memoryview(b"latin1 ")[:6], b"latin1", 1):
            with self.assertRaises(TypeError):
                unfix.repair_encoded(b"x", wrong)


class Surveys(unittest.TestCase):
    def test_tells_what_a_text_is(self):
        survey = unfix.Survey()
        self.assertEqual((survey.words, survey.language), (0, "und"))
        for page in pages():
            survey.add(unfix.repair(page))
        self.assertEqual(survey.language, "es")
        self.assertEqual((survey.spelling, survey.form), ("modern", "prose"))
        self.assertEqual(survey.person, "third")
        self.assertEqual(set(survey.left), {"foreign", "old", "syntax", "unknown"})
        self.assertIn("ó read as", survey.damage)
        survey.clear()
        self.assertEqual(survey.words, 0)

    def test_pieces_and_merged(self):
        text = "\n\n".join(pages())
        whole, pieces, merged = unfix.Survey(), unfix.Survey(), unfix.Survey()
        whole.add(unfix.repair(text))
        results = list(unfix.Repairer().stream([text[:9000], text[9000:]], survey=pieces))
        merged.merge(pieces)
        for other in (pieces, merged):
            self.assertEqual(
                (other.words, other.damage, other.left),
                (whole.words, whole.damage, whole.left),
            )
        with self.assertRaises(ValueError):
            whole.add(results[0])


class Threads(unittest.TestCase):
    def test_share_a_repairer(self):
        texts = list(pages()) * 2
        repairer = unfix.Repairer()
        alone = [repairer.repair(t).text for t in texts]
        with ThreadPoolExecutor(8) as threads:
            self.assertEqual(list(threads.map(lambda t: repairer.repair(t).text, texts)), alone)

    def test_others_run_meanwhile(self):
        """The interpreter's lock is free while the library works."""
        text = "\n\n".join(pages())
        done = threading.Event()
        ticks = 0

        def work():
            unfix.repair(text)
            done.set()

        interval = sys.getswitchinterval()
        sys.setswitchinterval(1000)  # nobody is made to give the lock away
        try:
            thread = threading.Thread(target=work)
            thread.start()
            while not done.wait(0):
                ticks += 1
                threading.Event().wait(0.001)
            thread.join()
        finally:
            sys.setswitchinterval(interval)
        self.assertGreater(ticks, 5)

    def test_can_be_interrupted(self):
        """Ctrl-C ends a call, as soon as the next piece or place is there."""

        def stop(*_):
            raise KeyboardInterrupt

        repairer = unfix.Repairer()
        text = "La casa es grande y el libro es nuevo.\n\n" * 10000
        before = signal.signal(signal.SIGVTALRM, stop)
        try:
            for work in (repairer.explain, unfix.Stream(repairer).feed):
                start = time.process_time()
                work(text)
                whole = time.process_time() - start
                signal.setitimer(signal.ITIMER_VIRTUAL, whole / 10)
                start = time.process_time()
                with self.assertRaises(KeyboardInterrupt):
                    work(text)
                self.assertLess(time.process_time() - start, whole / 2)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)

    def test_context_in_use_is_refused(self):
        """What the pool never does is refused, not undefined."""
        context = unfix.Repairer()._idle[0]
        text = "\n\n".join(pages())
        thread = threading.Thread(target=_unfix.correct, args=(context, text, None))
        thread.start()
        refused = False
        while thread.is_alive() and not refused:
            try:
                _unfix.explain(context, "x")
            except RuntimeError as error:
                refused = "in use" in str(error)
        thread.join()
        self.assertTrue(refused)


class Whole(unittest.TestCase):
    def test_every_call_is_reachable(self):
        """Each function of unfix.h is called, or README.md says why not."""
        package = os.path.join(ROOT, "bindings", "python")
        source = ""
        for name in os.listdir(os.path.join(package, "src")):
            with open(os.path.join(package, "src", name), encoding="utf-8") as f:
                source += f.read()
        with open(os.path.join(package, "README.md"), encoding="utf-8") as f:
            excused = set(re.findall(r"^\| `(unfix_\w+)` \|", f.read(), re.M))
        with open(os.path.join(ROOT, "tests", "abi", "symbols.txt"), encoding="utf-8") as f:
            symbols = {line.strip() for line in f if not line.startswith("#")}
        called = {s for s in symbols if re.search(rf"\b{s}\b", source)}
        called.add("unfix_options_init_sized")  # by its macro
        self.assertEqual(symbols - called, excused)

    def test_version(self):
        major, minor, patch = map(int, unfix.__version__.split("."))
        self.assertEqual(unfix.VERSION_NUMBER, (major * 256 + minor) * 256 + patch)

    def test_nothing_leaks(self):
        def round_of(n):
            for _ in range(n):
                result = unfix.repair(BROKEN)
                result.corrections, result.bars
                unfix.repair("un texto", only=["accent"])
                try:
                    unfix.repair("x", min_confidence=2000)
                except ValueError:
                    pass
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        count = int(os.environ.get("UNFIX_STRINGS", "3000")) // 3
        round_of(count // 3)
        before = round_of(count // 3)
        self.assertLess(round_of(count) - before, 2000)


if __name__ == "__main__":
    unittest.main()
