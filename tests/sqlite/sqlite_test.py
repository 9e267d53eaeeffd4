#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""sqlite_test.py EXTENSION ROOT: the SQLite extension as its users meet it."""

import os
import resource
import sqlite3
import sys
import threading
import unittest

SYSTEM = "/usr/bin/python3"
if not hasattr(sqlite3.Connection, "enable_load_extension"):
    # Python can be built without it; the system's has it.
    if sys.executable != SYSTEM and os.access(SYSTEM, os.X_OK):
        os.execv(SYSTEM, [SYSTEM, *sys.argv])
    print("sqlite: skipped: this Python loads no extensions")
    sys.exit(77)

EXTENSION, ROOT = sys.argv[1:3]
BROKEN = "La cooperacién internacional"
MENDED = "La cooperación internacional"
SAMPLE = os.path.join(ROOT, "docs", "examples", "samples", "sample-scan.txt")
ROWS = int(os.environ.get("UNFIX_ROWS", "5000"))


def connect():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    return db


def value(db, sql, *arguments):
    return db.execute(sql, arguments).fetchone()[0]


class Functions(unittest.TestCase):
    def setUp(self):
        self.db = connect()

    def tearDown(self):
        self.db.close()

    def test_repairs(self):
        self.assertEqual(value(self.db, "SELECT unfix(?)", BROKEN), MENDED)
        self.assertIsNone(value(self.db, "SELECT unfix(NULL)"))
        self.assertEqual(value(self.db, "SELECT unfix('')"), "")
        self.assertEqual(value(self.db, "SELECT unfix(?)", 17), "17")
        self.assertEqual(
            value(self.db, "SELECT unfix(?)", BROKEN.encode() + b"\xff"),
            MENDED.encode() + b"\xff",
        )

    def test_options(self):
        options = {
            "": MENDED,
            "only=": BROKEN,
            "only=split,join": BROKEN,
            " min-confidence=500  only=letter,accent": MENDED,
            "max-harm=0.5": MENDED,
        }
        for line, said in options.items():
            self.assertEqual(value(self.db, "SELECT unfix(?, ?)", BROKEN, line), said)
        self.assertEqual(value(self.db, "SELECT unfix(?)", BROKEN), MENDED)
        broken = "la coopera-\nción"
        self.assertEqual(value(self.db, "SELECT unfix(?)", broken), broken)
        self.assertNotIn(
            "-", value(self.db, "SELECT unfix(?, 'join-hyphens')", broken)
        )
        for line, why in {
            "nonsense": "unknown option: nonsense",
            "only=accents": "unknown class",
            "only": "needs a value",
            "min-confidence=x": "0 to 1000",
            "min-confidence=1001": "min_confidence",
            "max-harm=0.0005": "three decimals",
            "max-harm=99999999999": "three decimals",
            "join-hyphens=1": "unknown option",
        }.items():
            with self.assertRaisesRegex(sqlite3.OperationalError, why):
                value(self.db, "SELECT unfix(?, ?)", BROKEN, line)

    def test_report(self):
        with open(SAMPLE, encoding="utf-8") as file:
            page = "ñ 😀 " + file.read()
        rows = self.db.execute(
            "SELECT position, characters, offset, length, out_offset, out_length,"
            " original, replacement, verdict, confidence, bar, class, reason,"
            " held_back FROM unfix_report(?)",
            (page,),
        ).fetchall()
        self.assertGreater(len(rows), 20)
        data, out = page.encode(), value(self.db, "SELECT unfix(?)", page).encode()
        for row in rows:
            start = row[0] - 1
            self.assertEqual(page[start : start + row[1]], row[6])
            self.assertEqual(data[row[2] : row[2] + row[3]].decode(), row[6])
            applied = row[8] == "applied"
            self.assertEqual(
                out[row[4] : row[4] + row[5]].decode(), row[7] if applied else row[6]
            )
            self.assertEqual(applied, row[9] >= row[10])
            self.assertEqual(applied, row[13] is None)
            self.assertEqual(
                value(self.db, "SELECT substr(?, ?, ?)", page, row[0], row[1]), row[6]
            )

    def test_report_of_bytes_that_are_no_utf8(self):
        data = b"\x80 \xe2\x82 \xff\xbf\xbf " + BROKEN.encode() + b" \x80\x80 " + BROKEN.encode()
        rows = self.db.execute(
            "SELECT substr(body, position, characters), original FROM"
            " (SELECT CAST(? AS TEXT) AS body), unfix_report(body)",
            (data,),
        ).fetchall()
        self.assertEqual(rows, [("cooperacién", "cooperacién")] * 2)

    def test_report_joins_a_table(self):
        self.db.execute("CREATE TABLE page(id, body)")
        self.db.executemany(
            "INSERT INTO page VALUES(?, ?)", [(1, BROKEN), (2, MENDED), (3, None), (4, BROKEN)]
        )
        rows = self.db.execute(
            "SELECT id, replacement FROM page, unfix_report(body) ORDER BY id"
        ).fetchall()
        self.assertEqual(rows, [(1, "cooperación"), (4, "cooperación")])
        rows = self.db.execute(
            "SELECT verdict FROM page, unfix_report(body, 'only=split')"
        ).fetchall()
        self.assertEqual(rows, [("proposed",)] * 2)
        self.assertEqual(self.db.execute("SELECT * FROM unfix_report").fetchall(), [])
        with self.assertRaisesRegex(sqlite3.OperationalError, "unknown option"):
            self.db.execute("SELECT * FROM unfix_report('x', 'y')").fetchall()

    def test_many_rows_take_no_memory(self):
        self.db.executescript(
            "CREATE TABLE page(id INTEGER PRIMARY KEY, body TEXT);"
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            f" WHERE i < {ROWS}) INSERT INTO page SELECT i,"
            f" '{BROKEN} número ' || i FROM n"
        )
        check = "SELECT count(*) FROM page WHERE id % ? = 0 AND unfix(body) LIKE '%ación%'"
        self.assertEqual(value(self.db, check, 10), ROWS // 10)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.assertEqual(value(self.db, check, 1), ROWS)
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 1000)
        self.db.execute("UPDATE page SET body = unfix(body)")
        self.assertEqual(value(self.db, "SELECT body FROM page WHERE id = 7"), MENDED + " número 7")


