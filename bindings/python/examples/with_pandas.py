# SPDX-License-Identifier: MPL-2.0
"""A column of texts, repaired; and a table of what was done."""

import pandas as pd

import unfix

repairer = unfix.Repairer(min_confidence=900)


def repaired(column: "pd.Series[str]") -> "pd.Series[str]":
    return column.map(lambda text: repairer.repair(text).text, na_action="ignore")


def corrections(column: "pd.Series[str]") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"row": row, **c._asdict()}
            for row, text in column.dropna().items()
            for c in repairer.repair(text).corrections
        ]
    )


if __name__ == "__main__":
    frame = pd.DataFrame(
        {"text": ["La cooperacién internacional", None, "los 6rganos de la sesi6n"]}
    )
    frame["repaired"] = repaired(frame["text"])
    print(frame["repaired"].tolist())
    print(corrections(frame["text"])[["row", "original", "replacement"]])