class Search(unittest.TestCase):
    def setUp(self):
        self.db = connect()

    def tearDown(self):
        self.db.close()

    def index(self, *documents, tokenize="unfix unicode61 remove_diacritics 0"):
        self.db.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize = '{tokenize}')")
        self.db.executemany("INSERT INTO t VALUES(?)", [(d,) for d in documents])

    def found(self, query):
        return [r for (r,) in self.db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (query,))]

    def test_both_words_are_found(self):
        self.index("nada", f"Sobre {BROKEN[0].lower() + BROKEN[1:]} se habló", MENDED)
        self.assertEqual(self.found("cooperación"), [2, 3])
        self.assertEqual(self.found("cooperacién"), [2])
        self.assertEqual(self.found('"la cooperación internacional"'), [2, 3])
        self.assertEqual(self.found('"la cooperacién internacional"'), [2])
        self.assertEqual(self.found("coopera*"), [2, 3])
        self.assertEqual(self.found("cooperacion"), [])

    def test_places_are_those_of_the_text(self):
        self.index("ñ 😀 " + BROKEN + ", los 6rganos de la sesi6n")
        for query, marked in {
            "cooperación": "[cooperacién]",
            "cooperacién": "[cooperacién]",
            "internacional": "[internacional]",
            "órganos": "[6rganos]",
            "sesión": "[sesi6n]",
            '"órganos de la sesión"': "[6rganos de la sesi6n]",
        }.items():
            text = value(self.db, "SELECT highlight(t, 0, '[', ']') FROM t WHERE t MATCH ?", query)
            self.assertIn(marked, text)
            self.assertEqual(text.replace("[", "").replace("]", ""), "ñ 😀 " + BROKEN + ", los 6rganos de la sesi6n")

    def test_words_run_together(self):
        text = "La Asamblea General toma notadel informe."
        self.assertIn("nota del", value(self.db, "SELECT unfix(?)", text))
        self.index(text)
        for query in ["nota", "informe", "notadel", '"toma nota del informe"']:
            self.assertEqual(self.found(query), [1], query)

    def test_whole_pages(self):
        """Each word of a page, as printed and as repaired, is found; the index
        holds together."""
        with open(SAMPLE, encoding="utf-8") as file:
            page = file.read()
        self.index(page, tokenize="unfix")
        mended = value(self.db, "SELECT unfix(?)", page)
        words = {w for text in (page, mended) for w in text.split() if w.isalpha()}
        for word in sorted(words):
            self.assertEqual(self.found(f'"{word}"'), [1], word)
        self.db.execute("INSERT INTO t(t) VALUES('integrity-check')")
        self.db.execute("INSERT INTO t(t) VALUES('rebuild')")
        self.db.execute("DELETE FROM t")
        self.db.execute("INSERT INTO t(t) VALUES('integrity-check')")
        self.assertEqual(self.found("cooperación"), [])

    def test_wraps_others(self):
        self.index(BROKEN, tokenize="unfix porter unicode61 remove_diacritics 2")
        self.assertEqual(self.found("cooperacion"), [1])
        self.assertEqual(self.found("cooperacien"), [1])
        with open(SAMPLE, encoding="utf-8") as file:
            page = file.read()
        for inner in "unfix", "porter unfix":
            self.db.execute("DROP TABLE t")
            self.index(BROKEN, page, tokenize=f"unfix {inner}")
            self.assertEqual(self.found("cooperación"), [1, 2])
            self.db.execute("INSERT INTO t(t) VALUES('integrity-check')")
        with self.assertRaises(sqlite3.OperationalError):
            self.db.execute("CREATE VIRTUAL TABLE u USING fts5(b, tokenize = 'unfix nonsense')")

    def test_edges(self):
        self.index("", " ", "~", "\0", "...")
        self.db.execute("INSERT INTO t(t) VALUES('integrity-check')")
        self.db.execute("INSERT INTO t VALUES(NULL)")


class Connections(unittest.TestCase):
    def test_each_thread_its_own(self):
        wrong = []

        def work():
            db = connect()
            for _ in range(200):
                if value(db, "SELECT unfix(?)", BROKEN) != MENDED:
                    wrong.append(1)
            db.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_closing_leaves_nothing(self):
        def peak_after(count):
            for _ in range(count):
                db = connect()
                db.execute("CREATE VIRTUAL TABLE t USING fts5(b, tokenize = 'unfix')")
                db.execute("INSERT INTO t VALUES(?)", (BROKEN,))
                db.execute("SELECT * FROM unfix_report(?)", (BROKEN,)).fetchone()
                db.close()
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        # A context has 11 MB; the heap may take one step of half of that when
        # what is freed and made anew no longer fits the same holes.
        before = peak_after(100)
        self.assertLess(peak_after(400) - before, 8000)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
